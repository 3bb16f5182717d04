//! What is printed in which order, and how long it takes.

use interleave::predict::{Budget, Machine, Order, Prediction, at_once, predict};
use interleave::trace::{Outcome, Record, State, Status, first_spans};
use interleave::workload::{LoopLimit, Micros, Mode, Place, Settings, Workload};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::runs::{article, is_about, plan, record, records, tasks, texts, workload};

/// With enough cores for all tasks that work here.
fn machine() -> Machine {
    Machine { cores: 4, ..Machine::default() }
}

#[wasm_bindgen_test]
async fn the_article_s_example_runs_in_four_modes() {
    let records = records(plan(article(), Settings::default(), &Mode::ARTICLE)).await;
    for (record, mode) in records.iter().zip(Mode::ARTICLE) {
        assert_eq!((record.mode, &record.outcome), (mode, &Outcome::Finished));
        let (in_turn, together) = (["One", "Two"].repeat(3), ["One", "One", "One", "Two", "Two", "Two"]);
        match mode {
            Mode::Sync => assert_eq!(texts(record, &article()), in_turn),
            _ => assert_eq!(texts(record, &article()), together),
        }
        match mode {
            Mode::Sync => assert_eq!(tasks(record, &article()), [1, 1, 2, 2, 3, 3]),
            Mode::Async => assert_eq!(tasks(record, &article()), [1, 2, 3, 1, 2, 3]),
            _ => {}
        }
        is_about(record, if mode == Mode::Sync { 750.0 } else { 250.0 });
    }
}

#[wasm_bindgen_test]
async fn every_mode_prints_in_the_order_that_is_predicted() {
    // Far enough apart that the model allows no other order.
    for steps in [
        [("print", "a"), ("sleep@1", "80ms"), ("sleep@2", "160ms"), ("sleep@3", "300ms"), ("print", "b")],
        [("sleep@2", "90ms"), ("sleep@3", "180ms"), ("print", "a"), ("sleep", "300ms"), ("print", "b")],
    ] {
        let workload = workload(3, &steps);
        for mode in Mode::ALL {
            let settings = Settings::default();
            let predicted = at_once(predict(&workload, &settings, mode, &machine(), Budget::default())).unwrap();
            let record = record(workload.clone(), settings.clone(), mode).await;
            let order: Vec<_> = predicted.trace.output(&workload).map(|line| line.text.to_owned()).collect();
            assert_eq!(texts(&record, &workload), order, "{mode} {steps:?}");
            is_in_order(&record, &predicted, &workload, &settings);
            is_about(&record, predicted.elapsed.as_ms());
        }
    }
}

/// Whether a record has nothing that contradicts the order that is certain, of tasks as of texts.
fn is_in_order(record: &Record, predicted: &Prediction, workload: &Workload, settings: &Settings) {
    let order = at_once(Order::of(predicted, workload, settings, record.mode, &machine()));
    let checked = at_once(order.check(record.trace.printed()));
    assert_eq!(checked, Ok(()), "{}: {:?}", record.mode, tasks(record, workload));
}

#[wasm_bindgen_test]
async fn at_most_so_many_tasks_are_on_the_loop_at_once() {
    let workload = workload(5, &[("print", "a"), ("sleep", "120ms"), ("print", "b")]);
    let settings = Settings { limit: LoopLimit::parse("2").ok(), ..Settings::default() };
    for place in [Place::Split, Place::Worker] {
        let record = record(workload.clone(), Settings { place, ..settings.clone() }, Mode::Async).await;
        assert_eq!(tasks(&record, &workload), [1, 2, 1, 2, 3, 4, 3, 4, 5, 5]);
        is_about(&record, 360.0);
    }
}

#[wasm_bindgen_test]
async fn a_sleep_of_no_time_is_one_trip_through_the_queue() {
    // The deadline of task 1 passes while task 2 holds the loop, which then stands in the queue before it.
    let steps = [("sleep@1", "100ms"), ("block@2", "200ms"), ("sleep@2", "0s"), ("print", "x")];
    // All go round together.
    let rounds = [("print", "a"), ("sleep", "0s"), ("print", "b"), ("sleep", "0s"), ("print", "c")];
    for place in [Place::Split, Place::Worker] {
        let settings = Settings { place, ..Settings::default() };
        let one = workload(2, &steps);
        assert_eq!(tasks(&record(one.clone(), settings.clone(), Mode::Async).await, &one), [2, 1]);
        let all = workload(3, &rounds);
        assert_eq!(texts(&record(all.clone(), settings, Mode::Async).await, &all).concat(), "aaabbbccc");
    }
}

