//! What a link sets up: the workload, the conditions, and how the page shows it.
//!
//! Plain data. How it is written stands in `parameter.rs`.

use std::ops::Deref;

use super::LinkError;
use crate::workload::{Mode, SettingError, Settings, Workload, one_of};

/// All that a link can say. The default is the article's example in the article's four modes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setup {
    /// What the author calls it.
    pub title: Option<Title>,
    /// What to run.
    pub workload: Workload,
    /// The conditions to run it under.
    pub settings: Settings,
    /// In which modes, in the order to show and run.
    pub modes: Modes,
    /// Whether it is the embedded view.
    pub embed: bool,
    /// When it runs.
    pub run: RunWhen,
    /// Its colours.
    pub theme: Theme,
}

/// A title: 1 to 120 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title(String);

impl Title {
    /// The most characters of a title.
    pub const MAX: usize = 120;

    /// # Errors
    /// An empty text, or one of over [`Title::MAX`] characters.
    pub fn new(text: impl Into<String>) -> Result<Self, LinkError> {
        let text = text.into();
        match text.chars().take(Self::MAX + 1).count() {
            0 => Err(LinkError::NoTitle),
            n if n > Self::MAX => Err(LinkError::TitleTooLong),
            _ => Ok(Self(text)),
        }
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Modes in the order to show and run: at least one, and each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modes(Vec<Mode>);

impl Modes {
    /// # Errors
    /// No mode, or one that stands there twice.
    pub fn new(modes: Vec<Mode>) -> Result<Self, LinkError> {
        // At most six can be each once, so the search is short however long the list.
        let twice = modes.iter().take(Mode::ALL.len() + 1).enumerate().find(|(at, mode)| modes[..*at].contains(mode));
        match twice {
            Some((_, mode)) => Err(LinkError::ModeTwice(*mode)),
            None if modes.is_empty() => Err(LinkError::NoMode),
            None => Ok(Self(modes)),
        }
    }
}

impl Default for Modes {
    fn default() -> Self {
        Self(Mode::ARTICLE.to_vec())
    }
}

impl Deref for Modes {
    type Target = [Mode];
    fn deref(&self) -> &[Mode] {
        &self.0
    }
}

/// When a set-up runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RunWhen {
    /// When the reader asks for it.
    #[default]
    Click,
    /// Once it is seen, if predicted under 10 s a mode.
    Auto,
}

impl RunWhen {
    const ALL: [Self; 2] = [Self::Click, Self::Auto];

    /// Reads a value of the link.
    ///
    /// # Errors
    /// Neither of the two.
    pub fn parse(text: &str) -> Result<Self, SettingError> {
        one_of(&Self::ALL, Self::id, text)
    }

    /// The value in the link.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Click => "click",
            Self::Auto => "auto",
        }
    }
}

/// The page's colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the reader's system has it.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

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
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_has_1_to_120_characters() {
        assert_eq!(Title::new("é".repeat(120)).map(|title| title.as_str().chars().count()), Ok(120));
        assert_eq!(Title::new("é".repeat(121)), Err(LinkError::TitleTooLong));
        assert_eq!(Title::new(""), Err(LinkError::NoTitle));
    }

    #[test]
    fn modes_are_each_once_and_never_none() {
        assert_eq!(Modes::new(vec![]), Err(LinkError::NoMode));
        assert_eq!(Modes::new(vec![Mode::Sync, Mode::Async, Mode::Sync]), Err(LinkError::ModeTwice(Mode::Sync)));
        assert_eq!(Modes::new(Mode::ALL.to_vec()).map(|modes| modes.len()), Ok(6));
        assert_eq!(Modes::new([Mode::ALL, Mode::ALL].concat()), Err(LinkError::ModeTwice(Mode::Sync)));
    }

    #[test]
    fn every_id_is_read_back() {
        assert!(RunWhen::ALL.into_iter().all(|run| RunWhen::parse(run.id()) == Ok(run)));
        assert!(Theme::ALL.into_iter().all(|theme| Theme::parse(theme.id()) == Ok(theme)));
        assert_eq!(Theme::parse("sepia").unwrap_err().to_string(), "The value must be one of auto, light, dark.");
    }
}
