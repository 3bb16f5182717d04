//! The machine that a prediction is for, and what counting costs on it.
//!
//! The hosts ask it for a time and know of no iterations.

use serde::{Deserialize, Serialize};

use crate::workload::{Pace, Work};

/// What a prediction must know of a machine.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// How many lanes can count at once; at least 1.
    pub cores: u32,
    /// How fast one lane works while it is alone.
    pub pace: Pace,
    /// How fast each lane counts while all cores count at once, against one alone: above 0, at most 1.
    pub all_cores: f64,
    /// How fast each lane adds to a counter that all share while all cores do, against one alone: above 0, at most 1. It
    /// may be so little that all together are slower than one.
    pub all_adds: f64,
    /// The same with the counter's lock.
    pub all_locked_adds: f64,
    /// How long a task takes to begin on an event loop, in nanoseconds: its first turn.
    pub begin_ns: u32,
}

/// How far a lane counts while a task begins on an event loop: `docs/model.md` says from where.
const COUNTS_TO_BEGIN: f64 = 120.0;

impl Default for Machine {
    /// A plain machine of two cores, for tests and until the page knows its own. Tasks begin in no time.
    fn default() -> Self {
        Self { cores: 2, pace: Pace::default(), all_cores: 1.0, all_adds: 1.0, all_locked_adds: 1.0, begin_ns: 0 }
    }
}

impl Machine {
    /// The machine of so many cores on which a lane works at one pace alone, and each of so many lanes worked at another
    /// while they all did the same.
    #[must_use]
    pub fn measured(cores: u32, alone: Pace, lanes: u32, together: Pace) -> Self {
        let others = |lanes: u32| f64::from(lanes.max(2) - 1);
        // Each other core that works makes a lane take so much longer: see `slowed`.
        let all = |work| {
            let each = (together.of(work) / alone.of(work)).clamp(0.01, 1.0);
            1.0 / (1.0 + (1.0 / each - 1.0) / others(lanes) * others(cores))
        };
        let [all_cores, all_adds, all_locked_adds] = Work::ALL.map(all);
        let begin_ns = (COUNTS_TO_BEGIN / alone.counts_per_ms * 1e6).min(1e6) as u32;
        Self { cores, pace: alone, all_cores, all_adds, all_locked_adds, begin_ns }
    }

    /// The same machine at another speed: all its work, and how tasks begin, is so many times as fast.
    #[must_use]
    pub fn times_as_fast(self, times: f64) -> Self {
        let pace = Pace::each(|work| self.pace.of(work) * times);
        Self { pace, begin_ns: (f64::from(self.begin_ns) / times) as u32, ..self }
    }

    /// How fast each of so many lanes counts while they all count, against one alone.
    ///
    /// The cores are shared out evenly. The time that a lane needs on a core of its own grows evenly with the number
    /// of other cores that count, from that of a lone lane to that of all cores at once: so more cores are never
    /// slower in sum than fewer, as long as all of them are faster than one.
    #[must_use]
    pub fn share(&self, lanes: u32) -> f64 {
        let cores = f64::from(self.cores.max(1));
        let lanes = f64::from(lanes.max(1));
        let active = lanes.min(cores);
        active / lanes * self.each(active)
    }

    /// How fast each of so many lanes does some work on a counter that they share, if it is adding, while so many work in
    /// all, against one alone.
    ///
    /// Each addition needs the one place in memory to itself, so lanes that add slow one another down, on top of sharing
    /// the cores: the time that one takes grows evenly with the number of others on a core.
    #[must_use]
    pub fn share_of(&self, work: Work, lanes: u32, of: u32) -> f64 {
        let share = self.share(lanes);
        let all = match work {
            Work::Count => return share,
            Work::Add => self.all_adds,
            Work::AddLocked => self.all_locked_adds,
        };
        let part = f64::from(lanes.min(self.cores).max(1)) / f64::from(lanes.max(1));
        share.min(part * self.slowed(all.clamp(0.001, 1.0), part * f64::from(of)))
    }

