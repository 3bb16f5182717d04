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
mod lanes;
mod listed;
mod moment;
mod painter;
mod pane;
mod plot;
mod rows;
mod sizes;
mod stretches;
mod strip;
mod view;
mod words;

pub use axis::{Tick, ticks};
pub use bars::{Bar, Mark};
pub use gil::has_strip;
pub use ink::Ink;
pub use lanes::{Lanes, lane_name, takes_up};
pub use listed::{HEADS, Listed, Lister, cells};
pub use moment::{Moment, happening};
pub use painter::{Painter, Picture, Told};
pub use pane::{Pane, Scrolled};
pub use plot::{Curve, Field, Grid, Plot, plot};
pub use rows::{By, Dealt, Rows};
pub use sizes::Sizes;
pub use stretches::{Known, Pointed, stretches};
pub use view::{Lay, View, Window};
