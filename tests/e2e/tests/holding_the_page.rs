//! What may hold the page, and what is done about what would hold it for too long.

use e2e::{Browser, Result, Site};

#[test]
fn a_long_block_in_async_goes_to_a_worker_and_the_page_lives() -> Result {
    for plan in [Site::dist().isolated(), Site::dist()] {
        let site = plan.start()?;
        let browser = Browser::lend()?;
        for (step, time) in [("block:60s", "60s"), ("count:10G", "s")] {
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
        assert!(card.reason.contains("10s") && card.reason.contains("place=worker"), "{mode}: {card:?}");
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
    assert_eq!((card.status.as_str(), card.texts.len()), ("finished", 200), "{:?}", card.reason);
    let more = browser.text("article[data-mode=async] .lines:not(.promised-lines) .more")?;
    assert!(more.contains("199,800"), "{more:?}");
    Ok(())
}
