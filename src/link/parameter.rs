//! The parameters of a link: the name of each, how its value is read into a set-up and written out of one.
//!
//! The one place that knows them all. Escaping, duplicates and notices are not its affair.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::lists::{parse_modes, parse_steps, write_modes, write_steps};
use super::setup::{RunWhen, Setup, Theme, Title};
use super::{LinkError, version};
use crate::workload::{
    LoopLimit, Place, Settings, Spread, TaskCount, Variation, Workers, duration, friendly_duration, one_of,
};

/// A parameter of a link. For others it is its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
#[repr(u8)]
pub enum Parameter {
    /// `v`: the version of the link.
    Version,
    /// `title`: what the author calls it.
    Title,
    /// `tasks`: how many there are.
    Tasks,
    /// `steps`: what each of them does.
    Steps,
    /// `modes`: in which modes, in which order.
    Modes,
    /// `workers`: at most so many threads or processes.
    Workers,
    /// `limit`: at most so many tasks at once on an event loop.
    Limit,
    /// `switch`: the GIL's switch interval.
    Switch,
    /// `sensitive`: whether `offload` has one thread for all calls.
    Sensitive,
    /// `spread`: how far tasks differ.
    Spread,
    /// `seed`: where the differences come from.
    Seed,
    /// `place`: where sync and async run.
    Place,
    /// `embed`: the embedded view.
    Embed,
    /// `run`: when it runs.
    Run,
    /// `theme`: the page's colours.
    Theme,
}

const fn on_off(is_on: bool) -> &'static str {
    if is_on { "on" } else { "off" }
}

impl Parameter {
    /// All parameters, in the interface's order.
    pub const ALL: [Self; 15] = [
        Self::Version,
        Self::Title,
        Self::Tasks,
        Self::Steps,
        Self::Modes,
        Self::Workers,
        Self::Limit,
        Self::Switch,
        Self::Sensitive,
        Self::Spread,
        Self::Seed,
        Self::Place,
        Self::Embed,
        Self::Run,
        Self::Theme,
    ];

    /// The name in the link.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Version => "v",
            Self::Title => "title",
            Self::Tasks => "tasks",
            Self::Steps => "steps",
            Self::Modes => "modes",
            Self::Workers => "workers",
            Self::Limit => "limit",
            Self::Switch => "switch",
            Self::Sensitive => "sensitive",
            Self::Spread => "spread",
            Self::Seed => "seed",
            Self::Place => "place",
            Self::Embed => "embed",
            Self::Run => "run",
            Self::Theme => "theme",
        }
    }

    /// The parameter of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|parameter| parameter.name() == name)
    }

    /// Reads a decoded value into a set-up, which is left as it is where that fails.
    ///
    /// # Errors
    /// What is wrong with the value.
    pub(super) fn read(self, text: &str, setup: &mut Setup) -> Result<(), LinkError> {
        let Setup { workload, settings, .. } = setup;
        match self {
            // What it says was heeded before anything else was read.
            Self::Version => {
                version::parse(text)?;
            }
            Self::Title => setup.title = if text.is_empty() { None } else { Some(Title::new(text)?) },
            Self::Tasks => workload.tasks = TaskCount::parse(text)?,
            Self::Steps => workload.steps = parse_steps(text)?,
            Self::Modes => setup.modes = parse_modes(text)?,
            Self::Workers => settings.workers = Some(Workers::parse(text)?),
            Self::Limit => settings.limit = Some(LoopLimit::parse(text)?),
            Self::Switch => settings.switch = Settings::parse_switch(text)?,
            Self::Sensitive => settings.sensitive = one_of(&[true, false], on_off, text)?,
            Self::Spread => workload.variation.spread = Spread::parse(text)?,
            Self::Seed => workload.variation.seed = Variation::parse_seed(text)?,
            Self::Place => settings.place = Place::parse(text)?,
            Self::Embed => setup.embed = parse_embed(text)?,
            Self::Run => setup.run = RunWhen::parse(text)?,
            Self::Theme => setup.theme = Theme::parse(text)?,
        }
        Ok(())
    }

    /// The value that says what this set-up has, before the query's escaping; none where nothing says it.
    pub(super) fn write(self, setup: &Setup) -> Option<String> {
        let Setup { workload, settings, .. } = setup;
        match self {
            // Written always, and by `write` itself.
            Self::Version => None,
            Self::Title => setup.title.as_ref().map(|title| title.as_str().to_owned()),
            Self::Tasks => Some(workload.tasks.get().to_string()),
            Self::Steps => Some(write_steps(&workload.steps)),
            Self::Modes => Some(write_modes(&setup.modes)),
            Self::Workers => settings.workers.map(|workers| workers.get().to_string()),
            Self::Limit => settings.limit.map(|limit| limit.get().to_string()),
            Self::Switch => Some(duration(settings.switch)),
            Self::Sensitive => Some(if settings.sensitive { "on" } else { "off" }.to_owned()),
            Self::Spread => Some(workload.variation.spread.to_string()),
            Self::Seed => Some(workload.variation.seed.to_string()),
            Self::Place => Some(settings.place.id().to_owned()),
            Self::Embed => setup.embed.then(|| "1".to_owned()),
            Self::Run => Some(setup.run.id().to_owned()),
            Self::Theme => Some(setup.theme.id().to_owned()),
        }
    }

    /// The default in the reader's words.
    pub(super) fn default_words(self) -> String {
        let words = match self {
            Self::Version => "1",
            Self::Title => "no title",
            Self::Workers => "one a task, up to 32",
            Self::Limit => "no limit",
            Self::Embed => "the whole page",
            Self::Switch => return friendly_duration(Settings::SWITCH),
            _ => return self.write(&Setup::default()).unwrap_or_default().replace(',', ", "),
        };
        words.to_owned()
    }
}

impl From<Parameter> for &'static str {
    fn from(parameter: Parameter) -> Self {
        parameter.name()
    }
}

impl TryFrom<String> for Parameter {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::named(&name).ok_or_else(|| format!("there is no parameter {name}"))
    }
}

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Reads the one value of `embed`.
fn parse_embed(text: &str) -> Result<bool, LinkError> {
    if text == "1" { Ok(true) } else { Err(LinkError::Embed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_is_found_by_its_name_and_stands_in_its_place() {
        for (at, parameter) in Parameter::ALL.into_iter().enumerate() {
            assert_eq!(Parameter::named(parameter.name()), Some(parameter));
            assert_eq!(parameter as usize, at);
        }
    }

    #[test]
    fn every_default_has_words() {
        for parameter in Parameter::ALL {
            assert!(!parameter.default_words().is_empty(), "{parameter:?}");
        }
    }
}
