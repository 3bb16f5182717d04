//! Texts that steps print or fail with.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A text that a step prints or fails with: 1 to 200 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text(pub(super) String);

/// Why a text can't be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// There is nothing.
    #[error("needs a text")]
    Missing,
    /// It is too long.
    #[error("has a text of over 200 characters")]
    TooLong,
}

impl Text {
    /// The most characters of a text.
    pub const MAX: usize = 200;

    /// # Errors
    /// An empty text, or one of over [`Text::MAX`] characters.
    pub fn new(text: impl Into<String>) -> Result<Self, TextError> {
        let text = text.into();
        match text.chars().take(Self::MAX + 1).count() {
            0 => Err(TextError::Missing),
            n if n > Self::MAX => Err(TextError::TooLong),
            _ => Ok(Self(text)),
        }
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text, or of one that is longer than so many characters its beginning.
#[must_use]
pub fn brief(text: &str, longest: usize) -> Cow<'_, str> {
    match text.char_indices().nth(longest) {
        Some((end, _)) => Cow::Owned(text[..end].trim_end().to_owned() + "…"),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_text_the_beginning_is_told() {
        assert_eq!([brief("Grüße", 5), brief("Grüße aus", 6)], ["Grüße", "Grüße…"]);
    }

    #[test]
    fn a_text_has_1_to_200_characters() {
        assert!(Text::new("é".repeat(200)).is_ok());
        assert_eq!(Text::new("é".repeat(201)), Err(TextError::TooLong));
    }
}
