//! Predictions for another machine than this one: asked for in a fold, marked wherever they stand, and apart from what is
//! measured.

use e2e::{Browser, Result, Site};
use std::time::Duration;

const PROMISED: &str = "article[data-mode=processes] [data-figure=predicted]";
const PREDICTED: &str = "article[data-mode=processes] .pair [data-figure=predicted]";
const SENTENCE: &str = "[data-machine] > summary";

/// What processes should take, in milliseconds.
fn predicted(browser: &Browser) -> Result<f64> {
    let ms = browser.attribute(PROMISED, "data-ms")?.and_then(|ms| ms.parse().ok());
    Ok(ms.unwrap_or(f64::NAN))
}

fn until_promised(browser: &Browser, ending: &str) -> Result {
    let text = format!("document.querySelector('{PROMISED}')?.textContent");
    browser.wait_until(&format!("{text}?.endsWith('{ending}')"))
}

#[test]
fn a_prediction_for_another_machine_is_marked_and_apart_from_what_is_measured() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=8&steps=count:30M&modes=processes"))?;
    // Measured, and predicted with that.
    browser.wait_until(&format!("/counts a second/.test(document.querySelector('{SENTENCE}').textContent)"))?;
    until_promised(&browser, " predicted")?;
    browser.click(SENTENCE)?;
    for (cores, wrong) in [("0", true), ("1", false)] {
        browser.fill("#machine-cores", cores)?;
        browser
            .wait_until(&format!("(document.querySelector('#machine-cores').ariaInvalid === 'true') === {wrong}"))?;
    }
    until_promised(&browser, " predicted for 1 core")?;
    let one = predicted(&browser)?;
    browser.fill("#machine-cores", "8")?;
    until_promised(&browser, " predicted for 8 cores")?;
    // How much slower each of them is while all count, is measured here, maybe beside other programs.
    let eight = predicted(&browser)?;
    assert!(eight < one, "{eight} ms on 8 cores, {one} ms on 1");
    browser.run_all()?;
    let name = format!("document.querySelector('{PREDICTED}')?.previousElementSibling.textContent");
    let named = format!("return {name}");
    assert_eq!(browser.script_text(&named, vec![])?, "predicted for 8 cores");
    assert_eq!(browser.texts("thead th")?.iter().filter(|head| *head == "Predicted for 8 cores").count(), 1);
    browser.click("[data-action=this-machine]")?;
    browser.wait_until(&format!("{name} === 'predicted'"))?;
    assert_eq!(browser.script_text("return document.querySelector('#machine-cores').value", vec![])?, "");
    Ok(())
}

/// An article with two frames of the page, the second not opened yet.
const ARTICLE: &str = "<!DOCTYPE html><html lang='en'><title>An article</title>
    <iframe id='first' title='First' width='900' height='600' src='./?embed=1&steps=sleep:60s&modes=async'></iframe>
    <iframe id='second' title='Second' width='900' height='600'></iframe>";
/// An undisturbed page has measured the machine by then.
const MEASURED: Duration = Duration::from_millis(2500);

#[test]
fn a_machine_is_not_measured_while_another_frame_of_the_article_runs() -> Result {
    let plan = Site::dist().isolated();
    let article = plan.path("article.html");
    let site = plan.page(&article, ARTICLE).start()?;
    let browser = Browser::lend()?;
    browser.open(&site.url("article.html"))?;
    browser.enter_frame("#first")?;
    browser.wait_until_up()?;
    browser.start_mode("async")?;
    browser.leave_frame()?;
    browser.script("document.getElementById('second').src = './?modes=sync'", vec![])?;
    browser.enter_frame("#second")?;
    browser.wait_until_up()?;
    std::thread::sleep(MEASURED);
    assert_eq!(browser.text(SENTENCE)?, "This machine has not been measured yet. Ask about another");
    browser.leave_frame()?;
    browser.enter_frame("#first")?;
    browser.click("[data-action=stop]")?;
    browser.wait_over()?;
    browser.leave_frame()?;
    browser.enter_frame("#second")?;
    browser.wait_until(&format!("/counts a second/.test(document.querySelector('{SENTENCE}').textContent)"))?;
    browser.leave_frame()
}
