//! One thing that happened in a run.

use serde::{Deserialize, Serialize};

use crate::workload::{LaneId, Micros, TaskId};

/// The state a task is in, for a stretch of its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum State {
    /// Its lane is not up yet.
    Starting,
    /// It could go on, and waits for its turn.
    Ready,
    /// It has its lane, and the GIL where there is one.
    Running,
    /// It waits for I/O, the polite way of the mode.
    Sleeping,
    /// It waits for I/O in a blocking call.
    Blocked,
    /// It waits for the GIL.
    Gil,
}

impl State {
    /// All states.
    pub const ALL: [Self; 6] = [Self::Starting, Self::Ready, Self::Running, Self::Sleeping, Self::Blocked, Self::Gil];

    /// In the reader's words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Sleeping => "sleeping",
            Self::Blocked => "blocked",
            Self::Gil => "waiting for the GIL",
        }
    }
}

/// What happened to a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// It came into this state.
    Entered(State),
    /// It printed the text of its step.
    Printed,
    /// It failed with the text of its step.
    Failed,
    /// It came to its end.
    Ended,
}

impl What {
    /// One byte, as the columns hold it.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Entered(state) => state as u8,
            Self::Printed => 6,
            Self::Failed => 7,
            Self::Ended => 8,
        }
    }

    /// Back from the byte; what is no code is taken for the end.
    #[must_use]
    pub const fn from_code(code: u8) -> Self {
        match code {
            0..=5 => Self::Entered(State::ALL[code as usize]),
            6 => Self::Printed,
            7 => Self::Failed,
            _ => Self::Ended,
        }
    }
}

/// One thing that happened in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Event {
    /// When, from the start of the mode.
    pub at: Micros,
    /// To which task.
    pub task: TaskId,
    /// On which lane.
    pub lane: LaneId,
    /// At which step, counted from 0.
    pub step: u8,
    /// What.
    pub what: What,
}

impl Event {
    /// Whether it is a line of output: something was printed, or a task failed.
    #[must_use]
    pub const fn is_line(&self) -> bool {
        matches!(self.what, What::Printed | What::Failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_read_back() {
        for code in 0..=8 {
            assert_eq!(What::from_code(code).code(), code);
        }
    }
}
