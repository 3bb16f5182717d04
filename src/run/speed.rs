//! How fast a machine works, as measurements of it tell. Not how it is measured.

use crate::workload::Pace;

/// How fast a machine works.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Speed {
    /// One lane alone.
    pub pace: Pace,
    /// So many lanes counted at once, at most one a core.
    pub lanes: u32,
    /// How fast each of them counted, against one alone: above 0.
    pub each: f64,
}

impl Speed {
    /// What is within this part of another measurement agrees with it.
    const AGREES: f64 = 0.97;

    /// The better of two measurements of a machine, figure by figure: whatever else runs beside makes each less.
    #[must_use]
    pub fn better(self, other: Self) -> Self {
        let (one, two) = (self.pace, other.pace);
        let pace = Pace {
            counts_per_ms: one.counts_per_ms.max(two.counts_per_ms),
            adds_per_ms: one.adds_per_ms.max(two.adds_per_ms),
            locked_adds_per_ms: one.locked_adds_per_ms.max(two.locked_adds_per_ms),
        };
        let all = (self.each * one.counts_per_ms).max(other.each * two.counts_per_ms);
        Self { pace, lanes: self.lanes, each: all / pace.counts_per_ms }
    }

    /// Whether a measurement comes to as much as this one, in every figure, or nearly.
    #[must_use]
    pub fn is_reached_by(&self, other: &Self) -> bool {
        let figures = |speed: &Self| {
            let Pace { counts_per_ms, adds_per_ms, locked_adds_per_ms } = speed.pace;
            [counts_per_ms, adds_per_ms, locked_adds_per_ms, speed.each * counts_per_ms]
        };
        figures(self).iter().zip(figures(other)).all(|(most, reached)| reached >= most * Self::AGREES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speed(counts_per_ms: f64, adds_per_ms: f64, each: f64) -> Speed {
        Speed { pace: Pace { counts_per_ms, adds_per_ms, locked_adds_per_ms: 100.0 }, lanes: 2, each }
    }

    #[test]
    fn what_was_disturbed_in_one_measurement_is_taken_from_another() {
        let better = speed(500.0, 40.0, 1.0).better(speed(600.0, 30.0, 0.5));
        assert_eq!((better.pace.counts_per_ms.round(), better.pace.adds_per_ms.round()), (600.0, 40.0));
        // Two lanes have counted 500 each, which is more than half of 600.
        assert!((better.each - 500.0 / 600.0).abs() < 1e-12);
    }

    #[test]
    fn a_measurement_is_reached_by_one_that_is_as_good_or_nearly() {
        let best = speed(600.0, 40.0, 1.0);
        assert!(best.is_reached_by(&best) && best.is_reached_by(&speed(590.0, 80.0, 1.0)));
        for disturbed in [speed(500.0, 40.0, 1.0), speed(600.0, 30.0, 1.0), speed(600.0, 40.0, 0.9)] {
            assert!(!best.is_reached_by(&disturbed) && disturbed.is_reached_by(&best), "{disturbed:?}");
        }
    }
}
