//! Which order is certain: exact facts of the rule, and laws that it keeps for generated workloads.

use std::pin::pin;
use std::task::{Context, Waker};

use interleave::predict::{Contradiction, Order, Verdict, at_once};
use interleave::trace::Event;
use interleave::workload::{Mode, TaskId};
use proptest::prelude::*;

use crate::asked::Asked;
use crate::generated::{Of, asked, config};

impl Asked {
    pub fn order(&self, mode: Mode) -> Order {
        at_once(Order::of(&self.predict(mode), &self.workload, &self.settings, mode, &self.machine))
    }

    fn verdict(&self, mode: Mode) -> Verdict {
        at_once(self.order(mode).verdict(&self.predict(mode), &self.workload))
    }

    pub fn printed(&self, mode: Mode) -> Vec<Event> {
        self.predict(mode).trace.printed().collect()
    }

    /// Whether the order of two lines is certain, each by its task and step.
    fn is_certain(&self, mode: Mode, one: (u32, u8), other: (u32, u8)) -> bool {
        let printed = self.printed(mode);
        let place = |line| printed.iter().position(|event| (event.task.0, event.step) == line).expect("a line");
        self.order(mode).is_certain(place(one), place(other))
    }

    fn lengths(&self, mode: Mode) -> Vec<usize> {
        self.order(mode).stretches().map(|stretch| stretch.len()).collect()
    }
}

const LANES: [Mode; 3] = [Mode::Threads, Mode::Processes, Mode::FreeThreads];

#[test]
fn the_articles_texts_are_certain_and_its_tasks_only_on_one_lane() {
    let article = Asked::of(3, "print:One,sleep:1s,print:Two");
    for mode in [Mode::Sync, Mode::Async, Mode::Offload] {
        assert_eq!((article.verdict(mode), article.lengths(mode)), (Verdict::Certain, vec![1; 6]), "{mode}");
    }
    for mode in LANES {
        assert_eq!((article.verdict(mode), article.lengths(mode)), (Verdict::Texts(2), vec![3, 3]), "{mode}");
    }
}

#[test]
fn a_task_prints_in_its_own_order() {
    let asked = Asked::of(2, "print:a,print:b");
    for mode in LANES {
        assert_eq!((asked.verdict(mode), asked.lengths(mode)), (Verdict::Open(1), vec![4]), "{mode}");
        assert!(asked.is_certain(mode, (1, 0), (1, 1)) && !asked.is_certain(mode, (1, 1), (2, 0)), "{mode}");
    }
}

#[test]
fn times_must_be_further_apart_than_5_ms_and_2_percent() {
    for (other, is_certain) in [("5ms", false), ("5.001ms", true), ("105.2ms", true)] {
        let asked = Asked::of(2, &format!("sleep@2:{other},print:x"));
        assert_eq!(asked.is_certain(Mode::Processes, (1, 1), (2, 1)), is_certain, "{other}");
    }
    for (other, is_certain) in [("1020ms", false), ("1021ms", true)] {
        let asked = Asked::of(2, &format!("sleep@1:1s,sleep@2:{other},print:x"));
        assert_eq!(asked.is_certain(Mode::Processes, (1, 2), (2, 2)), is_certain, "{other}");
    }
}

#[test]
fn who_has_waited_often_may_be_late_by_as_much_more() {
    // Between the last lines of both lie 30 ms.
    for (before, is_certain) in [("", true), ("sleep:10ms,", true), (&*"sleep:10ms,".repeat(20), false)] {
        let asked = Asked::of(2, &format!("{before}sleep@2:30ms,print:x"));
        let last = before.matches(',').count() as u8 + 1;
        assert_eq!(asked.is_certain(Mode::Processes, (1, last), (2, last)), is_certain, "{before}");
    }
}

#[test]
fn where_tasks_count_times_must_be_further_apart_than_10_percent() {
    for (other, is_certain) in [("1050ms", false), ("1200ms", true)] {
        let asked = Asked::of(2, &format!("count@1:500M,sleep@2:{other},print:x"));
        assert_eq!(asked.is_certain(Mode::Processes, (1, 2), (2, 2)), is_certain, "{other}");
    }
}

#[test]
fn equal_sleeps_wake_in_order_on_the_loop_and_unequal_ones_do_not() {
    let near = Asked::of(2, "sleep:1s,sleep@2:1ms,print:x");
    assert!(!near.is_certain(Mode::Async, (1, 2), (2, 2)));
    let equal = Asked::of(3, "sleep:1s,block:100ms,print:x,sleep:1s,print:y");
    assert_eq!((equal.verdict(Mode::Async), equal.verdict(Mode::Offload)), (Verdict::Certain, Verdict::Certain));
    // Of the pool's threads any may be the first to come back.
    assert_eq!(equal.with("sensitive=off").verdict(Mode::Offload), Verdict::Texts(2));
}

