//! Lanes that can't start, don't answer, or break in the midst of a run: it ends with a reason, and the next goes on.

use e2e::{BREAKABLE, Browser, Fault, Result, Site};

/// Runs each kind of lanes with a worker that breaks in this way, and then again with one that doesn't.
fn break_each_mode(way: &str, said: &str) -> Result {
    let browser = Browser::lend()?;
    for (plan, mode) in [
        (Site::dist().isolated(), "async"),
        (Site::dist(), "async"),
        (Site::dist(), "threads"),
        (Site::dist(), "processes"),
    ] {
        let site = plan.breakable()?.start()?;
        let query = format!("?tasks=2&steps=print:{way},sleep:500ms,print:Two&place=worker&modes={mode}");
        browser.open_page(&site.url(&format!("{BREAKABLE}{query}")))?;
        browser.run_mode(mode)?;
        let card = browser.card(mode)?;
        assert_eq!(card.status, "cancelled", "{mode}: {card:?}");
        assert!(card.reason.contains("worker") && card.reason.contains(said), "{mode}: {card:?}");
        assert!(!card.texts.is_empty(), "{mode}: what was printed is kept: {card:?}");
        browser.fill("#step-0", "Fine")?;
        browser.run_mode(mode)?;
        let card = browser.card(mode)?;
        assert_eq!((card.status.as_str(), card.texts.len()), ("finished", 4), "{mode}: {card:?}");
    }
    Ok(())
}

#[test]
fn workers_that_can_not_start_are_told_and_the_next_mode_goes_on() -> Result {
    for (fault, said) in
        [(Fault::Missing, "404"), (Fault::Garbled, ""), (Fault::Endless, "not been loaded"), (Fault::Mute, "10 s")]
    {
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
    break_each_mode("Throw", "Broken on purpose")
}

#[test]
fn a_worker_that_ends_itself_ends_its_run_with_a_reason() -> Result {
    break_each_mode("Close", "gone")
}

#[test]
fn a_loop_on_the_page_that_throws_ends_its_run_with_a_reason() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=2&steps=print:One,sleep:2500ms,print:Two&modes=async,threads"))?;
    // Of all timers only that of the loop is as long as its tasks sleep.
    let refuse = "const set = setTimeout;
                  window.setTimeout = (then, ms) => {
                    if (ms > 2000 && ms <= 2500) throw new Error('Broken on purpose');
                    return set(then, ms);
                  };
                  window.mend = () => { window.setTimeout = set; }";
    browser.script(refuse, Vec::new())?;
    browser.run_all()?;
    let card = browser.card("async")?;
    assert_eq!(card.status, "cancelled", "{card:?}");
    assert!(card.reason.starts_with("The lane on the page broke: "), "{card:?}");
    assert_eq!(card.texts, ["One", "One"], "what was printed is kept");
    assert_eq!(browser.card("threads")?.status, "finished");
    browser.script("mend()", Vec::new())?;
    browser.run_mode("async")?;
    assert_eq!(browser.card("async")?.status, "finished");
    Ok(())
}
