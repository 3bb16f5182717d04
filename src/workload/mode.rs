//! The modes: concurrency models that can run a workload, and what the rest of the house must know of each.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A concurrency model that can run a workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Plain calls, one after another.
    Sync,
    /// Tasks on one event loop.
    Async,
    /// Threads that share the GIL.
    Threads,
    /// Processes, each with its own memory.
    Processes,
    /// An event loop that hands blocking calls to a pool of threads.
    Offload,
    /// Threads without the GIL.
    FreeThreads,
}

/// What carries the tasks of a mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lanes {
    /// One lane, one task after another.
    One,
    /// One event loop.
    Loop,
    /// One event loop, and the threads of a pool behind it.
    LoopAndPool,
    /// One lane a task, up to a cap.
    ATask,
}

/// Why a text names no mode.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("There is no mode “{0}”. The modes are {ids}.", ids = Mode::ALL.map(Mode::id).join(", "))]
pub struct ModeError(pub String);

impl Mode {
    /// All modes, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::Sync, Self::Async, Self::Threads, Self::Processes, Self::Offload, Self::FreeThreads];

    /// The modes of the article, which the page shows unless told otherwise.
    pub const ARTICLE: [Self; 4] = [Self::Sync, Self::Async, Self::Threads, Self::Processes];

    /// The id in the link.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Sync => "sync",
            Self::Async => "async",
            Self::Threads => "threads",
            Self::Processes => "processes",
            Self::Offload => "offload",
            Self::FreeThreads => "free-threads",
        }
    }

    /// The name on the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sync => "Sync",
            Self::Async => "Async",
            Self::Threads => "Threads",
            Self::Processes => "Processes",
            Self::Offload => "Offload",
            Self::FreeThreads => "Free threads",
        }
    }

    /// What it is like, in Python's terms.
    #[must_use]
    pub const fn is_like(self) -> &'static str {
        match self {
            Self::Sync => "plain calls, a sync view",
            Self::Async => "asyncio.gather, an async view",
            Self::Threads => "threading with the GIL",
            Self::Processes => "multiprocessing",
            Self::Offload => "sync_to_async, asyncio.to_thread",
            Self::FreeThreads => "free-threaded Python, no GIL",
        }
    }

    /// What carries its tasks.
    #[must_use]
    pub const fn lanes(self) -> Lanes {
        match self {
            Self::Sync => Lanes::One,
            Self::Async => Lanes::Loop,
            Self::Offload => Lanes::LoopAndPool,
            Self::Threads | Self::Processes | Self::FreeThreads => Lanes::ATask,
        }
    }

    /// Whether an event loop carries its tasks.
    #[must_use]
    pub const fn has_loop(self) -> bool {
        matches!(self.lanes(), Lanes::Loop | Lanes::LoopAndPool)
    }

    /// Whether its lanes share a GIL.
    #[must_use]
    pub const fn has_gil(self) -> bool {
        matches!(self, Self::Threads | Self::Offload)
    }

    /// Whether all its tasks have one memory, and so one counter.
    #[must_use]
    pub const fn shares_memory(self) -> bool {
        !matches!(self, Self::Processes)
    }

    /// Reads an id.
    ///
    /// # Errors
    /// No mode has this id.
    pub fn parse(id: &str) -> Result<Self, ModeError> {
        Self::ALL.into_iter().find(|mode| mode.id() == id).ok_or_else(|| ModeError(id.chars().take(40).collect()))
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_is_found_by_its_id() {
        for mode in Mode::ALL {
            assert_eq!(Mode::parse(mode.id()), Ok(mode));
        }
        let message = Mode::parse("fibers").unwrap_err().to_string();
        assert_eq!(
            message,
            "There is no mode “fibers”. The modes are sync, async, threads, processes, offload, free-threads."
        );
    }
}
