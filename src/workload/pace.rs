//! How fast a machine works: what CPU-bound steps cost on it.

use serde::{Deserialize, Serialize};

use super::step::Action;
use super::units::Micros;

/// A kind of CPU-bound work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Work {
    /// Counting.
    Count,
    /// Adding without a lock.
    Add,
    /// Adding under the counter's lock.
    AddLocked,
}

impl Work {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Count, Self::Add, Self::AddLocked];
}

/// How much a lane does in a millisecond, of each kind of work: alone, unless said otherwise.
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

    /// How much of some work in a millisecond.
    #[must_use]
    pub const fn of(&self, work: Work) -> f64 {
        match work {
            Work::Count => self.counts_per_ms,
            Work::Add => self.adds_per_ms,
            Work::AddLocked => self.locked_adds_per_ms,
        }
    }

    /// A pace that is worked out for each kind of work.
    #[must_use]
    pub fn each(of: impl Fn(Work) -> f64) -> Self {
        Self { counts_per_ms: of(Work::Count), adds_per_ms: of(Work::Add), locked_adds_per_ms: of(Work::AddLocked) }
    }

    /// How long one lane takes for so much work.
    #[must_use]
    pub fn working(&self, work: Work, amount: u64) -> Micros {
        time(amount, self.of(work))
    }

    /// How long a lane that is alone takes for what a step asks.
    #[must_use]
    pub fn time(&self, action: &Action<'_>) -> Micros {
        match *action {
            Action::Sleep(time) | Action::Block(time) => time,
            _ => action.work().map_or(Micros::ZERO, |(work, amount)| self.working(work, amount)),
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
        assert_eq!(pace.working(Work::Count, 0), Micros::ZERO);
        assert_eq!(pace.working(Work::Count, 150_000_000), Micros(300_000));
        assert_eq!(
            (pace.working(Work::Add, 1_000_000), pace.working(Work::AddLocked, 1_000_000)),
            (Micros(100_000), Micros(200_000))
        );
        for counts_per_ms in [0.0, -1.0, f64::NAN, 1e-30] {
            assert_eq!(Pace { counts_per_ms, ..pace }.working(Work::Count, 1), Pace::LONGEST);
        }
        assert_eq!(Pace { counts_per_ms: f64::INFINITY, ..pace }.working(Work::Count, 1), Micros::ZERO);
    }
}
