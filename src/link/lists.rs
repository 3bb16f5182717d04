//! The two lists of a link, `steps` and `modes`: a comma between, each whole or not at all.
//!
//! ```text
//! text of a step    50%, then
//! escaped once      50%25%2C then         comma, percent sign and control characters alone
//! in the query      50%2525%252C%20then   all that a query escapes
//! ```

use std::borrow::Cow;

use super::escape::{decode, encode};
use super::{LinkError, Modes};
use crate::workload::{Kind, Mode, Step, StepName, Steps, StepsError, ValueKind};

/// The most characters of a bad step that a message quotes.
const QUOTED: usize = 40;

/// Reads steps out of a query's decoded value.
pub(super) fn parse_steps(text: &str) -> Result<Steps, LinkError> {
    if text.is_empty() {
        return Err(StepsError::None.into());
    }
    // Counted before any is read: a list may be as long as a link.
    let count = text.split(',').count();
    if count > Steps::MAX {
        return Err(StepsError::TooMany(count).into());
    }
    let steps = text.split(',').zip(1..).map(|(step, at)| parse_step(step, at));
    Ok(Steps::new(steps.collect::<Result<_, _>>()?)?)
}

/// Reads the step at this place, counted from 1.
fn parse_step(text: &str, at: usize) -> Result<Step, LinkError> {
    let quoted = || text.chars().take(QUOTED).collect();
    let read = |(head, value): (&str, &str)| match text_of(head, value) {
        Ok(value) => Step::parse(head, &value).map_err(|error| LinkError::Step { at, step: quoted(), error }),
        Err(error) => Err(LinkError::StepText { at, step: quoted(), error }),
    };
    text.split_once(':').ok_or_else(|| LinkError::NoValue { at, step: quoted() }).and_then(read)
}

/// The value of a step: a text decoded once more, all else as it stands.
fn text_of<'a>(head: &str, value: &'a str) -> Result<Cow<'a, str>, super::EscapeError> {
    let name = head.split('@').next().map(StepName::parse);
    let is_text = matches!(name, Some(Ok(name)) if name.value_kind() == ValueKind::Text);
    if is_text { decode(value) } else { Ok(Cow::Borrowed(value)) }
}

/// Steps as a query's value, before the query's own escaping.
pub(super) fn write_steps(steps: &Steps) -> String {
    let written = |step: &Step| match &step.kind {
        Kind::Print(text) | Kind::Fail(text) => format!("{}:{}", step.head(), escaped(text.as_str())),
        kind => format!("{}:{}", step.head(), kind.value()),
    };
    steps.iter().map(|(_, step)| written(step)).collect::<Vec<_>>().join(",")
}

/// A text with its comma, percent signs and control characters escaped.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut buffer = [0; 4];
    for character in text.chars() {
        let encoded = character.encode_utf8(&mut buffer);
        match character {
            // The query leaves a comma as it is, so it is escaped here by hand.
            ',' => escaped.push_str("%2C"),
            '%' => escaped.push_str("%25"),
            control if control.is_control() => escaped.extend(encode(encoded)),
            _ => escaped.push_str(encoded),
        }
    }
    escaped
}

/// Reads modes out of a query's decoded value.
pub(super) fn parse_modes(text: &str) -> Result<Modes, LinkError> {
    if text.is_empty() {
        return Err(LinkError::NoMode);
    }
    // One more than there are, and one is there twice: no need to read on.
    let modes = text.split(',').take(Mode::ALL.len() + 1).map(Mode::parse);
    Modes::new(modes.collect::<Result<_, _>>()?)
}

/// Modes as a query's value.
pub(super) fn write_modes(modes: &[Mode]) -> String {
    modes.iter().map(|mode| mode.id()).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_escaped_once_more_than_its_query() {
        assert_eq!(escaped("50%, then\n\u{85}é+"), "50%25%2C then%0A%C2%85é+");
        let steps = parse_steps("print@2:50%25%2C then%0A%C2%85é+:,fail:x").unwrap();
        assert_eq!(steps.get(0).and_then(Step::text), Some("50%, then\n\u{85}é+:"));
        assert_eq!(write_steps(&steps), "print@2:50%25%2C then%0A%C2%85é+:,fail:x");
    }

    #[test]
    fn a_step_without_a_text_is_not_decoded_again() {
        let error = parse_steps("count:1%30").unwrap_err().to_string();
        assert_eq!(error, "Step 1, “count:1%30”: The value of count must be written in digits.");
    }

    #[test]
    fn a_bad_step_is_named_by_its_place_and_quoted_in_part() {
        let long = format!("print:One,nap:{}", "z".repeat(100));
        let error = parse_steps(&long).unwrap_err().to_string();
        assert!(error.starts_with(&format!("Step 2, “nap:{}”: There is no step “nap”.", "z".repeat(36))), "{error}");
    }
}
