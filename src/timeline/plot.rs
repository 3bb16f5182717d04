//! The plot of a sweep: elapsed time against the task count, where everything goes. Not how it is drawn.
//!
//! ```text
//!  10 s │        ∕ ○ sync      a line: what is predicted, a mark: what was measured
//!   1 s │──○──○──□──□ async    the counts on a logarithmic axis, the times too where they are far apart
//!       └────────────
//!        1  3  10 30
//! ```

use super::axis::{label, round_step};
use crate::report::LONG;
use crate::report::sweep::Point;
use crate::workload::{Micros, Mode, friendly_count};

/// A plot in pixels from the upper left edge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plot {
    /// Its field.
    pub field: Field,
    /// Below the field: task counts.
    pub counts: Vec<Grid>,
    /// To the left of the field: times.
    pub times: Vec<Grid>,
    /// The modes, in their order.
    pub curves: Vec<Curve>,
}

/// The rectangle in which the curves are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Field {
    /// Its left edge.
    pub left: f64,
    /// Its right edge.
    pub right: f64,
    /// Its upper edge.
    pub top: f64,
    /// Its lower edge.
    pub bottom: f64,
}

/// A line of the grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// Where it is, across or down.
    pub at: f64,
    /// What stands at it.
    pub label: String,
}

/// What there is of a mode.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The mode.
    pub mode: Mode,
    /// Through what is predicted.
    pub line: Vec<(f64, f64)>,
    /// At what was measured.
    pub marks: Vec<(f64, f64)>,
}

/// Room for the labels.
const LEFT: f64 = 64.0;
const BELOW: f64 = 46.0;
/// Half a mark above.
const ABOVE: f64 = 12.0;
/// Half a label to the right.
const RIGHT: f64 = 20.0;
/// Lines of the grid are no closer than this.
const APART: f64 = 44.0;

/// Where times are this many times as long as others, a linear axis would show nothing of the short ones.
const FAR: f64 = 20.0;
/// Round times up to ages, each about ten times the one before, in microseconds: a minute, ten, two hours, a day, ten …
const LONG_TIMES: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 6e7, 6e8, 7.2e9, 8.64e10, 8.64e11, 8.64e12, 8.64e13, 8.64e14];

/// No time is shown as shorter, in microseconds: a logarithmic axis has no zero.
const SHORTEST: f64 = 100.0;

/// Lays out the points of some modes in so many pixels. Empty where there is no room or nothing to show.
#[must_use]
pub fn plot(points: &[Point], modes: &[Mode], width: f64, height: f64) -> Plot {
    let field = Field { left: LEFT, right: width - RIGHT, top: ABOVE, bottom: height - BELOW };
    let times = points.iter().flat_map(|point| [point.predicted(), point.elapsed()]).flatten();
    let counts = points.iter().map(|point| f64::from(point.tasks.get()));
    let (Some(longest), Some(most)) = (times.clone().max(), counts.reduce(f64::max)) else { return Plot::default() };
    if field.right <= field.left || field.bottom <= field.top {
        return Plot::default();
    }
    let across = Axis::logarithmic(1.0, most.max(10.0), field.left, field.right);
    let shortest = times.min().unwrap_or_default();
    let up = Axis::of_times(shortest, longest, field.bottom, field.top);
    let curve = |mode: &Mode| Curve {
        mode: *mode,
        line: places(points, *mode, &across, &up, Point::predicted),
        marks: places(points, *mode, &across, &up, Point::elapsed),
    };
    Plot {
        field,
        counts: across.grid(&across.round_values(&[1.0, 3.0]), |count| friendly_count(count as u64)),
        times: up.grid(&up.round_times(), |time| up.words(time)),
        curves: modes.iter().map(curve).collect(),
    }
}

/// Where a mode's points are that have such a time.
fn places(
    points: &[Point],
    mode: Mode,
    across: &Axis,
    up: &Axis,
    time: impl Fn(&Point) -> Option<Micros>,
) -> Vec<(f64, f64)> {
    let own = points.iter().filter(|point| point.mode == mode);
    let place = |point: &Point| Some((across.place(point.tasks.get().into()), up.place(time(point)?.0 as f64)));
    own.filter_map(place).collect()
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Linear,
    Logarithmic,
}