#[test]
fn a_trip_through_the_queue_is_in_order_but_not_with_those_who_wake_meanwhile() {
    assert_eq!(Asked::of(3, "print:x,sleep:0ms,print:y").verdict(Mode::Async), Verdict::Certain);
    // If task 1 wakes in a pass of its own, it is back in the queue before task 2 comes into it.
    let held = Asked::of(2, "sleep:1s,block:100ms,print:x,sleep:0ms,print:y");
    assert!(!held.is_certain(Mode::Async, (2, 2), (1, 4)));
    assert!(held.is_certain(Mode::Async, (1, 2), (2, 2)) && held.is_certain(Mode::Async, (1, 4), (2, 4)));
}

#[test]
fn all_tasks_come_to_the_loop_before_any_wakes_unless_there_is_a_limit() {
    let asked = Asked::of(3, "print:One,sleep:1ms,print:Two");
    assert_eq!(asked.verdict(Mode::Async), Verdict::Certain);
    let limited = asked.with("limit=2");
    // Whether task 3 comes before task 2 is back hangs on how far apart tasks 1 and 2 went to sleep.
    assert!(!limited.is_certain(Mode::Async, (2, 2), (3, 0)));
    assert!(limited.is_certain(Mode::Async, (1, 0), (3, 0)) && limited.is_certain(Mode::Async, (1, 2), (3, 2)));
    // And so it is if task 2 is back at 1 s and task 3 comes when task 1 has held the loop: its place was in the queue.
    let held = Asked::of(3, "print:One,sleep:1s,block:100ms,print:Two").with("limit=2");
    assert!(!held.is_certain(Mode::Async, (2, 3), (3, 0)) && held.is_certain(Mode::Async, (1, 3), (2, 3)));
}

#[test]
fn what_hangs_on_an_open_order_is_open_however_far_apart_it_is_predicted() {
    // Whoever wakes first holds the loop for a second.
    let asked = Asked::of(2, "print:a,sleep@1:10ms,sleep@2:12ms,block:1s,print:b,sleep:5s,print:c");
    for step in [4, 6] {
        assert!(!asked.is_certain(Mode::Async, (1, step), (2, step)), "step {step}");
    }
    assert!(asked.is_certain(Mode::Async, (1, 0), (2, 4)) && asked.is_certain(Mode::Async, (1, 4), (2, 6)));
    assert_eq!(asked.lengths(Mode::Async), [1, 1, 2, 2]);
    // Further apart, there is no doubt who is first.
    let apart = Asked::of(2, "print:a,sleep@1:10ms,sleep@2:20ms,block:1s,print:b,sleep:5s,print:c");
    assert_eq!(apart.verdict(Mode::Async), Verdict::Certain);
    // In threads nobody holds up anybody.
    assert_eq!(asked.lengths(Mode::Threads), [2, 2, 2]);
}

#[test]
fn long_counts_under_the_gil_leave_the_texts_certain() {
    let asked = Asked::of(3, "print:One,count:100M,print:Two");
    for mode in LANES {
        assert_eq!(asked.verdict(mode), Verdict::Texts(2), "{mode}");
    }
    let short = Asked::of(3, "print:One,count:5M,print:Two");
    assert_eq!(short.verdict(Mode::Threads), Verdict::Open(1));
    let alone = Asked::of(1, "print:One,count:5M,print:Two");
    assert_eq!(alone.verdict(Mode::Threads), Verdict::Certain);
}

#[test]
fn nothing_is_printed_and_nothing_is_open() {
    let asked = Asked::of(3, "sleep:1s");
    for mode in Mode::ALL {
        let order = asked.order(mode);
        assert_eq!((order.len(), order.is_empty(), asked.verdict(mode)), (0, true, Verdict::Certain), "{mode}");
        assert_eq!(order.stretches().count(), 0);
        assert!(!order.is_certain(0, 0));
    }
}

