//! Several runs of the same, a pinned run beside later ones, and the table that shows them.

use crate::output::CLIPBOARD;
use e2e::{Browser, Result, Site};

const QUERY: &str = "?steps=print:One,sleep:30ms,print:Two&modes=sync,async";

/// The table's cells, a line each row.
fn table(browser: &Browser) -> Result<String> {
    let body = "return [...document.querySelectorAll('.comparison tr')]
        .map(row => [...row.children].map(cell => cell.textContent.trim()).join('|')).join('\\n')";
    browser.script_text(body, Vec::new())
}

/// What a mode has in a column.
fn cell(browser: &Browser, mode: &str, column: &str) -> Result<String> {
    let table = table(browser)?;
    let mut rows = table.lines().map(|line| line.split('|'));
    let place = rows.next().and_then(|mut heads| heads.position(|head| head.starts_with(column)));
    let row = rows.find(|row| row.clone().next() == Some(mode));
    let cell = row.zip(place).and_then(|(mut row, place)| row.nth(place));
    Ok(cell.unwrap_or_else(|| panic!("no {column} of {mode} in\n{table}")).to_owned())
}

#[test]
fn a_workload_is_run_several_times_and_a_run_is_pinned() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(QUERY))?;
    browser.run_all()?;
    let (first, text) = (cell(&browser, "Sync", "Elapsed")?, table(&browser)?);
    assert!(!text.contains("Median") && !text.contains("Pinned"), "{text}");
    browser.click("[data-action=repeat]")?;
    browser.wait_until("document.querySelector('.progress').textContent.startsWith('Round 2 of 5.')")?;
    browser.wait_over()?;
    assert_eq!(cell(&browser, "Async", "Runs")?, "6", "the first run counts too");
    let (range, median) = (cell(&browser, "Sync", "Range")?, cell(&browser, "Sync", "Median")?);
    assert!(range.contains(" to ") && !median.is_empty(), "{range}, {median} after {first}");
    assert!(!table(&browser)?.contains("Output"), "figures of other runs have its room");
    let told = browser.text(".progress")?;
    assert!(told.contains(&format!("Sync {median}, the medians of 6 runs.")), "{told}");
    // A workload that is half as long, against that.
    browser.click("[data-action=pin]")?;
    browser.fill("#step-1", "15ms")?;
    let pinned = "document.querySelector('[data-figure=pinned]').textContent";
    browser.wait_until(&format!("{pinned}.endsWith('Run this workload to compare it.')"))?;
    browser.run_all()?;
    assert_eq!(cell(&browser, "Sync", "Pinned")?, median);
    let times = cell(&browser, "Sync", "Against pinned")?;
    let number: f64 = times.trim_end_matches('×').parse().unwrap_or_else(|_| panic!("{times}"));
    assert!((1.2..3.0).contains(&number), "{times}");
    let pinned = browser.script_text(&format!("return {pinned}"), Vec::new())?;
    assert_eq!(pinned, "Pinned: 3 tasks, each: print One, sleep 30 ms, print Two.");
    assert!(!table(&browser)?.contains("Median"), "one run of another workload has no median");
    browser.click("[data-action=pin]")?;
    browser.wait_until("!document.querySelector('[data-figure=pinned]')")
}

#[test]
fn the_table_is_sorted_by_a_figure_and_back() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(QUERY))?;
    browser.run_all()?;
    let order = "[...document.querySelectorAll('.comparison tbody th')].map(mode => mode.textContent).join()";
    let is = |wanted: &str| browser.wait_until(&format!("{order} === {wanted:?}"));
    is("Sync,Async")?;
    let elapsed = ".comparison th:nth-child(2) .sort";
    browser.click(elapsed)?;
    is("Async,Sync")?;
    browser.wait_for(".comparison th[aria-sort=ascending]")?;
    browser.click(elapsed)?;
    is("Sync,Async")?;
    browser.wait_for(".comparison th[aria-sort=descending]")?;
    browser.click(elapsed)?;
    browser.wait_until("!document.querySelector('.comparison th[aria-sort]')")
}

#[test]
fn the_table_is_copied_for_a_text_and_for_a_sheet() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(QUERY))?;
    browser.run_all()?;
    browser.script(CLIPBOARD, Vec::new())?;
    for (button, parts) in [
        ("copy-markdown", ["| Mode | Status |", "\n| Sync | finished |", "\n| Async | finished |", "](<http"]),
        ("copy-csv", ["mode,status,", ",output,reason", "\r\nsync,finished,", "\r\nasync,finished,"]),
    ] {
        let button = format!("[data-action={button}]");
        browser.click(&button)?;
        browser.wait_until(&format!("document.querySelector('{button}').textContent === 'Copied'"))?;
        let copied = browser.script_text("return window.copied", Vec::new())?;
        assert!(parts.iter().all(|part| copied.contains(part)), "{button}: {copied}");
    }
    Ok(())
}
