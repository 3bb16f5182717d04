//! Two hundred runs, one after another: what they were lent is given back, workers and memory alike.

use e2e::{Browser, Kind, Plan, Result, Site, WATCHED};
use std::time::Duration;

/// A workload of some ten milliseconds, in all modes.
const SHORT: &str = "embed=1&tasks=2&steps=print:One,sleep:5ms,count:1M,print:Two";
const MODES: [&str; 6] = ["sync", "async", "threads", "processes", "offload", "free-threads"];
/// The workers that may stay, warm, for the next run: `offload` wants most, a loop and a thread for each task.
const POOL: usize = 3;
/// A browser takes up to 2 s to put a worker away.
const GONE: Duration = Duration::from_secs(5);
/// So many runs in all, so many until the first look, and so many at a time.
const RUNS: usize = 200;
const FIRST: usize = 10;
const AT_A_TIME: usize = 10;
/// What has grown at each of so many looks leaks.
const LOOKS: usize = 4;
/// So many times as much memory as at the look before is no growth.
const GROWTH: f64 = 1.05;
/// So many times as much as at the first look is a leak, however it came.
const LEAK: f64 = 1.25;

/// Bytes of the page.
#[derive(Clone, Copy, Debug)]
struct Memory {
    /// The size of its wasm's memory, which never shrinks: what was in use at the largest moment, in whole pages.
    wasm: f64,
    /// What is in use of the heap; only Chromium can be asked.
    heap: Option<f64>,
}

/// Runs it so many times; every mode must end in the same way each time, and not as cancelled or failed.
fn run(browser: &Browser, times: usize) -> Result {
    for _ in 0..times / AT_A_TIME {
        let ends = browser.async_script("return await run(arguments[0])", vec![AT_A_TIME.into()])?;
        let ends: Vec<&str> = ends.as_str().unwrap_or_default().split(", ").collect();
        assert_eq!(ends.len(), MODES.len(), "{ends:?}");
        assert!(ends.iter().all(|end| end.ends_with("finished") || end.ends_with("unavailable")), "{ends:?}");
    }
    Ok(())
}

/// What the page has, after all that can be collected was.
fn memory(browser: &Browser) -> Result<Memory> {
    let wasm = browser.script("return frame.contentWindow.watchedMemory()", Vec::new())?;
    let heap = if browser.kind() == Kind::Chromium { Some(browser.heap()?) } else { None };
    Ok(Memory { wasm: wasm.as_f64().unwrap_or(f64::NAN), heap })
}

/// Whether there is more than so many times as much as there was.
fn has_grown(was: Memory, now: Memory, times: f64) -> bool {
    let is_more = |was: f64, now: f64| now.is_nan() || now > was * times;
    is_more(was.wasm, now.wasm) || is_more(was.heap.unwrap_or_default(), now.heap.unwrap_or_default())
}

/// Waits until the workers that are left are those of the pool, at rest.
fn assert_only_the_pool_is_left(browser: &Browser, what: &str) -> Result {
    browser.enter_frame("#frame")?;
    let mut left = None;
    let gone = browser.wait_within(GONE, "all workers but the pool's to be gone", || {
        let workers = browser.workers()?;
        left = Some(workers);
        Ok(workers.living <= POOL && workers.busy == 0)
    });
    browser.leave_frame()?;
    assert!(gone.is_ok(), "{what}: {left:?} are left");
    Ok(())
}

fn runs_leave_nothing_behind(plan: Plan, name: &str) -> Result {
    let site = plan.watched()?;
    let many = site.path("many.html");
    let site = site.page(&many, include_str!("../../src/js/many.html")).start()?;
    let browser = Browser::lend()?;
    let link = format!("{WATCHED}?{SHORT}&modes={}", MODES.join(","));
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("frame", &link).finish();
    browser.open(&site.url(&format!("many.html?{query}")))?;
    browser.enter_frame("#frame")?;
    browser.wait_until_up()?;
    browser.leave_frame()?;
    let after = |runs| {
        run(&browser, runs)?;
        assert_only_the_pool_is_left(&browser, &format!("after {runs} runs more, {name}"))?;
        memory(&browser)
    };
    let first = after(FIRST)?;
    let mut looks = vec![first];
    // Compiled code is there once, and a moment larger than all before is rare: only what leaks grows each time.
    loop {
        let (last, now) = (looks[looks.len() - 1], after(RUNS - FIRST)?);
        looks.push(now);
        assert!(!has_grown(first, now, LEAK), "{name}: much is left behind: {looks:?}");
        if !has_grown(last, now, GROWTH) {
            return Ok(());
        }
        assert!(looks.len() <= LOOKS, "{name}: it goes on growing: {looks:?}");
    }
}

#[test]
fn two_hundred_runs_leave_nothing_behind_isolated() -> Result {
    runs_leave_nothing_behind(Site::dist().isolated(), "isolated")
}

#[test]
fn two_hundred_runs_leave_nothing_behind() -> Result {
    runs_leave_nothing_behind(Site::dist(), "plain")
}
