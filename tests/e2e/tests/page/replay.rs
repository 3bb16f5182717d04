//! What is shown is gone through again: output, timelines and words as they stood where the playhead is.

use e2e::{Browser, Result, Site};
use fantoccini::key::Key;

const QUERY: &str = "?steps=print:One,sleep:40ms,print:Two&modes=sync,async";

/// How many lines of a mode's output can be seen.
fn lines(browser: &Browser, mode: &str) -> Result<u64> {
    let body = "return [...document.querySelectorAll(`article[data-mode=${arguments[0]}] .lines li`)]
        .filter(line => getComputedStyle(line).visibility === 'visible').length";
    Ok(browser.script(body, vec![mode.into()])?.as_u64().unwrap_or(u64::MAX))
}

fn text(browser: &Browser, selector: &str) -> Result<String> {
    browser.script_text("return document.querySelector(arguments[0]).textContent", vec![selector.into()])
}

/// Puts the playhead on a part of the axis, as a hand on it does.
fn seek(browser: &Browser, part: f64) -> Result {
    let body = "const playhead = document.querySelector('[data-action=replay-seek]');
        playhead.value = playhead.max * arguments[0];
        playhead.dispatchEvent(new Event('input', { bubbles: true }));";
    browser.script(body, vec![part.into()])?;
    browser.wait_until("document.querySelector('[data-action=replay-toggle]').textContent === 'Play'")
}

fn wait_for_moment(browser: &Browser, mode: &str, part: &str) -> Result {
    let moment = format!("article[data-mode={mode}] [data-figure=moment]");
    browser.wait_until(&format!("document.querySelector('{moment}').textContent.includes('{part}')"))
}

#[test]
fn a_run_is_gone_through_again_without_another() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(QUERY))?;
    browser.run_all()?;
    let took = text(&browser, "article[data-mode=sync] [data-figure=elapsed]")?;
    browser.click("[data-action=replay]")?;
    // It plays by itself, and comes to its end.
    browser.wait_until("document.querySelector('[data-action=replay-toggle]').textContent === 'Pause'")?;
    browser.wait_until("document.querySelector('[data-action=replay-toggle]').textContent === 'Play'")?;
    wait_for_moment(&browser, "sync", "All tasks are done.")?;
    assert_eq!((lines(&browser, "sync")?, lines(&browser, "async")?), (6, 6));
    // At half of the time sync needs, async has long ended.
    seek(&browser, 0.5)?;
    wait_for_moment(&browser, "async", "All tasks are done. Tasks: 3 ended.")?;
    wait_for_moment(&browser, "sync", "1 sleeping, 1 not begun, 1 ended.")?;
    assert_eq!((lines(&browser, "sync")?, lines(&browser, "async")?), (3, 6));
    let ahead = "return document.querySelector('article[data-mode=sync] .ahead').getBoundingClientRect().width > 50";
    assert_eq!(browser.script(ahead, Vec::new())?, true, "what is to come is covered");
    browser.click("[data-action=replay]")?;
    browser.wait_until("!document.querySelector('[data-action=replay-toggle]')")?;
    assert_eq!(lines(&browser, "sync")?, 6, "all is shown again");
    assert_eq!(text(&browser, "article[data-mode=sync] [data-figure=elapsed]")?, took, "there was no other run");
    Ok(())
}

#[test]
fn a_prediction_is_stepped_through_by_keys() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(QUERY))?;
    browser.wait_for("[data-figure=predicted]")?;
    let focus = "document.querySelector('article[data-mode=async] .timeline-box').focus()";
    browser.script(focus, Vec::new())?;
    browser.type_keys("..")?;
    wait_for_moment(&browser, "sync", "Task 1 printed One. The thread runs task 1.")?;
    assert_eq!((lines(&browser, "sync")?, lines(&browser, "async")?), (1, 0), "one event after another");
    let told = ".replay [aria-live]";
    assert!(text(&browser, told)?.ends_with(": Task 1 printed One."), "{}", text(&browser, told)?);
    browser.type_keys(",")?;
    wait_for_moment(&browser, "sync", "Task 1 runs.")?;
    assert_eq!(lines(&browser, "sync")?, 0);
    for (button, printed) in [("forward", 1), ("back", 0)] {
        browser.click(&format!("[data-action=replay-{button}]"))?;
        wait_for_moment(&browser, "sync", if printed == 1 { "Task 1 printed One." } else { "Task 1 runs." })?;
        assert_eq!(lines(&browser, "sync")?, printed, "{button}");
    }
    // Slowly enough that it is still going on when it is told to stand.
    browser.script(
        "const speed = document.querySelector('[data-action=replay-speed]');
         speed.value = 100;
         speed.dispatchEvent(new Event('change', { bubbles: true }));",
        Vec::new(),
    )?;
    browser.script(focus, Vec::new())?;
    browser.type_keys(&Key::Space.to_string())?;
    wait_for_moment(&browser, "async", "Task 3 sleeps. The loop is free. Tasks: 3 sleeping.")?;
    browser.type_keys(&Key::Space.to_string())?;
    browser.wait_until("document.querySelector('[data-action=replay-toggle]').textContent === 'Play'")?;
    assert_eq!((lines(&browser, "sync")?, lines(&browser, "async")?), (1, 3));
    browser.type_keys(&Key::Escape.to_string())?;
    browser.wait_until("!document.querySelector('.replay') && document.activeElement.dataset.action === 'replay'")?;
    // Another workload has nothing of it.
    browser.click("[data-action=replay]")?;
    browser.wait_for(".replay")?;
    browser.fill("#tasks", "4")?;
    browser.wait_until("!document.querySelector('.replay')")
}
