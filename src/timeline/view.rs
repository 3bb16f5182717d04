//! The stretch of time that is seen: a window on the axis, and the same in pixels. Not who moves it.

use super::axis::{label, round_step};
use crate::report::LONG;
use crate::workload::Micros;

/// A stretch of the axis, seen by all timelines alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its left edge.
    pub from: Micros,
    /// Its right edge.
    pub to: Micros,
}

/// A window is told to such a part of its length.
const PARTS: u64 = 500;

/// The shortest stretch, in microseconds: browsers tell no times that are finer than 5 µs.
const SHORTEST: f64 = 50.0;

impl Window {
    /// All of an axis that goes so far.
    #[must_use]
    pub const fn whole(axis: Micros) -> Self {
        Self { from: Micros::ZERO, to: axis }
    }

    /// How long it is.
    #[must_use]
    pub fn length(self) -> Micros {
        self.to.since(self.from)
    }

    /// From where to where, in the axis's unit and as exactly as its length asks: `1,460 µs to 1,510 µs`.
    #[must_use]
    pub fn words(self) -> String {
        let length = self.length().0;
        // A part of the length that is too small to be missed; where there are seconds, no finer than a millisecond.
        let step = round_step(length / PARTS, length).min(if length < LONG.0 { 1000 } else { u64::MAX });
        let at = |time: Micros| label((time.0 + step / 2) / step * step, step, length);
        format!("{} to {}", at(self.from), at(self.to))
    }

    /// So many times closer, or below 1 farther away; what is at `about`, a part of its length, stays where it is.
    #[must_use]
    pub fn zoomed(self, times: f64, about: f64, axis: Micros) -> Self {
        let length = self.length().0 as f64;
        let next = length / times.max(f64::MIN_POSITIVE);
        Self::on(axis, self.from.0 as f64 + about * (length - within(next, axis)), next)
    }

    /// Moved by so many of its lengths, as far as the axis goes.
    #[must_use]
    pub fn moved(self, by: f64, axis: Micros) -> Self {
        let length = self.length().0 as f64;
        Self::on(axis, self.from.0 as f64 + by * length, length)
    }

    /// Moved no farther than it takes to see a stretch, from its start on if it is longer.
    #[must_use]
    pub fn showing(self, from: Micros, to: Micros, axis: Micros) -> Self {
        let length = self.length().0 as f64;
        let start = (self.from.0 as f64).max(to.0 as f64 - length).min(from.0 as f64);
        Self::on(axis, start, length)
    }

    /// The same window, as far as the axis goes.
    #[must_use]
    pub fn held_to(self, axis: Micros) -> Self {
        self.moved(0.0, axis)
    }

    fn on(axis: Micros, from: f64, length: f64) -> Self {
        let length = within(length, axis);
        let from = from.clamp(0.0, axis.0 as f64 - length).round();
        Self { from: Micros(from as u64), to: Micros((from + length.round()) as u64).min(axis) }
    }
}

/// A length that a window on this axis may have.
fn within(length: f64, axis: Micros) -> f64 {
    let axis = axis.0 as f64;
    length.clamp(SHORTEST.min(axis), axis)
}

/// A window, and how many pixels it is wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Its left edge.
    pub from: Micros,
    /// Its right edge.
    pub to: Micros,
    /// Its width in pixels of the device.
    pub width: u32,
}

impl View {
    /// How many pixels a time is from the left edge: negative before it, more than the width behind it.
    #[must_use]
    pub fn x(&self, at: Micros) -> f64 {
        (at.0 as f64 - self.from.0 as f64) / self.a_pixel()
    }

    /// The pixel that a time is in; none where it isn't seen. What happens at the very end belongs to the last pixel.
    #[must_use]
    pub fn pixel(&self, at: Micros) -> Option<u32> {
        let x = self.x(at);
        let is_seen = x >= 0.0 && x <= f64::from(self.width);
        is_seen.then(|| (x as u32).min(self.width.saturating_sub(1)))
    }

    /// The time at the left edge of a pixel.
    #[must_use]
    pub fn time(&self, pixel: u32) -> Micros {
        self.from + Micros((f64::from(pixel) * self.a_pixel()).round() as u64)
    }

    /// The microseconds of a pixel.
    fn a_pixel(&self) -> f64 {
        self.to.since(self.from).0.max(1) as f64 / f64::from(self.width)
    }

    /// The part of this view in which something is seen that begins as late, as a view of its own.
    #[must_use]
    pub fn later(&self, by: Micros) -> Self {
        let (from, to) = (self.from.max(by).since(by), self.to.max(by).since(by));
        let width = f64::from(self.width) - self.x(by).clamp(0.0, f64::from(self.width));
        Self { from, to, width: width.round() as u32 }
    }

    /// Where a picture of this view lies on another one, if what it shows began so much later there.
    #[must_use]
    pub fn laid_on(&self, on: &Self, later: Micros) -> Lay {
        Lay { from: on.x(self.from + later), times: self.a_pixel() / on.a_pixel() }
    }
}

/// Where a picture lies on a view: each of its pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lay {
    /// Where its first pixel is, in pixels of the view.
    from: f64,
    /// How wide each of its pixels is.
    times: f64,
}

