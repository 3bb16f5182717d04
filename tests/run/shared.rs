//! What lanes share: a counter, the GIL, and the pool that a loop hands calls to.

use interleave::trace::{Outcome, Span, State, Status, first_spans};
use interleave::workload::{Mode, Settings};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::runs::{is_about, is_isolated, record, tasks, texts, workload};

#[wasm_bindgen_test]
async fn calls_of_a_loop_go_to_one_thread_or_to_a_pool() {
    let workload = workload(3, &[("print", "One"), ("block", "150ms"), ("print", "Two")]);
    for (sensitive, ms) in [(true, 450.0), (false, 150.0)] {
        let settings = Settings { sensitive, ..Settings::default() };
        let record = record(workload.clone(), settings, Mode::Offload).await;
        assert_eq!(texts(&record, &workload), ["One", "One", "One", "Two", "Two", "Two"]);
        is_about(&record, ms);
        let spans = first_spans(&record.trace, workload.tasks, 1000);
        let is_long = |span: &&Span| span.state == State::Blocked && (span.to - span.from).as_ms() > 100.0;
        let mut lanes: Vec<_> = spans.iter().filter(is_long).map(|span| span.lane.0).collect();
        lanes.sort_unstable();
        assert_eq!(lanes, if sensitive { [2, 2, 2] } else { [2, 3, 4] });
    }
}

#[wasm_bindgen_test]
async fn a_loop_goes_on_while_its_calls_are_elsewhere() {
    let workload = workload(2, &[("block@1", "300ms"), ("sleep@2", "100ms"), ("print", "x")]);
    let record = record(workload.clone(), Settings::default(), Mode::Offload).await;
    assert_eq!(tasks(&record, &workload), [2, 1]);
    is_about(&record, 300.0);
}

#[wasm_bindgen_test]
async fn more_calls_than_the_pool_has_room_for_all_come_back() {
    let workload = workload(300, &[("count", "1K"), ("block", "100us"), ("print", "x")]);
    for sensitive in [true, false] {
        let settings = Settings { sensitive, ..Settings::default() };
        let record = record(workload.clone(), settings, Mode::Offload).await;
        assert_eq!((record.outcome.clone(), record.trace.output_total()), (Outcome::Finished, 300));
    }
}

#[wasm_bindgen_test]
async fn additions_are_counted_where_memory_is_one() {
    let workload = workload(2, &[("add", "3K"), ("add-locked", "2K")]);
    for mode in Mode::ALL {
        let record = record(workload.clone(), Settings::default(), mode).await;
        if !matches!(mode, Mode::Sync | Mode::Async | Mode::Processes) && !is_isolated() {
            assert_eq!((record.outcome.status(), record.counter), (Status::Unavailable, None), "{mode}");
            continue;
        }
        let counter = record.counter.unwrap();
        assert_eq!((record.outcome, counter.expected), (Outcome::Finished, 10_000), "{mode}");
        match mode {
            Mode::Processes => assert_eq!(counter.actual, 0),
            Mode::FreeThreads => assert!((5000..=10_000).contains(&counter.actual), "{counter:?}"),
            _ => assert_eq!(counter.actual, 10_000, "{mode}"),
        }
    }
}

#[wasm_bindgen_test]
async fn free_threads_lose_updates_unless_they_take_the_lock() {
    if !is_isolated() {
        return;
    }
    let actual = async |step| {
        let record = record(workload(2, &[(step, "1M")]), Settings::default(), Mode::FreeThreads).await;
        assert_eq!((record.outcome, record.counter.unwrap().expected), (Outcome::Finished, 2_000_000));
        record.counter.unwrap().actual
    };
    assert!(actual("add").await < 2_000_000);
    assert_eq!(actual("add-locked").await, 2_000_000);
}

#[wasm_bindgen_test]
async fn under_the_gil_nothing_is_lost_however_often_it_changes_hands() {
    if !is_isolated() {
        return;
    }
    let settings = Settings { switch: Settings::SWITCH_MIN, ..Settings::default() };
    // Long enough that on a machine that has other things to do each thread comes to its turn.
    let workload = workload(3, &[("add", "2M"), ("add-locked", "400K")]);
    let record = record(workload.clone(), settings, Mode::Threads).await;
    assert_eq!(record.counter.unwrap().actual, 7_200_000);
    let waited = first_spans(&record.trace, workload.tasks, 100_000).iter().filter(|s| s.state == State::Gil).count();
    assert!(waited > 6, "the GIL changed hands {waited} times");
}

#[wasm_bindgen_test]
async fn free_threads_wait_for_no_lock() {
    let workload = workload(3, &[("count", "30M"), ("print", "x")]);
    let record = record(workload.clone(), Settings::default(), Mode::FreeThreads).await;
    assert_eq!((record.outcome.clone(), texts(&record, &workload).len()), (Outcome::Finished, 3));
    assert!(first_spans(&record.trace, workload.tasks, 1000).iter().all(|span| span.state != State::Gil));
}