    /// How fast each of so many cores counts while they all do, against one alone.
    fn each(&self, active: f64) -> f64 {
        let cores = f64::from(self.cores.max(1));
        self.slowed(self.all_cores.clamp(1.0 / cores, 1.0), active)
    }

    /// How fast each of so many cores works if each is so fast while all do, against one alone.
    fn slowed(&self, all: f64, active: f64) -> f64 {
        if active <= 1.0 || all.is_nan() {
            return 1.0;
        }
        let others = f64::from(self.cores.max(2) - 1);
        1.0 / (1.0 + (1.0 / all - 1.0) * (active - 1.0) / others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-12
    }

    #[test]
    fn cores_are_shared_out_evenly() {
        let machine = Machine::default();
        assert!(near(machine.share(1), 1.0) && near(machine.share(2), 1.0));
        assert!(near(machine.share(3), 2.0 / 3.0) && near(machine.share(6), 1.0 / 3.0));
    }

    #[test]
    fn each_core_slows_down_the_others_up_to_the_figure_for_all() {
        let machine = Machine { cores: 4, all_cores: 0.5, ..Machine::default() };
        assert!(near(machine.share(1), 1.0) && near(machine.share(2), 0.75) && near(machine.share(4), 0.5));
        assert!(near(machine.share(8), 0.25));
    }

    #[test]
    fn what_some_cores_were_measured_at_is_what_the_model_gives_for_them() {
        let pace = Pace::default();
        let measured = |cores, lanes, each| {
            let together = Pace::each(|work| pace.of(work) * if work == Work::Add { each / 9.0 } else { each });
            Machine::measured(cores, pace, lanes, together)
        };
        for (cores, lanes, each) in [(2, 2, 0.9), (16, 8, 0.6), (4, 4, 1.0), (3, 2, 0.75)] {
            let machine = measured(cores, lanes, each);
            assert!(near(machine.share(lanes), each), "{cores} {lanes} {each}");
            let adds = machine.share_of(Work::Add, lanes, lanes);
            assert!(near(adds, each / 9.0), "all together are slower than one: {cores} {lanes} {adds}");
            assert!(near(machine.share_of(Work::AddLocked, lanes, 1), each), "nobody else adds");
        }
        assert!(near(measured(2, 2, 1.07).all_cores, 1.0), "noise");
        assert!(near(measured(1, 1, 1.0).all_cores, 1.0));
        for each in [0.0, -1.0, f64::NAN] {
            let share = measured(4, 4, each).share(4);
            assert!((0.25..=1.0).contains(&share), "{each} {share}");
        }
    }

    #[test]
    fn a_machine_that_is_twice_as_fast_takes_half_the_time_for_all() {
        let measured = Machine::measured(4, Pace::default(), 4, Pace::default());
        assert_eq!(measured.begin_ns, 240, "120 counts of 2 ns");
        let fast = measured.times_as_fast(2.0);
        assert_eq!((fast.begin_ns, fast.cores), (120, 4));
        assert!(Work::ALL.into_iter().all(|work| near(fast.pace.of(work), 2.0 * measured.pace.of(work))));
        let stopped = Pace { counts_per_ms: 0.0, ..Pace::default() };
        assert_eq!(Machine::measured(4, stopped, 4, stopped).begin_ns, 1_000_000, "a bound");
    }

    #[test]
    fn one_core_has_none_to_share_with_and_no_figure_breaks_the_model() {
        assert!(near(Machine { cores: 1, all_cores: 0.5, ..Machine::default() }.share(2), 0.5));
        assert!(near(Machine { cores: 0, ..Machine::default() }.share(1), 1.0));
        for all_cores in [0.0, -3.0, f64::NAN, 7.0] {
            let sum = Machine { all_cores, ..Machine::default() }.share(2) * 2.0;
            assert!((1.0..=2.0).contains(&sum), "{sum}");
        }
    }
}
