//! Workers that can't start, don't answer, or break in the midst of a run: it ends with a reason, and the next goes on.

use e2e::{BREAKABLE, Browser, Fault, Result, Site};

/// Runs the mode that is shown, of which a worker breaks, and then again with one that doesn't.
fn break_mode(browser: &Browser, mode: &str, said: &str, what: &str) -> Result {
    browser.run_mode(mode)?;
    let card = browser.card(mode)?;
    assert_eq!(card.status, "cancelled", "{what}: {card:?}");
    assert!(card.reason.contains("worker") && card.reason.contains(said), "{what}: {card:?}");
    assert!(!card.texts.is_empty(), "{what}: what was printed is kept: {card:?}");
    browser.fill("#step-0", "Fine")?;
    browser.run_mode(mode)?;
    let card = browser.card(mode)?;
    assert_eq!((card.status.as_str(), card.texts.len()), ("finished", 4), "{what}: {card:?}");
    Ok(())
}

#[test]
fn workers_that_can_not_start_are_told_and_the_next_mode_goes_on() -> Result {
    for (fault, said) in [(Fault::Missing, ""), (Fault::Garbled, ""), (Fault::Endless, "10 s")] {
        let site = Site::dist().worker_fault(fault).start()?;
        let browser = Browser::lend()?;
        browser.open_page(&site.url("?steps=print:One,sleep:50ms,print:Two&modes=sync,async,processes"))?;
        browser.run_all()?;
        assert_eq!(browser.card("async")?.status, "finished", "{fault:?}");
        for mode in ["sync", "processes"] {
            let card = browser.card(mode)?;
            assert_eq!((card.status.as_str(), card.elapsed), ("unavailable", None), "{fault:?}: {card:?}");
            assert!(card.reason.contains("worker") && card.reason.contains(said), "{fault:?}: {card:?}");
        }
    }
    Ok(())
}

#[test]
fn a_worker_that_throws_ends_its_run_with_a_reason() -> Result {
    let browser = Browser::lend()?;
    for (plan, mode) in [
        (Site::dist().isolated(), "async"),
        (Site::dist(), "async"),
        (Site::dist(), "threads"),
        (Site::dist(), "processes"),
    ] {
        let site = plan.breakable()?.start()?;
        let query = format!("?tasks=2&steps=print:Throw,sleep:2s,print:Two&place=worker&modes={mode}");
        browser.open_page(&site.url(&format!("{BREAKABLE}{query}")))?;
        break_mode(&browser, mode, "Broken on purpose", mode)?;
    }
    Ok(())
}

#[test]
fn a_worker_that_ends_itself_ends_its_run_with_a_reason() -> Result {
    let browser = Browser::lend()?;
    for (plan, mode) in [
        (Site::dist().isolated(), "async"),
        (Site::dist(), "async"),
        (Site::dist(), "threads"),
        (Site::dist(), "processes"),
    ] {
        let site = plan.breakable()?.start()?;
        let query = format!("?tasks=2&steps=print:Close,sleep:2s,print:Two&place=worker&modes={mode}");
        browser.open_page(&site.url(&format!("{BREAKABLE}{query}")))?;
        break_mode(&browser, mode, "gone", mode)?;
    }
    Ok(())
}
