//! The patterns of the states, as tiles that a canvas fills with.
//!
//! Running is solid; sleeping a light hatch, blocked a dense one the other way; waiting for the GIL dots. Ready and
//! starting are lines, which need no tile.

use std::f64::consts::TAU;

use web_sys::{CanvasPattern, CanvasRenderingContext2d};

use super::sheet::sheet;
use crate::trace::State;

/// How strong the ground under a pattern is.
const GROUND: f64 = 0.16;

/// A tile in this colour, if the state has one.
pub fn tile(state: State, colour: &str, scale: f64) -> Option<CanvasPattern> {
    let size = match state {
        State::Sleeping => 8.0,
        State::Blocked => 4.0,
        State::Gil => 5.0,
        State::Running | State::Ready | State::Starting => return None,
    };
    let pixels = (size * scale).round().max(2.0);
    let (canvas, pen) = sheet(pixels, pixels)?;
    pen.set_fill_style_str(colour);
    pen.set_stroke_style_str(colour);
    pen.set_global_alpha(if state == State::Blocked { 2.0 * GROUND } else { GROUND });
    pen.fill_rect(0.0, 0.0, pixels, pixels);
    pen.set_global_alpha(1.0);
    match state {
        State::Sleeping => stripe(&pen, pixels, scale, false),
        State::Blocked => stripe(&pen, pixels, 1.25 * scale, true),
        _ => dot(&pen, pixels, scale),
    }
    pen.create_pattern_with_html_canvas_element(&canvas, "repeat").ok()?
}

/// A slanted line that goes on in the next tile.
fn stripe(pen: &CanvasRenderingContext2d, size: f64, width: f64, falling: bool) {
    pen.set_line_width(width);
    pen.begin_path();
    for shift in [-size, 0.0, size] {
        let (from, to) = if falling { (-size, 2.0 * size) } else { (2.0 * size, -size) };
        pen.move_to(shift - size, from);
        pen.line_to(shift + 2.0 * size, to);
    }
    pen.stroke();
}

fn dot(pen: &CanvasRenderingContext2d, size: f64, scale: f64) {
    pen.begin_path();
    let _ = pen.arc(size / 2.0, size / 2.0, 1.1 * scale, 0.0, TAU);
    pen.fill();
}