/// From values to pixels.
#[derive(Clone, Copy, Debug)]
struct Axis {
    kind: Kind,
    from: f64,
    to: f64,
    start: f64,
    end: f64,
}

impl Axis {
    fn logarithmic(from: f64, to: f64, start: f64, end: f64) -> Self {
        Self { kind: Kind::Logarithmic, from, to, start, end }
    }

    /// Linear from zero where all times are of a kind, else logarithmic from a round time to another.
    fn of_times(shortest: Micros, longest: Micros, start: f64, end: f64) -> Self {
        let (shortest, longest) = ((shortest.0 as f64).max(SHORTEST), (longest.0 as f64).max(2.0 * SHORTEST));
        if longest / shortest < FAR {
            return Self { kind: Kind::Linear, from: 0.0, to: longest * 1.05, start, end };
        }
        Self::logarithmic(shortest / 1.3, longest * 1.3, start, end)
    }

    fn place(&self, value: f64) -> f64 {
        let part = match self.kind {
            Kind::Linear => (value - self.from) / (self.to - self.from),
            Kind::Logarithmic => (value.max(self.from) / self.from).ln() / (self.to / self.from).ln(),
        };
        self.start + part * (self.end - self.start)
    }

    /// How far apart the lines of a linear grid are.
    fn step(&self) -> Option<f64> {
        let least = (self.to - self.from) * APART / (self.end - self.start).abs();
        (self.kind == Kind::Linear).then(|| round_step(least.ceil() as u64, self.to as u64) as f64)
    }

    /// Lines at these values.
    fn grid(&self, values: &[f64], words: impl Fn(f64) -> String) -> Vec<Grid> {
        values.iter().map(|value| Grid { at: self.place(*value), label: words(*value) }).collect()
    }

    /// Round times, as many as keep their distance.
    fn round_times(&self) -> Vec<f64> {
        match self.step() {
            Some(step) => (0..=(self.to / step) as u32).map(|n| f64::from(n) * step).collect(),
            None if self.to >= LONG.0 as f64 => self.apart(&LONG_TIMES),
            None => self.round_values(&[1.0, 2.0, 5.0]),
        }
    }

    /// These times each decade of a logarithmic axis, if they keep their distance; else decades.
    fn round_values(&self, fine: &[f64]) -> Vec<f64> {
        let decades: Vec<_> = (0..16).map(|exponent| 10_f64.powi(exponent)).collect();
        if fine.get(1).is_some_and(|least| self.distance(*least) >= APART) {
            let finer = decades.iter().flat_map(|decade| fine.iter().map(move |times| times * decade));
            return finer.filter(|value| self.has(*value)).collect();
        }
        self.apart(&decades)
    }

    /// Of these values those that are on a logarithmic axis: each one, or each second one, and so on.
    fn apart(&self, values: &[f64]) -> Vec<f64> {
        let values: Vec<_> = values.iter().copied().filter(|value| self.has(*value)).collect();
        let fits = |each: &usize| values.windows(each + 1).all(|run| self.distance(run[*each] / run[0]) >= APART);
        let each = (1..values.len()).find(fits).unwrap_or(values.len()).max(1);
        values.into_iter().step_by(each).collect()
    }

    fn has(&self, value: f64) -> bool {
        (self.from..=self.to * 1.000_001).contains(&value)
    }

    /// How far from one another values of this ratio are on a logarithmic axis.
    fn distance(&self, ratio: f64) -> f64 {
        ratio.ln() / (self.to / self.from).ln() * (self.end - self.start).abs()
    }

