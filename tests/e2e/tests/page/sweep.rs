//! The sweep: elapsed time against the task count, run point by point, with marks in the plot and lines in the table;
//! and one that is stopped keeps what it has.

use e2e::{Browser, Result, Site};
use fantoccini::key::Key;

/// The rows of the table that have an elapsed time.
const MEASURED: &str = "return Array.from(document.querySelectorAll('.sweep tbody tr'),
    row => Array.from(row.cells, cell => cell.innerText))
    .filter(cells => cells[3] !== '–').map(cells => cells.slice(0, 2).join(' '))";

const ENDED: &str = "document.querySelector('[data-sweep=ending]').textContent !== ''";
/// Begins it, as soon as that can be done: a machine that is measured once more is predicted for anew, and the button waits.
const BEGUN: &str = "document.querySelector('[data-sweep=ending]').textContent !== ''
    || document.querySelector('.progress').textContent.startsWith('Sweep.')
    || (document.querySelector('[data-action=begin-sweep]:not([aria-disabled])')?.click(), false)";
const MARKS: &str = ".plot g [data-point]";

/// Folds the sweep out, lets it go up to so many tasks, and waits until it is predicted.
fn unfold(browser: &Browser, most: &str) -> Result {
    browser.click("[data-action=sweep]")?;
    browser.wait_for("#sweep-most")?;
    let choose = "const field = document.querySelector('#sweep-most');
                  field.value = arguments[0];
                  field.dispatchEvent(new Event('change', { bubbles: true }))";
    browser.script(choose, vec![most.into()])?;
    browser.wait_until("document.querySelector('[data-action=begin-sweep]:not([aria-disabled])') !== null")
}

#[test]
fn a_small_sweep_is_measured_to_its_end() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=print:One,sleep:5ms,print:Two&modes=sync,async,threads"))?;
    unfold(&browser, "10")?;
    let fits =
        "document.querySelector('[data-sweep=words]').textContent.startsWith('9 runs of 9 points fit into 30 s')";
    browser.wait_until(fits)?;
    assert_eq!((browser.count(".plot [data-line]")?, browser.count(MARKS)?), (3, 0));
    browser.wait_until(BEGUN)?;
    browser.wait_until(ENDED)?;
    assert_eq!(browser.text("[data-sweep=ending]")?, "The sweep is over: 9 points measured.");
    assert_eq!(browser.count(MARKS)?, 9);
    let all = ["Sync 1", "Async 1", "Threads 1", "Sync 3", "Async 3", "Threads 3", "Sync 10", "Async 10", "Threads 10"];
    assert_eq!(browser.script(MEASURED, Vec::new())?, serde_json::json!(all));
    assert_eq!(browser.card("sync")?.status, "idle", "the cards keep what was run last");
    for theme in ["light", "dark"] {
        browser.script("document.documentElement.dataset.theme = arguments[0]", vec![theme.into()])?;
        assert_eq!(browser.barriers()?, Vec::<String>::new(), "{theme}");
    }
    browser.run_all()?;
    assert_eq!((browser.card("threads")?.status.as_str(), browser.count(MARKS)?), ("finished", 9));
    Ok(())
}

#[test]
fn a_sweep_that_is_stopped_keeps_its_points() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=print:One,sleep:1s,print:Two&modes=async"))?;
    unfold(&browser, "1000")?;
    browser.wait_until(BEGUN)?;
    browser.wait_for("article[data-mode=async] [data-action=run-mode][aria-disabled]")?;
    browser.wait_for(MARKS)?;
    browser.type_keys(&Key::Escape.to_string())?;
    browser.wait_until(ENDED)?;
    let ending = browser.text("[data-sweep=ending]")?;
    assert!(ending.starts_with("The sweep was stopped: "), "{ending}");
    let marks = browser.count(MARKS)?;
    assert!((1..7).contains(&marks), "{marks}");
    let last = browser.text(".sweep tbody tr:last-child .why")?;
    assert_eq!(last, "The sweep was stopped before that.");
    browser.fill("#tasks", "50")?;
    assert_eq!(browser.count(MARKS)?, marks, "another task count is the same sweep");
    browser.fill("#step-1", "1ms")?;
    browser.wait_until(&format!("document.querySelectorAll('{MARKS}').length === 0"))?;
    browser.run_all()?;
    assert_eq!(browser.card("async")?.status, "finished");
    Ok(())
}
