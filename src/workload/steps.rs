//! The list of steps that all tasks walk through.

use serde::{Deserialize, Serialize};

use super::step::{Kind, Step};
use super::text::Text;
use super::units::Micros;

/// The steps of all tasks: 1 to 32, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Steps(Vec<Step>);

/// Why a list is no list of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepsError {
    /// There is none.
    #[error("A workload needs at least one step.")]
    None,
    /// There are more than 32.
    #[error("A workload has at most 32 steps; here are {0}.")]
    TooMany(usize),
}

impl Steps {
    /// The most steps of a task.
    pub const MAX: usize = 32;

    /// # Errors
    /// No step, or more than [`Steps::MAX`].
    pub fn new(steps: Vec<Step>) -> Result<Self, StepsError> {
        match steps.len() {
            0 => Err(StepsError::None),
            n if n > Self::MAX => Err(StepsError::TooMany(n)),
            _ => Ok(Self(steps)),
        }
    }

    /// All of them with their places, counted from 0.
    pub fn iter(&self) -> impl Iterator<Item = (u8, &Step)> {
        (0_u8..).zip(&self.0)
    }

    /// The step at this place.
    #[must_use]
    pub fn get(&self, at: u8) -> Option<&Step> {
        self.0.get(usize::from(at))
    }

    /// How many there are; never none.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "it is never empty")]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl Default for Steps {
    fn default() -> Self {
        let print = |text: &str| Step::of_all(Kind::Print(Text(text.to_owned())));
        Self(vec![print("One"), Step::of_all(Kind::Sleep(Micros(1_000_000))), print("Two")])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_1_to_32_steps() {
        let step = || Step::of_all(Kind::Count(1));
        assert_eq!(Steps::new(vec![]), Err(StepsError::None));
        assert!(Steps::new((0..32).map(|_| step()).collect()).is_ok());
        assert_eq!(Steps::new((0..33).map(|_| step()).collect()), Err(StepsError::TooMany(33)));
    }
}
