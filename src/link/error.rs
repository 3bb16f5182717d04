//! Why something in a link can't be read, or not as it stands. The messages are whole sentences for the reader; the
//! parameter and its value are shown beside them.

use super::escape::EscapeError;
use super::setup::Title;
use super::version::VERSION;
use crate::workload::{Mode, ModeError, SettingError, SizeError, SpreadError, StepError, StepsError, TaskCountError};

/// Why something in a link can't be read, or not as it stands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// The version is no number, or none there ever was.
    #[error("The version of a link is a whole number from 1.")]
    Version,
    /// The link is of a version that this page doesn't know yet.
    #[error(
        "The link is of version {0}, and this page knows version {VERSION}. It is read as far as it can be; reload \
         for a newer page, or check that it says what you expect."
    )]
    TooNew(String),
    /// The value is no escaped text.
    #[error("{0}{hint}", hint = .0.hint("%25"))]
    Escape(EscapeError),
    /// The title is empty.
    #[error("A title needs at least one character.")]
    NoTitle,
    /// The title is too long.
    #[error("A title has at most {max} characters.", max = Title::MAX)]
    TitleTooLong,
    /// The task count can't be read.
    #[error(transparent)]
    Tasks(#[from] TaskCountError),
    /// There are no steps, or too many.
    #[error(transparent)]
    Steps(#[from] StepsError),
    /// One step has no value.
    #[error("Step {at}, “{step}”: A step is NAME:VALUE, as in sleep:1s. A comma in a text is written %252C.")]
    NoValue {
        /// Its place, from 1.
        at: usize,
        /// The step as it stands in the link, at most 40 characters of it.
        step: String,
    },
    /// One step can't be read.
    #[error("Step {at}, “{step}”: {error}")]
    Step {
        /// Its place, from 1.
        at: usize,
        /// The step as it stands in the link, at most 40 characters of it.
        step: String,
        /// What is wrong with it.
        error: StepError,
    },
    /// One step's text is no escaped text.
    #[error("Step {at}, “{step}”: {error}{hint}", hint = .error.hint("%2525"))]
    StepText {
        /// Its place, from 1.
        at: usize,
        /// The step as it stands in the link, at most 40 characters of it.
        step: String,
        /// What is wrong with it.
        error: EscapeError,
    },
    /// There is no such mode.
    #[error(transparent)]
    Mode(#[from] ModeError),
    /// There is no mode at all.
    #[error("At least one mode is needed.")]
    NoMode,
    /// A mode is named twice.
    #[error("Each mode can be there once; {0} is there twice.")]
    ModeTwice(Mode),
    /// A setting can't be read.
    #[error(transparent)]
    Setting(#[from] SettingError),
    /// The embedded view is neither asked for nor left out.
    #[error("The value can only be 1, for the embedded view; for the whole page, leave it out.")]
    Embed,
    /// The spread can't be read.
    #[error(transparent)]
    Spread(#[from] SpreadError),
    /// A parameter is given more than once.
    #[error("{0} is in the link {times}. The first counts; take out what is not meant.", times = times(*.1))]
    Again(&'static str, usize),
    /// All tasks together have too many steps.
    #[error("{0} The defaults of tasks and steps stand instead.")]
    TooMuch(#[from] SizeError),
}

/// How often, in words.
fn times(times: usize) -> String {
    if times == 2 { "twice".to_owned() } else { format!("{times} times") }
}

impl LinkError {
    /// Whether the parameter is left at its default because of it. Otherwise the message says what was done.
    pub(super) const fn leaves_default(&self) -> bool {
        !matches!(self, Self::TooNew(_) | Self::Again(..) | Self::TooMuch(_))
    }
}
