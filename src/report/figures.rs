//! Figures as text: the unit always there, and one precision for all that stand under one another.

use crate::workload::{Micros, grouped};

/// What stands where a figure can't be had.
pub const NONE: &str = "–";

/// From here on times are told in minutes and more, to two units: seconds would say little.
pub const LONG: Micros = Micros(600 * SECOND);

const SECOND: u64 = 1_000_000;

/// The larger units, in seconds, each with the one that goes on from it.
const UNITS: [(&str, u64, &str, u64); 3] = [("days", 86_400, "h", 3600), ("h", 3600, "min", 60), ("min", 60, "s", 1)];

/// How the times of one column are written, so that they can be compared at sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// `3.003 s`; from ten minutes on `2 h 46 min`
    Seconds,
    /// `20.4 ms`
    Milliseconds,
}

impl Scale {
    /// The scale for a column: seconds, if its longest time is one second or more.
    #[must_use]
    pub fn of(times: impl IntoIterator<Item = Micros>) -> Self {
        if times.into_iter().any(|time| time >= Micros(1_000_000)) { Self::Seconds } else { Self::Milliseconds }
    }

    /// A time of the column.
    #[must_use]
    pub fn write(self, time: Micros) -> String {
        match self {
            Self::Seconds if time >= LONG => in_two_units(time),
            Self::Seconds => fixed(time.0, 1_000_000, 3) + " s",
            Self::Milliseconds => fixed(time.0, 1000, 1) + " ms",
        }
    }
}

/// A difference of times in microseconds, as milliseconds with one decimal and always a sign: `+2.7 ms`, `−0.3 ms`.
#[must_use]
pub fn signed_ms(micros: i64) -> String {
    let sign = if micros < 0 { '−' } else { '+' };
    format!("{sign}{} ms", fixed(micros.unsigned_abs(), 1000, 1))
}

/// A time in whole milliseconds: `17 ms`.
#[must_use]
pub fn whole_ms(time: Micros) -> String {
    fixed(time.0, 1000, 0) + " ms"
}

/// How many times as fast: `3.0×`.
#[must_use]
pub fn ratio(times: f64) -> String {
    times_words(times) + "×"
}

/// A number of times, no finer than it can be known: `3.0`, `831,256`.
#[must_use]
pub fn times_words(times: f64) -> String {
    if times < 100.0 { format!("{times:.1}") } else { grouped(times.round() as u64) }
}

/// A time to whole seconds, of which there is at least one; a long one in two units: `45 s`, `2 h 46 min`.
#[must_use]
pub fn roughly(time: Micros) -> String {
    if time >= LONG { in_two_units(time) } else { fixed(time.0.max(SECOND), SECOND, 0) + " s" }
}

/// A time of a minute and more: `16 min 40 s`, `1 day 2 h`, `694 days 11 h`.
fn in_two_units(time: Micros) -> String {
    let seconds = time.0.saturating_add(SECOND / 2) / SECOND;
    let found = UNITS.into_iter().find(|(_, per_unit, ..)| seconds >= *per_unit);
    let (unit, per_unit, finer, per_finer) = found.unwrap_or(("min", 60, "s", 1));
    let rounded = (seconds + per_finer / 2) / per_finer * per_finer;
    let (whole, rest) = (rounded / per_unit, rounded % per_unit / per_finer);
    let unit = if (unit, whole) == ("days", 1) { "day" } else { unit };
    let rest = if rest == 0 { String::new() } else { format!(" {rest} {finer}") };
    format!("{} {unit}{rest}", grouped(whole))
}

/// `value / per_unit` with so many decimals, rounded half up, with no float in between; no more decimals than there are
/// digits in the unit.
#[must_use]
pub fn fixed(value: u64, per_unit: u64, decimals: u32) -> String {
    let smallest = per_unit / 10_u64.pow(decimals);
    let rounded = value.saturating_add(smallest / 2) / smallest;
    let (whole, rest) = (rounded / 10_u64.pow(decimals), rounded % 10_u64.pow(decimals));
    let whole = grouped(whole);
    if decimals == 0 { whole } else { format!("{whole}.{rest:0width$}", width = decimals as usize) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_time_of_a_column_decides_how_all_are_written() {
        let scale = Scale::of([Micros(3_002_740), Micros(400)]);
        assert_eq!([3_002_740, 400, 999_500].map(|n| scale.write(Micros(n))), ["3.003 s", "0.000 s", "1.000 s"]);
        let scale = Scale::of([Micros(20_350), Micros(999_999)]);
        assert_eq!([20_350, 999_949, 0].map(|n| scale.write(Micros(n))), ["20.4 ms", "999.9 ms", "0.0 ms"]);
    }

    #[test]
    fn long_times_are_told_in_two_units() {
        let written = |seconds: u64| Scale::Seconds.write(Micros(seconds * SECOND));
        assert_eq!([599, 600, 1234].map(written), ["599.000 s", "10 min", "20 min 34 s"]);
        assert_eq!([3599, 3600, 7199, 86_400].map(written), ["59 min 59 s", "1 h", "2 h", "1 day"]);
        assert_eq!([93_600, 60_000_000].map(written), ["1 day 2 h", "694 days 11 h"]);
        assert_eq!(Scale::Seconds.write(Micros(u64::MAX)).split(' ').nth(1), Some("days"));
        assert_eq!([400_000, 44_600_000, 3_661_000_000].map(|n| roughly(Micros(n))), ["1 s", "45 s", "1 h 1 min"]);
    }

    #[test]
    fn other_figures_have_their_unit_and_one_precision() {
        assert_eq!([2_740, -260, 0].map(signed_ms), ["+2.7 ms", "−0.3 ms", "+0.0 ms"]);
        assert_eq!(whole_ms(Micros(17_100)), "17 ms");
        assert_eq!([2.999, 1.0, 831_255.9].map(ratio), ["3.0×", "1.0×", "831,256×"]);
    }
}
