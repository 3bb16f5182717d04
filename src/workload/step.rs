//! Steps: what a task does, one after another, and how the link writes them.

use serde::{Deserialize, Serialize};
use std::fmt;

use super::notation::{
    NumberError, count, duration, duration_words, friendly_count, friendly_duration, parse_count, parse_duration,
    parse_whole,
};
use super::pace::Work;
use super::text::{Text, TextError, brief};
use super::units::{Micros, TaskCount, TaskId};

/// What a step does, before a task's factor is applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Print a line.
    Print(Text),
    /// Wait for I/O, the polite way of the mode.
    Sleep(Micros),
    /// Wait for I/O with a blocking call.
    Block(Micros),
    /// CPU-bound work of so many iterations.
    Count(u64),
    /// Add 1 to the shared counter so many times, without a lock.
    Add(u64),
    /// Add 1 to the shared counter so many times, under a lock.
    AddLocked(u64),
    /// Raise.
    Fail(Text),
}

/// What a step is called, in the link and on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepName {
    /// [`Kind::Print`].
    Print,
    /// [`Kind::Sleep`].
    Sleep,
    /// [`Kind::Block`].
    Block,
    /// [`Kind::Count`].
    Count,
    /// [`Kind::Add`].
    Add,
    /// [`Kind::AddLocked`].
    AddLocked,
    /// [`Kind::Fail`].
    Fail,
}

/// What sort of value a step has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A text.
    Text,
    /// A duration.
    Time,
    /// A count.
    Number,
}

/// One thing that a task does, or that one task alone does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The one task that does it; none: all do.
    pub task: Option<TaskId>,
    /// What is done.
    pub kind: Kind,
}

/// What a step asks of a task, the task's factor applied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action<'a> {
    /// Print this.
    Print(&'a str),
    /// Sleep so long.
    Sleep(Micros),
    /// Block so long.
    Block(Micros),
    /// Do so much CPU-bound work of a kind.
    Work(Work, u64),
    /// Fail with this.
    Fail(&'a str),
}

impl Action<'_> {
    /// What kind of CPU-bound work it is, and how much of it; none if it isn't any.
    #[must_use]
    pub const fn work(&self) -> Option<(Work, u64)> {
        if let Self::Work(work, amount) = *self { Some((work, amount)) } else { None }
    }
}

/// Why a text is no step. The messages are whole sentences; the step is quoted beside them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// A name that is none of the steps'.
    #[error("There is no step “{0}”. The steps are {names}.", names = StepName::ALL.map(StepName::id).join(", "))]
    UnknownName(String),
    /// The one task that is to do it is none.
    #[error("A step for one task alone needs that task's number, from 1 to 1,000,000.")]
    Task,
    /// A bad duration or count.
    #[error("The value of {name} {error}.")]
    Number {
        /// The step's name.
        name: StepName,
        /// What is wrong with its number.
        error: NumberError,
    },
    /// A bad text.
    #[error("{name} {error}.")]
    Text {
        /// The step's name.
        name: StepName,
        /// What is wrong with its text.
        error: TextError,
    },
}

impl StepName {
    /// All names, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Print, Self::Sleep, Self::Block, Self::Count, Self::Add, Self::AddLocked, Self::Fail];

    /// The name in the link.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Print => "print",
            Self::Sleep => "sleep",
            Self::Block => "block",
            Self::Count => "count",
            Self::Add => "add",
            Self::AddLocked => "add-locked",
            Self::Fail => "fail",
        }
    }

    /// What sort of value such a step has.
    #[must_use]
    pub const fn value_kind(self) -> ValueKind {
        match self {
            Self::Print | Self::Fail => ValueKind::Text,
            Self::Sleep | Self::Block => ValueKind::Time,
            Self::Count | Self::Add | Self::AddLocked => ValueKind::Number,
        }
    }

    /// Reads a name.
    ///
    /// # Errors
    /// There is no such step.
    pub fn parse(text: &str) -> Result<Self, StepError> {
        let named = Self::ALL.into_iter().find(|name| name.id() == text);
        named.ok_or_else(|| StepError::UnknownName(text.chars().take(40).collect()))
    }
}

impl fmt::Display for StepName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl Kind {
    /// Whether it is CPU-bound work.
    #[must_use]
    pub fn is_work(&self) -> bool {
        self.work().is_some()
    }

    /// What kind of CPU-bound work it is; none if it isn't any.
    #[must_use]
    pub fn work(&self) -> Option<Work> {
        self.action(1.0).work().map(|(work, _)| work)
    }

    /// What such a step is called.
    #[must_use]
    pub const fn name(&self) -> StepName {
        match self {
            Self::Print(_) => StepName::Print,
            Self::Sleep(_) => StepName::Sleep,
            Self::Block(_) => StepName::Block,
            Self::Count(_) => StepName::Count,
            Self::Add(_) => StepName::Add,
            Self::AddLocked(_) => StepName::AddLocked,
            Self::Fail(_) => StepName::Fail,
        }
    }

    /// Reads the value of a step of this name; a text is taken as it stands.
    ///
    /// # Errors
    /// A value that doesn't fit the name.
    pub fn parse(name: StepName, value: &str) -> Result<Self, StepError> {
        let text = || Text::new(value).map_err(|error| StepError::Text { name, error });
        let time = || parse_duration(value).map_err(|error| StepError::Number { name, error });
        let number = || parse_count(value).map_err(|error| StepError::Number { name, error });
        Ok(match name {
            StepName::Print => Self::Print(text()?),
            StepName::Sleep => Self::Sleep(time()?),
            StepName::Block => Self::Block(time()?),
            StepName::Count => Self::Count(number()?),
            StepName::Add => Self::Add(number()?),
            StepName::AddLocked => Self::AddLocked(number()?),
            StepName::Fail => Self::Fail(text()?),
        })
    }

