//! How fast a machine works: what CPU-bound steps cost on it.

use serde::{Deserialize, Serialize};

use super::step::Action;
use super::units::Micros;

/// How much one lane does in a millisecond while it is alone.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pace {
    /// Iterations of `count`.
    pub counts_per_ms: f64,
    /// Additions without a lock.
    pub adds_per_ms: f64,
    /// Additions that each take the lock, with nobody else wanting it.
    pub locked_adds_per_ms: f64,
}

impl Default for Pace {
    /// A plain machine, for tests and until the page knows its own.
    fn default() -> Self {
        Self { counts_per_ms: 500_000.0, adds_per_ms: 10_000.0, locked_adds_per_ms: 5000.0 }
    }
}

impl Pace {
    /// No step is taken to last longer: eleven days, so that no sum of steps overflows.
    pub const LONGEST: Micros = Micros(1_000_000_000_000);

    /// How long one lane counts so far.
    #[must_use]
    pub fn counting(&self, iterations: u64) -> Micros {
        time(iterations, self.counts_per_ms)
    }

    /// How long one lane adds so many times, with the lock or without.
    #[must_use]
    pub fn adding(&self, times: u64, locked: bool) -> Micros {
        time(times, if locked { self.locked_adds_per_ms } else { self.adds_per_ms })
    }

    /// How long a lane that is alone takes for what a step asks.
    #[must_use]
    pub fn time(&self, action: &Action<'_>) -> Micros {
        match *action {
            Action::Print(_) | Action::Fail(_) => Micros::ZERO,
            Action::Sleep(time) | Action::Block(time) => time,
            Action::Count(iterations) => self.counting(iterations),
            Action::Add(times) => self.adding(times, false),
            Action::AddLocked(times) => self.adding(times, true),
        }
    }
}

/// How long so much takes at so much a millisecond.
fn time(amount: u64, per_ms: f64) -> Micros {
    if amount == 0 {
        Micros::ZERO
    } else if per_ms > 0.0 {
        Micros::from_ms(amount as f64 / per_ms).min(Pace::LONGEST)
    } else {
        Pace::LONGEST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_takes_its_time_and_never_too_long() {
        let pace = Pace::default();
        assert_eq!(pace.counting(0), Micros::ZERO);
        assert_eq!(pace.counting(150_000_000), Micros(300_000));
        assert_eq!((pace.adding(1_000_000, false), pace.adding(1_000_000, true)), (Micros(100_000), Micros(200_000)));
        for counts_per_ms in [0.0, -1.0, f64::NAN, 1e-30] {
            assert_eq!(Pace { counts_per_ms, ..pace }.counting(1), Pace::LONGEST);
        }
        assert_eq!(Pace { counts_per_ms: f64::INFINITY, ..pace }.counting(1), Micros::ZERO);
    }
}
