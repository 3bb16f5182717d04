//! Durations, counts and numbers: read, written, and refused with a reason.

use super::*;
use proptest::prelude::*;

#[test]
fn a_number_has_no_needless_digit() {
    let seconds = |micros| in_unit(micros, 1_000_000);
    assert_eq!([0, 1, 250_000, 1_000_000, 60_000_000].map(seconds), ["0", "0.000001", "0.25", "1", "60"]);
    assert_eq!(in_unit(1500, 1000), "1.5");
}

#[test]
fn durations_are_read_and_written_in_the_largest_unit_with_three_decimals() {
    for (text, micros, written) in [
        ("1s", 1_000_000, "1s"),
        ("1500ms", 1_500_000, "1.5s"),
        ("1.50s", 1_500_000, "1.5s"),
        ("5ms", 5000, "0.005s"),
        ("100us", 100, "0.1ms"),
        ("1us", 1, "0.001ms"),
        ("0s", 0, "0s"),
        ("0us", 0, "0s"),
        ("60s", 60_000_000, "60s"),
        ("1234567us", 1_234_567, "1234.567ms"),
    ] {
        assert_eq!(parse_duration(text), Ok(Micros(micros)), "{text}");
        assert_eq!(duration(Micros(micros)), written);
    }
}

#[test]
fn what_is_no_duration_says_why() {
    for (text, why) in [
        ("", NumberError::Missing),
        ("s", NumberError::Missing),
        ("abc", NumberError::NotDigits),
        ("-1s", NumberError::Signed),
        ("1", NumberError::DurationUnit),
        ("1h", NumberError::DurationUnit),
        ("1S", NumberError::DurationUnit),
        ("9h", NumberError::DurationUnit),
        ("1e3s", NumberError::NotDigits),
        (".5s", NumberError::NotDigits),
        ("1.s", NumberError::NotDigits),
        ("1 s", NumberError::Spaced),
        ("0.5us", NumberError::TooFine),
        ("61s", NumberError::DurationTooLong),
        ("99999999999999999999999s", NumberError::DurationTooLong),
    ] {
        assert_eq!(parse_duration(text), Err(why), "{text}");
    }
}

#[test]
fn counts_are_read_and_written() {
    for (text, count_, written) in [
        ("20M", 20_000_000, "0.02G"),
        ("1.5K", 1500, "1.5K"),
        ("10G", 10_000_000_000, "10G"),
        ("1234567", 1_234_567, "1234.567K"),
        ("7", 7, "0.007K"),
    ] {
        assert_eq!(parse_count(text), Ok(count_), "{text}");
        assert_eq!(count(count_), written);
    }
    for (text, why) in [
        ("1.5", NumberError::CountNotWhole),
        ("1.0001K", NumberError::CountNotWhole),
        ("1KK", NumberError::CountNotWhole),
        ("1k", NumberError::NotDigits),
        ("11G", NumberError::CountTooLarge),
        ("-1", NumberError::Signed),
    ] {
        assert_eq!(parse_count(text), Err(why), "{text}");
    }
}

#[test]
fn digits_are_grouped_and_groups_are_read() {
    assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    assert_eq!(["1,000", "10 000", "1\u{202f}000\u{a0}000", "7"].map(ungrouped), ["1000", "10000", "1000000", "7"]);
    for text in ["", "1,5", "1,0000", "1000,000", ",000", "1,,000", "1,00a", "1.000"] {
        assert_eq!(ungrouped(text), text);
    }
}

#[test]
fn the_page_writes_at_least_one_of_a_unit() {
    assert_eq!(friendly_count(20_000_000), "20M");
    assert_eq!(friendly_count(7), "7");
    assert_eq!(friendly_count(0), "0");
    assert_eq!(friendly_duration(Micros(5000)), "5ms");
    assert_eq!(friendly_duration(Micros(1_500_000)), "1.5s");
    assert_eq!(friendly_duration(Micros(1_234_567)), "1234.567ms");
    assert_eq!(friendly_duration(Micros::ZERO), "0s");
}

proptest! {
    #[test]
    fn every_value_is_read_back_from_both_forms(n in 0..=MAX_COUNT, micros in 0..=MAX_DURATION.0) {
        prop_assert_eq!(parse_count(&count(n)), Ok(n));
        prop_assert_eq!(parse_count(&friendly_count(n)), Ok(n));
        prop_assert_eq!(parse_duration(&duration(Micros(micros))), Ok(Micros(micros)));
        prop_assert_eq!(parse_duration(&friendly_duration(Micros(micros))), Ok(Micros(micros)));
    }
}
