//! From spans and a view to bars and marks in whole pixels.
//!
//! Each pixel of a row belongs to the state that took most of its time, however many spans fall into it, so the
//! work is one walk over the spans and the result no larger than the view. Where several tasks share a row, those that wait
//! for their turn give way: of a thousand that come one after another it is seen which is on.
//!
//! ```text
//! spans    ├ running ┼─ sleeping ──────┼ gil ┼ running ┤
//! pixels   │    │    │    │    │    │    │    │    │
//! bars     [running ][sleeping    ][gil][running  ]
//! ```

use std::cell::Cell;
use std::iter::successors;
use std::mem;

use super::View;
use super::rows::Dealt;
use crate::trace::{Event, Span, State, What};
use crate::workload::TaskId;

/// A stretch of a row in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The row, counted from 0.
    pub row: u32,
    /// Its first pixel.
    pub from: u32,
    /// The pixel after its last.
    pub to: u32,
    /// The state.
    pub state: State,
    /// The task; none: there are several.
    pub task: Option<TaskId>,
}

/// A point of a row at which something was printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The row, counted from 0.
    pub row: u32,
    /// The pixel.
    pub at: u32,
    /// Whether a task failed there.
    pub failed: bool,
    /// The task; none: there are several.
    pub task: Option<TaskId>,
}

/// Parts of a pixel that are told apart. A million tasks in one row stay below 2³¹ of them.
const PARTS: f64 = 256.0;
const STATES: usize = State::ALL.len();

/// A picture by task, that grows span by span.
#[derive(Clone, Debug)]
pub struct Shares {
    view: View,
    rows: Dealt,
    sheet: Sheet,
    /// The tasks of the row that was asked for last, and that row: mostly it is the same.
    recent: (TaskId, TaskId, u32),
}

/// What is kept of each pixel. By row, then pixel, and one behind the last.
#[derive(Clone, Debug, Default)]
struct Sheet {
    /// How much each state has, as differences from one pixel to the next, by state.
    change: Vec<[i32; STATES]>,
    /// Whether something was printed, or failed.
    marks: Vec<u8>,
    /// A bit for each that has a change or a mark. Mostly few have.
    touched: Vec<u64>,
}

thread_local! {
    /// The sheet that was used last: pictures are worked out one after another, and each with memory of its own leaves
    /// holes in which small things settle.
    static LAST: Cell<Option<Sheet>> = const { Cell::new(None) };
}

/// Sheets of more pixels aren't kept.
const KEPT: usize = 1 << 13;

impl Sheet {
    /// An empty one of so many pixels.
    fn of(pixels: usize) -> Self {
        let mut sheet = LAST.take().unwrap_or_default();
        sheet.change.clear();
        sheet.change.resize(pixels, [0; STATES]);
        sheet.marks.clear();
        sheet.marks.resize(pixels, 0);
        sheet.touched.clear();
        sheet.touched.resize(pixels.div_ceil(64), 0);
        sheet
    }
}

impl Drop for Shares {
    fn drop(&mut self) {
        if self.sheet.change.capacity() <= KEPT {
            LAST.set(Some(mem::take(&mut self.sheet)));
        }
    }
}

/// What a pixel's mark says.
const PRINTED: u8 = 1;
const FAILED: u8 = 2;

impl Shares {
    /// Nothing yet.
    #[must_use]
    pub fn new(rows: Dealt, view: View) -> Self {
        let pixels = rows.len() as usize * (view.width as usize + 1);
        let (first, last) = rows.tasks(0);
        Self { view, rows, sheet: Sheet::of(pixels), recent: (first, last, 0) }
    }

    fn row(&mut self, task: TaskId) -> u32 {
        let (first, last, row) = self.recent;
        if (first..=last).contains(&task) {
            return row;
        }
        let row = self.rows.row(task);
        let (first, last) = self.rows.tasks(row);
        self.recent = (first, last, row);
        row
    }

    /// Adds a span.
    pub fn add(&mut self, span: Span) {
        let width = f64::from(self.view.width);
        let (from, to) = (self.view.x(span.from), self.view.x(span.to));
        if to < 0.0 || from >= width {
            return;
        }
        let (row, state) = (self.row(span.task), span.state);
        let (from, to) = (from.clamp(0.0, width), to.clamp(0.0, width));
        let (first, last) = (from.floor() as usize, to.floor() as usize);
        if first == last {
            self.share(row, state, first, to - from);
            return;
        }
        self.share(row, state, first, 1.0 - from.fract());
        self.step(row, state, first + 1, PARTS as i32);
        self.step(row, state, last, -(PARTS as i32));
        if to.fract() > 0.0 {
            self.share(row, state, last, to.fract());
        }
    }

