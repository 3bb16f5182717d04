//! The timeline: what to draw of a trace, not how.
//!
//! A trace and a view become bars and marks in whole pixels, merged so that no two are drawn on one another. Nothing
//! here knows of a canvas, a colour's value or a page; what draws is dumb (`page/canvas`).
//!
//! ```text
//! view     0 s                     1 s
//! task 1   ▌░░░░░░░░░░░░░░░░░░░░░░░▌      bars: running │ sleeping │ running, marks where it printed
//! task 2   ▌░░░░░░░░░░░░░░░░░░░░░░░▌
//! ```

mod axis;
mod bars;
mod gil;
mod ink;
mod painter;
mod plot;
mod rows;
mod sizes;
mod words;

pub use axis::{Tick, ticks};
pub use bars::{Bar, Mark};
pub use gil::{Held, has_strip};
pub use ink::Ink;
pub use painter::{Painter, Picture, Told};
pub use plot::{Curve, Field, Grid, Plot, plot};
pub use rows::Rows;
pub use sizes::Sizes;

use crate::workload::Micros;

/// The stretch of time that is seen, and how many pixels it is wide.
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
        let length = self.to.since(self.from).0.max(1) as f64;
        (at.0 as f64 - self.from.0 as f64) / length * f64::from(self.width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_its_place_in_the_view() {
        let view = View { from: Micros(1000), to: Micros(2000), width: 100 };
        assert_eq!([500, 1000, 1500, 2000].map(|at| view.x(Micros(at)) as i32), [-50, 0, 50, 100]);
        let empty = View { from: Micros(7), to: Micros(7), width: 100 };
        assert!(empty.x(Micros(7)).abs() < f64::EPSILON);
    }
}
