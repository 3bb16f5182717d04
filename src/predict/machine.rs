//! The machine that a prediction is for.

use serde::{Deserialize, Serialize};

/// What a prediction must know of a machine.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// How many lanes can count at once; at least 1.
    pub cores: u32,
    /// How many iterations of `count` one lane does in a millisecond while it is alone.
    pub counts_per_ms: f64,
    /// How fast each lane counts while all cores count at once, against one alone: above 0, at most 1.
    pub all_cores: f64,
}

impl Default for Machine {
    /// A plain machine of two cores, for tests and until the page knows its own.
    fn default() -> Self {
        Self { cores: 2, counts_per_ms: 500_000.0, all_cores: 1.0 }
    }
}
