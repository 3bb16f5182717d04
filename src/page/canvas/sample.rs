//! Samples for the legend.

use web_sys::HtmlCanvasElement;

use super::pen::{Area, Pen};
use crate::timeline::Ink;
use crate::trace::State;
use crate::workload::TaskId;

/// What a legend shows a piece of.
#[derive(Clone, Copy, PartialEq)]
pub enum Sample {
    /// A stretch in a state.
    State(State),
    /// A point where something was printed.
    Printed,
    /// The GIL's strip.
    Gil,
    /// A prediction.
    Predicted,
}

impl Sample {
    /// What it is.
    pub const fn words(self) -> &'static str {
        match self {
            Self::State(state) => state.words(),
            Self::Printed => "printed",
            Self::Gil => "GIL: who held it",
            Self::Predicted => "predicted",
        }
    }
}

/// The size of a sample in CSS pixels.
const SIZE: (f64, f64) = (28.0, 14.0);

/// Draws a sample in the colour of the first task.
pub fn draw_sample(canvas: &HtmlCanvasElement, sample: Sample) {
    let Some(pen) = Pen::on(canvas, SIZE.0, SIZE.1) else { return };
    let area = Area { x: 0.0, y: 0.0, width: SIZE.0 * pen.scale, height: SIZE.1 * pen.scale };
    let ink = Some(Ink::of(TaskId(1)));
    let colour = pen.palette.ink(ink);
    match sample {
        Sample::State(state) => pen.bar(area, state, ink),
        Sample::Gil => {
            let (width, height) = ((area.width / 2.0).round(), (8.0 * pen.scale).round());
            let first = Area { y: ((area.height - height) / 2.0).round(), width, height, ..area };
            pen.mark(first, &colour);
            pen.mark(Area { x: width, ..first }, &pen.palette.ink(Some(Ink::of(TaskId(2)))));
        }
        Sample::Predicted => pen.outline(area, &pen.palette.muted, 1.0),
        Sample::Printed => {
            pen.bar(area, State::Sleeping, ink);
            let width = (3.0 * pen.scale).round();
            pen.mark(Area { x: ((area.width - width) / 2.0).round(), width, ..area }, &colour);
        }
    }
}
