//! Workers that break when a test wants them to, and browsers that have no room.
//!
//! On a breakable site a worker of a workload with `print:Throw` throws an error that nobody catches, once it has told
//! what it printed. The page knows nothing of it.

use crate::{Plan, Result};

/// The page whose workers can be broken, beside the one whose can't.
pub const BREAKABLE: &str = "breakable.html";
/// The page that finds no room, beside the one that does.
pub const CROWDED: &str = "crowded.html";

impl Plan {
    /// Serves the built page also as [`BREAKABLE`], where workers break when they are told to.
    ///
    /// # Errors
    /// If the built page can't be read.
    pub fn breakable(self) -> Result<Self> {
        self.scripted(BREAKABLE, "", include_str!("js/break-worker.js"))
    }

    /// Serves the built page also as [`CROWDED`], where the page and each worker find no room for their wasm's memory
    /// when they first ask, so many times.
    ///
    /// # Errors
    /// If the built page can't be read.
    pub fn crowded(self, page_times: u32, worker_times: u32) -> Result<Self> {
        let crowd = |times| format!("let refusals = {times};\n{}", include_str!("js/crowd.js"));
        self.scripted(CROWDED, &crowd(page_times), &crowd(worker_times))
    }
}
