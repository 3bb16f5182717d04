//! From spans and a view to bars and marks in whole pixels.
//!
//! Each pixel of a row belongs to the state that took most of its time, however many spans fall into it, so the
//! work is one walk over the spans and the result no larger than the view:
//!
//! ```text
//! spans    ├ running ┼─ sleeping ──────┼ gil ┼ running ┤
//! pixels   │    │    │    │    │    │    │    │    │
//! bars     [running ][sleeping    ][gil][running  ]
//! ```

use super::{Rows, View};
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
}

/// Parts of a pixel that are told apart. A million tasks in one row stay below 2³¹ of them.
const PARTS: f64 = 256.0;
const STATES: usize = State::ALL.len();

/// A picture that grows span by span.
#[derive(Clone, Debug)]
pub struct Shares {
    view: View,
    rows: Rows,
    /// How much of each pixel each state has, as differences from one pixel to the next. By row, then pixel (and one
    /// behind the last), then state.
    change: Vec<[i32; STATES]>,
    /// Whether something was printed in a pixel, or failed there. By row, then pixel.
    marks: Vec<u8>,
    /// The tasks of the row that was asked for last, and that row: mostly it is the same.
    recent: (TaskId, TaskId, u32),
}

/// What a pixel's mark says.
const PRINTED: u8 = 1;
const FAILED: u8 = 2;

impl Shares {
    /// Nothing yet.
    #[must_use]
    pub fn new(rows: Rows, view: View) -> Self {
        let (width, count) = (view.width as usize, rows.len() as usize);
        let (first, last) = rows.tasks(0);
        Self {
            view,
            rows,
            change: vec![[0; STATES]; count * (width + 1)],
            marks: vec![0; count * width],
            recent: (first, last, 0),
        }
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
        let width = self.view.width as usize;
        if pixel > width {
            return;
        }
        let at = row as usize * (width + 1) + pixel;
        if let Some(states) = self.change.get_mut(at) {
            states[state as usize] += by;
        }
    }

    /// Marks where something was printed, one mark a pixel.
    pub fn mark(&mut self, event: Event) {
        let x = self.view.x(event.at);
        if x < 0.0 || x > f64::from(self.view.width) {
            return;
        }
        let code = if event.what == What::Failed { FAILED } else { PRINTED };
        let width = self.view.width as usize;
        // What happens at the very end of the view belongs to its last pixel.
        let at = self.row(event.task) as usize * width + (x as usize).min(width.saturating_sub(1));
        if let Some(mark) = self.marks.get_mut(at) {
            *mark = code.max(*mark);
        }
    }

    /// What there is to draw.
    #[must_use]
    pub fn drawn(&self) -> (Vec<Bar>, Vec<Mark>) {
        if self.view.width == 0 { (Vec::new(), Vec::new()) } else { (self.bars(), self.marks()) }
    }

    fn bars(&self) -> Vec<Bar> {
        let width = self.view.width as usize;
        let mut bars: Vec<Bar> = Vec::new();
        for (row, changes) in (0..self.rows.len()).zip(self.change.chunks_exact(width + 1)) {
            let mut shares = [0_i32; STATES];
            for (pixel, change) in (0..self.view.width).zip(changes) {
                shares.iter_mut().zip(change).for_each(|(share, by)| *share += by);
                let Some(state) = most(&shares) else { continue };
                match bars.last_mut() {
                    Some(bar) if bar.row == row && bar.to == pixel && bar.state == state => bar.to += 1,
                    _ => bars.push(Bar { row, from: pixel, to: pixel + 1, state }),
                }
            }
        }
        bars
    }

    fn marks(&self) -> Vec<Mark> {
        let width = self.view.width as usize;
        let mark = |(at, code): (usize, &u8)| {
            let (row, at) = ((at / width) as u32, (at % width) as u32);
            (*code > 0).then_some(Mark { row, at, failed: *code == FAILED })
        };
        self.marks.iter().enumerate().filter_map(mark).collect()
    }
}

