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
    browser.hold_off_measuring()?;
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

/// Sends the timeline of async events of pointers of a type: what happens, to which of them, and how far from the left.
fn point(browser: &Browser, kind: &str, events: &[(&str, u32, u32)]) -> Result {
    let body = format!(
        "const at = document.querySelector('{ASYNC}'), area = at.getBoundingClientRect();
         const [pointerType, events] = arguments;
         for (const [what, pointerId, x] of events) at.dispatchEvent(new PointerEvent(what, {{ bubbles: true, pointerId,
             button: 0, pointerType, clientX: area.left + x, clientY: area.top + 10 }}))"
    );
    browser.script(&body, vec![kind.into(), serde_json::json!(events)])?;
    Ok(())
}

#[test]
fn who_points_at_what_was_measured_stays_there_while_it_is_predicted_anew() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=count:30M,print:Two&modes=async"))?;
    browser.run_all()?;
    point(&browser, "mouse", &[("pointerdown", 1, 200), ("pointerup", 1, 200)])?;
    let tip = "[data-mode=async] .tip";
    browser.wait_for(tip)?;
    let before = browser.text(tip)?;
    browser.script("document.querySelector('[data-machine]').open = true", Vec::new())?;
    browser.fill("#machine-speed", "100M")?;
    let predicted = "document.querySelector('[data-mode=async] .pair [data-figure=predicted]')";
    browser.wait_until(&format!("{predicted}.previousElementSibling.textContent.startsWith('predicted for ')"))?;
    browser.wait_for_frame()?;
    assert_eq!(browser.text(tip)?, before);
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
    let drag = [("pointerdown", 1, 200), ("pointermove", 1, 210), ("pointermove", 1, 260), ("pointerup", 1, 260)];
    point(&browser, "mouse", &drag)?;
    wait_for_another(&browser, &moved)?;
    point(&browser, "mouse", &[("pointerdown", 1, 200), ("pointerup", 1, 200)])?;
    browser.wait_until("getComputedStyle(document.querySelector('[data-mode=async] .tip')).display !== 'none'")?;
    let tip = browser.text("[data-mode=async] .tip")?;
    assert!(tip.starts_with("Task 1: ") && tip.contains(" from "), "{tip}");
    Ok(())
}

#[test]
fn who_has_pinched_lifts_two_fingers_and_has_not_tapped() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(QUERY))?;
    browser.run_all()?;
    let tip = "getComputedStyle(document.querySelector('[data-mode=async] .tip')).display";
    let pinch = [
        ("pointerdown", 1, 200),
        ("pointerdown", 2, 240),
        ("pointermove", 2, 300),
        ("pointerup", 2, 300),
        ("pointerup", 1, 200),
    ];
    point(&browser, "touch", &pinch)?;
    wait_for_another(&browser, "")?;
    assert_eq!(browser.script_text(&format!("return {tip}"), vec![])?, "none");
    point(&browser, "touch", &[("pointerdown", 1, 200), ("pointerup", 1, 200)])?;
    browser.wait_until(&format!("{tip} !== 'none'"))
}

/// How many rows a timeline has, where they are few.
fn rows(browser: &Browser, mode: &str) -> Result<u64> {
    let body = "const canvas = document.querySelector(`article[data-mode=${arguments[0]}] canvas.timeline`);
        return Math.round((canvas.getBoundingClientRect().height - 22) / 20)";
    Ok(browser.script(body, vec![mode.into()])?.as_u64().unwrap_or_default())
}

/// Presses keys on the timeline of threads; what is told then of a stretch that begins so.
fn told_of_threads(browser: &Browser, keys: &str, beginning: &str) -> Result<String> {
    browser.script("document.querySelector('[data-mode=threads] .timeline-box').focus()", Vec::new())?;
    browser.type_keys(keys)?;
    let told = "document.querySelector('[data-mode=threads] [data-figure=pointed]').textContent";
    browser.wait_until(&format!("{told}.startsWith('{beginning}')"))?;
    browser.script_text(&format!("return {told}"), Vec::new())
}

