//! What may hold the page, and what is done about what would hold it for too long.

use e2e::{Browser, Result, Site};

#[test]
fn a_long_block_in_async_goes_to_a_worker_and_the_page_lives() -> Result {
    for plan in [Site::dist().isolated(), Site::dist()] {
        let site = plan.start()?;
        let browser = Browser::lend()?;
        for (step, time) in [("block:60s", "60 s"), ("count:10G", " s")] {
            browser.open_page(&site.url(&format!("?steps=print:One,{step}&modes=async")))?;
            browser.start_mode("async")?;
            browser.wait_for("article[data-mode=async] li[data-task]")?;
            let draw = "window.drawn = 0; (function frame() { window.drawn += 1; requestAnimationFrame(frame) })()";
            browser.script(draw, Vec::new())?;
            browser.wait_until("drawn > 20")?;
            browser.click("[data-action=stop]")?;
            browser.wait_over()?;
            let card = browser.card("async")?;
            assert_eq!((card.status.as_str(), card.said().as_str()), ("cancelled", "One"), "{step}: {card:?}");
            let told = card.notes.iter().any(|note| note.contains("worker") && note.contains(time));
            assert!(told, "{step}: {card:?}");
        }
    }
    Ok(())
}

#[test]
fn what_would_hold_the_page_for_minutes_is_not_run_there() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=block:60s&modes=sync,async&place=page"))?;
    browser.run_all()?;
    for mode in ["sync", "async"] {
        let card = browser.card(mode)?;
        assert_eq!((card.status.as_str(), card.elapsed), ("unavailable", None), "{mode}: {card:?}");
        assert!(card.reason.contains("10 s") && card.reason.contains("place=worker"), "{mode}: {card:?}");
    }
    Ok(())
}

#[test]
fn on_request_sync_freezes_the_page_and_says_for_how_long() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=print:One,sleep:200ms,print:Two&modes=sync,async&place=page"))?;
    browser.run_all()?;
    let sync = browser.card("sync")?;
    assert_eq!((sync.status.as_str(), sync.said().as_str()), ("finished", "One Two One Two One Two"), "{sync:?}");
    assert_eq!(browser.card("async")?.said(), "One One One Two Two Two");
    let frozen = |mode: &str| -> Result<f64> {
        let frozen = browser.attribute(&format!("article[data-mode={mode}] [data-figure=frozen]"), "data-ms")?;
        Ok(frozen.and_then(|ms| ms.parse().ok()).unwrap_or_default())
    };
    assert!(frozen("sync")? >= 500.0, "three waits of 200 ms on the page: {}", frozen("sync")?);
    Ok(())
}

#[test]
fn the_heartbeat_is_broken_where_the_page_froze_and_says_for_how_long() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=1&steps=block:800ms&modes=async,threads"))?;
    browser.run_all()?;
    // Of the strip, in its own units, what was drawn of each mode and what of that was broken.
    let strip = "const all = css => Array.from(document.querySelectorAll(css), it => [it.x, it.width].map(at => at.baseVal.value));
                 const [[, first], [from]] = all('.heartbeat .drew');
                 const inside = all('.heartbeat .froze').filter(([x]) => x < from - 1);
                 return [first, inside.reduce((sum, [, width]) => sum + width, 0)]";
    let strip = browser.script(strip, Vec::new())?;
    let part = |at: usize| strip[at].as_f64().unwrap_or_default();
    assert!((300.0..700.0).contains(&part(0)), "both modes take as long: {strip}");
    assert!(part(1) > 0.8 * part(0) && part(1) <= part(0) + 2.0, "async held the page: {strip}");
    let said = browser.text(".progress")?;
    let frozen = said.split_once("frozen for ").and_then(|(_, told)| told.split_once(" ms in Async"));
    let frozen: f64 = frozen.and_then(|(ms, _)| ms.parse().ok()).unwrap_or_default();
    assert!((750.0..5000.0).contains(&frozen), "{said}");
    let aloud = "return document.querySelector('[data-announcement]').textContent";
    assert!(browser.script_text(aloud, Vec::new())?.contains("frozen for"), "and aloud");
    Ok(())
}

#[test]
fn who_will_freeze_the_page_is_told_before_and_offered_a_worker() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=1&steps=print:One,block:500ms&modes=async"))?;
    assert_eq!(browser.count("[data-freeze]")?, 0, "half a second is no matter");
    browser.fill("#step-1", "1.2s")?;
    browser.wait_for("[data-freeze]")?;
    let told = browser.text("[data-freeze]")?;
    assert!(told.starts_with("Async ") && told.contains("about 1.2 s"), "{told}");
    browser.click("[data-action=in-worker]")?;
    browser.wait_until("document.querySelector('[data-freeze]') === null")?;
    browser.wait_until("location.search.endsWith('&place=worker')")?;
    assert_eq!(browser.script_text("return document.activeElement.dataset.action", Vec::new())?, "run-all");
    browser.run_all()?;
    assert_eq!(browser.card("async")?.said(), "One");
    assert!(!browser.text(".progress")?.contains("frozen for 1."), "{}", browser.text(".progress")?);
    Ok(())
}

#[test]
fn a_long_run_tells_the_tab_how_far_it_is() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=1&steps=sleep:60s&modes=async,threads&title=Waiting"))?;
    browser.click("[data-action=run-all]")?;
    browser.wait_until("document.title === '0 % Async, next Threads · Waiting · Interleave'")?;
    browser.click("[data-action=stop]")?;
    browser.wait_until("document.title === 'Waiting · Interleave'")?;
    Ok(())
}

#[test]
fn in_a_worker_nothing_freezes_the_page() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=print:One,block:100ms,print:Two&modes=sync,async&place=worker"))?;
    browser.run_all()?;
    for mode in ["sync", "async"] {
        assert_eq!(browser.card(mode)?.said(), "One Two One Two One Two", "{mode}");
    }
    Ok(())
}

#[test]
fn a_hundred_thousand_tasks_leave_the_page_alive() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=100000&steps=print:One,sleep:500ms,print:Two&modes=async"))?;
    browser.run_all()?;
    let card = browser.card("async")?;
    assert_eq!(card.status, "finished", "{:?}", card.reason);
    let output = browser.attribute("article[data-mode=async] .listing:not(.overtaken)", "aria-label")?;
    assert_eq!(output.as_deref(), Some("Output of Async: 200,000 lines"));
    Ok(())
}
