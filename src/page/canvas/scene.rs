//! A mode's timeline: axis, prediction in outline, and the measured in ink on top.

use web_sys::HtmlCanvasElement;

use super::pen::{Area, Pen};
use super::shot::Shot;
use crate::timeline::{Bar, Ink, Lay, Picture, Rows, Sizes, View, ticks};
use crate::trace::State;
use crate::workload::{Micros, TaskId};

/// What is to be drawn: pictures in this view.
pub struct Scene<'a> {
    pub sizes: Sizes,
    pub view: View,
    /// What is predicted, and where it lies.
    pub predicted: Option<(&'a Picture, Lay)>,
    pub measured: Option<(&'a Picture, Lay)>,
    /// When all should be over, where no more than that is predicted.
    pub promised: Option<Micros>,
    /// How wide the canvas is, in CSS pixels.
    pub width: f64,
}

/// The least distance between two ticks, in CSS pixels.
const TICKS_APART: f64 = 90.0;
/// How wide a letter of a label is at most, in CSS pixels, as in wide fonts.
const LETTER: f64 = 9.0;
/// The least distance from a row's label to that of the GIL's strip, in CSS pixels.
const LABELS_APART: f64 = 15.0;
/// How strong an outline is before there is ink, and beneath it.
const ALONE: f64 = 0.9;
const BENEATH: f64 = 0.45;
/// How much of that is inside of it; and where rows are too thin for an outline.
const INSIDE: f64 = 0.3;
const THIN: f64 = 0.8;
/// Bars below this height have no outline, in CSS pixels.
const OUTLINED: f64 = 5.0;

/// Draws a scene on a canvas; what of it may be shown again, if that is asked for.
pub fn draw(canvas: &HtmlCanvasElement, scene: &Scene<'_>, is_kept: bool) -> Option<Shot> {
    let stage = Stage::on(canvas, scene.sizes, scene.view, scene.width)?;
    if let Some(end) = scene.promised {
        stage.promise(end);
    }
    if let Some((predicted, lay)) = scene.predicted {
        let strength = if scene.measured.is_some() { BENEATH } else { ALONE };
        stage.outlines(predicted, lay, strength);
        stage.outlined_strip(&predicted.strip, lay, strength);
    }
    if let Some((measured, lay)) = scene.measured {
        stage.inked(measured, lay);
        stage.inked_strip(&measured.strip, lay);
    }
    let shot = is_kept.then(|| Shot::of(&stage.pen, stage.plot(), scene.view)).flatten();
    stage.frame();
    shot
}

/// Draws what was drawn before of other views, one over the other, as far as it is seen in this one.
pub fn draw_again(canvas: &HtmlCanvasElement, sizes: Sizes, view: View, width: f64, shots: &[Shot]) {
    let Some(stage) = Stage::on(canvas, sizes, view, width) else { return };
    for shot in shots {
        shot.draw(&stage.pen, stage.plot(), view);
    }
    stage.frame();
}

/// Where the view begins on a canvas, in pixels of the device of which there are so many in one of CSS.
pub fn gutter(sizes: Sizes, scale: f64) -> f64 {
    (sizes.gutter * scale).round()
}

/// A canvas ready to be drawn on.
struct Stage {
    pen: Pen,
    sizes: Sizes,
    /// Where the view begins, in pixels of the device.
    left: f64,
    view: View,
}

impl Stage {
    /// A canvas with nothing on it.
    fn on(canvas: &HtmlCanvasElement, sizes: Sizes, view: View, width: f64) -> Option<Self> {
        let pen = Pen::on(canvas, width, sizes.height())?;
        let left = gutter(sizes, pen.scale);
        Some(Self { pen, sizes, left, view })
    }

    /// Where bars are.
    fn plot(&self) -> Area {
        Area { x: self.left, y: 0.0, width: self.view.width.into(), height: self.floor() }
    }

    /// The axis and the labels, beneath all that is drawn.
    fn frame(&self) {
        let _ = self.pen.context.set_global_composite_operation("destination-over");
        self.axis();
        self.labels();
        let _ = self.pen.context.set_global_composite_operation("source-over");
    }

    const fn rows(&self) -> Rows {
        self.sizes.rows
    }

    /// A stretch of a row.
    fn area(&self, row: u32, from: f64, to: f64) -> Area {
        let scale = self.pen.scale;
        let y = (f64::from(row) * self.sizes.pitch * scale).round();
        let height = (self.sizes.bar * scale).round().max(1.0);
        Area { x: self.left + from, y, width: to - from, height }
    }

    /// From where to where a stretch of a picture is seen, in whole pixels; none: it isn't. What is seen has a pixel.
    fn seen(&self, lay: Lay, from: u32, to: u32) -> Option<(f64, f64)> {
        let right = f64::from(self.view.width);
        let (from, to) = (lay.x(from).round(), lay.x(to).round());
        (to >= 0.0 && from < right).then(|| (from.max(0.0), to.max(from + 1.0).min(right)))
    }

    /// Where the axis begins, in pixels of the device.
    fn floor(&self) -> f64 {
        (self.sizes.floor() * self.pen.scale).round()
    }

    /// A stretch of the GIL's strip, if there is a strip.
    fn strip_area(&self, from: f64, to: f64) -> Option<Area> {
        let scale = self.pen.scale;
        let (y, height) = ((self.sizes.strip_top() * scale).round(), (self.sizes.strip? * scale).round());
        Some(Area { x: self.left + from, y, width: to - from, height })
    }

    fn axis(&self) {
        let (pen, floor) = (&self.pen, self.floor());
        let line = pen.scale.round().max(1.0);
        let right = self.left + f64::from(self.view.width);
        for tick in ticks(self.view, TICKS_APART * pen.scale, LETTER * pen.scale) {
            let x = (self.left + tick.x).round();
            pen.mark(Area { x, y: 0.0, width: line, height: floor + 3.0 * pen.scale }, &pen.palette.line);
            // The last label ends at the edge where it would be cut.
            let half = tick.label.chars().count() as f64 * LETTER / 2.0;
            let near_the_edge = x + half * pen.scale > right;
            let (x, align) =
                if near_the_edge { (right, "right") } else { (x, if tick.x < 1.0 { "left" } else { "center" }) };
            pen.write(&tick.label, x, floor + 13.0 * pen.scale, align);
        }
    }

    fn labels(&self) {
        let pen = &self.pen;
        let x = self.left - 6.0 * pen.scale;
        let strip = self.strip_area(0.0, 0.0).map(|area| area.y + area.height / 2.0);
        if let Some(y) = strip {
            pen.write("GIL", x, y, "right");
        }
        for row in (0..self.rows().len()).step_by(self.sizes.label_every()) {
            let y = (f64::from(row) * self.sizes.pitch + self.sizes.bar.max(12.0) / 2.0) * pen.scale;
            if strip.is_none_or(|strip| y + LABELS_APART * pen.scale < strip) {
                pen.write(&self.rows().label(row), x, y, "right");
            }
        }
    }

    /// A frame around all rows, from the beginning to where all should be over.
    fn promise(&self, end: Micros) {
        let right = f64::from(self.view.width);
        // What lies out of sight has no edge.
        let out = 2.0 * self.pen.scale;
        let (from, to) = (self.view.x(Micros::ZERO).max(-out), self.view.x(end).min(right + out));
        if to <= from {
            return;
        }
        let height = f64::from(self.rows().len()) * self.sizes.pitch * self.pen.scale;
        let area = Area { x: self.left + from, y: 0.0, width: to - from, height };
        self.pen.context.set_global_alpha(INSIDE);
        self.pen.mark(area, &self.pen.palette.line);
        self.pen.context.set_global_alpha(1.0);
        self.pen.outline(area, &self.pen.palette.ink(None), ALONE);
        self.pen.context.clear_rect(0.0, 0.0, self.left, self.floor());
    }

    /// A prediction: frames, and a breath of what is inside.
    fn outlines(&self, predicted: &Picture, lay: Lay, strength: f64) {
        for bar in predicted.bars.iter().filter(|bar| !matches!(bar.state, State::Starting | State::Ready)) {
            let Some((from, to)) = self.seen(lay, bar.from, bar.to) else { continue };
            let area = self.area(bar.row, from, to);
            let colour = self.pen.palette.ink(ink(bar.task));
            let is_outlined = self.sizes.bar >= OUTLINED;
            self.pen.context.set_global_alpha(strength * if is_outlined { INSIDE } else { THIN });
            self.pen.bar(area, bar.state, ink(bar.task));
            self.pen.context.set_global_alpha(1.0);
            if is_outlined && self.has_room_inside(area) {
                self.pen.outline(area, &colour, strength);
            }
        }
    }

    /// Who should hold the GIL.
    fn outlined_strip(&self, predicted: &[Bar], lay: Lay, strength: f64) {
        for held in predicted {
            let Some((from, to)) = self.seen(lay, held.from, held.to) else { continue };
            let Some(area) = self.strip_area(from, to) else { return };
            let colour = self.pen.palette.ink(ink(held.task));
            self.pen.context.set_global_alpha(strength * INSIDE);
            self.pen.mark(area, &colour);
            self.pen.context.set_global_alpha(1.0);
            if self.has_room_inside(area) {
                self.pen.outline(area, &colour, strength);
            }
        }
    }

    /// Who held the GIL.
    fn inked_strip(&self, measured: &[Bar], lay: Lay) {
        for held in measured {
            let Some((from, to)) = self.seen(lay, held.from, held.to) else { continue };
            let Some(area) = self.strip_area(from, to) else { return };
            self.pen.mark(area, &self.pen.palette.ink(ink(held.task)));
        }
    }

    /// Whether an outline of it doesn't look solid.
    fn has_room_inside(&self, area: Area) -> bool {
        area.width > 3.0 * self.pen.scale
    }

    fn inked(&self, measured: &Picture, lay: Lay) {
        for bar in &measured.bars {
            let Some((from, to)) = self.seen(lay, bar.from, bar.to) else { continue };
            self.pen.bar(self.area(bar.row, from, to), bar.state, ink(bar.task));
        }
        let width = (2.0 * self.pen.scale).round().max(1.0);
        for mark in &measured.marks {
            let Some((from, _)) = self.seen(lay, mark.at, mark.at + 1) else { continue };
            let from = from.min(f64::from(self.view.width) - width).max(0.0);
            let area = self.area(mark.row, from, from + width);
            let own = self.pen.palette.ink(ink(mark.task));
            let colour: &str = if mark.failed { &self.pen.palette.alarm } else { &own };
            self.pen.mark(area, colour);
        }
    }
}

/// The colour of a task; none: that of several.
fn ink(task: Option<TaskId>) -> Option<Ink> {
    task.map(Ink::of)
}
