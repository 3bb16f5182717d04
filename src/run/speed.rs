//! How fast a machine works, as measurements of it tell. Not how it is measured.

use crate::workload::Pace;

/// How fast a machine works.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Speed {
    /// One lane alone: as fast as each of several, or faster.
    pub alone: Pace,
    /// So many lanes worked at once, at most one a core.
    pub lanes: u32,
    /// Each of them, while all did the same. Those that added did to one counter, where lanes can share one; where they
    /// can't, it is as alone.
    pub together: Pace,
}

impl Speed {
    /// What is within this part of another measurement agrees with it.
    const AGREES: f64 = 0.97;

    /// What was measured of one lane alone, and of each of so many at once. Where one alone was slower, something else ran
    /// beside it: it is as fast as each of several then.
    #[must_use]
    pub fn measured(alone: Pace, lanes: u32, together: Pace) -> Self {
        Self { alone: Pace::each(|work| alone.of(work).max(together.of(work))), lanes, together }
    }

    /// What two measurements of a machine tell of it. Whatever else runs beside makes it seem slower, so the better counts.
    ///
    /// Additions take now more and now less by themselves: of those, the measurement tells that was disturbed least.
    #[must_use]
    pub fn better(self, other: Self) -> Self {
        let better = |one: Pace, other: Pace| one.counts_per_ms.max(other.counts_per_ms);
        let (alone, together) = (better(self.alone, other.alone), better(self.together, other.together));
        let least = if self.together.counts_per_ms >= other.together.counts_per_ms { self } else { other };
        let pace = |counts_per_ms, adds| Pace { counts_per_ms, ..adds };
        Self { alone: pace(alone, least.alone), lanes: self.lanes, together: pace(together, least.together) }
    }

    /// Whether another measurement says that lanes count as fast, or nearly.
    #[must_use]
    pub fn is_reached_by(&self, other: &Self) -> bool {
        let reaches = |most: Pace, it: Pace| it.counts_per_ms >= most.counts_per_ms * Self::AGREES;
        reaches(self.alone, other.alone) && reaches(self.together, other.together)
    }
}

/// What the measurements of a machine came to so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// The best of each.
    pub speed: Speed,
    /// Whether two of them say so: another one would only disturb whatever else the machine does.
    pub is_certain: bool,
}

impl Known {
    /// With the first measurement.
    #[must_use]
    pub const fn first(speed: Speed) -> Self {
        Self { speed, is_certain: false }
    }

    /// With another measurement: where it says more, the next must agree with that.
    #[must_use]
    pub fn and(self, speed: Speed) -> Self {
        let best = self.speed.better(speed);
        if !best.is_reached_by(&self.speed) {
            return Self::first(best);
        }
        Self { is_certain: self.speed.is_reached_by(&speed), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speed(counts_per_ms: f64, adds_per_ms: f64, together: f64) -> Speed {
        let pace = |counts_per_ms| Pace { counts_per_ms, adds_per_ms, locked_adds_per_ms: 100.0 };
        Speed { alone: pace(counts_per_ms), lanes: 2, together: pace(together) }
    }

    #[test]
    fn what_was_disturbed_in_one_measurement_is_taken_from_another() {
        // The second was disturbed when all counted, so what it says of additions is worth less.
        assert_eq!(speed(500.0, 40.0, 490.0).better(speed(600.0, 30.0, 300.0)), speed(600.0, 40.0, 490.0));
        assert_eq!(speed(600.0, 30.0, 300.0).better(speed(500.0, 40.0, 490.0)), speed(600.0, 40.0, 490.0));
    }

    #[test]
    fn a_lane_alone_is_never_slower_than_one_of_several() {
        let pace = |counts_per_ms, adds_per_ms| Pace { counts_per_ms, adds_per_ms, locked_adds_per_ms: 7.0 };
        let measured = Speed::measured(pace(300.0, 40.0), 2, pace(600.0, 10.0));
        assert_eq!((measured.alone, measured.together), (pace(600.0, 40.0), pace(600.0, 10.0)));
    }

    #[test]
    fn a_measurement_is_reached_by_one_that_is_as_good_or_nearly() {
        let best = speed(600.0, 40.0, 600.0);
        assert!(best.is_reached_by(&best) && best.is_reached_by(&speed(590.0, 30.0, 600.0)));
        for disturbed in [speed(500.0, 40.0, 600.0), speed(600.0, 40.0, 540.0)] {
            assert!(!best.is_reached_by(&disturbed) && disturbed.is_reached_by(&best), "{disturbed:?}");
        }
    }

    #[test]
    fn a_machine_is_known_when_two_measurements_agree_and_one_that_says_more_begins_anew() {
        let first = Known::first(speed(600.0, 40.0, 590.0));
        assert_eq!(first.and(speed(500.0, 40.0, 600.0)), first, "what was disturbed says nothing");
        let certain = first.and(speed(605.0, 30.0, 600.0));
        assert_eq!(certain, Known { is_certain: true, ..first }, "nor does it creep");
        assert_eq!(first.and(speed(700.0, 50.0, 700.0)), Known::first(speed(700.0, 50.0, 700.0)));
    }
}