    /// A time on this axis, with its unit: `10 ms`, `0.5 s`.
    fn words(&self, micros: f64) -> String {
        let at = micros.round() as u64;
        match self.step() {
            Some(step) => label(at, step as u64, self.to as u64),
            None => label(at, at, at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sweep::{Foreseen, Found, points};
    use crate::workload::TaskCount;

    const WIDTH: f64 = 600.0;
    const HEIGHT: f64 = 300.0;

    fn sweep(most: u64, time: impl Fn(u64) -> u64) -> Vec<Point> {
        let mut all = points(&[Mode::Sync], 3, TaskCount::new(most).unwrap());
        for point in &mut all {
            point.foreseen = Foreseen::Time(Micros(time(point.tasks.get().into())));
        }
        all
    }

    fn labels(grid: &[Grid]) -> Vec<&str> {
        grid.iter().map(|line| line.label.as_str()).collect()
    }

    fn drawn(points: &[Point]) -> Plot {
        plot(points, &[Mode::Sync], WIDTH, HEIGHT)
    }

    #[test]
    fn far_times_have_a_logarithmic_axis_on_which_their_growth_is_a_straight_line() {
        let plot = drawn(&sweep(1000, |tasks| tasks * 1_000_000));
        assert_eq!(labels(&plot.counts), ["1", "3", "10", "30", "100", "300", "1K"]);
        assert_eq!(labels(&plot.times), ["1 s", "10 s", "1 min", "10 min"]);
        let line = &plot.curves[0].line;
        assert_eq!(line.len(), 7);
        let slope = |pair: &[(f64, f64)]| (pair[1].1 - pair[0].1) / (pair[1].0 - pair[0].0);
        let first = slope(&line[..2]);
        assert!(line.windows(2).all(|pair| (slope(pair) - first).abs() < 1e-9) && first < 0.0);
        assert!((line[0].0 - plot.field.left).abs() < 1e-9 && (line[6].0 - plot.field.right).abs() < 1e-9);
    }

    #[test]
    fn near_times_have_a_linear_axis_from_zero() {
        let plot = drawn(&sweep(100, |tasks| 200_000 + tasks * 1000));
        assert_eq!(labels(&plot.times), ["0 ms", "100 ms", "200 ms", "300 ms"]);
        assert!((plot.times[0].at - plot.field.bottom).abs() < 1e-9);
    }

    #[test]
    fn no_time_at_all_is_drawn_at_the_lower_edge() {
        let mut all = sweep(10, |_| 0);
        let (elapsed, startup) = (Micros(90_000), Micros::ZERO);
        all[0].found = Found::Measured { elapsed, startup };
        let plot = drawn(&all);
        assert!(plot.curves[0].line.iter().all(|(_, y)| (y - plot.field.bottom).abs() < 1e-9));
        assert_eq!(plot.curves[0].marks.len(), 1);
    }

    #[test]
    fn everything_is_in_the_field_and_lines_of_the_grid_keep_their_distance() {
        for (most, each) in
            [(1, 7), (10, 100_000), (1_000_000, 1), (1_000_000, 5_000_000), (1_000_000, 480_000_000), (300, 33)]
        {
            for width in [280.0, 600.0, 1200.0] {
                let all = sweep(most, |tasks| tasks * each);
                let Plot { field, counts, times, curves } = plot(&all, &[Mode::Sync], width, HEIGHT);
                let is_in = |(x, y): &(f64, f64)| {
                    (field.left - 0.1..=field.right + 0.1).contains(x)
                        && (field.top - 0.1..=field.bottom + 0.1).contains(y)
                };
                assert!(curves[0].line.iter().all(is_in), "{most} {each} {width}");
                for grid in [&counts, &times] {
                    assert!(!grid.is_empty(), "{most} {each} {width}");
                    let apart = |pair: &[Grid]| (pair[1].at - pair[0].at).abs() >= APART - 0.1;
                    assert!(grid.windows(2).all(apart), "{most} {each} {width}: {grid:?}");
                }
            }
        }
    }

    #[test]
    fn a_mode_has_marks_only_where_it_was_measured_and_nothing_where_there_is_nothing() {
        let all = points(&[Mode::Sync], 3, TaskCount::default());
        assert_eq!(drawn(&all), Plot::default(), "nothing is predicted yet");
        assert_eq!(plot(&sweep(10, |_| 1000), &[Mode::Sync], 10.0, HEIGHT), Plot::default(), "no room");
        assert!(drawn(&sweep(10, |_| 1000)).curves[0].marks.is_empty());
    }
}
