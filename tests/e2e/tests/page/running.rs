//! The article's example and others like it, run as a reader does: what each mode prints, in what order, and what
//! the page says of it. How fast it is, is for the benchmarks to say.

use e2e::{Browser, Card, Plan, Result, Site};

/// The workload of the article with shorter waits.
const SHORT: &str = "?steps=print:One,sleep:100ms,print:Two";
const MODES: [&str; 4] = ["sync", "async", "threads", "processes"];
const CONCURRENT: [&str; 3] = ["async", "threads", "processes"];

fn sites() -> [(&'static str, Plan); 2] {
    [("isolated", Site::dist().isolated()), ("plain", Site::dist())]
}

/// The texts of a card of the article's example, at its own waits or shorter ones.
fn assert_article(card: &Card, mode: &str, wait: f64) {
    let (said, waits) = match mode {
        "sync" => ("One Two One Two One Two", 3.0),
        _ => ("One One One Two Two Two", 1.0),
    };
    assert_eq!((card.status.as_str(), card.said().as_str()), ("finished", said), "{mode}: {card:?}");
    // No sleep ends early, and only a fault makes one ten seconds late.
    let elapsed = card.elapsed.unwrap_or_default();
    assert!(elapsed >= waits * wait && elapsed < waits * wait + 10_000.0, "{mode}: {card:?}");
    // What was predicted, the start-up and the overhead are the whole.
    let parts: Option<f64> = [card.predicted, card.startup, card.overhead].into_iter().sum();
    assert!(parts.is_some_and(|parts| (parts - elapsed).abs() < 0.01), "{mode}: {card:?}");
    assert!(card.predicted.is_some_and(|predicted| (predicted - waits * wait).abs() < 0.01), "{mode}: {card:?}");
}

#[test]
fn the_bare_address_runs_the_articles_example() -> Result {
    for (name, site) in sites() {
        let site = site.start()?;
        let browser = Browser::lend()?;
        browser.open_page(&site.url(""))?;
        assert_eq!(browser.address()?, site.url("?v=1"), "{name}");
        let isolated = browser.script("return crossOriginIsolated", Vec::new())?;
        assert_eq!(isolated, name == "isolated", "{name}");
        browser.run_all()?;
        for mode in MODES {
            assert_article(&browser.card(mode)?, mode, 1000.0);
        }
        assert_eq!(browser.card("sync")?.tasks, [1, 1, 2, 2, 3, 3], "{name}");
        assert_eq!(browser.card("async")?.tasks, [1, 2, 3, 1, 2, 3], "{name}");
    }
    Ok(())
}

#[test]
fn a_second_run_is_as_good_as_the_first() -> Result {
    for (name, site) in sites() {
        let site = site.start()?;
        let browser = Browser::lend()?;
        browser.open_page(&site.url(SHORT))?;
        for _ in 0..2 {
            browser.run_all()?;
            for mode in MODES {
                assert_article(&browser.card(mode)?, mode, 100.0);
            }
        }
        let processes = browser.card("processes")?;
        assert!(processes.startup > Some(0.0), "{name}: fresh processes take time to start: {processes:?}");
    }
    Ok(())
}

#[test]
fn lines_stand_in_the_order_of_their_times() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser
        .open_page(&site.url("?tasks=8&steps=print:a,sleep:20ms,print:b,sleep@3:60ms,print:c&modes=async,threads"))?;
    browser.run_all()?;
    for mode in ["async", "threads"] {
        let card = browser.card(mode)?;
        assert_eq!(card.texts.len(), 24, "{mode}: {card:?}");
        assert!(card.times.is_sorted(), "{mode}: {card:?}");
        assert_eq!(card.tasks.last(), Some(&3), "{mode}: task 3 waits longest: {card:?}");
    }
    Ok(())
}

#[test]
fn a_mode_is_run_by_its_own_button_and_no_other_with_it() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(SHORT))?;
    let mut ran = Vec::new();
    for mode in MODES {
        browser.run_mode(mode)?;
        ran.push(mode);
        assert_article(&browser.card(mode)?, mode, 100.0);
        for other in MODES.iter().filter(|other| !ran.contains(other)) {
            assert_eq!(browser.card(other)?.status, "idle", "{other} after {mode}");
        }
    }
    Ok(())
}

#[test]
fn blocking_in_async_holds_up_all_in_the_order_of_sync() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=print:One,block:100ms,print:Two"))?;
    browser.run_all()?;
    for mode in ["sync", "async"] {
        assert_article(&browser.card(mode)?, "sync", 100.0);
    }
    for mode in ["threads", "processes"] {
        assert_article(&browser.card(mode)?, mode, 100.0);
    }
    Ok(())
}

#[test]
fn counting_comes_to_its_end_in_every_mode() -> Result {
    for (name, site) in sites() {
        let site = site.start()?;
        let browser = Browser::lend()?;
        browser.open_page(&site.url("?tasks=4&steps=count:20M,print:Done"))?;
        browser.run_all()?;
        let mut elapsed = Vec::new();
        for mode in MODES {
            let card = browser.card(mode)?;
            assert_eq!(
                (card.status.as_str(), card.said().as_str()),
                ("finished", "Done Done Done Done"),
                "{name} {mode}"
            );
            elapsed.push(card.elapsed.unwrap_or_default() - card.startup.unwrap_or_default());
        }
        // On one core processes are no faster than sync; but nowhere do they take three times as long.
        assert!(elapsed[3] < 3.0 * elapsed[0] + 1000.0, "{name}: sync, async, threads, processes took {elapsed:?} ms");
    }
    Ok(())
}

