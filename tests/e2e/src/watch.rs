//! Whether workers are really gone, or at rest, as only the browser knows.
//!
//! On a watched site every worker holds a Web Lock, which the browser releases when the worker is gone, and
//! answers on a channel of its own unless it is busy. The page knows nothing of it.

use crate::{Browser, Plan, Result};
use std::thread::sleep;
use std::time::Duration;

/// The page that is watched, beside the one that is not.
pub const WATCHED: &str = "watched.html";
/// A worker that neither waits nor turns for so long is at rest; a busy one does either 20 times a second.
const REST: Duration = Duration::from_millis(200);

impl Plan {
    /// Serves the built page also as [`WATCHED`], where its workers can be counted.
    ///
    /// # Errors
    /// If the built page can't be read.
    pub fn watched(self) -> Result<Self> {
        self.scripted(WATCHED, include_str!("js/watch.js"), include_str!("js/watch-worker.js"))
    }
}

/// The workers of the page at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Workers {
    /// How many the browser has.
    pub living: usize,
    /// How many of them have something to do.
    pub busy: usize,
}

impl Browser {
    /// Looks for a moment at the workers of a page of a watched site.
    ///
    /// # Errors
    /// If the site is not watched.
    pub fn workers(&self) -> Result<Workers> {
        let body = "return await watchedWorkers()";
        let before = self.async_script(body, Vec::new())?;
        sleep(REST);
        let after = self.async_script(body, Vec::new())?;
        let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
        let (before, after) = (list(&before), list(&after));
        let rests =
            |worker: &&serde_json::Value| before.contains(worker) && worker.get(1).is_some_and(|done| !done.is_null());
        let resting = after.iter().filter(rests).count();
        Ok(Workers { living: after.len(), busy: after.len() - resting })
    }
}