#[test]
fn the_first_line_that_contradicts_is_named() {
    let asked = Asked::of(2, "print:One,sleep:1s,print:Two");
    let printed = asked.printed(Mode::Threads);
    let [one, two] = [1, 2].map(TaskId);
    let check = |order: [usize; 4]| at_once(asked.order(Mode::Threads).check(order.map(|at| printed[at])));
    assert_eq!(check([1, 0, 3, 2]), Ok(()));
    assert_eq!(check([0, 2, 1, 3]), Err(Contradiction { place: 2, line: (two, 0), after: Some((one, 2)) }));
    assert_eq!(check([2, 0, 1, 3]), Err(Contradiction { place: 1, line: (one, 0), after: Some((one, 2)) }));
    let stranger = Event { step: 1, ..printed[0] };
    let stray = Contradiction { place: 1, line: (one, 1), after: None };
    assert_eq!(at_once(asked.order(Mode::Threads).check([printed[0], stranger])), Err(stray));
    assert_eq!(at_once(asked.order(Mode::Threads).check(printed.into_iter().take(2))), Ok(()));
}

#[test]
fn the_order_of_a_million_lines_is_soon_known() {
    let asked = Asked::of(500_000, "print:One,sleep:1s,print:Two");
    let prediction = asked.predict(Mode::Async);
    let order = at_once(Order::of(&prediction, &asked.workload, &asked.settings, Mode::Async, &asked.machine));
    let verdict = at_once(order.verdict(&prediction, &asked.workload));
    assert_eq!((order.len(), verdict), (1_000_000, Verdict::Certain));
    assert_eq!(at_once(order.check(prediction.trace.printed())), Ok(()));
    let turned = prediction.trace.printed().skip(1).chain(prediction.trace.printed().take(1));
    assert_eq!(at_once(order.check(turned)).map_err(|contradiction| contradiction.place), Err(499_999 + 500_000));
}

#[test]
fn a_long_order_is_worked_out_with_pauses() {
    let asked = Asked::of(5000, "print:One,sleep:1s,print:Two");
    let prediction = asked.predict(Mode::Threads);
    let order = Order::of(&prediction, &asked.workload, &asked.settings, Mode::Threads, &asked.machine);
    assert!(pauses(order) > 3);
    let order = asked.order(Mode::Threads);
    assert!(pauses(order.check(prediction.trace.printed())) > 1);
}

/// How often it is pending before it is ready.
fn pauses(work: impl Future) -> usize {
    let (mut work, mut pauses) = (pin!(work), 0);
    while work.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
        pauses += 1;
    }
    pauses
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_prediction_agrees_with_itself(asked in asked(Of::All)) {
        for mode in Mode::ALL {
            prop_assert_eq!(at_once(asked.order(mode).check(asked.printed(mode))), Ok(()), "{}", mode);
        }
    }

    #[test]
    fn a_measured_order_contradicts_if_two_of_its_lines_do(
        asked in asked(Of::All), picks in prop::collection::vec(any::<prop::sample::Index>(), 8),
    ) {
        for mode in Mode::ALL {
            let (order, printed) = (asked.order(mode), asked.printed(mode));
            let mut places: Vec<usize> = (0..printed.len()).collect();
            if !places.is_empty() {
                picks.chunks(2).for_each(|two| places.swap(two[0].index(printed.len()), two[1].index(printed.len())));
            }
            let contradicted = |at: &usize| places[..*at].iter().any(|seen| *seen > places[*at] && order.is_certain(*seen, places[*at]));
            let first = (0..places.len()).find(contradicted);
            let found = at_once(order.check(places.iter().map(|place| printed[*place]))).err();
            prop_assert_eq!(found.map(|contradiction| contradiction.place), first, "{}", mode);
            if let Some(Contradiction { line, after: Some(after), .. }) = found {
                let place = |line| printed.iter().position(|event| (event.task, event.step) == line).expect("a line");
                prop_assert!(place(line) < place(after) && order.is_certain(place(line), place(after)));
            }
        }
    }

    #[test]
    fn stretches_are_all_of_the_output_and_certain_among_each_other(asked in asked(Of::All)) {
        for mode in Mode::ALL {
            let order = asked.order(mode);
            let stretches: Vec<_> = order.stretches().collect();
            prop_assert_eq!(stretches.iter().cloned().flatten().collect::<Vec<_>>(), (0..order.len()).collect::<Vec<_>>());
            for stretch in stretches {
                for (before, behind) in (0..stretch.start).flat_map(|a| (stretch.start..order.len()).map(move |b| (a, b))) {
                    prop_assert!(order.is_certain(before, behind), "{}: {} and {}", mode, before, behind);
                }
            }
        }
    }

    #[test]
    fn one_after_another_all_is_certain(asked in asked(Of::All)) {
        prop_assert_eq!(asked.verdict(Mode::Sync), Verdict::Certain);
    }
}
