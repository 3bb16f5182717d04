//! Numbers, durations and counts as the link writes them (`docs/interface.md`, Link, Reading).
//!
//! A value is written in the largest unit that needs no more than three decimals: `1.5s`, `0.02G`. For the page
//! there is the friendlier form, in the largest unit of which there is at least one: `20M`, `5ms`. Both are read.

use std::borrow::Cow;

use super::units::Micros;

/// The longest duration that a step can have.
pub const MAX_DURATION: Micros = Micros(60_000_000);
/// The largest count that a step can have.
pub const MAX_COUNT: u64 = 10_000_000_000;

/// Units of durations, in microseconds, largest first.
const DURATION_UNITS: [(&str, u64); 3] = [("s", 1_000_000), ("ms", 1000), ("us", 1)];
/// Units of counts, largest first.
const COUNT_UNITS: [(&str, u64); 4] = [("G", 1_000_000_000), ("M", 1_000_000), ("K", 1000), ("", 1)];

/// Why a text is not the number it should be. The messages go on from what was being read: "The task count …".
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// There is nothing.
    #[error("is missing")]
    Missing,
    /// There is a sign in front.
    #[error("must be written without a sign")]
    Signed,
    /// There is a space in it.
    #[error("must be written without spaces")]
    Spaced,
    /// It has decimals where only a whole number makes sense.
    #[error("must be a whole number")]
    NotWhole,
    /// It has a comma, which in a link is none of a number's.
    #[error("has a comma in it: decimals come after a point, as in 1.5")]
    Comma,
    /// It has something in it that is no digit.
    #[error("must be written in digits")]
    NotDigits,
    /// A duration without a unit that is known.
    #[error("must end in us, ms or s, as in 1.5s")]
    DurationUnit,
    /// A duration finer than a microsecond.
    #[error("must be a whole number of microseconds")]
    TooFine,
    /// A count that is no whole number.
    #[error("must be a whole number, or one with K, M or G, as in 1.5M")]
    CountNotWhole,
    /// A duration over a minute.
    #[error("must be at most 60s")]
    DurationTooLong,
    /// A count over 10G.
    #[error("must be at most 10G")]
    CountTooLarge,
    /// More than any number here can be.
    #[error("is too large")]
    TooLarge,
}

/// Reads a whole number: digits and nothing else.
pub(super) fn parse_whole(text: &str) -> Result<u64, NumberError> {
    let (whole, decimals) = split(text)?;
    if decimals.is_some() {
        return Err(NumberError::NotWhole);
    }
    whole.parse().map_err(|_| NumberError::TooLarge)
}

/// Reads a duration, such as `250us`, `20ms` or `1.5s`, from 0 to 60 s.
///
/// # Errors
/// No number, no unit, finer than a microsecond, or too long.
pub fn parse_duration(text: &str) -> Result<Micros, NumberError> {
    match parse_time(text) {
        Err(NumberError::TooLarge) => Err(NumberError::DurationTooLong),
        Ok(time) if time > MAX_DURATION => Err(NumberError::DurationTooLong),
        read => read,
    }
}

/// Reads a time in the notation of durations, however long.
///
/// # Errors
/// No number, no unit, or finer than a microsecond.
pub fn parse_time(text: &str) -> Result<Micros, NumberError> {
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = &text[number.len()..];
    let known = DURATION_UNITS.into_iter().find(|(name, _)| *name == unit);
    if number.is_empty() && !unit.is_empty() && known.is_none() {
        return Err(NumberError::NotDigits);
    }
    check_number(number)?;
    let (_, per_unit) = known.ok_or(NumberError::DurationUnit)?;
    scaled(number, per_unit, NumberError::TooFine, NumberError::TooLarge).map(Micros)
}

/// Reads a count, such as `500`, `1.5K`, `20M` or `10G`, from 0 to 10 G.
///
/// # Errors
/// No number, not whole, or too large.
pub fn parse_count(text: &str) -> Result<u64, NumberError> {
    let number = text.trim_end_matches(['K', 'M', 'G']);
    check_number(number)?;
    let unit = &text[number.len()..];
    let (_, per_unit) = COUNT_UNITS.into_iter().find(|(name, _)| *name == unit).ok_or(NumberError::CountNotWhole)?;
    let count = scaled(number, per_unit, NumberError::CountNotWhole, NumberError::CountTooLarge)?;
    if count > MAX_COUNT { Err(NumberError::CountTooLarge) } else { Ok(count) }
}

/// Reads a number from 0 to 1 with at most three decimals, in thousandths.
pub(super) fn parse_thousandths(text: &str) -> Result<u64, NumberError> {
    check_number(text)?;
    scaled(text, 1000, NumberError::TooFine, NumberError::TooLarge)
}

/// A duration as the link writes it.
#[must_use]
pub fn duration(value: Micros) -> String {
    written(value.0, &DURATION_UNITS)
}

