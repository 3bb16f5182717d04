//! What is pointed at on a timeline: from a place or a key to a stretch of a row. Not how it is shown.

use super::canvas::Sketch;
use super::state::Card;
use crate::explain::Stretch;
use crate::timeline::{Pointed, Rows, Sizes, Window, stretches};
use crate::workload::{Micros, TaskId};

/// A timeline as it is seen.
#[derive(Clone)]
pub struct Seen {
    pub card: Card,
    pub window: Window,
    /// How wide it is, in CSS pixels.
    pub width: f64,
    pub sketch: Sketch,
}

/// Where to go from a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Left,
    Right,
    Up,
    Down,
    First,
    Last,
}

/// A stretch, and its row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct At {
    pub row: u32,
    pub what: Pointed,
}

impl Seen {
    pub fn sizes(&self) -> Sizes {
        self.card.sizes()
    }

    /// How long the window is, in CSS pixels.
    pub fn stretch_of_axis(&self) -> f64 {
        (self.width - self.sizes().gutter).max(1.0)
    }

    /// Which part of the window a place is at: from 0 at its left edge to 1 at its right one.
    pub fn part(&self, x: f64) -> f64 {
        ((x - self.sizes().gutter) / self.stretch_of_axis()).clamp(0.0, 1.0)
    }

    /// Which part of the window a time is at: below 0 before it, above 1 behind it.
    pub fn part_of(&self, time: Micros) -> f64 {
        (time.0 as f64 - self.window.from.0 as f64) / self.window.length().0.max(1) as f64
    }

    /// What is at a place, in CSS pixels from the upper left corner.
    pub fn at(&self, x: f64, y: f64) -> Option<At> {
        let sizes = self.sizes();
        let is_inside = x >= sizes.gutter && y >= 0.0 && y < sizes.rows_height();
        let row = is_inside.then(|| (y / sizes.pitch) as u32)?;
        let time = self.window.from.0 as f64 + self.part(x) * self.window.length().0 as f64;
        self.nearest(row, Micros(time as u64)).filter(|at| at.what.from.0 as f64 <= time)
    }

    /// Where a step leads from there, or to begin with.
    pub fn step(&self, from: Option<At>, step: Step) -> Option<At> {
        let rows = self.sizes().rows.len();
        let Some(At { row, what }) = from else { return self.first_of(0..rows, self.window.from) };
        let of_row = self.stretches(row);
        let here = of_row.iter().position(|one| one.from >= what.from).unwrap_or_default();
        let last = of_row.len().checked_sub(1)?;
        let to = match step {
            Step::Left => here.saturating_sub(1),
            Step::Right => last.min(here + 1),
            Step::First => 0,
            Step::Last => last,
            Step::Up => return self.first_of((0..row).rev(), what.from).or(from),
            Step::Down => return self.first_of(row + 1..rows, what.from).or(from),
        };
        of_row.get(to).map(|what| At { row, what: *what })
    }

    /// What the first of these rows that has anything has at a time: a lane may have had no task.
    fn first_of(&self, mut rows: impl Iterator<Item = u32>, time: Micros) -> Option<At> {
        rows.find_map(|row| self.nearest(row, time))
    }

    /// What a row has at a time, or else after it, or else before.
    fn nearest(&self, row: u32, time: Micros) -> Option<At> {
        let of_row = self.stretches(row);
        let what = of_row.iter().find(|one| one.to > time).or(of_row.last())?;
        Some(At { row, what: *what })
    }

    /// Of what was measured, or else of what is predicted.
    fn stretches(&self, row: u32) -> Vec<Pointed> {
        let card = &self.card;
        let painted = if card.trace().is_some() { self.sketch.measured(card) } else { self.sketch.predicted(card) };
        let Some((trace, painted)) = card.replayed().zip(painted) else { return Vec::new() };
        let tasks = card.conditions.workload.tasks;
        stretches(trace, tasks, self.sizes().rows, row, (&painted.picture.bars, painted.view))
    }

    /// The row that a task is in from a time on; none: there is none any more.
    fn row_of(&self, task: TaskId, at: Micros) -> Option<u32> {
        match self.sizes().rows {
            Rows::Tasks(dealt) => Some(dealt.row(task)),
            Rows::Lanes(_) => self.card.replayed()?.lane_of(task, at).map(|lane| lane.index() as u32),
        }
    }

    /// The style of an element that lies over a stretch: of one task in its row, else over all rows. None where it
    /// isn't seen.
    pub fn place(&self, stretch: Stretch) -> Option<String> {
        let row = stretch.task.and_then(|task| self.row_of(task, stretch.from));
        self.place_in(row, stretch.from, stretch.to)
    }

    /// The style of an element that lies over a part of a row, or of all of them. None where it isn't seen.
    pub fn place_in(&self, row: Option<u32>, from: Micros, to: Micros) -> Option<String> {
        let sizes = self.sizes();
        let top = row.map(|row| f64::from(row) * sizes.pitch);
        let (top, height) = top.map_or((0.0, sizes.rows_height()), |top| (top, sizes.pitch));
        let (from, to) = (self.part_of(from), self.part_of(to));
        let is_seen = from <= 1.0 && to >= 0.0;
        let (from, to) = (from.clamp(0.0, 1.0), to.clamp(0.0, 1.0));
        let (left, gutter) = (self.left(from), sizes.gutter);
        let width = format!("calc((100% - {gutter}px) * {})", to - from);
        is_seen.then(|| format!("left: {left}; width: {width}; top: {top}px; height: {height}px"))
    }

    /// How far a part of the window is from the left edge of the timeline, as a style has it.
    pub fn left(&self, part: f64) -> String {
        let gutter = self.sizes().gutter;
        format!("calc({gutter}px + (100% - {gutter}px) * {part})")
    }
}
