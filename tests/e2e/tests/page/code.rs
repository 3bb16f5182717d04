//! The workload as code, below each mode: folded out, in another language, following the form, copied.

use e2e::{Browser, Result, Site};

const SYNC: &str = "article[data-mode=sync]";
const ASYNC: &str = "article[data-mode=async]";

/// Folds out the code of a mode.
fn unfold(browser: &Browser, mode: &str) -> Result {
    browser.click(&format!("{mode} [data-action=code]"))?;
    browser.wait_for(&format!("{mode} [data-figure=code]"))
}

/// Whether the code of a mode has such a line.
fn has_line(mode: &str, line: &str) -> String {
    format!("document.querySelector('{mode} [data-figure=code]')?.textContent.split('\\n').includes('{line}')")
}

#[test]
fn code_follows_the_form_and_is_in_one_language_for_all() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?modes=sync,async,processes"))?;
    assert_eq!(browser.count("[data-figure=code]")?, 0, "it is made when it is wanted");
    unfold(&browser, SYNC)?;
    unfold(&browser, ASYNC)?;
    browser.wait_until(&has_line(SYNC, "    time.sleep(1)"))?;
    browser.wait_until(&has_line(ASYNC, "    await asyncio.gather(*(task() for _ in range(3)))"))?;
    browser.fill("#tasks", "7")?;
    browser.wait_until(&has_line(SYNC, "    for _ in range(7):"))?;
    // The steps of a workload are text, whatever is in it.
    browser.fill("#step-0", "<b>\"</b>")?;
    browser.wait_until(&has_line(SYNC, "    print(\"<b>\\\\\"</b>\")"))?;
    browser.click(&format!("{SYNC} [data-language=django]"))?;
    browser.wait_until(&has_line(SYNC, "def view(request):"))?;
    browser.wait_until(&has_line(ASYNC, "async def view(request):"))?;
    browser.click("article[data-mode=processes] [data-action=code]")?;
    browser.wait_for("article[data-mode=processes] [data-figure=no-code]")?;
    browser.click("article[data-mode=processes] [data-language=javascript]")?;
    browser.wait_until(&has_line("article[data-mode=processes]", "if (isMainThread) {"))
}

#[test]
fn code_is_copied_whole() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?modes=sync,async"))?;
    browser.script(
        "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }",
        Vec::new(),
    )?;
    unfold(&browser, ASYNC)?;
    browser.click(&format!("{ASYNC} [data-action=copy-code]"))?;
    browser.wait_until(&format!(
        "window.copied?.endsWith('\\n') && window.copied === document.querySelector('{ASYNC} [data-figure=code]').textContent"
    ))?;
    browser.wait_until(&format!("document.querySelector('{ASYNC} [data-action=copy-code]').textContent === 'Copied'"))
}

#[test]
fn the_mode_to_use_has_its_code_beside_the_advice() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=5&steps=print:One,sleep:300ms,print:Two&modes=sync,async"))?;
    browser.run_all()?;
    browser.wait_for("[data-advice=async]")?;
    unfold(&browser, ".which")?;
    browser.wait_until(&has_line(".which", "    await asyncio.gather(*(task() for _ in range(5)))"))
}
