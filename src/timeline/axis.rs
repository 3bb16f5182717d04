//! The time axis: where its ticks are and what stands at them.

use super::View;
use crate::report::{LONG, fixed};
use crate::workload::{Micros, grouped};

/// A tick of the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Its place, in pixels from the left edge of the view.
    pub x: f64,
    /// Its time with the unit: `1 s`, `0.25 s`, `20 ms`, `10 min`.
    pub label: String,
}

/// The units of time with their microseconds: a view is told in the first of which it has one.
const UNITS: [(&str, u64); 3] = [("s", 1_000_000), ("ms", 1000), ("µs", 1)];

/// The same for steps of whole minutes and more.
const LONG_UNITS: [(&str, u64); 3] = [("days", DAY), ("h", 60 * MINUTE), ("min", MINUTE)];

const MINUTE: u64 = 60_000_000;
const DAY: u64 = 1440 * MINUTE;

/// What a long axis goes by, in minutes; beyond that in days.
const ROUND: [u64; 11] = [1, 2, 5, 10, 20, 30, 60, 120, 180, 360, 720];

/// Labels are so many times as far apart as they are long: the first and the last may not be in the middle of their
/// ticks.
const BESIDE: f64 = 1.5;

/// Ticks at round times, at least so many pixels apart, and farther where labels of so many pixels a letter need it.
#[must_use]
pub fn ticks(view: View, apart: f64, letter: f64) -> Vec<Tick> {
    let length = view.to.since(view.from).0;
    if length == 0 || view.width == 0 {
        return Vec::new();
    }
    let step = |apart: f64| round_step((length as f64 * apart / f64::from(view.width)).ceil() as u64, length);
    let close = step(apart);
    let letters = label(view.to.0 / close * close, close, length).chars().count() + 1;
    let step = step(apart.max(letters as f64 * letter * BESIDE));
    let first = view.from.0.div_ceil(step);
    let last = view.to.0 / step;
    let tick = |n: u64| Tick { x: view.x(Micros(n * step)), label: label(n * step, step, length) };
    (first..=last).map(tick).collect()
}

/// The least round step that is no less, for an axis so long.
pub(super) fn round_step(least: u64, length: u64) -> u64 {
    if length < LONG.0 {
        return round_up(least);
    }
    let round = ROUND.into_iter().map(|minutes| minutes * MINUTE).find(|step| *step >= least);
    round.unwrap_or_else(|| round_up(least.div_ceil(DAY)) * DAY)
}

/// The least of 1, 2, 5, 10, 20, 50, … that is no less.
fn round_up(step: u64) -> u64 {
    let mut decade = 1_u64;
    loop {
        for times in [1, 2, 5] {
            if decade * times >= step {
                return decade * times;
            }
        }
        decade = decade.saturating_mul(10);
    }
}

/// A time in the unit that suits the view, with the decimals that the step needs.
pub(super) fn label(at: u64, step: u64, length: u64) -> String {
    if let Some((unit, per_unit)) = LONG_UNITS.into_iter().find(|(_, per_unit)| step.is_multiple_of(*per_unit)) {
        let unit = if (unit, at) == ("days", DAY) { "day" } else { unit };
        return format!("{} {unit}", grouped(at / per_unit));
    }
    let unit = UNITS.into_iter().find(|(_, per_unit)| length >= *per_unit);
    let (unit, per_unit) = unit.unwrap_or(("µs", 1));
    let shows = |decimals: &u32| (step * 10_u64.pow(*decimals)).is_multiple_of(per_unit);
    let decimals = (0..per_unit.ilog10()).find(shows).unwrap_or(per_unit.ilog10());
    format!("{} {unit}", fixed(at, per_unit, decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(to: u64, width: u32) -> Vec<String> {
        let view = View { from: Micros::ZERO, to: Micros(to), width };
        ticks(view, 80.0, 7.0).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn long_axes_go_by_minutes_hours_and_days() {
        assert_eq!(labels(3_600_000_000, 400), ["0 min", "20 min", "40 min", "60 min"]);
        assert_eq!(labels(86_400_000_000, 400), ["0 h", "6 h", "12 h", "18 h", "24 h"]);
        assert_eq!(labels(3 * DAY, 400), ["0 days", "1 day", "2 days", "3 days"]);
        assert_eq!(labels(60_000_000_000_000, 400), ["0 days", "200 days", "400 days", "600 days"]);
    }

    #[test]
    fn long_labels_are_farther_apart() {
        let at = |from: u64, length: u64| View { from: Micros(from), to: Micros(from + length), width: 320 };
        for view in [at(0, 200_000), at(60_000_000_000_000, 200_000), at(1_460_000_000, 90), at(0, 599_000_000)] {
            let ticks = ticks(view, 80.0, 7.0);
            let width = |tick: &Tick| tick.label.chars().count() as f64 * 7.0;
            // The first begins at its tick, the last ends there.
            let apart = |pair: &[Tick]| pair[1].x - pair[0].x > width(&pair[0]).max(width(&pair[1])) * 1.5;
            assert!(ticks.windows(2).all(apart), "{ticks:?}");
        }
    }

    #[test]
    fn ticks_stand_at_round_times() {
        assert_eq!(labels(3_003_000, 600), ["0.0 s", "0.5 s", "1.0 s", "1.5 s", "2.0 s", "2.5 s", "3.0 s"]);
        assert_eq!(labels(3_003_000, 250), ["0 s", "1 s", "2 s", "3 s"].map(str::to_owned)[..].to_vec());
        assert_eq!(labels(20_000, 250), ["0 ms", "10 ms", "20 ms"]);
        assert_eq!(labels(250_500, 600)[..3], ["0 ms", "50 ms", "100 ms"]);
        assert_eq!(labels(1_100_000, 4000)[..3], ["0.00 s", "0.05 s", "0.10 s"]);
        assert_eq!(labels(60_000_000, 800), ["0 s", "10 s", "20 s", "30 s", "40 s", "50 s", "60 s"]);
        assert_eq!(labels(50, 200), ["0 µs", "20 µs", "40 µs"]);
    }

    #[test]
    fn nothing_to_see_has_no_ticks() {
        assert!(labels(0, 100).is_empty() && labels(100, 0).is_empty());
    }

    #[test]
    fn ticks_keep_their_distance() {
        for to in [1_u64, 7, 999, 123_456, 59_999_999, 4_000_000_000] {
            let view = View { from: Micros::ZERO, to: Micros(to), width: 700 };
            let places: Vec<_> = ticks(view, 80.0, 7.0).iter().map(|tick| tick.x).collect();
            assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= 79.9), "{to}");
        }
    }
}