    /// What it asks of a task with this factor.
    #[must_use]
    #[inline]
    pub fn action(&self, factor: f64) -> Action<'_> {
        let times = |n: u64| (n as f64 * factor).round() as u64;
        match self {
            Self::Print(text) => Action::Print(text.as_str()),
            Self::Sleep(time) => Action::Sleep(time.scaled(factor)),
            Self::Block(time) => Action::Block(time.scaled(factor)),
            Self::Count(n) => Action::Work(Work::Count, times(*n)),
            Self::Add(n) => Action::Work(Work::Add, times(*n)),
            Self::AddLocked(n) => Action::Work(Work::AddLocked, times(*n)),
            Self::Fail(text) => Action::Fail(text.as_str()),
        }
    }

    /// The value as the link writes it; of a text, the text.
    #[must_use]
    pub fn value(&self) -> String {
        match self {
            Self::Print(text) | Self::Fail(text) => text.as_str().to_owned(),
            Self::Sleep(time) | Self::Block(time) => duration(*time),
            Self::Count(n) | Self::Add(n) | Self::AddLocked(n) => count(*n),
        }
    }

    /// The value as the page writes it, read back by [`Kind::parse`].
    #[must_use]
    pub fn friendly_value(&self) -> String {
        match self {
            Self::Print(_) | Self::Fail(_) => self.value(),
            Self::Sleep(time) | Self::Block(time) => friendly_duration(*time),
            Self::Count(n) | Self::Add(n) | Self::AddLocked(n) => friendly_count(*n),
        }
    }
}

impl Step {
    /// A step of all tasks.
    #[must_use]
    pub const fn of_all(kind: Kind) -> Self {
        Self { task: None, kind }
    }

    /// Reads `NAME` or `NAME@TASK` and a value.
    ///
    /// # Errors
    /// As [`StepName::parse`] and [`Kind::parse`], and a task that is none.
    pub fn parse(head: &str, value: &str) -> Result<Self, StepError> {
        let (name, task) = match head.split_once('@') {
            None => (head, None),
            Some((name, task)) => (name, Some(Self::parse_task(task)?)),
        };
        Ok(Self { task, kind: Kind::parse(StepName::parse(name)?, value)? })
    }

    /// Reads the number of the one task that does a step.
    ///
    /// # Errors
    /// It is none, or too large.
    pub fn parse_task(text: &str) -> Result<TaskId, StepError> {
        match parse_whole(text).map(u32::try_from) {
            Ok(Ok(task @ 1..=TaskCount::MAX)) => Ok(TaskId(task)),
            _ => Err(StepError::Task),
        }
    }

    /// Whether this task does it.
    #[must_use]
    pub fn is_for(&self, task: TaskId) -> bool {
        self.task.is_none_or(|only| only == task)
    }

    /// The text that it prints or fails with.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Print(text) | Kind::Fail(text) => Some(text.as_str()),
            _ => None,
        }
    }

    /// `NAME` or `NAME@TASK`, as the link writes it.
    #[must_use]
    pub fn head(&self) -> String {
        match self.task {
            None => self.kind.name().to_string(),
            Some(task) => format!("{}@{task}", self.kind.name()),
        }
    }
}

/// So many characters of a value are told in a sentence.
const TOLD: usize = 24;

impl fmt::Display for Step {
    /// As a reader would say it: `sleep 1 s`, `sleep 3 s (task 2)`; of a long text the beginning.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = match self.kind {
            Kind::Sleep(time) | Kind::Block(time) => duration_words(time),
            _ => self.kind.friendly_value(),
        };
        let value = brief(&value, TOLD);
        write!(f, "{} {value}", self.kind.name())?;
        self.task.map_or(Ok(()), |task| write!(f, " (task {task})"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_read_with_its_task() {
        let step = Step::parse("sleep@2", "3s").unwrap();
        assert_eq!(step, Step { task: Some(TaskId(2)), kind: Kind::Sleep(Micros(3_000_000)) });
        assert!(step.is_for(TaskId(2)) && !step.is_for(TaskId(1)));
        assert_eq!((step.head().as_str(), step.to_string().as_str()), ("sleep@2", "sleep 3 s (task 2)"));
    }

    #[test]
    fn each_bad_step_says_what_is_wrong() {
        for (name, value, message) in [
            ("sleep", "", "The value of sleep is missing."),
            ("sleep", "-1s", "The value of sleep must be written without a sign."),
            ("sleep", "9h", "The value of sleep must end in us, ms or s, as in 1.5s."),
            ("nap", "1s", "There is no step “nap”. The steps are print, sleep, block, count, add, add-locked, fail."),
            ("print", "", "print needs a text."),
            ("sleep@0", "1s", "A step for one task alone needs that task's number, from 1 to 1,000,000."),
            ("count", "1.5", "The value of count must be a whole number, or one with K, M or G, as in 1.5M."),
        ] {
            let error = Step::parse(name, value).unwrap_err().to_string();
            assert_eq!(error, message, "{name}:{value}");
        }
    }
}
