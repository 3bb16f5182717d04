//! The raw values of a link: what each known parameter was given, decoded, before anything is made of it.
//!
//! However long the link, this holds two values a parameter, and passes over all that it doesn't know.

use std::borrow::Cow;

use super::escape::{EscapeError, decode_query};
use super::{LinkError, Parameter};

/// What one parameter was given.
#[derive(Clone, Debug)]
pub(super) struct Given<'a> {
    /// The first value, as it stands in the link.
    raw: &'a str,
    /// The first value, decoded.
    decoded: Result<Cow<'a, str>, EscapeError>,
    /// The second value, as it stands in the link.
    second: Option<&'a str>,
    /// How often it was given.
    times: usize,
}

impl Given<'_> {
    /// The first value.
    pub(super) fn text(&self) -> Result<&str, LinkError> {
        self.decoded.as_deref().map_err(|error| LinkError::Escape(*error))
    }

    /// The first value to show to the reader: as it stands, where it can't be decoded.
    pub(super) fn shown(&self) -> &str {
        self.decoded.as_deref().unwrap_or(self.raw)
    }

    /// The second value to show to the reader, if it was given more than once, and what to say of it.
    pub(super) fn again(&self, parameter: Parameter) -> Option<(Cow<'_, str>, LinkError)> {
        let second = self.second?;
        let shown = decode_query(second).unwrap_or(Cow::Borrowed(second));
        Some((shown, LinkError::Again(parameter.name(), self.times)))
    }
}

/// What all known parameters were given.
#[derive(Clone, Debug, Default)]
pub(super) struct Raw<'a>([Option<Given<'a>>; Parameter::ALL.len()]);

impl<'a> Raw<'a> {
    /// Takes a query apart, with its question mark or without.
    pub(super) fn of(query: &'a str) -> Self {
        let mut all = Self::default();
        for pair in query.strip_prefix('?').unwrap_or(query).split('&') {
            let (name, raw) = pair.split_once('=').unwrap_or((pair, ""));
            let parameter = decode_query(name).ok().and_then(|name| Parameter::named(&name));
            let Some(slot) = parameter.and_then(|parameter| all.0.get_mut(parameter as usize)) else { continue };
            match slot {
                Some(given) => {
                    given.second.get_or_insert(raw);
                    given.times += 1;
                }
                None => *slot = Some(Given { raw, decoded: decode_query(raw), second: None, times: 1 }),
            }
        }
        all
    }

    /// What a parameter was given, if anything.
    pub(super) fn get(&self, parameter: Parameter) -> Option<&Given<'a>> {
        self.0.get(parameter as usize)?.as_ref()
    }
}
