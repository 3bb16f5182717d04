//! How fast this machine works, as it is measured in a browser: alone and all at once, and never beside a run.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use gloo_timers::future::sleep;
use interleave::run::{Speed, calibrate, measure_alone};
use interleave::trace::Outcome;
use interleave::workload::{Mode, Settings, Work, Workload};
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::runs::{record, unwrap_workers};

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
        let record = record(Workload::default(), Settings::default(), Mode::Threads).await;
        assert_eq!(record.outcome, Outcome::Finished, "after {ms} ms");
        assert_eq!(told.get().is_some(), had_told, "after {ms} ms: it told of what it measured beside a run");
    }
    let told = measuring(2).await;
    until(|| told.get().is_some()).await;
    check(told.get().unwrap(), 2);
}