/// A count as the link writes it.
#[must_use]
pub fn count(value: u64) -> String {
    written(value, &COUNT_UNITS)
}

/// A duration as the page writes it: in the link's notation, but in the largest unit of which there is one.
#[must_use]
pub fn friendly_duration(value: Micros) -> String {
    friendly(value.0, &DURATION_UNITS)
}

/// A duration in a sentence: as [`friendly_duration`], with a space before the unit.
#[must_use]
pub fn duration_words(value: Micros) -> String {
    let text = friendly_duration(value);
    let unit = text.find(|character: char| character.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(unit);
    format!("{number} {unit}")
}

/// A count as the page writes it: in the link's notation, but in the largest unit of which there is one.
#[must_use]
pub fn friendly_count(value: u64) -> String {
    if value == 0 { "0".to_owned() } else { friendly(value, &COUNT_UNITS) }
}

/// A number with its digits in groups of three, as messages and figures have it: `1,000,000`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let comma = |at: usize| at > 0 && (digits.len() - at).is_multiple_of(3);
    let grouped = digits.char_indices().flat_map(|(at, digit)| comma(at).then_some(',').into_iter().chain([digit]));
    grouped.collect()
}

/// The number without what parts its digits into groups, as people write it: `1,000` and `10 000`. What is no such
/// number stays as it is: the comma of `1,5` is none of a group's.
#[must_use]
pub fn ungrouped(text: &str) -> Cow<'_, str> {
    let mut groups = text.split([',', ' ', '\u{a0}', '\u{202f}']);
    let are_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && are_digits(first));
    if first && groups.all(|group| group.len() == 3 && are_digits(group)) {
        return text.chars().filter(char::is_ascii_digit).collect::<String>().into();
    }
    text.into()
}

/// Writes a number of thousandths without needless zeros.
pub(super) fn thousandths(value: u64) -> String {
    in_unit(value, 1000)
}

fn written(value: u64, units: &[(&str, u64)]) -> String {
    let found = units.iter().find(|(_, per_unit)| has_three_decimals(value, *per_unit));
    let (name, per_unit) = found.copied().unwrap_or(("", 1));
    in_unit(value, per_unit) + name
}

fn friendly(value: u64, units: &[(&str, u64)]) -> String {
    let fits = |per_unit| value >= per_unit && has_three_decimals(value, per_unit);
    match units.iter().find(|(_, per_unit)| fits(*per_unit)) {
        Some((name, per_unit)) => in_unit(value, *per_unit) + name,
        None => written(value, units),
    }
}

/// Whether the value needs no more than three decimals in this unit.
fn has_three_decimals(value: u64, per_unit: u64) -> bool {
    per_unit < 1000 || value.is_multiple_of(per_unit / 1000)
}

/// `value / per_unit` in decimals without needless zeros, where `per_unit` is a power of ten: `1`, `0.25`.
#[must_use]
pub fn in_unit(value: u64, per_unit: u64) -> String {
    let (whole, rest) = (value / per_unit, value % per_unit);
    if rest == 0 {
        return whole.to_string();
    }
    let digits = per_unit.ilog10() as usize;
    format!("{whole}.{}", format!("{rest:0digits$}").trim_end_matches('0'))
}

/// `number × per_unit`, where the result must be whole.
fn scaled(number: &str, per_unit: u64, too_fine: NumberError, too_large: NumberError) -> Result<u64, NumberError> {
    let (whole, decimals) = split(number)?;
    let decimals = decimals.unwrap_or_default().trim_end_matches('0');
    let places = per_unit.ilog10() as usize;
    if decimals.len() > places {
        return Err(too_fine);
    }
    let whole: u64 = whole.parse().map_err(|_| too_large)?;
    // The padding makes the decimals a number of the smallest unit: "5" of "1.5s" becomes 500000.
    let part: u64 = format!("{decimals:0<places$}").parse().unwrap_or(0);
    whole.checked_mul(per_unit).and_then(|n| n.checked_add(part)).ok_or(too_large)
}

fn check_number(text: &str) -> Result<(), NumberError> {
    split(text).map(|_| ())
}

/// The digits before the point, and those after it.
fn split(text: &str) -> Result<(&str, Option<&str>), NumberError> {
    if text.is_empty() {
        return Err(NumberError::Missing);
    }
    if text.starts_with(['+', '-']) {
        return Err(NumberError::Signed);
    }
    if text.contains(char::is_whitespace) {
        return Err(NumberError::Spaced);
    }
    if text.contains(',') {
        return Err(NumberError::Comma);
    }
    let (whole, decimals) = text.split_once('.').map_or((text, None), |(whole, decimals)| (whole, Some(decimals)));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if digits(whole) && decimals.is_none_or(digits) { Ok((whole, decimals)) } else { Err(NumberError::NotDigits) }
}

#[cfg(test)]
mod tests;
