//! Which tasks a lane gets next where the page deals them: in `processes`, and in `free-threads` that share no memory.
//!
//! By the model the next lane that is free takes the next task. To ask for each takes longer than a short task does, so a
//! lane gets a hand of several; but none that would wait for long behind the others of its hand.

use std::rc::Rc;

use super::protocol::Tasks;
use crate::workload::{Micros, Pace, TaskId, Workload};

/// A task that takes less is not worth waiting for the page's answer behind it, which takes a fraction of that.
const SHORT: Micros = Micros(1000);
/// So long a task may wait behind others of its hand for each that the lanes had before: half of what the model takes a
/// lane to be late by then (`predict/order/margin.rs`).
const WAITS_A_ROUND: Micros = Micros(500);
/// And so long at most.
const WAITS: Micros = Micros(20_000);

/// Deals the tasks of a workload, in their order.
#[derive(Clone, Debug)]
pub struct Dealer {
    workload: Rc<Workload>,
    /// How fast a lane works.
    pace: Pace,
    lanes: u32,
    /// The next task, counted from 0.
    next: u32,
    /// Whether every task is over at once.
    is_instant: bool,
    /// Whether all tasks take equally long, however many run.
    end_together: bool,
}

impl Dealer {
    /// With all tasks in hand, for so many lanes.
    #[must_use]
    pub fn new(workload: Rc<Workload>, pace: Pace, lanes: u8) -> Self {
        let is_instant = workload.is_instant();
        let end_together = workload.tasks_are_alike() && !workload.works();
        Self { workload, pace, lanes: lanes.into(), next: 0, is_instant, end_together }
    }

    /// The first of a lane: one each, so that all begin in their order. Tasks that are over at once are dealt all at once:
    /// nobody waits behind one for long, and asking would take longer.
    pub fn first(&mut self) -> Tasks {
        self.deal(if self.is_instant { self.tasks().div_ceil(self.lanes) } else { 1 })
    }

    /// The next of a lane: fewer towards the end, so that all lanes end together. None: all are dealt.
    pub fn more(&mut self) -> Tasks {
        self.deal(((self.tasks() - self.next) / (4 * self.lanes)).max(1))
    }

    fn deal(&mut self, most: u32) -> Tasks {
        let from = self.next;
        let end = from.saturating_add(most).min(self.tasks());
        let last = self.take(end);
        Tasks { from, to: self.next, early: self.end_together || last < SHORT }
    }

    /// Takes tasks up to the end, as long as none waits too long behind the others; how long the last takes.
    fn take(&mut self, end: u32) -> Micros {
        if self.is_instant {
            self.next = end;
            return Micros::ZERO;
        }
        let rounds = u64::from(self.next / self.lanes);
        let most = Micros(WAITS_A_ROUND.0 * rounds).min(WAITS);
        let (mut waits, mut last) = (Micros::ZERO, Micros::ZERO);
        while self.next < end && waits <= most {
            last = self.workload.time_of(TaskId::at(self.next), &self.pace);
            waits += last;
            self.next += 1;
        }
        last
    }

    fn tasks(&self) -> u32 {
        self.workload.tasks.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::{Step, Steps, TaskCount};

    fn dealer(tasks: u64, lanes: u8, steps: &[(&str, &str)]) -> Dealer {
        let steps = steps.iter().map(|(head, value)| Step::parse(head, value).unwrap()).collect();
        let (tasks, steps) = (TaskCount::new(tasks).unwrap(), Steps::new(steps).unwrap());
        Dealer::new(Rc::new(Workload { tasks, steps, ..Workload::default() }), Pace::default(), lanes)
    }

    /// The hands of lanes that ask in turn.
    fn hands(dealer: &mut Dealer) -> Vec<Tasks> {
        let first: Vec<_> = (0..dealer.lanes).map(|_| dealer.first()).collect();
        let more = std::iter::from_fn(|| Some(dealer.more()).filter(|tasks| tasks.from < tasks.to));
        first.into_iter().chain(more).collect()
    }

    #[test]
    fn every_task_is_dealt_once_and_in_order() {
        for (tasks, lanes, steps) in [
            (1, 1, &[("sleep", "1s")]),
            (7, 2, &[("count", "1M")]),
            (1000, 32, &[("sleep", "3ms")]),
            (5000, 3, &[("print", "x")]),
            (5000, 32, &[("sleep", "10us")]),
        ] {
            let mut dealer = dealer(tasks, lanes, steps);
            let hands = hands(&mut dealer);
            assert!(hands.windows(2).all(|pair| pair[0].to == pair[1].from), "{hands:?}");
            assert_eq!((hands[0].from, u64::from(hands.last().unwrap().to)), (0, tasks));
        }
    }

    #[test]
    fn no_task_waits_behind_a_long_one() {
        let mut dealer = dealer(400, 4, &[("sleep@20", "5s"), ("sleep@21", "5s"), ("sleep@22", "5s")]);
        for hand in hands(&mut dealer) {
            let long = (19..22).find(|at| (hand.from..hand.to).contains(at));
            assert!(long.is_none_or(|at| at + 1 == hand.to && !hand.early), "{hand:?}");
        }
    }

    #[test]
    fn short_tasks_are_dealt_by_the_hand_and_instant_ones_all_at_once() {
        let mut many = dealer(100_000, 32, &[("sleep", "1ms")]);
        assert!(hands(&mut many).len() < 100_000 / 10);
        let mut instant = dealer(1000, 4, &[("print", "x")]);
        assert_eq!(hands(&mut instant).len(), 4);
    }

    #[test]
    fn equal_tasks_begin_nearly_as_in_turn() {
        let (lanes, each) = (32, 3);
        let mut dealer = dealer(1000, lanes, &[("sleep", "3ms")]);
        for hand in hands(&mut dealer) {
            let behind = u64::from(hand.to - hand.from - 1) * each;
            let allowed = 5 + u64::from(hand.from / u32::from(lanes));
            assert!(behind < allowed, "{hand:?}");
        }
    }

    #[test]
    fn a_lane_asks_early_where_nobody_waits_for_it() {
        assert!(dealer(9, 2, &[("sleep", "1s")]).first().early);
        assert!(dealer(9, 2, &[("count", "1K")]).first().early);
        assert!(!dealer(9, 2, &[("count", "100M")]).first().early);
        assert!(!dealer(9, 2, &[("sleep@1", "1s")]).first().early);
    }
}