#[test]
fn by_worker_tasks_that_queue_stand_one_behind_the_other() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=6&steps=print:One,sleep:40ms,print:Two&workers=2&modes=async,threads"))?;
    browser.hold_off_measuring()?;
    browser.wait_for("[data-figure=predicted]")?;
    assert_eq!((rows(&browser, "async")?, rows(&browser, "threads")?), (6, 6));
    browser.click("[data-action=by-worker]")?;
    browser.wait_for("[data-action=by-worker][aria-pressed=true]")?;
    assert_eq!((rows(&browser, "async")?, rows(&browser, "threads")?), (1, 2), "the loop, and two threads");
    let (right, down) = (Key::Right.to_string(), Key::Down.to_string());
    let told = told_of_threads(&browser, &right, "Predicted. Task ")?;
    assert!(told.ends_with(", on thread 1."), "{told}");
    browser.run_all()?;
    assert_eq!((rows(&browser, "async")?, rows(&browser, "threads")?), (1, 2));
    let first = told_of_threads(&browser, &format!("{right}{}", Key::Home), "Task 1: ")?;
    let second = told_of_threads(&browser, &format!("{down}{}", Key::Home), "Task 2: ")?;
    assert!(first.ends_with(", on thread 1.") && second.ends_with(", on thread 2."), "{first} {second}");
    // Three tasks on two threads each wait for the one before: the last on the second began behind two others.
    browser.type_keys(&Key::End.to_string())?;
    let told = "document.querySelector('[data-mode=threads] [data-figure=pointed]').textContent";
    browser.wait_until(&format!("/^Task [56]: .*, on thread 2.$/.test({told})"))?;
    // A line of output is marked on the thread that printed it.
    browser.script(
        "document.querySelector('[data-mode=threads] .listing:not(.overtaken) li:last-child .text')
             .dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))",
        Vec::new(),
    )?;
    browser.wait_until(
        "(() => {
            const place = css => document.querySelector(`[data-mode=threads] ${css}`).getBoundingClientRect();
            const mark = place('.marked'), area = place('.timeline-box');
            return Math.round(mark.height) === 20 && mark.top < area.top + 40;
        })()",
    )?;
    browser.click("[data-action=by-worker]")?;
    browser.wait_for("[data-action=by-worker][aria-pressed=false]")?;
    assert_eq!(rows(&browser, "threads")?, 6);
    Ok(())
}

/// The cells of the rows of a mode's table that are on the page.
fn cells(browser: &Browser, mode: &str) -> Result<Vec<String>> {
    browser.texts(&format!("article[data-mode={mode}] .spans tbody tr"))
}

#[test]
fn the_timeline_is_a_table_on_request() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=2&steps=print:One,sleep:40ms&workers=1&modes=sync,threads"))?;
    browser.wait_for("[data-figure=predicted]")?;
    let (open, words) = ("[data-mode=threads] [data-action=spans]", "[data-mode=threads] [data-figure=spans]");
    browser.click(open)?;
    browser.wait_until(&format!(
        "document.querySelector('{words}')?.textContent.match(/^Predicted\\. .* spans\\.$/)?.length === 1"
    ))?;
    let told = cells(&browser, "threads")?;
    assert!(told.iter().any(|row| row.starts_with("1 thread 1 sleeping 0.0 ms 40.0 ms 40.0 ms")), "{told:?}");
    assert!(told.iter().any(|row| row.starts_with("2 – ready 0.0 ms 40.0 ms")), "{told:?}");
    browser.run_all()?;
    browser.wait_until(&format!(
        "document.querySelector('{words}').textContent.match(/^Measured\\. .* spans\\.$/)?.length === 1"
    ))?;
    assert!(cells(&browser, "threads")?.iter().any(|row| row.starts_with("2 thread 1 sleeping ")));
    assert_eq!(browser.count("[data-mode=sync] .spans table")?, 0, "each mode has its own");
    Ok(())
}

#[test]
fn of_many_spans_the_first_of_what_is_seen_are_in_the_table() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=100000&steps=print:One,sleep:200ms,print:Two&modes=async"))?;
    browser.run_all()?;
    browser.click("[data-action=spans]")?;
    let words = "document.querySelector('[data-figure=spans]')?.textContent";
    browser.wait_until(&format!("{words}.startsWith('Measured. The first 10,000 of ')"))?;
    assert_eq!(browser.attribute(".spans table", "aria-rowcount")?.as_deref(), Some("10001"));
    assert!(browser.count(".spans tbody tr")? < 40, "only what is seen is on the page");
    browser.script("document.querySelector('.spans .scroll').focus()", Vec::new())?;
    browser.type_keys(&Key::End.to_string())?;
    browser.wait_until(
        "(() => {
            const row = document.querySelector('.spans [aria-rowindex=\"10001\"]')?.getBoundingClientRect();
            const area = document.querySelector('.spans .scroll').getBoundingClientRect();
            const head = document.querySelector('.spans th').getBoundingClientRect();
            return row && row.bottom <= area.bottom + 1 && Math.abs(head.top - area.top) < 2;
        })()",
    )?;
    // Looked at closely enough, all of them are.
    let before = browser.script_text(&format!("return {words}"), Vec::new())?;
    browser.click("[data-action=zoom-in]")?;
    browser.wait_until(&format!("{words} !== {before:?}"))?;
    Ok(())
}
