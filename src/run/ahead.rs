//! How far a worker's clock is ahead of the page's, as far as two messages tell. Not the clock itself.
//!
//! ```text
//! worker   up ╲          ╱ go       the worker says “up” before the page hears it,
//! page          heard … sent         and gets “go” after the page has sent it
//! ```

use super::protocol::Go;
use crate::workload::Micros;

/// How far a clock is ahead, and how far that can be wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ahead {
    /// So many milliseconds; below zero where it is behind.
    pub ms: f64,
    /// It is ahead by so much more or less at the most, the steps of both clocks apart.
    pub error: Micros,
}

impl Ahead {
    /// What is known of a clock by which “up” was said at `up` and “go” was got at `got`, in milliseconds. The clocks
    /// are meant to be one: only what can't be by that is corrected.
    #[must_use]
    pub fn of(up: f64, got: f64, Go { heard, sent, .. }: Go) -> Self {
        let (at_least, at_most) = (up - heard.as_ms(), got - sent.as_ms());
        // By the steps of the clocks the one may seem a little more than the other.
        let ms = 0.0_f64.max(at_least).min(at_most);
        let error_ms = (ms - at_least).max(at_most - ms);
        Self { ms, error: Micros((error_ms * 1000.0).ceil() as u64) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::protocol::Tasks;

    fn ahead(up: f64, got: f64) -> (f64, u64) {
        let go = Go { tasks: Tasks::default(), heard: Micros(10_000), sent: Micros(30_000), begin: Micros::ZERO };
        let Ahead { ms, error } = Ahead::of(up, got, go);
        (ms, error.0)
    }

    #[test]
    fn a_clock_that_can_be_right_is_taken_for_right_as_far_as_the_messages_tell() {
        assert_eq!(ahead(9.5, 30.125), (0.0, 500));
        assert_eq!(ahead(9.875, 30.25), (0.0, 250));
        assert_eq!(ahead(10.0, 30.0), (0.0, 0));
    }

    #[test]
    fn a_clock_that_must_be_wrong_is_put_right_by_the_least_there_is() {
        // It would have said “up” after it was heard, or got “go” before it was sent.
        assert_eq!(ahead(12.5, 33.0), (2.5, 500));
        assert_eq!(ahead(7.0, 29.5), (-0.5, 2500));
    }

    #[test]
    fn steps_of_the_clocks_that_contradict_each_other_leave_no_error_but_theirs() {
        assert_eq!(ahead(10.25, 30.125), (0.125, 0));
    }
}
