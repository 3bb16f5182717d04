//! Explanations of runs that went just as predicted: what each rule says, and that it is so.

use interleave::explain::{Case, Explanation, Kind, Tally, explain};
use interleave::report::Scale;
use interleave::trace::{Counter, Cut, Outcome, Record, Span, State, What, first_spans};
use interleave::workload::{Micros, Mode};
use proptest::prelude::*;

use crate::asked::Asked;
use crate::generated::{Of, asked, config};

/// A run that took just as long as it should.
fn run(asked: &Asked, mode: Mode) -> Record {
    let prediction = asked.predict(mode);
    let failed = prediction.trace.first_failure().is_some();
    let outcome = if failed { Outcome::Failed("A task failed.".to_owned()) } else { Outcome::Finished };
    let (elapsed, predicted) = (Some(prediction.elapsed), Some(prediction.elapsed));
    Record { elapsed, predicted, trace: prediction.trace, ..Record::without_run(mode, outcome) }
}

fn explained(asked: &Asked, record: &Record) -> Vec<Explanation> {
    let tally = Tally::of(&record.trace, asked.workload.tasks);
    let case = Case::new(&asked.workload, &asked.settings, &asked.machine, record, tally, Scale::of(record.elapsed));
    case.map(|case| explain(&case)).unwrap_or_default()
}

fn told(asked: &Asked, mode: Mode) -> Vec<String> {
    explained(asked, &run(asked, mode)).into_iter().map(|said| said.sentence).collect()
}

#[test]
fn the_articles_example_adds_up_in_sync_and_overlaps_elsewhere() {
    let asked = Asked::of(3, "print:One,sleep:1s,print:Two");
    assert_eq!(told(&asked, Mode::Sync), ["The waits add up: 3 sleeps one after another take 3.000 s."]);
    for mode in [Mode::Async, Mode::Threads, Mode::Processes, Mode::Offload, Mode::FreeThreads] {
        assert_eq!(told(&asked, mode), ["The waits overlap: 3 sleeps, 3.000 s in all, fit into 1.000 s."], "{mode}");
    }
}

#[test]
fn times_are_written_as_the_figures_beside_them() {
    let told = |tasks: u64, scale| {
        let asked = Asked::of(tasks, "sleep:0.1s");
        let record = run(&asked, Mode::Async);
        let tally = Tally::of(&record.trace, asked.workload.tasks);
        let case = Case::new(&asked.workload, &asked.settings, &asked.machine, &record, tally, scale).unwrap();
        explain(&case).remove(0).sentence
    };
    let few = |scale| told(3, scale).split_once(", ").unwrap().1.to_owned();
    assert_eq!(few(Scale::Seconds), "0.300 s in all, fit into 0.100 s.");
    assert_eq!(few(Scale::Milliseconds), "300.0 ms in all, fit into 100.0 ms.");
    let many = told(1000, Scale::Milliseconds);
    assert!(many.ends_with("1,000 sleeps, 100.000 s in all, fit into 100.0 ms."), "{many}");
    let ages = told(100_000, Scale::Milliseconds);
    assert!(ages.contains("2 h 47 min in all"), "{ages}");
}

#[test]
fn what_holds_a_loop_is_named() {
    let one = Asked::of(3, "sleep:100ms,block@2:1s,sleep:100ms");
    let blocked = "The loop was blocked for 1.000 s by block in task 2; no other task had a turn.";
    assert_eq!(told(&one, Mode::Async), [blocked]);
    let all = Asked::of(3, "print:One,block:1s");
    let blocked = "The loop was blocked for 3.000 s by 3 blocking calls; no other task had a turn meanwhile.";
    assert_eq!(told(&all, Mode::Async), [blocked]);
    assert_eq!(
        told(&all.clone().with("sensitive=on"), Mode::Offload),
        ["All calls went to one thread: 3 blocking calls one after another take 3.000 s."]
    );
    assert_eq!(
        told(&all.with("sensitive=off"), Mode::Offload),
        ["The waits overlap: 3 blocking calls, 3.000 s in all, fit into 1.000 s."]
    );
    let mixed = Asked::of(2, "block@1:1s,count:50M");
    let calls = "All calls went to one thread: 3 calls one after another take 1.200 s.";
    assert_eq!(told(&mixed, Mode::Offload), [calls]);
    let counted = "CPU-bound work held the loop for 900.0 ms; no other task had a turn meanwhile.";
    assert_eq!(told(&Asked::of(3, "count:150M"), Mode::Async), [counted]);
    assert!(told(&Asked::of(1, "block:1s"), Mode::Async).is_empty(), "nobody else wanted a turn");
}

