//! Cores that are shared out evenly among the lanes that work: processor sharing.
//!
//! ```text
//! 2 cores    lane 1  ████████▓▓▓▓▓▓▓▓▓▓▓▓             █ a core of its own   ▓ two thirds of one
//!            lane 2  ████████▓▓▓▓▓▓▓▓▓▓▓▓████
//!            lane 3          ▓▓▓▓▓▓▓▓▓▓▓▓████
//! ```
//!
//! All lanes that do the same kind of work are served alike. So one figure a kind is enough, how much each of them has
//! been served since the beginning: a lane that begins with some work is done when that figure has grown by as much.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Machine;
use crate::workload::{LaneId, Micros, TaskId, Work as Kind};

/// Work, in parts of a microsecond so small that no rounding is ever seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Work(u128);

impl Work {
    /// One microsecond on a core of its own.
    const MICRO: u128 = 1 << 48;
    /// What is less than this is done.
    const LEFT_OVER: u128 = Self::MICRO / 1000;
}

/// The lanes that do one kind of work, and how far they are.
#[derive(Default)]
struct Workers {
    /// How much work each has been served, had it worked from the beginning.
    served: Work,
    /// Who works until which figure.
    until: BinaryHeap<Reverse<(Work, TaskId, LaneId)>>,
}

/// The lanes that work, and how far they are.
pub(super) struct Cores {
    machine: Machine,
    /// When the lanes had been served so much.
    at: Micros,
    /// By kind of work: counting, adding, adding under the lock.
    of: [Workers; 3],
}

impl Cores {
    /// The cores of a machine.
    pub fn new(machine: &Machine) -> Self {
        Self { machine: *machine, at: Micros::ZERO, of: Default::default() }
    }

    /// How much each of so many lanes is served in a microsecond, while so many work in all.
    fn pace(&self, kind: Kind, lanes: u32, of: u32) -> u128 {
        (self.machine.share_of(kind, lanes, of) * Work::MICRO as f64).round() as u128
    }

    /// How long so many lanes take that begin in the same instant to do equally much.
    pub fn together(&self, lanes: u32, kind: Kind, work: Micros) -> Micros {
        time(self.pace(kind, lanes, lanes), u128::from(work.0) * Work::MICRO)
    }

    /// How much each is served in a microsecond now, for the kinds that somebody does.
    fn paces(&self) -> [Option<u128>; 3] {
        let lanes = self.of.iter().map(|workers| workers.until.len() as u32).sum();
        Kind::ALL.map(|kind| {
            let of = self.of[kind as usize].until.len() as u32;
            (of > 0).then(|| self.pace(kind, lanes, of))
        })
    }

    fn serve_until(&mut self, now: Micros) {
        let (passed, paces) = (u128::from((now - self.at).0), self.paces());
        for (workers, pace) in self.of.iter_mut().zip(paces) {
            workers.served.0 += pace.unwrap_or_default() * passed;
        }
        self.at = now;
    }

    /// A task begins to work on its lane.
    pub fn begin(&mut self, now: Micros, kind: Kind, work: Micros, task: TaskId, lane: LaneId) {
        self.serve_until(now);
        let Workers { served, until } = &mut self.of[kind as usize];
        until.push(Reverse((Work(served.0 + u128::from(work.0) * Work::MICRO), task, lane)));
    }

    /// When the first of them is done, if nobody begins before.
    pub fn earliest(&self) -> Option<Micros> {
        self.next().map(|(at, _)| at)
    }

    /// When the first is done, and at what.
    fn next(&self) -> Option<(Micros, Kind)> {
        let done = |(kind, pace): (Kind, Option<u128>)| {
            let Workers { served, until } = &self.of[kind as usize];
            let Reverse((first, ..)) = until.peek()?;
            Some((self.at + time(pace?, first.0.saturating_sub(served.0)), kind))
        };
        Kind::ALL.into_iter().zip(self.paces()).filter_map(done).min_by_key(|(at, _)| *at)
    }

    /// Takes off one who is done by now.
    pub fn take_done(&mut self, now: Micros) -> Option<(TaskId, LaneId)> {
        let (_, kind) = self.next().filter(|(at, _)| *at <= now)?;
        self.serve_until(now);
        self.of[kind as usize].until.pop().map(|Reverse((_, task, lane))| (task, lane))
    }
}

/// How long it takes until so much is done at a pace.
fn time(pace: u128, work: u128) -> Micros {
    Micros(work.saturating_sub(Work::LEFT_OVER).div_ceil(pace.max(1)) as u64)
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
        let mut cores = Cores::new(&Machine::default());
        for (task, at) in [(1, 0), (2, 0), (3, 600)] {
            cores.begin(Micros(at), Kind::Count, Micros(1800), TaskId(task), LaneId(task as u8));
        }
        // 1200 are left of tasks 1 and 2 when task 3 comes, which takes 1800 of time; then task 3 has 600 left.
        assert_eq!(done(&mut cores), [(2400, 1), (2400, 2), (3000, 3)]);
    }

    #[test]
    fn a_third_of_a_core_adds_up_to_the_microsecond() {
        let mut cores = Cores::new(&Machine::default());
        for task in 1..=6 {
            cores.begin(Micros(7), Kind::Count, Micros(20_000_000), TaskId(task), LaneId(task as u8));
        }
        assert!(done(&mut cores).iter().all(|(at, _)| *at == 60_000_007));
    }

    #[test]
    fn who_adds_to_one_counter_is_slowed_down_by_who_does_the_same() {
        let mut cores = Cores::new(&Machine { cores: 4, all_adds: 0.25, ..Machine::default() });
        for (task, kind) in [(1, Kind::Add), (2, Kind::Add), (3, Kind::Count)] {
            cores.begin(Micros(0), kind, Micros(1000), TaskId(task), LaneId(task as u8));
        }
        // Each other core that adds makes an addition take once more as long.
        assert_eq!(done(&mut cores), [(1000, 3), (2000, 1), (2000, 2)]);
    }

    #[test]
    fn nobody_is_done_early() {
        let mut cores = Cores::new(&Machine::default());
        cores.begin(Micros(5), Kind::Count, Micros(10), TaskId(1), LaneId(1));
        assert_eq!(cores.take_done(Micros(14)), None);
        assert_eq!(cores.take_done(Micros(15)), Some((TaskId(1), LaneId(1))));
    }
}
