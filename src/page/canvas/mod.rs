//! Drawing: bars and marks become ink on a canvas. Nothing is worked out here but where a pixel is.

mod drawing;
mod palette;
mod pattern;
mod pen;
mod sample;
mod scene;
mod sheet;
mod shot;

pub use drawing::{Drawing, Sketch};
pub use sample::{Sample, draw_sample};