    /// Gives a part of one pixel, and never nothing: a short stretch alone in its pixel is seen.
    fn share(&mut self, row: u32, state: State, pixel: usize, part: f64) {
        let part = ((part * PARTS) as i32).max(1);
        self.step(row, state, pixel, part);
        self.step(row, state, pixel + 1, -part);
    }

    fn step(&mut self, row: u32, state: State, pixel: usize, by: i32) {
        let at = self.place(row, pixel);
        if let Some(states) = self.sheet.change.get_mut(at).filter(|_| pixel <= self.view.width as usize) {
            states[state as usize] += by;
            self.touch(at);
        }
    }

    /// Where a pixel of a row stands among all.
    const fn place(&self, row: u32, pixel: usize) -> usize {
        row as usize * (self.view.width as usize + 1) + pixel
    }

    fn touch(&mut self, at: usize) {
        if let Some(bits) = self.sheet.touched.get_mut(at / 64) {
            *bits |= 1 << (at % 64);
        }
    }

    /// The places that have a change or a mark, in their order.
    fn places(&self) -> impl Iterator<Item = usize> {
        let some = |bits: u64| (bits > 0).then_some(bits);
        // Each without the lowest bit of the one before.
        let left = move |bits: u64| successors(some(bits), move |bits| some(bits & (bits - 1)));
        let words = (0..).step_by(64).zip(&self.sheet.touched);
        words.flat_map(move |(from, bits)| left(*bits).map(move |left| from + left.trailing_zeros() as usize))
    }

    /// Marks where something was printed, one mark a pixel.
    pub fn mark(&mut self, event: Event) {
        let Some(pixel) = self.view.pixel(event.at) else { return };
        let code = if event.what == What::Failed { FAILED } else { PRINTED };
        let row = self.row(event.task);
        let at = self.place(row, pixel as usize);
        if let Some(mark) = self.sheet.marks.get_mut(at) {
            *mark = code.max(*mark);
            self.touch(at);
        }
    }

    /// What there is to draw.
    #[must_use]
    pub fn drawn(&self) -> (Vec<Bar>, Vec<Mark>) {
        let (mut bars, mut marks) = (Vec::new(), Vec::new());
        let (width, stride) = (self.view.width, self.view.width + 1);
        let mut places = self.places().filter(|_| width > 0).peekable();
        let mut shares = [0_i32; STATES];
        while let Some(at) = places.next() {
            let (row, from) = (at as u32 / stride, at as u32 % stride);
            let task = self.rows.only(row);
            // All shares of a row have come to nothing behind its last pixel.
            shares.iter_mut().zip(&self.sheet.change[at]).for_each(|(share, by)| *share += by);
            // Nothing changes before the next.
            let next = places.peek().map_or(u32::MAX, |next| *next as u32);
            let to = from.saturating_add(next - at as u32).min(width);
            if let Some(state) = most(&shares, task.is_some()).filter(|_| from < to) {
                extend(&mut bars, Bar { row, from, to, state, task });
            }
            match self.sheet.marks[at] {
                0 => {}
                code => marks.push(Mark { row, at: from, failed: code == FAILED, task }),
            }
        }
        (bars, marks)
    }
}

/// Adds a bar, or makes the last one longer by it.
fn extend(bars: &mut Vec<Bar>, next: Bar) {
    match bars.last_mut() {
        Some(bar) if (bar.row, bar.to, bar.state) == (next.row, next.from, next.state) => bar.to = next.to,
        _ => bars.push(next),
    }
}

/// The state of one task that has the largest share, if any has one; of several tasks, that of those whose turn it is.
fn most(shares: &[i32; STATES], is_one: bool) -> Option<State> {
    let is_on = |state: &State| !matches!(state, State::Starting | State::Ready);
    let largest = |of: &dyn Fn(&State) -> bool| {
        let largest = State::ALL.into_iter().filter(of).max_by_key(|state| shares[*state as usize])?;
        (shares[largest as usize] > 0).then_some(largest)
    };
    let on = if is_one { None } else { largest(&is_on) };
    on.or_else(|| largest(&|_| true))
}

#[cfg(test)]
mod tests;
