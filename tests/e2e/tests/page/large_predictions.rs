//! What is predicted of more tasks than are drawn unasked: how long they take, at once, and the whole on request.

use e2e::{Browser, Result, Site};

const PREDICTED: &str = "[data-figure=predicted]";

#[test]
fn of_many_tasks_the_elapsed_time_is_predicted_and_on_request_the_timeline() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=200000&steps=sleep:1s,print:Hi&modes=async"))?;
    browser.wait_for(PREDICTED)?;
    // The sleep, and until all have begun: on no machine longer than a second.
    let elapsed = browser.attribute(PREDICTED, "data-ms")?.unwrap_or_default();
    assert!(elapsed.parse::<f64>().is_ok_and(|ms| (1000.0..2000.0).contains(&ms)), "{elapsed}");
    let label = "document.querySelector('canvas.timeline').getAttribute('aria-label')";
    browser.wait_until(&format!("{label} === 'Timeline of Async: only its end is predicted.'"))?;
    // As on a slow machine, few frames are drawn.
    let slow = "window.requestAnimationFrame = draw => setTimeout(() => draw(performance.now()), 200)";
    browser.script(slow, Vec::new())?;
    browser.click("[data-action=predict-whole]")?;
    browser.wait_for(".drawing")?;
    browser
        .wait_until(&format!("{label}.startsWith('Timeline of Async, predicted. 200,000 tasks from 0.000 s to 1.')"))?;
    browser.wait_until("document.querySelector('[data-partly]') === null")?;
    browser.wait_until("!document.querySelector('.drawing').checkVisibility()")?;
    // Another workload is another question.
    browser.fill("#tasks", "200001")?;
    browser.wait_for("[data-action=predict-whole]")
}

#[test]
fn a_million_tasks_are_predicted_in_every_mode_as_soon_as_they_are_typed() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?spread=0.5&modes=sync,async,threads,processes,offload,free-threads"))?;
    browser.fill("#tasks", "1000000")?;
    let all = format!("document.querySelectorAll('{PREDICTED}').length === 6");
    let large = "document.querySelectorAll('[data-action=predict-whole]').length === 6";
    browser.wait_until(&format!("{all} && {large}"))?;
    let longest = browser
        .script_text("return document.querySelector('[data-mode=async] [data-figure=predicted]').dataset.ms", vec![])?;
    // The longest of them sleeps for nearly 1.5 s, and before it wakes all have begun.
    assert!(longest.parse::<f64>().is_ok_and(|ms| (1499.0..2500.0).contains(&ms)), "{longest}");
    Ok(())
}
