//! A run on the record: what became of it, and its figures.

use serde::{Deserialize, Serialize};

use super::Trace;
use crate::workload::{LONGEST_ON_PAGE, LaneId, Micros, Mode, duration_words};

/// The number of a run; a later run has a higher one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RunId(pub u32);

/// What became of a run, without the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// All tasks came to their end.
    Finished,
    /// It was stopped.
    Cancelled,
    /// A task failed.
    Failed,
    /// The mode can't be had.
    Unavailable,
}

impl Status {
    /// What it is called in the result.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
            Self::Unavailable => "unavailable",
        }
    }
}

/// Why a run ended before its tasks did, in a sentence for the reader.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Cut {
    /// It was stopped while it went on.
    #[error("It was stopped.")]
    Stopped,
    /// It was ended so that the next mode begins.
    #[error("It was skipped.")]
    Skipped,
    /// All modes were stopped, and this one had not begun.
    #[error("The run was stopped before it began.")]
    NotBegun,
    /// Something else was set up from outside.
    #[error("Another workload was loaded.")]
    Replaced,
    /// A stretch of it lasted for too long on the page's own thread.
    #[error(
        "It had held the page for {}, so it was ended. Run it in a worker instead.",
        duration_words(LONGEST_ON_PAGE)
    )]
    HeldThePage,
    /// The worker of a lane broke; how, the message says.
    #[error("The worker of lane {} broke: {}.", .0.0, .1.trim_end_matches('.'))]
    Broke(LaneId, String),
    /// The lane on the page broke; how, the message says.
    #[error("The lane on the page broke: {}.", .0.trim_end_matches('.'))]
    BrokeOnPage(String),
}

impl Cut {
    /// Whether somebody asked for it.
    #[must_use]
    pub const fn was_asked_for(&self) -> bool {
        !matches!(self, Self::HeldThePage | Self::Broke(..) | Self::BrokeOnPage(_))
    }
}

/// What became of a run. The texts are sentences for the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All tasks came to their end.
    Finished,
    /// It ended before they did.
    Cancelled(Cut),
    /// A task failed; what became of the others follows the mode's rule.
    Failed(String),
    /// The mode can't be had here, for this reason.
    Unavailable(String),
}

impl Outcome {
    /// Without the reason.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self {
            Self::Finished => Status::Finished,
            Self::Cancelled(_) => Status::Cancelled,
            Self::Failed(_) => Status::Failed,
            Self::Unavailable(_) => Status::Unavailable,
        }
    }

    /// Why it is not finished.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Finished => None,
            Self::Cancelled(cut) => Some(cut.to_string()),
            Self::Failed(reason) | Self::Unavailable(reason) => Some(reason.clone()),
        }
    }
}

/// What the shared counter should have come to, and what it came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Counter {
    /// All additions of all tasks.
    pub expected: u64,
    /// What it holds.
    pub actual: u64,
}

/// A stretch in which the page could not draw a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Freeze {
    /// When the last frame before it was drawn, or the first of it was due.
    pub from: Micros,
    /// When the next frame was drawn.
    pub to: Micros,
}

/// How well the page could draw during a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frames {
    /// The longest gap between two frames; none while the page wasn't seen.
    pub longest_gap: Option<Micros>,
    /// The sum of the gaps over 50 ms; none while the page wasn't seen.
    pub frozen: Option<Micros>,
    /// Whether the page was hidden or off the screen for a while.
    pub was_hidden: bool,
}

/// One workload in one mode, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// In which mode.
    pub mode: Mode,
    /// What became of it.
    pub outcome: Outcome,
    /// From the start of the mode to the end of the last task, or to the stop; none if it never began.
    pub elapsed: Option<Micros>,
    /// What the model gives for the elapsed time less the start-up.
    pub predicted: Option<Micros>,
    /// How well the page could draw meanwhile.
    pub frames: Frames,
    /// How far the clock of any lane can be from the page's, by whose clock the times are, its steps apart; none
    /// where a lane's is not known.
    pub clock_error: Option<Micros>,
    /// Everything that happened.
    pub trace: Trace,
    /// The shared counter, if the workload adds.
    pub counter: Option<Counter>,
    /// What the reader should know of this run, in sentences.
    pub notes: Vec<String>,
}

impl Record {
    /// A run that never began.
    #[must_use]
    pub fn without_run(mode: Mode, outcome: Outcome) -> Self {
        Self {
            mode,
            outcome,
            elapsed: None,
            predicted: None,
            frames: Frames::default(),
            clock_error: None,
            trace: Trace::default(),
            counter: None,
            notes: Vec::new(),
        }
    }

    /// The time until the lanes that the mode begins with were all up; none if it never began.
    #[must_use]
    pub fn startup(&self) -> Option<Micros> {
        self.elapsed.map(|elapsed| self.trace.released.min(elapsed))
    }

    /// The elapsed time less the start-up.
    #[must_use]
    pub fn less_startup(&self) -> Option<Micros> {
        Some(self.elapsed? - self.startup()?)
    }
}