#[test]
fn who_counts_takes_turns_or_shares_the_cores() {
    let six = Asked::of(6, "count:150M");
    assert_eq!(told(&six, Mode::Sync), ["The work adds up: 6 counts one after another take 1.800 s."]);
    assert_eq!(told(&six, Mode::Threads), ["The threads took turns: one of them held the GIL 100 % of the time."]);
    let shared = "6 processes shared 2 cores, so each counted at a third of its speed alone.";
    assert_eq!(told(&six, Mode::Processes), [shared]);
    let overlap = "The work overlaps: 2 counts, 600.0 ms of work for one core, fit into 300.0 ms on 2.";
    assert_eq!(told(&Asked::of(2, "count:150M"), Mode::FreeThreads), [overlap]);
}

#[test]
fn who_waits_for_a_place_or_is_waited_for_is_named() {
    let queued = Asked::of(6, "sleep:1s").with("workers=2").with("limit=2");
    let overlap = "The waits overlap: 6 sleeps, 6.000 s in all, fit into 3.000 s.";
    let last = "the last began after 2.000 s.";
    assert_eq!(told(&queued, Mode::Threads), [overlap, &format!("6 tasks queued for 2 threads: {last}")]);
    assert_eq!(told(&queued, Mode::Async), [overlap, &format!("6 tasks queued for 2 places on the loop: {last}")]);
    let slow = Asked::of(4, "sleep:1s,sleep@2:2s");
    let last = "Task 2 was the last by 2.000 s: all others had ended after 1.000 s.";
    assert_eq!(told(&slow, Mode::Threads), [last, "The waits overlap: 5 sleeps, 6.000 s in all, fit into 3.000 s."]);
}

#[test]
fn what_became_of_the_others_goes_first() {
    let fails = Asked::of(3, "sleep:1s,fail@2:Boom");
    let first = |mode| told(&fails, mode).first().cloned();
    assert_eq!(first(Mode::Sync).as_deref(), Some("Task 2 failed: nothing after it ran."));
    let others = "Task 2 failed: the others went on to their end";
    assert_eq!(first(Mode::Async), Some(format!("{others}, as with asyncio.gather.")));
    assert_eq!(first(Mode::Threads), Some(format!("{others}.")));
}

#[test]
fn what_is_known_besides_the_trace_is_told() {
    let asked = Asked::of(2, "print:One,block:500ms");
    let mut record = run(&asked, Mode::Async);
    record.frames.frozen = Some(Micros(1_010_000));
    let kinds = |record: &Record| explained(&asked, record).into_iter().map(|said| said.kind).collect::<Vec<_>>();
    assert_eq!(kinds(&record), [Kind::LoopBlocked, Kind::Frozen]);
    record.frames.frozen = Some(Micros(300_000));
    assert_eq!(kinds(&record), [Kind::LoopBlocked], "the loop was held for longer: it was something else");
    record.frames.was_hidden = true;
    record.predicted = Some(Micros(500_000));
    assert_eq!(kinds(&record), [Kind::Hidden, Kind::LoopBlocked], "overhead can't be told of a hidden page");
    record.frames.was_hidden = false;
    assert_eq!(kinds(&record), [Kind::LoopBlocked, Kind::Overhead]);
    record.outcome = Outcome::Cancelled(Cut::Stopped);
    assert_eq!(kinds(&record), []);
}

