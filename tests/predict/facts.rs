//! Exact facts: what the article saw, and what follows from the modes' rules.

use interleave::predict::{Budget, Ending, PredictError};
use interleave::trace::Span;
use interleave::workload::{Micros, Mode, TaskId};

use crate::asked::{Asked, time};

fn article() -> Asked {
    Asked::of(3, "print:One,sleep:1s,print:Two")
}

#[test]
fn the_articles_example_in_sync_is_one_two_three_times_in_three_seconds() {
    let (tasks, texts) = article().output(Mode::Sync);
    assert_eq!(texts, ["One", "Two", "One", "Two", "One", "Two"]);
    assert_eq!(tasks, [1, 1, 2, 2, 3, 3]);
    assert_eq!(article().elapsed(Mode::Sync), time("3s"));
}

#[test]
fn the_articles_example_elsewhere_is_three_ones_then_three_twos_in_one_second() {
    for mode in Mode::ALL.into_iter().filter(|mode| *mode != Mode::Sync) {
        let (tasks, texts) = article().output(mode);
        assert_eq!(texts, ["One", "One", "One", "Two", "Two", "Two"], "{mode}");
        assert_eq!(tasks, [1, 2, 3, 1, 2, 3], "{mode}");
        assert_eq!(article().elapsed(mode), time("1s"), "{mode}");
    }
}

#[test]
fn startup_takes_no_time() {
    let trace = article().predict(Mode::Threads).trace;
    assert_eq!((trace.released, trace.lanes_up), (Micros::ZERO, vec![Micros::ZERO; 3]));
}

#[test]
fn tasks_on_a_loop_begin_one_after_another_and_none_wakes_before_all_have() {
    for mode in [Mode::Async, Mode::Offload] {
        let of = |tasks, steps| Asked::of(tasks, steps).with("begin_ns=200").elapsed(mode);
        // The last begins after 199,999.8 µs.
        assert_eq!(of(1_000_000, "print:One,sleep:1s,print:Two"), Micros(1_199_999), "{mode}");
        assert_eq!(of(1_000_000, "print:One"), Micros(200_000), "{mode}");
        assert_eq!(of(10_000, "sleep:1ms,sleep:1ms"), Micros(1999 + 1000 + 1000), "{mode}");
        let predicted = Asked::of(10_000, "sleep:1ms").with("begin_ns=200").predict(mode);
        let woke = predicted.trace.iter().find(|event| event.at > Micros(1999)).map(|event| (event.at, event.task));
        assert_eq!(woke, Some((Micros(2000), TaskId(1))), "{mode}: its deadline came in the middle");
        assert_eq!(of(3, "sleep:1ms,count:5M"), Asked::of(3, "sleep:1ms,count:5M").elapsed(mode), "{mode}");
    }
    assert_eq!(Asked::of(10_000, "print:One").with("begin_ns=200").elapsed(Mode::Threads), Micros::ZERO);
}

#[test]
fn block_on_the_event_loop_adds_up_and_prints_as_sync_does() {
    let asked = Asked::of(3, "print:One,block:1s,print:Two");
    assert_eq!(asked.elapsed(Mode::Async), time("3s"));
    assert_eq!(asked.output(Mode::Async), asked.output(Mode::Sync));
    assert_eq!(asked.elapsed(Mode::Threads), time("1s"));
}

#[test]
fn six_that_count_take_the_sum_under_the_gil_and_half_of_it_on_two_cores() {
    let asked = Asked::of(6, "count:150M");
    for mode in [Mode::Sync, Mode::Async, Mode::Threads] {
        assert_eq!(asked.elapsed(mode), time("1.8s"), "{mode}");
    }
    for mode in [Mode::Processes, Mode::FreeThreads] {
        assert_eq!(asked.elapsed(mode), time("900ms"), "{mode}");
    }
}

#[test]
fn two_that_count_take_turns_of_one_switch_interval() {
    let trace = Asked::of(2, "count:500M").predict(Mode::Threads).trace;
    let mut turns: Vec<u64> = Vec::new();
    interleave::trace::spans(&trace, article().workload.tasks, |Span { from, to, state, .. }| {
        if state == interleave::trace::State::Running {
            turns.push((to - from).0);
        }
    });
    assert_eq!(turns.len(), 400);
    assert!(turns.iter().all(|turn| *turn == 5000));
}

