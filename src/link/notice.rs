//! What the reader of a link should know: what in it was not taken as it stands, and why.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{LinkError, Parameter};

/// Something in a link that was not taken as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The parameter.
    pub parameter: Parameter,
    /// Its value, decoded where it can be: at most [`Notice::VALUE_MAX`] characters of it.
    pub value: String,
    /// What happened, why, and what to do: whole sentences.
    pub message: String,
}

impl Notice {
    /// The most characters of a value that are kept.
    pub const VALUE_MAX: usize = 80;

    pub(super) fn new(parameter: Parameter, value: &str, error: &LinkError) -> Self {
        let message = if error.leaves_default() {
            format!("{error} The default stands instead: {}.", parameter.default_words())
        } else {
            error.to_string()
        };
        let value = value.chars().take(Self::VALUE_MAX).collect();
        Self { parameter, value, message }
    }
}

impl fmt::Display for Notice {
    /// As one line: `tasks=0: The task count must be …`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}: {}", self.parameter, self.value, self.message)
    }
}
