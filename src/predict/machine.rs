//! The machine that a prediction is for, and what counting costs on it.
//!
//! The hosts ask it for a time and know of no iterations.

use serde::{Deserialize, Serialize};

use crate::workload::Pace;

/// What a prediction must know of a machine.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// How many lanes can count at once; at least 1.
    pub cores: u32,
    /// How fast one lane works while it is alone.
    pub pace: Pace,
    /// How fast each lane counts while all cores count at once, against one alone: above 0, at most 1.
    pub all_cores: f64,
}

impl Default for Machine {
    /// A plain machine of two cores, for tests and until the page knows its own.
    fn default() -> Self {
        Self { cores: 2, pace: Pace::default(), all_cores: 1.0 }
    }
}

impl Machine {
    /// The machine of so many cores on which a lane works at this pace, and each of so many lanes counted so fast, against
    /// one alone, while they all did.
    #[must_use]
    pub fn measured(cores: u32, pace: Pace, lanes: u32, each: f64) -> Self {
        let others = |lanes: u32| f64::from(lanes.max(2) - 1);
        // Each other core that counts makes a lane take so much longer: see `each`.
        let longer = (1.0 / each.clamp(0.01, 1.0) - 1.0) / others(lanes);
        Self { cores, pace, all_cores: 1.0 / (1.0 + longer * others(cores)) }
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

    /// How fast each of so many cores counts while they all do, against one alone.
    fn each(&self, active: f64) -> f64 {
        let cores = f64::from(self.cores.max(1));
        if active <= 1.0 {
            return 1.0;
        }
        let all = if self.all_cores.is_nan() { 1.0 } else { self.all_cores.clamp(1.0 / cores, 1.0) };
        let longer = (1.0 / all - 1.0) * (active - 1.0) / (cores - 1.0);
        1.0 / (1.0 + longer)
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
        for (cores, lanes, each) in [(2, 2, 0.9), (16, 8, 0.6), (4, 4, 1.0), (3, 2, 0.75)] {
            assert!(near(Machine::measured(cores, pace, lanes, each).share(lanes), each), "{cores} {lanes} {each}");
        }
        assert!(near(Machine::measured(2, pace, 2, 1.07).all_cores, 1.0), "noise");
        assert!(near(Machine::measured(1, pace, 1, 1.0).all_cores, 1.0));
        for each in [0.0, -1.0, f64::NAN] {
            let share = Machine::measured(4, pace, 4, each).share(4);
            assert!((0.25..=1.0).contains(&share), "{each} {share}");
        }
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