/// The state with the largest share, if any has one.
fn most(shares: &[i32; STATES]) -> Option<State> {
    let largest = State::ALL.into_iter().max_by_key(|state| shares[*state as usize])?;
    (shares[largest as usize] > 0).then_some(largest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::{Painter, Picture, Sizes};
    use crate::trace::Trace;
    use crate::workload::{LaneId, Micros, Mode, TaskCount, Workload};

    fn trace(events: &[(u64, u32, What)]) -> Trace {
        let mut trace = Trace::default();
        trace.lanes_up = vec![Micros::ZERO; 8];
        for &(at, task, what) in events {
            trace.push(Event { at: Micros(at), task: TaskId(task), lane: LaneId(1), step: 0, what });
        }
        trace
    }

    fn drawn(trace: &Trace, tasks: u64, most_rows: u32, view: View) -> Picture {
        let tasks = TaskCount::new(tasks).unwrap();
        let sizes = Sizes { rows: Rows::of(tasks, most_rows), ..Sizes::of(&Workload::default(), Mode::Async) };
        let mut painter = Painter::new(trace.clone(), tasks, &sizes, view);
        while painter.go_on() {}
        painter.picture()
    }

    fn bars(picture: &Picture) -> Vec<(u32, u32, u32, State)> {
        picture.bars.iter().map(|bar| (bar.row, bar.from, bar.to, bar.state)).collect()
    }

    const VIEW: View = View { from: Micros(0), to: Micros(100), width: 10 };
    use State::{Gil, Ready, Running, Sleeping};

    #[test]
    fn spans_become_bars_in_whole_pixels() {
        let trace = trace(&[
            (0, 1, What::Entered(Running)),
            (20, 1, What::Printed),
            (20, 1, What::Entered(Sleeping)),
            (76, 1, What::Entered(Running)),
            (100, 1, What::Printed),
            (100, 1, What::Ended),
        ]);
        let picture = drawn(&trace, 1, 80, VIEW);
        assert_eq!(bars(&picture), [(0, 0, 2, Running), (0, 2, 8, Sleeping), (0, 8, 10, Running)]);
        assert_eq!(picture.marks.iter().map(|mark| mark.at).collect::<Vec<_>>(), [2, 9]);
    }

    #[test]
    fn many_spans_in_a_pixel_are_one_and_the_longest_state_has_it() {
        let turns = |n: u64| [(10 * n, 1, What::Entered(Running)), (10 * n + 3, 1, What::Entered(Gil))];
        let events: Vec<_> = (0..10).flat_map(turns).chain([(100, 1, What::Ended)]).collect();
        assert_eq!(bars(&drawn(&trace(&events), 1, 80, VIEW)), [(0, 0, 10, Gil)]);
    }

    #[test]
    fn the_shortest_stretch_is_seen_where_it_is_alone() {
        let trace = trace(&[(42, 1, What::Entered(Running)), (43, 1, What::Ended)]);
        let view = View { from: Micros(42), to: Micros(10_000_042), width: 10 };
        assert_eq!(bars(&drawn(&trace, 1, 80, view)), [(0, 0, 1, Running)]);
    }

    #[test]
    fn what_is_out_of_view_is_not_drawn_and_what_reaches_in_is_cut() {
        let trace = trace(&[(0, 1, What::Entered(Running)), (50, 1, What::Entered(Sleeping)), (99, 1, What::Ended)]);
        let picture = drawn(&trace, 1, 80, View { from: Micros(40), to: Micros(60), width: 10 });
        assert_eq!(bars(&picture), [(0, 0, 5, Running), (0, 5, 10, Sleeping)]);
    }

    #[test]
    fn tasks_of_one_row_are_merged() {
        let mut events = vec![];
        for task in 1..=100 {
            events.push((u64::from(task) - 1, task, What::Entered(Running)));
            events.push((u64::from(task), task, What::Ended));
        }
        let picture = drawn(&trace(&events), 100, 2, VIEW);
        assert_eq!(picture.bars.first().map(|bar| (bar.row, bar.state)), Some((0, Ready)));
        assert!(picture.bars.len() < 8 && picture.bars.iter().all(|bar| bar.row < 2 && bar.to <= 10));
    }

    #[test]
    fn a_view_without_width_has_nothing_to_draw() {
        let trace = trace(&[(0, 1, What::Entered(Running)), (5, 1, What::Ended)]);
        assert_eq!(drawn(&trace, 1, 80, View { width: 0, ..VIEW }), Picture::default());
    }
}
