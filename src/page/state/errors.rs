//! What is wrong in the form, and at which field.

use std::fmt::Display;

use crate::link::Parameter;

/// A field of the form, or a group of them. A step is told by its row's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// The task count.
    Tasks,
    /// A step's value.
    StepValue(u32),
    /// The one task of a step.
    StepTask(u32),
    /// The steps as a whole.
    Steps,
    /// The cap of threads and processes.
    Workers,
    /// The loop's limit.
    Limit,
    /// The switch interval.
    Switch,
    /// How far tasks differ.
    Spread,
    /// Where the differences come from.
    Seed,
    /// The modes as a whole.
    Modes,
}

impl Spot {
    /// The link's parameter that says the same.
    #[must_use]
    pub const fn parameter(self) -> Parameter {
        match self {
            Self::Tasks => Parameter::Tasks,
            Self::StepValue(_) | Self::StepTask(_) | Self::Steps => Parameter::Steps,
            Self::Workers => Parameter::Workers,
            Self::Limit => Parameter::Limit,
            Self::Switch => Parameter::Switch,
            Self::Spread => Parameter::Spread,
            Self::Seed => Parameter::Seed,
            Self::Modes => Parameter::Modes,
        }
    }

    /// The id of the field on the page.
    #[must_use]
    pub fn id(self) -> String {
        match self {
            Self::StepValue(key) => format!("step-{key}"),
            Self::StepTask(key) => format!("step-{key}-task"),
            group => group.parameter().to_string(),
        }
    }
}

/// The errors of all fields, in no order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors(Vec<(Spot, String)>);

impl Errors {
    /// Notes an error.
    pub fn add(&mut self, spot: Spot, error: &impl Display) {
        self.0.push((spot, error.to_string()));
    }

    /// Puts a valid value into its place, or notes why it isn't.
    pub(super) fn keep<T, E: Display>(&mut self, spot: Spot, read: Result<T, E>, place: &mut T) {
        match read {
            Ok(value) => *place = value,
            Err(error) => self.add(spot, &error),
        }
    }

    /// What is wrong at a field.
    #[must_use]
    pub fn at(&self, spot: Spot) -> Option<&str> {
        self.0.iter().find(|(other, _)| *other == spot).map(|(_, message)| message.as_str())
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is to be done before a run, in a sentence or two; none if nothing is wrong.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        Some(match (self.first()?, self.0.len()) {
            (Spot::Modes, 1) => "Choose at least one mode.".to_owned(),
            (_, 1) => "A field can’t be read. Correct it to run.".to_owned(),
            (_, several) => format!("{several} fields can’t be read. Correct them to run."),
        })
    }

    /// The first field with an error, as the form has them.
    #[must_use]
    pub fn first(&self) -> Option<Spot> {
        self.0.first().map(|(spot, _)| *spot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_wrong_is_counted() {
        let words = |spots: &[Spot]| {
            let mut errors = Errors::default();
            for spot in spots {
                errors.add(*spot, &"It is wrong.");
            }
            errors.words()
        };
        assert_eq!(words(&[]), None);
        assert_eq!(words(&[Spot::Modes]).as_deref(), Some("Choose at least one mode."));
        assert_eq!(words(&[Spot::Tasks]).as_deref(), Some("A field can’t be read. Correct it to run."));
        assert_eq!(words(&[Spot::Tasks, Spot::Seed]).as_deref(), Some("2 fields can’t be read. Correct them to run."));
    }
}