impl Lay {
    /// Where a pixel of the picture is.
    #[must_use]
    pub fn x(self, pixel: u32) -> f64 {
        self.from + f64::from(pixel) * self.times
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const AXIS: Micros = Micros(3_000_000);

    fn window(from: u64, to: u64) -> Window {
        Window { from: Micros(from), to: Micros(to) }
    }

    #[test]
    fn a_time_has_its_place_in_the_view() {
        let view = View { from: Micros(1000), to: Micros(2000), width: 100 };
        assert_eq!([500, 1000, 1500, 2000].map(|at| view.x(Micros(at)) as i32), [-50, 0, 50, 100]);
        let empty = View { from: Micros(7), to: Micros(7), width: 100 };
        assert!(empty.x(Micros(7)).abs() < f64::EPSILON);
    }

    #[test]
    fn a_window_is_told_as_exactly_as_its_length_asks() {
        assert_eq!(window(1460, 1510).words(), "1,460 µs to 1,510 µs");
        assert_eq!(window(2_029_650, 2_029_750).words(), "2,029,650 µs to 2,029,750 µs");
        assert_eq!(window(1460, 3510).words(), "1.460 ms to 3.510 ms");
        assert_eq!(window(250_000, 500_000).words(), "250.0 ms to 500.0 ms");
        assert_eq!(window(500_000, 2_500_000).words(), "0.500 s to 2.500 s");
        assert_eq!(window(0, 30_000_000_000_000).words(), "0 days to 347 days");
    }

    #[test]
    fn zooming_keeps_the_point_that_is_looked_at() {
        let whole = Window::whole(AXIS);
        assert_eq!(whole.zoomed(2.0, 0.5, AXIS), window(750_000, 2_250_000));
        assert_eq!(whole.zoomed(3.0, 0.0, AXIS), window(0, 1_000_000));
        assert_eq!(whole.zoomed(2.0, 0.5, AXIS).zoomed(0.5, 0.5, AXIS), whole);
        assert_eq!(whole.zoomed(0.1, 0.3, AXIS), whole, "there is no more than the axis");
        assert_eq!(whole.zoomed(1e9, 0.5, AXIS).length(), Micros(50), "nor less than a browser can tell");
    }

    #[test]
    fn moving_ends_at_the_ends_of_the_axis() {
        let middle = window(1_000_000, 2_000_000);
        assert_eq!(middle.moved(0.25, AXIS), window(1_250_000, 2_250_000));
        assert_eq!(middle.moved(5.0, AXIS), window(2_000_000, 3_000_000));
        assert_eq!(middle.moved(-5.0, AXIS), window(0, 1_000_000));
        assert_eq!(window(2_000_000, 3_000_000).held_to(Micros(1_500_000)), window(500_000, 1_500_000));
        assert_eq!(middle.held_to(Micros(10)), window(0, 10));
    }

    #[test]
    fn what_is_to_be_seen_is_moved_to_by_as_little_as_can_be() {
        let middle = window(1_000_000, 2_000_000);
        let showing = |from, to| middle.showing(Micros(from), Micros(to), AXIS);
        assert_eq!(showing(1_100_000, 1_900_000), middle);
        assert_eq!(showing(1_900_000, 2_100_000), window(1_100_000, 2_100_000));
        assert_eq!(showing(500_000, 600_000), window(500_000, 1_500_000));
        assert_eq!(showing(500_000, 2_600_000), window(500_000, 1_500_000));
    }

    #[test]
    fn a_picture_lies_where_its_times_are() {
        let view = View { from: Micros(0), to: Micros(1000), width: 100 };
        let same = view.laid_on(&view, Micros::ZERO);
        assert_eq!([0, 40].map(|pixel| same.x(pixel) as i32), [0, 40]);
        let closer = View { from: Micros(500), to: Micros(1000), width: 100 };
        let lay = view.laid_on(&closer, Micros::ZERO);
        assert_eq!([0, 50, 100].map(|pixel| lay.x(pixel) as i32), [-100, 0, 100]);
        // What begins 100 µs later, seen in the part of the view in which it is.
        let own = view.later(Micros(100));
        assert_eq!(own, View { from: Micros(0), to: Micros(900), width: 90 });
        assert_eq!([0, 90].map(|pixel| own.laid_on(&view, Micros(100)).x(pixel) as i32), [10, 100]);
        assert_eq!(closer.later(Micros(100)), View { from: Micros(400), to: Micros(900), width: 100 });
    }

    proptest! {
        #[test]
        fn a_window_stays_on_its_axis(
            axis in 1_u64..10_000_000_000, about in 0.0..=1.0,
            steps in prop::collection::vec((0.01_f64..100.0, -3.0_f64..3.0), 1..12)
        ) {
            let axis = Micros(axis);
            let mut window = Window::whole(axis);
            for (times, by) in steps {
                window = window.zoomed(times, about, axis).moved(by, axis);
                prop_assert!(window.from < window.to && window.to <= axis, "{window:?} of {axis:?}");
                prop_assert!(window.length() >= Micros(49).min(axis), "{window:?}");
            }
        }
    }
}