#[test]
fn lost_updates_have_a_reason_where_nothing_guards_them() {
    let asked = Asked::of(2, "add:1M");
    let lost = Some(Counter { expected: 2_000_000, actual: 1_243_118 });
    let kinds = |mode| {
        let record = Record { counter: lost, ..run(&asked, mode) };
        explained(&asked, &record).into_iter().map(|said| said.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(Mode::FreeThreads).first(), Some(&Kind::UpdatesLost));
    assert!(!kinds(Mode::Processes).contains(&Kind::UpdatesLost), "each has a counter of its own");
}

#[test]
fn a_start_up_is_a_part_of_the_whole() {
    let asked = Asked::of(3, "sleep:60ms");
    let mut record = run(&asked, Mode::Processes);
    (record.elapsed, record.trace.released) = (Some(Micros(90_000)), Micros(30_000));
    let told = explained(&asked, &record);
    let start_up = told.iter().find(|said| said.kind == Kind::StartUp).unwrap();
    assert_eq!(start_up.sentence, "Start-up was a third of the whole: 3 processes took 30.0 ms to be up.");
    assert_eq!(start_up.stretch.map(|stretch| (stretch.from, stretch.to)), Some((Micros(0), Micros(30_000))));
}

/// Whether two spans of different tasks have some time in common.
fn meet(spans: &[Span], states: &[State]) -> bool {
    let of: Vec<_> = spans.iter().filter(|span| states.contains(&span.state)).collect();
    let meets = |one: &Span, other: &Span| one.task != other.task && one.from < other.to && other.from < one.to;
    of.iter().any(|one| of.iter().any(|other| meets(one, other)))
}

/// Whether it is so, by the spans.
fn is_so(said: &Explanation, spans: &[Span], record: &Record) -> bool {
    let waits = [State::Sleeping, State::Blocked];
    let others = |task| spans.iter().filter(move |span| Some(span.task) != task);
    let stretch = said.stretch.expect("each of these has its place");
    let within = |span: &Span| span.from < stretch.to && stretch.from < span.to;
    match said.kind {
        Kind::WaitsAddUp => !meet(spans, &waits),
        Kind::WaitsOverlap => meet(spans, &waits),
        Kind::CountsAddUp => !meet(spans, &[State::Running]),
        Kind::CountsOverlap | Kind::CoresShared => meet(spans, &[State::Running]),
        Kind::GilTurns => !meet(spans, &[State::Running]) && spans.iter().any(|span| span.state == State::Gil),
        Kind::OneThread => !meet(spans, &[State::Blocked, State::Running]),
        Kind::LoopBlocked | Kind::LoopCounted => {
            let turn = [State::Running, State::Blocked];
            others(stretch.task).filter(|span| within(span)).all(|span| !turn.contains(&span.state))
        }
        Kind::LastTask => others(stretch.task).all(|span| span.to <= stretch.from),
        Kind::Queued => {
            let own = |event: &interleave::trace::Event| Some(event.task) == stretch.task && event.at < stretch.to;
            record.trace.iter().filter(own).all(|event| event.what == What::Entered(State::Ready))
        }
        Kind::Failed => record.trace.iter().any(|event| event.what == What::Failed && event.at == stretch.to),
        Kind::StartUp | Kind::Overhead | Kind::Frozen | Kind::Hidden | Kind::UpdatesLost => false,
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_said_is_so_and_nothing_is_said_twice(asked in asked(Of::All)) {
        for mode in Mode::ALL {
            let record = run(&asked, mode);
            let (said, elapsed) = (explained(&asked, &record), record.elapsed.unwrap());
            let spans = first_spans(&record.trace, asked.workload.tasks, usize::MAX);
            prop_assert!(said.len() <= 2 && said.windows(2).all(|two| two[0].weight >= two[1].weight));
            prop_assert!(said.windows(2).all(|two| two[0].kind != two[1].kind), "{}: {:?}", mode, said);
            for one in said {
                let stretch = one.stretch.unwrap();
                prop_assert!((0.1..=1.0).contains(&one.weight), "{}: {:?}", mode, one);
                prop_assert!(stretch.from <= stretch.to && stretch.to <= elapsed, "{}: {:?}", mode, one);
                prop_assert!(is_so(&one, &spans, &record), "{}: {:?} of {:?}", mode, one, spans);
            }
        }
    }
}
