//! The modes as they really run, in a browser: order, time, stop. In page and workers, isolated or not.
//!
//! Times are held to bounds that only a real fault can miss; how fast it is, the benchmarks say.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::future::sleep;
use interleave::predict::{Budget, Machine, at_once, predict};
use interleave::run::{Environment, Handle, News, Plan, start};
use interleave::trace::{Outcome, Record, Span, State, Status, first_spans};
use interleave::workload::{Micros, Mode, Pace, Place, Settings, Step, Steps, TaskCount, Variation, Workload};
use js_sys::Reflect;
use std::time::Duration;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Workers boot with the tests' own wasm.
#[wasm_bindgen]
pub fn lane_main() {
    interleave::run::lane_main();
}

/// So much later than predicted is only a fault's doing, in milliseconds: these machines are shared and slow.
const GENEROUS: f64 = 700.0;

fn workload(tasks: u64, steps: &[(&str, &str)]) -> Workload {
    let steps = steps.iter().map(|(head, value)| Step::parse(head, value).unwrap()).collect();
    Workload {
        tasks: TaskCount::new(tasks).unwrap(),
        steps: Steps::new(steps).unwrap(),
        variation: Variation::default(),
    }
}

/// The article's example, four times as fast.
fn article() -> Workload {
    workload(3, &[("print", "One"), ("sleep", "250ms"), ("print", "Two")])
}

fn plan(workload: Workload, settings: Settings, modes: &[Mode]) -> Plan {
    let workload = Rc::new(workload);
    Plan { workload, settings, modes: modes.to_vec(), pace: Pace::default() }
}

/// The tests' runner puts a script of its own before each worker's, and what the page sends until that has loaded the
/// real one is lost. The prototype still knows the browser's own constructor.
fn unwrap_workers() {
    let page = js_sys::global();
    let inner = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap();
    let own = inner(&inner(&inner(&page, "Worker"), "prototype"), "constructor");
    Reflect::set(&page, &"Worker".into(), &own).unwrap();
}

/// What was told of a run.
#[derive(Clone, Default)]
struct Told(Rc<RefCell<Vec<News>>>);

impl Told {
    fn start(&self, plan: Plan) -> Handle {
        let told = self.clone();
        unwrap_workers();
        start(plan, move |news| told.0.borrow_mut().push(news))
    }

    async fn until_over(&self) -> Vec<Record> {
        self.until(|news| matches!(news, News::Over)).await;
        self.records()
    }

    /// Waits until something has been told.
    async fn until(&self, is_it: impl Fn(&News) -> bool) {
        while !self.0.borrow().iter().any(&is_it) {
            sleep(Duration::from_millis(5)).await;
        }
    }

    /// Waits until something has been printed, and told.
    async fn until_printed(&self) {
        self.until(|news| matches!(news, News::Went(_, trace, _) if trace.output_total() > 0)).await;
    }

    fn records(&self) -> Vec<Record> {
        let news = self.0.borrow();
        news.iter()
            .filter_map(|news| if let News::Ended(record) = news { Some(record.clone()) } else { None })
            .collect()
    }
}

async fn records(plan: Plan) -> Vec<Record> {
    let told = Told::default();
    let _handle = told.start(plan);
    told.until_over().await
}

async fn record(workload: Workload, settings: Settings, mode: Mode) -> Record {
    records(plan(workload, settings, &[mode])).await.remove(0)
}

fn texts(record: &Record, workload: &Workload) -> Vec<String> {
    record.trace.output(workload).map(|line| line.text.to_owned()).collect()
}

fn tasks(record: &Record, workload: &Workload) -> Vec<u32> {
    record.trace.output(workload).map(|line| line.task.0).collect()
}

fn less_startup(record: &Record) -> f64 {
    record.less_startup().unwrap().as_ms()
}

fn is_about(record: &Record, ms: f64) {
    let took = less_startup(record);
    assert!(took >= ms && took < ms + GENEROUS, "{}: {took} ms, expected {ms}", record.mode);
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
async fn every_mode_prints_in_the_order_that_is_predicted() {
    // Far enough apart that the model allows no other order.
    for steps in [
        [("print", "a"), ("sleep@1", "80ms"), ("sleep@2", "160ms"), ("sleep@3", "300ms"), ("print", "b")],
        [("sleep@2", "90ms"), ("sleep@3", "180ms"), ("print", "a"), ("sleep", "300ms"), ("print", "b")],
    ] {
        let workload = workload(3, &steps);
        for mode in Mode::ALL {
            let settings = Settings::default();
            let machine = Machine { cores: 4, ..Machine::default() };
            let predicted = at_once(predict(&workload, &settings, mode, &machine, Budget::default())).unwrap();
            let record = record(workload.clone(), settings, mode).await;
            let order: Vec<_> = predicted.trace.output(&workload).map(|line| line.text.to_owned()).collect();
            assert_eq!(texts(&record, &workload), order, "{mode} {steps:?}");
            is_about(&record, predicted.elapsed.as_ms());
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
async fn a_stop_ends_every_mode_soon_and_keeps_what_was_printed() {
    let lanes_that_contend: &[Mode] = if is_isolated() { &[Mode::FreeThreads] } else { &[] };
    for (steps, modes) in [
        ([("print", "One"), ("sleep", "60s"), ("print", "Two")], Mode::ALL.as_slice()),
        ([("print", "One"), ("add-locked", "10G"), ("print", "Two")], lanes_that_contend),
        ([("print", "One"), ("count", "10G"), ("print", "Two")], &[Mode::Sync, Mode::Threads, Mode::Processes]),
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

#[wasm_bindgen_test]
async fn ten_thousand_tasks_sleep_at_once_on_the_loop() {
    let workload = workload(10_000, &[("print", "One"), ("sleep", "300ms"), ("print", "Two")]);
    let record = record(workload.clone(), Settings::default(), Mode::Async).await;
    assert_eq!((record.outcome.status(), record.trace.output_total()), (Status::Finished, 20_000));
    is_about(&record, 300.0);
    let in_order: Vec<u32> = (1..=10_000).chain(1..=10_000).collect();
    assert_eq!(tasks(&record, &workload), in_order);
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

/// Whether memory can be shared here. There, lanes in several workers have one counter.
fn is_isolated() -> bool {
    Environment::of_this_browser().is_isolated
}

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
async fn no_task_waits_behind_another_while_a_process_is_free() {
    let settings = Settings { workers: interleave::workload::Workers::parse("2").ok(), ..Settings::default() };
    let unequal = workload(3, &[("sleep@1", "2s"), ("sleep@2", "300ms"), ("sleep@3", "300ms")]);
    let record = record(unequal, settings, Mode::Processes).await;
    // Behind the first task the third would end after 2.3 s.
    let third = record.trace.iter().filter(|event| event.task.0 == 3).last().unwrap();
    assert!(third.at.as_ms() < 2000.0, "{third:?}");
}