#[wasm_bindgen_test]
async fn a_run_says_how_far_the_clocks_of_its_lanes_can_be_from_the_page_s() {
    for record in records(plan(article(), Settings::default(), &Mode::ARTICLE)).await {
        let error = record.clock_error.unwrap();
        match record.mode {
            Mode::Async => assert_eq!(error, Micros::ZERO),
            // Where the clock goes in large steps there may be none beside them.
            _ => assert!(error < record.elapsed.unwrap(), "{}: {error:?}", record.mode),
        }
    }
}

#[wasm_bindgen_test]
async fn a_task_that_the_loop_comes_late_for_was_ready_meanwhile() {
    let workload = workload(2, &[("sleep@1", "50ms"), ("block@2", "200ms")]);
    let record = record(workload.clone(), Settings::default(), Mode::Async).await;
    let spans = first_spans(&record.trace, workload.tasks, 100);
    let ready = spans.iter().find(|span| span.task.0 == 1 && span.state == State::Ready && span.from.0 >= 50_000);
    assert!(ready.is_some_and(|span| (span.to - span.from).as_ms() > 100.0), "{spans:?}");
    assert!(record.trace.iter().map(|event| event.at).is_sorted(), "what was seen late has its place by time");
}

#[wasm_bindgen_test]
async fn no_sleep_ends_early() {
    let workload = workload(5, &[("sleep", "7.3ms"), ("sleep", "31.7ms")]);
    for mode in Mode::ALL {
        let record = record(workload.clone(), Settings::default(), mode).await;
        let spans = first_spans(&record.trace, workload.tasks, 1000);
        let slept: Vec<_> = spans.iter().filter(|span| span.state == State::Sleeping).collect();
        assert_eq!(slept.len(), 10, "{mode}");
        for task in workload.tasks.ids() {
            let of_task: Vec<_> = slept.iter().filter(|span| span.task == task).collect();
            for (span, least) in of_task.iter().zip([7300, 31_700]) {
                assert!((span.to - span.from).0 >= least, "{mode}: {span:?}");
            }
        }
    }
}

#[wasm_bindgen_test]
async fn block_holds_the_loop_wherever_it_is() {
    let workload = workload(3, &[("print", "One"), ("block", "60ms"), ("print", "Two")]);
    for place in [Place::Split, Place::Worker] {
        let record = record(workload.clone(), Settings { place, ..Settings::default() }, Mode::Async).await;
        assert_eq!(texts(&record, &workload), ["One", "Two"].repeat(3), "{place:?}");
        assert_eq!(tasks(&record, &workload), [1, 1, 2, 2, 3, 3], "{place:?}");
        is_about(&record, 180.0);
    }
}

#[wasm_bindgen_test]
async fn sync_on_the_page_freezes_it() {
    let workload = workload(2, &[("sleep", "150ms")]);
    let record = record(workload, Settings { place: Place::Page, ..Settings::default() }, Mode::Sync).await;
    is_about(&record, 300.0);
    assert!(record.frames.frozen.is_none_or(|frozen| frozen.as_ms() >= 280.0), "{:?}", record.frames);
}

#[wasm_bindgen_test]
async fn what_may_hold_the_page_comes_to_its_end() {
    let longest = workload(1, &[("block", "10s")]);
    let settings = Settings { place: Place::Page, ..Settings::default() };
    assert_eq!(record(longest, settings, Mode::Sync).await.outcome, Outcome::Finished);
}

#[wasm_bindgen_test]
async fn what_would_hold_the_page_too_long_does_not() {
    let long = workload(1, &[("block", "60s")]);
    let settings = Settings { place: Place::Page, ..Settings::default() };
    for mode in [Mode::Sync, Mode::Async] {
        let record = record(long.clone(), settings.clone(), mode).await;
        assert!(matches!(&record.outcome, Outcome::Unavailable(reason) if reason.contains("place=split")), "{mode}");
    }
    let moved = record(workload(1, &[("block", "2.1s")]), Settings::default(), Mode::Async).await;
    assert_eq!(moved.outcome, Outcome::Finished);
    assert!(moved.notes.iter().any(|note| note.contains("worker")), "{:?}", moved.notes);
}

