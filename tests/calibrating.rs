//! How fast this machine works, as it is measured in a browser: alone and all at once, and never beside a run.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use gloo_timers::future::sleep;
use interleave::run::{News, Plan, Speed, calibrate, measure_alone, start};
use interleave::trace::Outcome;
use interleave::workload::{Mode, Pace, Settings, Work, Workload};
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Workers boot with the tests' own wasm.
#[wasm_bindgen]
pub fn lane_main() {
    interleave::run::lane_main();
}

/// The tests' runner puts a script of its own before each worker's, see `tests/modes/runs.rs`.
fn unwrap_workers() {
    let page = js_sys::global();
    let inner = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap();
    let own = inner(&inner(&inner(&page, "Worker"), "prototype"), "constructor");
    Reflect::set(&page, &"Worker".into(), &own).unwrap();
}

/// Begins to measure a machine of so many cores, once it is had alone; what is told of it.
async fn measuring(cores: u32) -> Rc<Cell<Option<Speed>>> {
    unwrap_workers();
    let alone = loop {
        if let Some(alone) = measure_alone().await {
            break alone;
        }
        sleep(Duration::from_millis(5)).await;
    };
    let told = Rc::new(Cell::new(None));
    let tells = Rc::clone(&told);
    spawn_local(async move { tells.set(calibrate(cores, &alone).await) });
    told
}

async fn until(is_so: impl Fn() -> bool) {
    while !is_so() {
        sleep(Duration::from_millis(5)).await;
    }
}

fn check(Speed { alone, lanes, together }: Speed, expected: u32) {
    // A lane counts by the million a second, and each of several as fast as one alone, or slower where something else runs
    // or they share a counter.
    let part = |work| together.of(work) / alone.of(work);
    let part_makes_sense = |work: &Work| alone.of(*work) > 1.0 && (0.001..=1.0).contains(&part(*work));
    assert_eq!(lanes, expected);
    assert!(alone.counts_per_ms > 1000.0 && part(Work::Count) > 0.05, "{alone:?}, of {lanes} {together:?}");
    assert!(Work::ALL.iter().all(part_makes_sense), "{alone:?}, of {lanes} {together:?}");
}

#[wasm_bindgen_test]
async fn a_lane_and_all_cores_at_once_are_measured() {
    for (cores, lanes) in [(1, 1), (2, 2), (64, 8)] {
        let told = measuring(cores).await;
        until(|| told.get().is_some()).await;
        check(told.get().unwrap(), lanes);
    }
}

#[wasm_bindgen_test]
async fn a_run_puts_an_end_to_measuring_and_then_it_can_be_done_again() {
    // The run begins before the workers are up, and while they work.
    for ms in [0, 60, 120] {
        let told = measuring(2).await;
        sleep(Duration::from_millis(ms)).await;
        let had_told = told.get().is_some();
        let news = Rc::new(RefCell::new(Vec::new()));
        let hears = Rc::clone(&news);
        let workload = Rc::new(Workload::default());
        let settings = Settings::default();
        let modes = vec![Mode::Threads];
        let plan = Plan { workload, settings, modes, pace: Pace::default() };
        let _run = start(plan, move |told| hears.borrow_mut().push(told));
        until(|| matches!(news.borrow().last(), Some(News::Over))).await;
        let finished = |news: &News| matches!(news, News::Ended(record) if record.outcome == Outcome::Finished);
        assert!(news.borrow().iter().any(finished), "after {ms} ms");
        assert_eq!(told.get().is_some(), had_told, "after {ms} ms: it told of what it measured beside a run");
    }
    let told = measuring(2).await;
    until(|| told.get().is_some()).await;
    check(told.get().unwrap(), 2);
}
