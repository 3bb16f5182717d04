//! The result as outsiders get it: one golden file with a run of each kind, and its limits.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "tests")]

use interleave::report::{Environment, Results, RunResult};
use interleave::trace::{Counter, Cut, Event, Frames, Outcome, Record, State, Trace, What};
use interleave::workload::{LaneId, Micros, Mode, Step, Steps, TaskCount, TaskId, Variation, Workload};
use serde_json::{Value, json};

fn workload(tasks: u64) -> Workload {
    let steps = [("print", "One"), ("sleep", "1s"), ("print", "Two"), ("fail", "Boom")];
    let steps = steps.map(|(head, value)| Step::parse(head, value).unwrap()).to_vec();
    Workload {
        tasks: TaskCount::new(tasks).unwrap(),
        steps: Steps::new(steps).unwrap(),
        variation: Variation::default(),
    }
}

/// A trace of these events, each a time, a task and what happened at which step; lane 1 is up at 200 µs.
fn trace(events: &[(u64, u32, u8, What)]) -> Trace {
    let mut trace = Trace::default();
    (trace.lanes_up, trace.released) = (vec![Micros(200)], Micros(200));
    for &(at, task, step, what) in events {
        trace.push(Event { at: Micros(at), task: TaskId(task), lane: LaneId(1), step, what });
    }
    trace
}

fn finished() -> Record {
    let events = [
        (250, 1, 0, What::Entered(State::Running)),
        (300, 1, 0, What::Printed),
        (310, 1, 1, What::Entered(State::Sleeping)),
        (1_000_600, 1, 1, What::Entered(State::Running)),
        (1_000_700, 1, 2, What::Printed),
        (1_001_299, 1, 2, What::Ended),
    ];
    Record {
        elapsed: Some(Micros(1_001_300)),
        predicted: Some(Micros(1_000_000)),
        frames: Frames { longest_gap: Some(Micros(17_100)), frozen: Some(Micros::ZERO), was_hidden: true },
        clock_error: Some(Micros(90)),
        trace: trace(&events),
        counter: Some(Counter { expected: 20_000_000_000, actual: 3 }),
        notes: vec!["The loop runs in a worker.".to_owned()],
        ..Record::without_run(Mode::Async, Outcome::Finished)
    }
}

fn stopped() -> Record {
    let mut trace = trace(&[
        (250, 1, 0, What::Entered(State::Running)),
        (300, 1, 0, What::Printed),
        (310, 1, 1, What::Entered(State::Sleeping)),
    ]);
    trace.until = Micros(500_000);
    let outcome = Outcome::Cancelled(Cut::Stopped);
    Record { elapsed: Some(Micros(500_000)), trace, ..Record::without_run(Mode::FreeThreads, outcome) }
}

fn failed() -> Record {
    let trace = trace(&[(250, 1, 3, What::Entered(State::Running)), (300, 1, 3, What::Failed)]);
    let outcome = Outcome::Failed("Task 1 failed: Boom.".to_owned());
    Record { elapsed: Some(Micros(300)), trace, ..Record::without_run(Mode::Threads, outcome) }
}

/// A mode that can't be had, with all that a host might have noted before it knew.
fn unavailable() -> Record {
    let outcome = Outcome::Unavailable("It is not built yet.".to_owned());
    Record { mode: Mode::Offload, outcome, ..finished() }
}

fn environment() -> Environment {
    Environment {
        user_agent: "A browser".to_owned(),
        cores: 2,
        isolated: true,
        clock_resolution_ms: Some(0.005),
        counts_per_ms: None,
    }
}

#[test]
fn a_run_of_each_kind_is_told_as_the_golden_file_says() {
    let never_begun = Record::without_run(Mode::Processes, Outcome::Cancelled(Cut::Stopped));
    let records = [finished(), stopped(), failed(), unavailable(), never_begun];
    let results = Results::new(&records, &workload(1), "?v=1&tasks=1".to_owned(), environment());
    let told: Value = serde_json::from_str(&results.to_json().unwrap()).unwrap();
    let mut golden: Value = serde_json::from_str(include_str!("results/each-kind.json")).unwrap();
    golden["version"] = json!(env!("CARGO_PKG_VERSION"));
    assert_eq!(told, golden, "{}", results.to_json().unwrap());
}

#[test]
fn the_first_10_000_lines_and_spans_are_told_and_all_are_counted() {
    let lines: Vec<_> = (1..=10_001).map(|task| (u64::from(task), task, 0, What::Printed)).collect();
    let record = Record { elapsed: Some(Micros(20_000)), trace: trace(&lines), ..stopped() };
    let run = RunResult::new(&record, &workload(10_001));
    assert_eq!((run.output.len(), run.spans.len(), run.output_total), (10_000, 10_000, Some(10_001)));
    assert_eq!((run.output[9_999].task, run.spans[9_999].task), (10_000, 10_000));
}

#[test]
fn times_have_at_most_three_decimals() {
    for micros in (0..20_000_000).step_by(997).chain([3_600_000_001, 86_400_000_007]) {
        let record = Record { elapsed: Some(Micros(micros)), ..stopped() };
        let told = serde_json::to_value(RunResult::new(&record, &workload(1))).unwrap()["elapsedMs"].to_string();
        let (whole, decimals) = told.split_once('.').unwrap();
        assert_eq!(format!("{whole}{decimals:0<3}").parse(), Ok(micros), "{told}");
    }
}

#[test]
fn a_number_that_json_does_not_have_is_null() {
    let environment = Environment { counts_per_ms: Some(f64::INFINITY), clock_resolution_ms: None, ..environment() };
    let results = Results::new([], &workload(1), String::new(), environment);
    let told: Value = serde_json::from_str(&results.to_json().unwrap()).unwrap();
    assert_eq!((&told["environment"]["countsPerMs"], &told["runs"]), (&Value::Null, &json!([])));
}
