//! The link is the document: the address bar always says what is set up, canonically, and sets it up again.

use e2e::{Browser, Result, Site};
use serde_json::Value;

/// A link with every parameter away from its default, canonical.
const FULL: &str = "?v=1&title=All%20of%20it&tasks=2&steps=print:a%20b,sleep@2:1.5ms,count:1.5K,add:0.002M,add-locked:0.5K,\
                    block:0.02s&modes=async,sync,offload,free-threads&workers=4&limit=2&switch=0.001s&sensitive=off\
                    &spread=0.125&seed=42&place=worker&theme=dark";

fn history_length(browser: &Browser) -> Result<u64> {
    Ok(browser.script("return history.length", Vec::new())?.as_u64().unwrap_or_default())
}

#[test]
fn an_address_becomes_canonical() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    for (given, canonical) in [
        ("", "?v=1"),
        ("?tasks=3&v=1", "?v=1"),
        ("?steps=sleep:1000ms,print:a+b&tasks=007", "?v=1&tasks=7&steps=sleep:1s,print:a%20b"),
        ("?modes=threads,sync&unknown=1&seed=1#elsewhere", "?v=1&modes=threads,sync"),
        (FULL, FULL),
    ] {
        browser.open_page(&site.url(given))?;
        assert_eq!(browser.query()?, canonical, "{given}");
    }
    Ok(())
}

#[test]
fn a_link_sets_up_what_it_says() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(FULL))?;
    assert_eq!(browser.title()?, "All of it · Interleave");
    let fields = [("#tasks", "2"), ("#step-0", "a b"), ("#step-1", "1.5ms"), ("#workers", "4"), ("#limit", "2")];
    let more = [("#switch", "1ms"), ("#spread", "0.125"), ("#seed", "42"), ("#place", "worker"), ("#step-1-task", "2")];
    for (field, value) in fields.into_iter().chain(more) {
        assert_eq!(browser.value(field)?, value, "{field}");
    }
    let shown = "return Array.from(document.querySelectorAll('article'), card => card.dataset.mode).join()";
    assert_eq!(browser.script_text(shown, Vec::new())?, "async,sync,offload,free-threads");
    assert_eq!(browser.script_text("return document.documentElement.dataset.theme", Vec::new())?, "dark");
    Ok(())
}

#[test]
fn editing_the_form_edits_the_address_and_leaves_the_history() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?spread=0.5&switch=1ms&limit=2#kept"))?;
    let before = history_length(&browser)?;
    browser.fill("#tasks", "12")?;
    browser.fill("#step-1", "250ms")?;
    browser.fill("#step-2", "50% of it, or so")?;
    browser.click("[data-choose=processes]")?;
    let said = "?v=1&tasks=12&steps=print:One,sleep:0.25s,print:50%2525%20of%20it%252C%20or%20so\
                &modes=sync,async,threads&limit=2&switch=0.001s&spread=0.5";
    browser.wait_until_query(said)?;
    assert_eq!(browser.address()?, site.url(&format!("{said}#kept")));
    assert_eq!(history_length(&browser)?, before);

    browser.open("about:blank")?;
    browser.open_page(&site.url(said))?;
    assert_eq!((browser.value("#tasks")?, browser.value("#step-2")?), ("12".to_owned(), "50% of it, or so".to_owned()));
    assert_eq!(browser.query()?, said);
    Ok(())
}

/// Types a task count, does something before the page has a pause, and gives the query in the address bar.
fn typed_and_then(browser: &Browser, tasks: &str, then: &str) -> Result<Value> {
    let body = "const field = document.querySelector('#tasks');
                field.value = arguments[0];
                field.dispatchEvent(new InputEvent('input', { bubbles: true }));
                await new Promise(frame => requestAnimationFrame(() => setTimeout(frame)));";
    browser.async_script(&format!("{body} {then}; return location.search"), vec![tasks.into()])
}

#[test]
fn what_was_typed_last_is_in_the_address_whatever_comes_next() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?modes=sync"))?;
    typed_and_then(&browser, "12", "location.hash = 'elsewhere'")?;
    browser.wait_until_query("?v=1&tasks=12&modes=sync")?;
    assert_eq!(browser.value("#tasks")?, "12");

    // Who turns to the address bar, to copy it, takes the focus from the page.
    let query = typed_and_then(&browser, "13", "dispatchEvent(new Event('blur'))")?;
    assert_eq!(query, "?v=1&tasks=13&modes=sync");
    Ok(())
}

#[test]
fn the_steps_are_added_moved_and_removed() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(""))?;
    browser.click("[data-action=add-step]")?;
    browser.wait_until_query("?v=1&steps=print:One,sleep:1s,print:Two,sleep:1s")?;
    browser.click("[data-step='4'] [aria-label='Move step 4 up']")?;
    browser.wait_until_query("?v=1&steps=print:One,sleep:1s,sleep:1s,print:Two")?;
    browser.click("[data-step='1'] [aria-label='Remove step 1']")?;
    browser.wait_until_query("?v=1&steps=sleep:1s,sleep:1s,print:Two")?;
    browser.click("[data-action=reset]")?;
    browser.wait_until_query("?v=1")?;
    Ok(())
}

#[test]
fn back_and_forward_and_the_fragment_break_nothing() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=4&modes=async&steps=print:Hi"))?;
    browser.run_all()?;
    browser.script("location.hash = 'elsewhere'", Vec::new())?;
    browser.script("location.hash = 'run=garbage%'", Vec::new())?;
    browser.script("history.back()", Vec::new())?;
    browser.wait_until("location.hash === '#elsewhere'")?;
    assert_eq!(browser.query()?, "?v=1&tasks=4&steps=print:Hi&modes=async");
    assert_eq!(browser.card("async")?.status, "finished", "a step in the history is no other workload");

    browser.open_page(&site.url("?tasks=5"))?;
    browser.script("history.back()", Vec::new())?;
    browser.wait_until("location.search.includes('tasks=4')")?;
    browser.wait_until_up()?;
    assert_eq!(browser.value("#tasks")?, "4");
    browser.script("history.forward()", Vec::new())?;
    browser.wait_until("location.search.includes('tasks=5')")?;
    browser.wait_until_up()?;
    assert_eq!(browser.value("#tasks")?, "5");
    Ok(())
}

#[test]
fn run_auto_runs_by_itself_what_is_short() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=2&steps=print:Hi,sleep:20ms&run=auto"))?;
    browser.wait_over()?;
    assert_eq!(browser.card("processes")?.said(), "Hi Hi");
    assert_eq!(browser.query()?, "?v=1&tasks=2&steps=print:Hi,sleep:0.02s&run=auto");

    browser.open_page(&site.url("?steps=sleep:20s&run=auto"))?;
    // Once the model has spoken it would have begun.
    browser.wait_for("article[data-mode=processes] [data-figure=predicted]")?;
    browser.wait_for_frame()?;
    assert_eq!(browser.card("sync")?.status, "idle");
    Ok(())
}
