//! Ids and units: a number here says what it counts.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

use serde::{Deserialize, Serialize};

use super::notation::{NumberError, parse_whole};

/// A task's number, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TaskId(pub u32);

impl TaskId {
    /// The task at this place, counted from 0.
    #[must_use]
    pub const fn at(index: u32) -> Self {
        Self(index.saturating_add(1))
    }

    /// The task's place, counted from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0.saturating_sub(1) as usize
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A lane's number in its mode, from 1 to 33: `offload` has a loop and up to 32 threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LaneId(pub u8);

impl LaneId {
    /// The event loop, where a mode has one.
    pub const LOOP: Self = Self(1);

    /// The lane at this place, counted from 0.
    #[must_use]
    pub const fn at(index: u8) -> Self {
        Self(index + 1)
    }

    /// The lane's place, counted from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0.saturating_sub(1) as usize
    }
}

/// A time or a duration in whole microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Micros(pub u64);

impl Micros {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// From milliseconds, rounded; what is negative or no number becomes zero.
    #[must_use]
    pub fn from_ms(ms: f64) -> Self {
        // A cast of a float saturates, and turns what is no number into zero.
        Self((ms * 1000.0).round() as u64)
    }

    /// In milliseconds.
    #[must_use]
    pub fn as_ms(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// The difference, or zero where `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Self {
        Self(self.0.saturating_sub(earlier.0))
    }

    /// Multiplied by a factor and rounded.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self((self.0 as f64 * factor).round() as u64)
    }
}

impl Add for Micros {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Micros {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Micros {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.since(other)
    }
}

impl std::iter::Sum for Micros {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

/// How many tasks a workload has: 1 to 1,000,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TaskCount(u32);

/// Why a text is no task count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaskCountError {
    /// It is not a whole number.
    #[error("The task count {0}.")]
    NotANumber(#[from] NumberError),
    /// It is outside 1 to 1,000,000.
    #[error("The task count must be from 1 to 1,000,000.")]
    OutOfRange,
}

impl TaskCount {
    /// The most tasks a workload can have.
    pub const MAX: u32 = 1_000_000;

    /// # Errors
    /// Outside 1 to [`TaskCount::MAX`].
    pub fn new(tasks: u64) -> Result<Self, TaskCountError> {
        match u32::try_from(tasks) {
            Ok(n @ 1..=Self::MAX) => Ok(Self(n)),
            _ => Err(TaskCountError::OutOfRange),
        }
    }

    /// Reads the notation of the link: digits.
    ///
    /// # Errors
    /// No whole number, or one out of range.
    pub fn parse(text: &str) -> Result<Self, TaskCountError> {
        match parse_whole(text) {
            Err(NumberError::TooLarge) => Err(TaskCountError::OutOfRange),
            other => Self::new(other?),
        }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// How many steps they have in all, of so many each.
    #[must_use]
    pub const fn steps_in_all(self, each: usize) -> u64 {
        self.0 as u64 * each as u64
    }

    /// All tasks, from the first.
    pub fn ids(self) -> impl DoubleEndedIterator<Item = TaskId> + ExactSizeIterator {
        (0..self.0).map(TaskId::at)
    }
}

impl Default for TaskCount {
    fn default() -> Self {
        Self(3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_count_is_a_whole_number_within_its_range() {
        assert_eq!(TaskCount::parse("3"), Ok(TaskCount(3)));
        assert_eq!(TaskCount::parse("1000000"), Ok(TaskCount(1_000_000)));
        for text in ["0", "1000001", "99999999999999999999999999"] {
            assert_eq!(TaskCount::parse(text), Err(TaskCountError::OutOfRange), "{text}");
        }
        for text in ["", "-1", "+1", "2.5", "1e9", "three", " 3", "3 "] {
            assert!(matches!(TaskCount::parse(text), Err(TaskCountError::NotANumber(_))), "{text}");
        }
    }

    #[test]
    fn each_bad_task_count_has_a_message_that_says_what_is_wrong() {
        let message = |text| TaskCount::parse(text).unwrap_err().to_string();
        assert_eq!(message(""), "The task count is missing.");
        assert_eq!(message("-1"), "The task count must be written without a sign.");
        assert_eq!(message("2.5"), "The task count must be a whole number.");
        assert_eq!(message("three"), "The task count must be written in digits.");
        assert_eq!(message("0"), "The task count must be from 1 to 1,000,000.");
    }

    #[test]
    fn milliseconds_become_whole_microseconds() {
        assert_eq!(Micros::from_ms(1.0004), Micros(1000));
        assert_eq!(Micros::from_ms(-1.0), Micros::ZERO);
        assert_eq!(Micros::from_ms(f64::NAN), Micros::ZERO);
    }
}