#[wasm_bindgen_test]
async fn threads_take_turns_with_the_gil_and_processes_do_not() {
    let workload = workload(2, &[("count", "60M")]);
    let threads = record(workload.clone(), Settings::default(), Mode::Threads).await;
    let waits = |record: &Record| {
        let spans = first_spans(&record.trace, workload.tasks, 10_000);
        spans.iter().filter(|span| span.state == State::Gil).count()
    };
    assert_eq!(threads.outcome, Outcome::Finished);
    assert!(waits(&threads) >= 6, "{} waits for the GIL", waits(&threads));
    let spans = first_spans(&threads.trace, workload.tasks, 10_000);
    let runs = |task| spans.iter().filter(move |span| span.task.0 == task && span.state == State::Running);
    for one in runs(1) {
        // The clocks of two workers differ by about their resolution.
        let overlap =
            |other: &&interleave::trace::Span| one.from.0 + 3000 < other.to.0 && other.from.0 + 3000 < one.to.0;
        assert!(!runs(2).any(|other| overlap(&other)), "two threads ran at once");
    }
    let processes = record(workload.clone(), Settings::default(), Mode::Processes).await;
    assert_eq!((processes.outcome.status(), waits(&processes)), (Status::Finished, 0));
}

#[wasm_bindgen_test]
async fn more_tasks_than_lanes_are_queued() {
    let settings = Settings { workers: interleave::workload::Workers::parse("2").ok(), ..Settings::default() };
    let workload = workload(7, &[("print", "a"), ("sleep", "20ms"), ("print", "b")]);
    for mode in [Mode::Threads, Mode::Processes] {
        let record = record(workload.clone(), settings.clone(), mode).await;
        assert_eq!((record.outcome.status(), record.trace.tasks_ended()), (Status::Finished, 7), "{mode}");
        let mut done = tasks(&record, &workload);
        done.sort_unstable();
        assert_eq!(done, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7], "{mode}");
        assert!(record.trace.iter().all(|event| event.lane.0 <= 2));
        is_about(&record, 80.0);
    }
}

#[wasm_bindgen_test]
async fn no_task_waits_behind_another_while_a_process_is_free() {
    let settings = Settings { workers: interleave::workload::Workers::parse("2").ok(), ..Settings::default() };
    let unequal = workload(3, &[("sleep@1", "2s"), ("sleep@2", "300ms"), ("sleep@3", "300ms")]);
    let record = record(unequal, settings, Mode::Processes).await;
    // Behind the first task the third would end after 2.3 s.
    let third = record.trace.iter().filter(|event| event.task.0 == 3).last().unwrap();
    assert!(third.at.as_ms() < 2000.0, "{third:?}");
}

#[wasm_bindgen_test]
async fn no_task_is_dealt_behind_a_long_one() {
    // Behind one another, the long ones would take three seconds.
    let settings = Settings { workers: interleave::workload::Workers::parse("4").ok(), ..Settings::default() };
    let unequal = workload(400, &[("sleep@20", "1s"), ("sleep@21", "1s"), ("sleep@22", "1s")]);
    let record = record(unequal, settings, Mode::Processes).await;
    assert_eq!(record.trace.tasks_ended(), 400);
    is_about(&record, 1000.0);
}

#[wasm_bindgen_test]
async fn a_place_that_is_free_in_the_first_pass_is_taken_in_it() {
    // As with an asyncio.Semaphore: all tasks come to it in the first pass, and one that ends at once lets the next in.
    let at_most_two = Settings { limit: LoopLimit::parse("2").ok(), ..Settings::default() };
    let quick = workload(3, &[("sleep@1", "0s"), ("print", "x")]);
    let long = workload(5, &[("sleep@1", "0s"), ("sleep@3", "0s"), ("print", "x"), ("sleep@5", "0s"), ("print", "y")]);
    // What CPython 3.11 prints with these steps behind a Semaphore(2).
    for (workload, order) in [(quick, vec![2, 3, 1]), (long, vec![2, 2, 1, 1, 3, 3, 4, 4, 5, 5])] {
        for place in [Place::Split, Place::Worker] {
            let settings = Settings { place, ..at_most_two.clone() };
            let predicted = at_once(predict(&workload, &settings, Mode::Async, &machine(), Budget::default())).unwrap();
            let predicted: Vec<_> = predicted.trace.output(&workload).map(|line| line.task.0).collect();
            let record = record(workload.clone(), settings, Mode::Async).await;
            assert_eq!((tasks(&record, &workload), &predicted), (order.clone(), &order), "{place:?}");
        }
    }
}

#[wasm_bindgen_test]
async fn ten_thousand_tasks_sleep_at_once_on_the_loop() {
    let workload = workload(10_000, &[("print", "One"), ("sleep", "300ms"), ("print", "Two")]);
    let record = record(workload.clone(), Settings::default(), Mode::Async).await;
    assert_eq!((record.outcome.status(), record.trace.output_total()), (Status::Finished, 20_000));
    is_about(&record, 300.0);
    let in_order: Vec<u32> = (1..=10_000).chain(1..=10_000).collect();
    assert_eq!(tasks(&record, &workload), in_order);
}
