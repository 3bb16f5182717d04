//! Stop, in every mode and every kind of wait: obeyed at once, what was printed is kept, no worker goes on, and the
//! next run is none the worse for it.

use e2e::{Browser, Plan, Result, Site, WATCHED};
use std::time::{Duration, Instant};

/// A stop is told within 0.2 s on a machine that has time; only a fault makes it this late on a busy one.
const TOLD_MS: f64 = 1500.0;
/// What was stopped is gone within 3 s, likewise.
const GONE: Duration = Duration::from_secs(5);

/// Notes in the page when Stop was clicked and when no card ran any more.
const WATCH_STOP: &str = "
    window.stopped = { clicked: null, told: null };
    document.addEventListener('click', ({ target, timeStamp }) => {
        if (target.closest('[data-action=stop]')) stopped.clicked = timeStamp;
    }, { capture: true });
    new MutationObserver(() => {
        const running = document.querySelector('article[data-status=running], article[data-status=waiting]');
        if (stopped.clicked !== null && stopped.told === null && running === null) stopped.told = performance.now();
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-status'] });";

/// Skips the processes as soon as it can be done: they have begun, and their lanes have not.
const SKIP_PROCESSES: &str = "
    new MutationObserver(() => document.querySelector('article[data-mode=processes] [data-action=skip-mode]')?.click())
        .observe(document.body, { subtree: true, childList: true, attributes: true });";

fn sites() -> [(&'static str, Plan); 2] {
    [("isolated", Site::dist().isolated()), ("plain", Site::dist())]
}

/// Starts a mode, stops it when it has printed so many lines, and looks at what became of it.
fn stop_mode(browser: &Browser, mode: &str, lines: usize, what: &str) -> Result {
    browser.script(WATCH_STOP, Vec::new())?;
    browser.start_mode(mode)?;
    browser.wait_until(&format!(
        "document.querySelectorAll(\"article[data-mode='{mode}'] li[data-task]\").length >= {lines}"
    ))?;
    browser.click("[data-action=stop]")?;
    browser.wait_over()?;
    let card = browser.card(mode)?;
    assert_eq!((card.status.as_str(), card.reason.as_str()), ("cancelled", "It was stopped."), "{what}");
    assert_eq!(card.said(), vec!["One"; lines].join(" "), "{what}: what was printed is kept");
    assert!(card.elapsed < Some(30_000.0), "{what}: {card:?}");
    let told = browser.script("return stopped.told - stopped.clicked", Vec::new())?.as_f64();
    eprintln!("{what}: told {told:?} ms after the click");
    assert!(told.is_some_and(|told| told < TOLD_MS), "{what}: told {told:?} ms after the click");
    Ok(())
}

/// Waits until no worker has anything to do.
fn assert_all_rest(browser: &Browser, what: &str) {
    let (start, mut left) = (Instant::now(), None);
    let gone = browser.wait_within(GONE, "all workers to be gone or at rest", || {
        let workers = browser.workers()?;
        left = Some(workers);
        Ok(workers.busy == 0)
    });
    assert!(gone.is_ok(), "{what}: after {:?} there are {left:?}", start.elapsed());
    eprintln!("{what}: all at rest after {:?}: {left:?}", start.elapsed());
}

/// Stops each mode in turn, then runs all of them with less to do.
fn stop_all_modes(plan: Plan, name: &str, step: &str) -> Result {
    let site = plan.watched()?.start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(&format!("{WATCHED}?steps=print:One,{step},print:Two")))?;
    for (mode, lines) in [("sync", 1), ("threads", 3), ("processes", 3), ("async", 3)] {
        // In a loop nobody else comes to print while one counts.
        let lines = if mode == "async" && step.starts_with("count") { 1 } else { lines };
        let what = format!("{mode} in {step}, {name}");
        stop_mode(&browser, mode, lines, &what)?;
        assert_all_rest(&browser, &what);
    }
    let less = if step.starts_with("count") { "1M" } else { "50ms" };
    browser.fill("#step-1", less)?;
    browser.run_all()?;
    for mode in ["sync", "async", "threads", "processes"] {
        let card = browser.card(mode)?;
        assert_eq!((card.status.as_str(), card.texts.len()), ("finished", 6), "{mode} after {step}, {name}: {card:?}");
    }
    assert_all_rest(&browser, &format!("a run after all that, {name}"));
    Ok(())
}

#[test]
fn a_long_sleep_is_stopped_in_every_mode() -> Result {
    sites().into_iter().try_for_each(|(name, plan)| stop_all_modes(plan, name, "sleep:60s"))
}

#[test]
fn long_counting_is_stopped_in_every_mode() -> Result {
    sites().into_iter().try_for_each(|(name, plan)| stop_all_modes(plan, name, "count:10G"))
}

#[test]
fn a_busy_worker_is_seen_as_busy() -> Result {
    for (name, plan) in sites() {
        let site = plan.watched()?.start()?;
        let browser = Browser::lend()?;
        for step in ["sleep:60s", "count:10G"] {
            browser.open_page(&site.url(&format!("{WATCHED}?tasks=2&steps=print:One,{step}&modes=processes")))?;
            browser.start_mode("processes")?;
            browser.wait_within(GONE, "two busy workers", || Ok(browser.workers()?.busy == 2))?;
            browser.click("[data-action=stop]")?;
            browser.wait_over()?;
            assert_all_rest(&browser, &format!("{step}, {name}"));
        }
    }
    Ok(())
}

#[test]
fn between_turns_on_the_page_a_stop_is_obeyed() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    // Nearly a minute of blocking on the page, 10 ms at a time.
    browser.open_page(&site.url("?tasks=5000&steps=block:10ms,print:One&modes=async"))?;
    browser.script(WATCH_STOP, Vec::new())?;
    browser.start_mode("async")?;
    browser.wait_until("document.querySelectorAll('article li[data-task]').length >= 5")?;
    browser.click("[data-action=stop]")?;
    browser.wait_over()?;
    let card = browser.card("async")?;
    let in_order: Vec<u64> = (1..).take(card.tasks.len()).collect();
    assert_eq!((card.status.as_str(), &card.tasks), ("cancelled", &in_order), "{card:?}");
    assert!(card.notes.is_empty(), "it ran on the page: {card:?}");
    let told = browser.script("return stopped.told - stopped.clicked", Vec::new())?.as_f64();
    eprintln!("between turns: told {told:?} ms after the click");
    assert!(told.is_some_and(|told| told < TOLD_MS), "told {told:?} ms after the click");
    Ok(())
}

#[test]
fn a_mode_that_is_skipped_keeps_what_it_has_and_the_next_one_runs() -> Result {
    let link = "tasks=90&steps=print:One,sleep:1s&modes=sync,processes,threads,async";
    for (name, plan) in sites() {
        let site = plan.watched()?.start()?;
        let browser = Browser::lend()?;
        browser.open_page(&site.url(&format!("{WATCHED}?{link}")))?;
        browser.wait_until(
            "document.querySelector('.progress').textContent.includes('Sync, most of it, can be skipped')",
        )?;
        browser.script(SKIP_PROCESSES, Vec::new())?;
        browser.click("[data-action=run-all]")?;
        browser.wait_for("article[data-mode=sync] li[data-task]")?;
        browser.click("article[data-mode=sync] [data-action=skip-mode]")?;
        browser.wait_over()?;
        for mode in ["sync", "processes"] {
            let card = browser.card(mode)?;
            let end = (card.status.as_str(), card.reason.as_str());
            assert_eq!(end, ("cancelled", "It was skipped."), "{mode}, {name}: {card:?}");
        }
        assert!(browser.card("sync")?.said().starts_with("One"), "what was printed is kept, {name}");
        for mode in ["threads", "async"] {
            assert_eq!(browser.card(mode)?.status, "finished", "{mode}, {name}");
        }
        assert_eq!(browser.count("[data-action=skip-mode]")?, 0, "{name}");
        assert_all_rest(&browser, &format!("a run with skipped modes, {name}"));
    }
    Ok(())
}

#[test]
fn modes_that_had_not_begun_are_cancelled_and_empty() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=print:One,sleep:60s"))?;
    browser.click("[data-action=run-all]")?;
    browser.wait_for("article[data-mode=sync] li[data-task]")?;
    browser.click("[data-action=stop]")?;
    browser.wait_over()?;
    assert_eq!(browser.card("sync")?.said(), "One");
    for mode in ["async", "threads", "processes"] {
        let card = browser.card(mode)?;
        assert_eq!((card.status.as_str(), card.said().as_str(), card.elapsed), ("cancelled", "", None), "{mode}");
    }
    Ok(())
}

#[test]
fn of_many_processes_a_few_start_at_once_so_that_a_stop_is_heard() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=32&workers=32&steps=print:One,sleep:1ms&modes=processes"))?;
    let count = "
        window.workers = { begun: 0, starting: 0, most: 0 };
        window.Worker = class extends Worker {
          constructor(...given) {
            super(...given);
            workers.begun += 1;
            workers.starting += 1;
            workers.most = Math.max(workers.most, workers.starting);
            this.addEventListener('message', () => { workers.starting -= 1; }, { once: true });
          }
        };";
    browser.script(count, Vec::new())?;
    browser.run_all()?;
    assert_eq!(browser.card("processes")?.status, "finished");
    let ok = "return workers.begun >= 32 && workers.most <= 2 * navigator.hardwareConcurrency";
    assert_eq!(browser.script(ok, Vec::new())?, true, "{}", browser.script("return workers", Vec::new())?);
    Ok(())
}
