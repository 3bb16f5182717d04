//! Cores that are shared out evenly among the lanes that count: processor sharing.
//!
//! ```text
//! 2 cores    lane 1  ████████▓▓▓▓▓▓▓▓▓▓▓▓             █ a core of its own   ▓ two thirds of one
//!            lane 2  ████████▓▓▓▓▓▓▓▓▓▓▓▓████
//!            lane 3          ▓▓▓▓▓▓▓▓▓▓▓▓████
//! ```
//!
//! All lanes that count are served alike. So one figure is enough, how much each of them has been served since the
//! beginning: a lane that begins with some work is done when that figure has grown by as much.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Machine;
use crate::workload::{LaneId, Micros, TaskId};

/// Work, in parts of a microsecond so small that no rounding is ever seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Work(u128);

impl Work {
    /// One microsecond on a core of its own.
    const MICRO: u128 = 1 << 48;
    /// What is less than this is done.
    const LEFT_OVER: u128 = Self::MICRO / 1000;
}

/// The lanes that count, and how far they are.
pub(super) struct Cores {
    /// How much work a lane does in a microsecond while so many count.
    paces: Vec<u128>,
    /// How much each lane has been served, had it counted from the beginning.
    served: Work,
    /// When that was so.
    at: Micros,
    /// Who counts until which figure.
    counting: BinaryHeap<Reverse<(Work, TaskId, LaneId)>>,
}

impl Cores {
    /// The cores of a machine, for so many lanes.
    pub fn new(machine: &Machine, lanes: u8) -> Self {
        let pace = |lanes| (machine.share(lanes) * Work::MICRO as f64).round() as u128;
        Self {
            paces: (0..=u32::from(lanes)).map(pace).collect(),
            served: Work::default(),
            at: Micros::ZERO,
            counting: BinaryHeap::new(),
        }
    }

    /// How much each of so many lanes is served in a microsecond.
    fn pace(&self, lanes: usize) -> u128 {
        self.paces.get(lanes).copied().unwrap_or(Work::MICRO)
    }

    /// How long so many lanes take that begin in the same instant to count equally far.
    pub fn together(&self, lanes: u32, work: Micros) -> Micros {
        self.time(lanes as usize, u128::from(work.0) * Work::MICRO)
    }

    /// How long it takes until so much is done on each of so many lanes.
    fn time(&self, lanes: usize, work: u128) -> Micros {
        Micros(work.saturating_sub(Work::LEFT_OVER).div_ceil(self.pace(lanes).max(1)) as u64)
    }

    fn serve_until(&mut self, now: Micros) {
        self.served.0 += self.pace(self.counting.len()) * u128::from((now - self.at).0);
        self.at = now;
    }

    /// A task begins to count on its lane.
    pub fn begin(&mut self, now: Micros, work: Micros, task: TaskId, lane: LaneId) {
        self.serve_until(now);
        let until = Work(self.served.0 + u128::from(work.0) * Work::MICRO);
        self.counting.push(Reverse((until, task, lane)));
    }

    /// When the first of them is done, if nobody begins before.
    pub fn earliest(&self) -> Option<Micros> {
        let Reverse((until, ..)) = self.counting.peek()?;
        Some(self.at + self.time(self.counting.len(), until.0.saturating_sub(self.served.0)))
    }

    /// Takes off one who is done by now.
    pub fn take_done(&mut self, now: Micros) -> Option<(TaskId, LaneId)> {
        if self.earliest()? > now {
            return None;
        }
        self.serve_until(now);
        self.counting.pop().map(|Reverse((_, task, lane))| (task, lane))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(cores: &mut Cores) -> Vec<(u64, u32)> {
        let next = || {
            let at = cores.earliest()?;
            cores.take_done(at).map(|(task, _)| (at.0, task.0))
        };
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn three_on_two_cores_take_two_thirds_each() {
        let mut cores = Cores::new(&Machine::default(), 3);
        for (task, at) in [(1, 0), (2, 0), (3, 600)] {
            cores.begin(Micros(at), Micros(1800), TaskId(task), LaneId(task as u8));
        }
        // 1200 are left of tasks 1 and 2 when task 3 comes, which takes 1800 of time; then task 3 has 600 left.
        assert_eq!(done(&mut cores), [(2400, 1), (2400, 2), (3000, 3)]);
    }

    #[test]
    fn a_third_of_a_core_adds_up_to_the_microsecond() {
        let mut cores = Cores::new(&Machine::default(), 6);
        for task in 1..=6 {
            cores.begin(Micros(7), Micros(20_000_000), TaskId(task), LaneId(task as u8));
        }
        assert!(done(&mut cores).iter().all(|(at, _)| *at == 60_000_007));
    }

    #[test]
    fn nobody_is_done_early() {
        let mut cores = Cores::new(&Machine::default(), 1);
        cores.begin(Micros(5), Micros(10), TaskId(1), LaneId(1));
        assert_eq!(cores.take_done(Micros(14)), None);
        assert_eq!(cores.take_done(Micros(15)), Some((TaskId(1), LaneId(1))));
    }
}
