//! The conditions under which the modes run a workload.

use serde::{Deserialize, Serialize};

use super::mode::{Lanes, Mode};
use super::notation::{NumberError, friendly_duration, grouped, parse_duration, parse_whole};
use super::units::{Micros, TaskCount};

/// Where the lanes of `sync` and `async` are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// Sync in a worker, async on the page.
    #[default]
    Split,
    /// Both on the page.
    Page,
    /// Both in a worker.
    Worker,
}

/// At most so many threads or processes: 1 to 32.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Workers(u8);

/// At most so many tasks at once on an event loop: 1 to 1,000,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoopLimit(u32);

/// Why a text is no value of a setting.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// It is not written as a number.
    #[error("{}", self.told_of("The value"))]
    NotANumber(NumberError),
    /// It is outside its range.
    #[error("{}", self.told_of("The value"))]
    OutOfRange(String, String),
    /// It is none of the values there are.
    #[error("{}", self.told_of("The value"))]
    Unknown(String),
}

impl SettingError {
    /// The message, with a name for what was to be read: “The limit must be …”.
    #[must_use]
    pub fn told_of(&self, what: &str) -> String {
        match self {
            Self::NotANumber(error) => format!("{what} {error}."),
            Self::OutOfRange(from, to) => format!("{what} must be from {from} to {to}."),
            Self::Unknown(values) => format!("{what} must be one of {values}."),
        }
    }
}

/// The conditions under which the modes run a workload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// At most so many threads or processes; none: one a task, up to [`Workers::MAX`].
    pub workers: Option<Workers>,
    /// At most so many tasks at once on an event loop; none: all.
    pub limit: Option<LoopLimit>,
    /// The GIL's switch interval.
    pub switch: Micros,
    /// In `offload`, whether all calls go to one thread.
    pub sensitive: bool,
    /// Where sync and async run.
    pub place: Place,
}

impl Default for Settings {
    fn default() -> Self {
        Self { workers: None, limit: None, switch: Self::SWITCH, sensitive: true, place: Place::Split }
    }
}

impl Settings {
    /// The switch interval unless told otherwise: `CPython`'s, see `sys.getswitchinterval`.
    pub const SWITCH: Micros = Micros(5000);
    /// The shortest switch interval.
    pub const SWITCH_MIN: Micros = Micros(100);
    /// The longest switch interval.
    pub const SWITCH_MAX: Micros = Micros(1_000_000);

    /// How many lanes a mode starts for so many tasks.
    #[must_use]
    pub fn lanes(&self, mode: Mode, tasks: TaskCount) -> u8 {
        match mode.lanes() {
            Lanes::One | Lanes::Loop => 1,
            Lanes::LoopAndPool => 1 + self.pool(tasks),
            Lanes::ATask => self.workers_for(tasks),
        }
    }

    /// How many of them begin with a task of their own.
    #[must_use]
    pub fn first_lanes(&self, mode: Mode, tasks: TaskCount) -> u8 {
        if mode.lanes() == Lanes::ATask { self.workers_for(tasks) } else { 1 }
    }

    /// How many of so many tasks a mode has under way at once.
    #[must_use]
    pub fn at_once(&self, mode: Mode, tasks: TaskCount) -> u32 {
        if mode.has_loop() {
            self.limit.map_or(tasks.get(), |limit| limit.get().min(tasks.get()))
        } else {
            self.lanes(mode, tasks).into()
        }
    }

    /// Whether a mode is meant to run on the page's own thread.
    #[must_use]
    pub const fn is_on_page(&self, mode: Mode) -> bool {
        matches!((mode, self.place), (Mode::Async, Place::Split | Place::Page) | (Mode::Sync, Place::Page))
    }

    /// How many threads the pool behind an event loop has for so many tasks.
    #[must_use]
    pub fn pool(&self, tasks: TaskCount) -> u8 {
        if self.sensitive { 1 } else { self.workers_for(tasks) }
    }

    /// One worker a task, up to the cap.
    fn workers_for(&self, tasks: TaskCount) -> u8 {
        let cap = self.workers.map_or(Workers::MAX, Workers::get);
        u8::try_from(tasks.get()).map_or(cap, |tasks| tasks.min(cap))
    }

