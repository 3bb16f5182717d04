//! How a run ends that does not come to its end: it is stopped, or a task fails; and what is told of it until then.

use std::time::Duration;

use gloo_timers::future::sleep;
use interleave::run::News;
use interleave::trace::{Outcome, Status};
use interleave::workload::{Mode, Place, Settings};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::runs::{GENEROUS, Told, article, is_isolated, plan, record, records, tasks, texts, workload};

#[wasm_bindgen_test]
async fn a_stop_ends_every_mode_soon_and_keeps_what_was_printed() {
    let lanes_that_contend: &[Mode] = if is_isolated() { &[Mode::FreeThreads] } else { &[] };
    for (steps, modes) in [
        ([("print", "One"), ("sleep", "60s"), ("print", "Two")], Mode::ALL.as_slice()),
        ([("print", "One"), ("add-locked", "10G"), ("print", "Two")], lanes_that_contend),
        ([("print", "One"), ("count", "10G"), ("print", "Two")], &Mode::ALL),
        ([("print", "One"), ("block", "60s"), ("print", "Two")], &Mode::ALL),
    ] {
        let workload = workload(2, &steps);
        for mode in modes {
            let told = Told::default();
            let handle = told.start(plan(workload.clone(), Settings::default(), &[*mode, Mode::Sync]));
            told.until_printed().await;
            assert!(told.records().is_empty(), "{mode} {steps:?}: {:?}", told.records());
            let clock = web_sys::window().unwrap().performance().unwrap();
            let asked = clock.now();
            handle.stop();
            let records = told.until_over().await;
            let took = clock.now() - asked;
            assert!(took < 200.0 + GENEROUS, "{mode} {steps:?} took {took} ms to stop");
            assert_eq!(records[0].outcome.status(), Status::Cancelled, "{mode} {steps:?}");
            assert_eq!(texts(&records[0], &workload).first().map(String::as_str), Some("One"), "{mode} {steps:?}");
            assert!(!texts(&records[0], &workload).contains(&"Two".to_owned()));
            assert_eq!((records[1].outcome.status(), records[1].elapsed), (Status::Cancelled, None));
        }
    }
}

#[wasm_bindgen_test]
async fn after_a_stop_the_next_run_is_as_any_other() {
    let told = Told::default();
    let sleeps = workload(8, &[("print", "a"), ("sleep", "60s")]);
    let handle = told.start(plan(sleeps, Settings::default(), &[Mode::Threads]));
    told.until_printed().await;
    handle.stop();
    told.until_over().await;
    for record in records(plan(article(), Settings::default(), &Mode::ARTICLE)).await {
        assert_eq!(record.outcome, Outcome::Finished, "{}", record.mode);
    }
}

#[wasm_bindgen_test]
async fn a_stop_at_any_moment_is_heard() {
    let workload = workload(3, &[("print", "a"), ("sleep", "60s")]);
    for mode in Mode::ALL {
        for wait in [0, 1, 10, 40] {
            let told = Told::default();
            let handle = told.start(plan(workload.clone(), Settings::default(), &[mode, Mode::Async]));
            // Also before the pool is ready, and while the page draws that the mode has begun.
            sleep(Duration::from_millis(wait)).await;
            handle.stop();
            let records = told.until_over().await;
            let statuses: Vec<_> = records.iter().map(|record| record.outcome.status()).collect();
            assert_eq!(statuses, [Status::Cancelled, Status::Cancelled], "{mode}, stopped after {wait} ms");
        }
    }
}

#[wasm_bindgen_test]
async fn a_stop_waits_for_the_lane_that_still_runs() {
    let workload = workload(3, &[("print", "a"), ("count@3", "10G"), ("print", "b")]);
    for mode in [Mode::Threads, Mode::Processes] {
        let told = Told::default();
        let handle = told.start(plan(workload.clone(), Settings::default(), &[mode]));
        told.until(|news| matches!(news, News::Went(_, trace, _) if trace.tasks_ended() == 2)).await;
        handle.stop();
        let records = told.until_over().await;
        assert_eq!(records[0].outcome.status(), Status::Cancelled, "{mode}");
        assert_eq!(records[0].trace.tasks_ended(), 2, "{mode}");
        let after = record(article(), Settings::default(), mode).await;
        assert_eq!(after.outcome, Outcome::Finished, "{mode}");
    }
}

#[wasm_bindgen_test]
async fn a_workload_of_prints_alone_tells_as_it_goes_and_is_stopped() {
    let workload = workload(1_000_000, &[("print", "a"), ("print", "b"), ("print", "c"), ("print", "d")]);
    for mode in Mode::ALL {
        let told = Told::default();
        let handle = told.start(plan(workload.clone(), Settings::default(), &[mode]));
        told.until_printed().await;
        handle.stop();
        let records = told.until_over().await;
        assert_eq!(records[0].outcome.status(), Status::Cancelled, "{mode}");
        assert!(records[0].trace.output_total() > 0, "{mode}");
    }
}

#[wasm_bindgen_test]
async fn a_loop_in_a_worker_tells_what_it_printed_before_it_sleeps() {
    let workload = workload(3, &[("print", "a"), ("sleep", "60s")]);
    let told = Told::default();
    let settings = Settings { place: Place::Worker, ..Settings::default() };
    let handle = told.start(plan(workload, settings, &[Mode::Async]));
    told.until_printed().await;
    handle.stop();
    assert_eq!(told.until_over().await[0].trace.output_total(), 3);
}

#[wasm_bindgen_test]
async fn a_failing_task_ends_by_its_mode_s_rule() {
    let workload = workload(3, &[("sleep", "20ms"), ("fail@2", "Boom"), ("print", "done")]);
    for (mode, printed) in [
        (Mode::Sync, vec![1, 2]),
        (Mode::Async, vec![1, 2, 3]),
        (Mode::Threads, vec![1, 2, 3]),
        (Mode::Processes, vec![1, 2, 3]),
        (Mode::Offload, vec![1, 2, 3]),
        (Mode::FreeThreads, vec![1, 2, 3]),
    ] {
        let record = record(workload.clone(), Settings::default(), mode).await;
        assert_eq!(record.outcome, Outcome::Failed("Task 2 failed: Boom.".to_owned()), "{mode}");
        let mut output = tasks(&record, &workload);
        output.sort_unstable();
        assert_eq!(output, printed, "{mode}");
    }
}
