//! Workers that break when a test wants them to.
//!
//! On a breakable site a worker of a workload with `print:Throw` throws an error that nobody catches, once it has told
//! what it printed. The page knows nothing of it.

use crate::{Plan, Result};

/// The page whose workers can be broken, beside the one whose can't.
pub const BREAKABLE: &str = "breakable.html";

impl Plan {
    /// Serves the built page also as [`BREAKABLE`], where workers break when they are told to.
    ///
    /// # Errors
    /// If the built page can't be read.
    pub fn breakable(self) -> Result<Self> {
        self.scripted(BREAKABLE, "", include_str!("js/break-worker.js"))
    }
}