    /// Reads a switch interval.
    ///
    /// # Errors
    /// No duration, or out of range.
    pub fn parse_switch(text: &str) -> Result<Micros, SettingError> {
        let range = Self::SWITCH_MIN..=Self::SWITCH_MAX;
        match parse_duration(text) {
            Ok(interval) if range.contains(&interval) => Ok(interval),
            Ok(_) | Err(NumberError::DurationTooLong) => {
                Err(SettingError::OutOfRange(friendly_duration(Self::SWITCH_MIN), friendly_duration(Self::SWITCH_MAX)))
            }
            Err(error) => Err(SettingError::NotANumber(error)),
        }
    }
}

impl Workers {
    /// The most threads or processes.
    pub const MAX: u8 = 32;

    /// Reads 1 to 32.
    ///
    /// # Errors
    /// No whole number, or out of range.
    pub fn parse(text: &str) -> Result<Self, SettingError> {
        whole_in(text, 1, Self::MAX.into()).map(|n| Self(n as u8))
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl LoopLimit {
    /// Reads 1 to 1,000,000.
    ///
    /// # Errors
    /// No whole number, or out of range.
    pub fn parse(text: &str) -> Result<Self, SettingError> {
        whole_in(text, 1, TaskCount::MAX.into()).map(|n| Self(n as u32))
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl Place {
    /// The values in the link.
    const ALL: [Self; 3] = [Self::Split, Self::Page, Self::Worker];

    /// Reads a value of the link.
    ///
    /// # Errors
    /// None of the three.
    pub fn parse(text: &str) -> Result<Self, SettingError> {
        one_of(&Self::ALL, Self::id, text)
    }

    /// The value in the link.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Split => "split",
            Self::Page => "page",
            Self::Worker => "worker",
        }
    }
}

/// Reads one of a few values by its id.
///
/// # Errors
/// None of them has it.
pub fn one_of<T: Copy>(values: &[T], id: impl Fn(T) -> &'static str, text: &str) -> Result<T, SettingError> {
    let ids = || values.iter().map(|value| id(*value));
    let found = values.iter().copied().find(|value| id(*value) == text);
    found.ok_or_else(|| SettingError::Unknown(ids().collect::<Vec<_>>().join(", ")))
}

/// Reads a whole number within a range.
pub(super) fn whole_in(text: &str, from: u64, to: u64) -> Result<u64, SettingError> {
    let out_of_range = || SettingError::OutOfRange(grouped(from), grouped(to));
    match parse_whole(text) {
        Ok(n) if (from..=to).contains(&n) => Ok(n),
        Ok(_) | Err(NumberError::TooLarge) => Err(out_of_range()),
        Err(error) => Err(SettingError::NotANumber(error)),
    }
}

impl super::Variation {
    /// Reads a seed, 0 to 4,294,967,295.
    ///
    /// # Errors
    /// No whole number, or out of range.
    pub fn parse_seed(text: &str) -> Result<u32, SettingError> {
        whole_in(text, 0, u32::MAX.into()).map(|n| n as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_are_one_a_task_up_to_the_cap() {
        let settings = Settings { workers: Workers::parse("4").ok(), ..Settings::default() };
        let tasks = |n| TaskCount::new(n).unwrap();
        assert_eq!(settings.lanes(Mode::Threads, tasks(3)), 3);
        assert_eq!(settings.lanes(Mode::Processes, tasks(1000)), 4);
        assert_eq!(settings.lanes(Mode::Async, tasks(1000)), 1);
        assert_eq!(Settings::default().lanes(Mode::Threads, tasks(1_000_000)), 32);
    }

    #[test]
    fn settings_are_held_to_their_ranges() {
        assert_eq!(Settings::parse_switch("100us"), Ok(Micros(100)));
        for text in ["99us", "1.1s", "61s"] {
            assert_eq!(Settings::parse_switch(text).unwrap_err().to_string(), "The value must be from 100us to 1s.");
        }
        assert!(Workers::parse("0").is_err() && Workers::parse("33").is_err() && Workers::parse("32").is_ok());
        assert_eq!(Place::parse("moon").unwrap_err().to_string(), "The value must be one of split, page, worker.");
    }
}