#[test]
fn an_isolated_page_shares_a_counter_in_every_mode_that_shares_memory() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    let modes = "sync,async,threads,processes,offload,free-threads";
    browser
        .open_page(&site.url(&format!("?tasks=2&steps=print:One,block:50ms,add-locked:50K,print:Two&modes={modes}")))?;
    browser.run_all()?;
    for mode in modes.split(',') {
        let card = browser.card(mode)?;
        assert_eq!((card.status.as_str(), card.texts.len()), ("finished", 4), "{mode}: {card:?}");
        let counter = format!("return document.querySelector('[data-mode={mode}] [data-figure=counter]').textContent");
        let told = browser.script(&counter, Vec::new())?.to_string();
        let sum = if mode == "processes" { "0" } else { "100,000" };
        assert!(told.contains(&format!("Counter: {sum} of 100,000")), "{mode}: {told}");
    }
    assert_eq!(browser.card("offload")?.tasks[..2], [1, 2], "the loop goes on while the first call is with a thread");
    Ok(())
}

#[test]
fn the_timeline_tells_who_holds_the_gil() -> Result {
    let label = "document.querySelector('[data-mode=threads] canvas').getAttribute('aria-label')";
    for (name, site) in sites() {
        let site = site.start()?;
        let browser = Browser::lend()?;
        browser.open_page(&site.url("?tasks=2&steps=count:50M&modes=threads"))?;
        browser.wait_until(&format!("/predicted.* GIL: task 1 50 %, task 2 50 %, nobody 0 %; /.test({label})"))?;
        browser.run_all()?;
        browser
            .wait_until(&format!("/measured.* GIL: task 1 \\d+ %, task 2 \\d+ %, nobody \\d+ %; /.test({label})"))?;
        let told = browser.script_text(&format!("return {label}"), Vec::new())?;
        assert!(!told.contains("task 1 0 %") && !told.contains("task 2 0 %"), "{name}: both counted: {told}");
        assert!(!told.contains("; 0 hand-overs"), "{name}: {told}");
        let figure = browser.text("[data-mode=threads] [data-figure=gil]")?;
        assert!(figure.starts_with("GIL: ") && told.ends_with(&figure), "{name}: {figure} beside {told}");
    }
    Ok(())
}

#[test]
fn what_is_unavailable_says_so_and_the_next_mode_goes_on() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=2&steps=add:1K,print:Hi&modes=threads,async,free-threads,sync"))?;
    let told = browser.count("[data-status=idle] [data-reason]")?;
    assert_eq!(told, 2, "threads and free threads are told of before they are tried");
    browser.run_all()?;
    for mode in ["async", "sync"] {
        assert_eq!(browser.card(mode)?.said(), "Hi Hi", "{mode}");
    }
    for mode in ["threads", "free-threads"] {
        let card = browser.card(mode)?;
        assert_eq!((card.status.as_str(), card.elapsed), ("unavailable", None), "{mode}: {card:?}");
        assert!(card.reason.contains("isolated"), "{mode}: {card:?}");
    }
    Ok(())
}

#[test]
fn a_failing_task_is_told_with_what_the_others_did() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=print:One,sleep:50ms,fail@2:Boom,print:Two"))?;
    browser.run_all()?;
    for mode in MODES {
        let card = browser.card(mode)?;
        assert_eq!(card.status, "failed", "{mode}: {card:?}");
        assert!(card.reason.contains("Task 2") && card.reason.contains("Boom"), "{mode}: {card:?}");
    }
    assert_eq!(browser.card("sync")?.tasks, [1, 1, 2, 2], "nothing runs after the failure");
    for mode in CONCURRENT {
        let twos = browser.card(mode)?.texts.iter().filter(|text| *text == "Two").count();
        assert_eq!(twos, 2, "{mode}: the others go on to their end");
    }
    Ok(())
}

#[test]
fn nothing_moves_while_all_modes_run() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.resize(1280, 800)?;
    // Looked at in every frame: what moves may well come back.
    let look = "window.tops = new Set();
        (function look() {
            tops.add([...document.querySelectorAll('article, [data-mode=sync] .output-foot')]
                .map((part) => Math.round(part.getBoundingClientRect().top + scrollY)).join(' '));
            requestAnimationFrame(look);
        })()";
    // Of few lines, and of so many that they stand in a box.
    for query in ["?modes=sync,async", "?tasks=10&steps=print:Asked,sleep:0.2s,print:Answered&modes=sync,async"] {
        browser.open_page(&site.url(query))?;
        browser.wait_until("document.querySelectorAll('.promised-lines li').length >= 12")?;
        browser.script(look, Vec::new())?;
        browser.run_all()?;
        let seen = browser.script_text("return [...tops].join(', then ')", Vec::new())?;
        assert!(!seen.is_empty() && !seen.contains("then"), "{query}: {seen}");
    }
    Ok(())
}