#[test]
fn calls_go_to_one_thread_or_to_the_pool() {
    let asked = Asked::of(4, "block:1s");
    assert_eq!(asked.elapsed(Mode::Offload), time("4s"));
    assert_eq!(asked.clone().with("sensitive=off").elapsed(Mode::Offload), time("1s"));
    assert_eq!(asked.with("sensitive=off").with("workers=2").elapsed(Mode::Offload), time("2s"));
}

#[test]
fn a_loop_stays_free_for_sleepers_while_a_call_is_in_the_pool() {
    let asked = Asked::of(2, "block@1:1s,sleep@2:10ms,print:Done");
    assert_eq!(asked.output(Mode::Offload).0, [2, 1]);
    assert_eq!(asked.output(Mode::Async).0, [1, 2]);
}

#[test]
fn a_limit_lets_so_many_tasks_on_the_loop_at_once() {
    let asked = Asked::of(10, "sleep:1s").with("limit=4");
    assert_eq!(asked.elapsed(Mode::Async), time("3s"));
    assert_eq!(asked.elapsed(Mode::Threads), time("1s"));
}

#[test]
fn workers_take_the_next_task_as_soon_as_they_are_free() {
    let asked = Asked::of(5, "sleep@1:30ms,sleep:10ms").with("workers=2");
    for mode in [Mode::Threads, Mode::Processes, Mode::FreeThreads] {
        assert_eq!(asked.elapsed(mode), time("40ms"), "{mode}");
    }
}

#[test]
fn after_a_failure_the_others_go_on_but_for_sync() {
    let asked = Asked::of(3, "sleep:1s,fail@2:Boom,print:Alive");
    for mode in Mode::ALL {
        let prediction = asked.predict(mode);
        let at = if mode == Mode::Sync { time("2s") } else { time("1s") };
        assert_eq!(prediction.ending, Ending::Failed { task: TaskId(2), step: 1, at }, "{mode}");
        let said = if mode == Mode::Sync { vec![1, 2] } else { vec![1, 2, 3] };
        assert_eq!(asked.output(mode).0, said, "{mode}");
    }
}

#[test]
fn of_several_failures_the_first_counts() {
    let asked = Asked::of(2, "sleep@1:2s,fail:Boom");
    let Ending::Failed { task, at, .. } = asked.predict(Mode::Async).ending else { panic!("it finished") };
    assert_eq!((task, at), (TaskId(2), Micros::ZERO));
}

#[test]
fn the_spread_is_that_of_the_interface() {
    let asked = Asked::of(3, "sleep:1s").with("spread=0.5").with("seed=1");
    assert_eq!(asked.elapsed(Mode::Async), Micros(1_200_931));
    assert_eq!(asked.elapsed(Mode::Sync), Micros(626_031 + 1_200_931 + 1_132_876));
}

#[test]
fn what_would_take_too_many_turns_is_refused() {
    let asked = Asked::of(1000, "count:10G").with("switch=100us");
    let small = Budget { turns: 100_000, events: 100_000 };
    assert_eq!(asked.try_predict(Mode::Threads, small), Err(PredictError::TooLarge));
    assert_eq!(asked.try_predict(Mode::Async, small).map(|p| p.elapsed), Ok(time("20s")).map(|t| Micros(t.0 * 1000)));
}

#[test]
fn hours_of_turns_are_added_up_without_taking_each() {
    let asked = Asked::of(1000, "count:10G").with("switch=100us");
    let small = Budget { turns: 100_000, events: 0 };
    assert_eq!(asked.try_elapsed(Mode::Threads, small), Ok(Micros(20_000_000_000)));
}

#[test]
fn a_machine_that_makes_no_sense_breaks_nothing() {
    for machine in ["cores=0", "counts_per_ms=0", "counts_per_ms=NaN", "all_cores=0", "all_cores=NaN"] {
        let asked = Asked::of(3, "count:10G,sleep:1s").with(machine);
        for mode in Mode::ALL {
            assert!(asked.try_elapsed(mode, Budget::default()).is_ok(), "{machine} {mode}");
        }
    }
}
