//! The timelines are looked at together: closer, farther, sideways, by buttons, keys, wheel and pointer; and each of
//! their stretches is told.

use e2e::{Browser, Result, Site};
use fantoccini::key::Key;

const QUERY: &str = "?steps=print:One,sleep:40ms,print:Two&modes=sync,async";
const ASYNC: &str = "article[data-mode=async] .timeline-box";

/// What is seen of the axis; nothing if it is all.
fn seen(browser: &Browser) -> Result<String> {
    browser.script_text("return document.querySelector('[data-figure=seen]').textContent", Vec::new())
}

fn pointed(browser: &Browser) -> Result<String> {
    let body = "return document.querySelector('article[data-mode=async] [data-figure=pointed]').textContent";
    browser.script_text(body, Vec::new())
}

/// Waits until something else is seen than before.
fn wait_for_another(browser: &Browser, before: &str) -> Result<String> {
    let another = "document.querySelector('[data-figure=seen]').textContent";
    browser.wait_until(&format!("{another} !== {before:?}"))?;
    seen(browser)
}

#[test]
fn buttons_look_closer_and_back_and_another_workload_is_seen_whole() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(QUERY))?;
    browser.wait_for("[data-figure=predicted]")?;
    assert_eq!(seen(&browser)?, "");
    browser.click("[data-action=zoom-in]")?;
    let closer = wait_for_another(&browser, "")?;
    assert!(closer.contains(" to "), "{closer}");
    browser.click("[data-action=zoom-in]")?;
    let closest = wait_for_another(&browser, &closer)?;
    browser.click("[data-action=zoom-out]")?;
    wait_for_another(&browser, &closest)?;
    browser.click("[data-action=zoom-fit]")?;
    assert_eq!(wait_for_another(&browser, &closer)?, "");
    browser.click("[data-action=zoom-in]")?;
    let closer = wait_for_another(&browser, "")?;
    browser.fill("#tasks", "4")?;
    assert_eq!(wait_for_another(&browser, &closer)?, "");
    Ok(())
}

#[test]
fn keys_go_through_the_stretches_and_each_is_told() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(QUERY))?;
    browser.wait_for("[data-figure=predicted]")?;
    let focus = format!("document.querySelector('{ASYNC}').focus()");
    browser.script(&focus, Vec::new())?;
    browser.type_keys(&Key::Right.to_string())?;
    browser.wait_until("document.querySelector('[data-mode=async] [data-figure=pointed]').textContent !== ''")?;
    assert!(pointed(&browser)?.starts_with("Predicted. Task 1: "), "{}", pointed(&browser)?);
    browser.run_all()?;
    assert_eq!(pointed(&browser)?, "", "what was pointed at is drawn no more");
    browser.script(&focus, Vec::new())?;
    // Where it took no time to print, there is no stretch but that of the sleep.
    browser.type_keys(&format!("{}{}{}", Key::Right, Key::Down, Key::Down))?;
    browser.wait_until(
        "document.querySelector('[data-mode=async] [data-figure=pointed]').textContent.startsWith('Task 3')",
    )?;
    browser.type_keys(&Key::End.to_string())?;
    browser.type_keys("w")?;
    let closer = wait_for_another(&browser, "")?;
    browser.type_keys("d")?;
    let moved = wait_for_another(&browser, &closer)?;
    browser.type_keys("a")?;
    wait_for_another(&browser, &moved)?;
    browser.type_keys("0")?;
    browser.wait_until("document.querySelector('[data-figure=seen]').textContent === ''")?;
    // Letters work there alone.
    browser.script("document.querySelector('[data-action=run-all]').focus()", Vec::new())?;
    browser.type_keys("w")?;
    assert_eq!(seen(&browser)?, "");
    Ok(())
}

#[test]
fn wheel_and_pointer_look_around_and_plain_turning_scrolls_the_page() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(QUERY))?;
    browser.run_all()?;
    let turn = |more: &str| {
        let body = format!(
            "const at = document.querySelector('{ASYNC}'), area = at.getBoundingClientRect();
             return at.dispatchEvent(new WheelEvent('wheel', {{ bubbles: true, cancelable: true,
                 clientX: area.left + area.width / 2, clientY: area.top + 10, {more} }}))"
        );
        browser.script(&body, Vec::new())
    };
    assert_eq!(turn("deltaY: 100")?, true, "the page scrolls");
    assert_eq!(turn("deltaY: -400, ctrlKey: true")?, false, "the timeline zooms, not the page");
    let closer = wait_for_another(&browser, "")?;
    turn("deltaX: 60")?;
    let moved = wait_for_another(&browser, &closer)?;
    let drag = format!(
        "const at = document.querySelector('{ASYNC}'), area = at.getBoundingClientRect();
         const send = (kind, x) => at.dispatchEvent(new PointerEvent(kind, {{ bubbles: true, pointerId: 1, button: 0,
             pointerType: 'mouse', clientX: area.left + x, clientY: area.top + 10 }}));
         send('pointerdown', 200); send('pointermove', 210); send('pointermove', 260); send('pointerup', 260)"
    );
    browser.script(&drag, Vec::new())?;
    wait_for_another(&browser, &moved)?;
    browser.script(
        &drag.replace(
            "send('pointermove', 210); send('pointermove', 260); send('pointerup', 260)",
            "send('pointerup', 200)",
        ),
        Vec::new(),
    )?;
    browser.wait_until("getComputedStyle(document.querySelector('[data-mode=async] .tip')).display !== 'none'")?;
    let tip = browser.text("[data-mode=async] .tip")?;
    assert!(tip.starts_with("Task 1: ") && tip.contains(" from "), "{tip}");
    Ok(())
}
