//! A row that one task has at a time: a lane, or the GIL. It grows from left to right, merged to a pixel. Not what the
//! row is of.
//!
//! ```text
//! spans    ├ 1 running ┼ 1 sleeping ─────┼ 2 running ┼3┼4┼5┼6┤
//! pixels   │    │    │    │    │    │    │    │    │    │    │
//! bars     [1 running][1 sleeping   ][2 running][several     ]
//! ```

use super::View;
use super::bars::{Bar, Mark};
use crate::trace::{Event, Span, State, What};
use crate::workload::TaskId;

/// A row up to a pixel, and the shares of that pixel.
#[derive(Clone, Debug)]
pub(super) struct Strip {
    view: View,
    row: u32,
    pixel: u32,
    shares: Vec<Share>,
    bars: Vec<Bar>,
    marks: Vec<Mark>,
}

/// How much of a pixel a task had, in a state.
#[derive(Clone, Copy, Debug)]
struct Share {
    task: TaskId,
    state: State,
    part: f64,
}

impl Strip {
    /// Nobody had it yet.
    pub const fn new(view: View, row: u32) -> Self {
        Self { view, row, pixel: 0, shares: Vec::new(), bars: Vec::new(), marks: Vec::new() }
    }

    /// Adds a span; all come in the order of their ends, and none begins before the last one's end but by an error of
    /// their clocks.
    pub fn add(&mut self, span: Span) {
        let mut from = self.view.x(span.from).max(self.pixel.into());
        let to = self.view.x(span.to).min(self.view.width.into());
        while from < to {
            let pixel = from.floor();
            if pixel as u32 > self.pixel {
                self.settle();
                self.pixel = pixel as u32;
            }
            let end = to.min(pixel + 1.0);
            match self.shares.last_mut() {
                Some(last) if (last.task, last.state) == (span.task, span.state) => last.part += end - from,
                _ => self.shares.push(Share { task: span.task, state: span.state, part: end - from }),
            }
            from = end;
        }
    }

    /// Marks where something was printed, one mark a pixel.
    pub fn mark(&mut self, event: Event) {
        let Some(at) = self.view.pixel(event.at) else { return };
        let failed = event.what == What::Failed;
        match self.marks.last_mut().filter(|mark| mark.at == at) {
            Some(mark) => {
                mark.failed |= failed;
                mark.task = mark.task.filter(|task| *task == event.task);
            }
            None => self.marks.push(Mark { row: self.row, at, failed, task: Some(event.task) }),
        }
    }

    /// Who had it, from left to right, and where was printed.
    pub fn drawn(&self) -> (Vec<Bar>, Vec<Mark>) {
        let mut all = self.clone();
        all.settle();
        (all.bars, all.marks)
    }

    /// Gives the pixel to the state with the largest share in it, and to the task that has at least half of what was
    /// had; to none, if several have less.
    fn settle(&mut self) {
        let mut parts = [0.0; State::ALL.len()];
        self.shares.iter().for_each(|share| parts[share.state as usize] += share.part);
        let most = State::ALL.into_iter().max_by(|one, other| parts[*one as usize].total_cmp(&parts[*other as usize]));
        let Some(state) = most.filter(|_| !self.shares.is_empty()) else { return };
        let (task, from) = (half(&self.shares), self.pixel);
        self.shares.clear();
        match self.bars.last_mut() {
            Some(bar) if (bar.task, bar.state, bar.to) == (task, state, from) => bar.to += 1,
            _ => self.bars.push(Bar { row: self.row, from, to: from + 1, state, task }),
        }
    }
}

/// The task that has at least half of what was had, if one has: found by Boyer and Moore's majority vote, in one go and
/// with nothing put in order.
fn half(shares: &[Share]) -> Option<TaskId> {
    let (mut found, mut lead) = (None, 0.0);
    for Share { task, part, .. } in shares {
        if found == Some(*task) {
            lead += part;
        } else if *part > lead {
            (found, lead) = (Some(*task), part - lead);
        } else {
            lead -= part;
        }
    }
    let own: f64 = shares.iter().filter(|share| found == Some(share.task)).map(|share| share.part).sum();
    let whole: f64 = shares.iter().map(|share| share.part).sum();
    // Of two equal shares one has half, whatever rounding makes of it.
    found.filter(|_| own >= 0.499 * whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::{LaneId, Micros};
    use State::{Running, Sleeping};

    const VIEW: View = View { from: Micros(0), to: Micros(100), width: 10 };

    /// Each span's task, state, start and end.
    fn strip(spans: &[(u32, State, u64, u64)]) -> Strip {
        let mut strip = Strip::new(VIEW, 0);
        for &(task, state, from, to) in spans {
            let (from, to) = (Micros(from), Micros(to));
            strip.add(Span { from, task: TaskId(task), to, lane: LaneId(1), state });
        }
        strip
    }

    fn told(strip: &Strip) -> Vec<(Option<u32>, State, u32, u32)> {
        strip.drawn().0.iter().map(|bar| (bar.task.map(|task| task.0), bar.state, bar.from, bar.to)).collect()
    }

    #[test]
    fn one_after_another_has_it() {
        let spans = [(1, Running, 0, 18), (1, Sleeping, 18, 47), (2, Running, 47, 60), (3, Running, 81, 82)];
        let seen = [(1, Running, 0, 2), (1, Sleeping, 2, 5), (2, Running, 5, 6), (3, Running, 8, 9)];
        assert_eq!(told(&strip(&spans)), seen.map(|(task, state, from, to)| (Some(task), state, from, to)));
    }

    #[test]
    fn a_pixel_of_many_tasks_is_nobodys_and_of_two_that_of_the_longer() {
        let spans: Vec<_> = (0..30).map(|n| (n as u32 + 1, Running, n, n + 1)).collect();
        assert_eq!(told(&strip(&spans)), [(None, Running, 0, 3)]);
        assert_eq!(told(&strip(&[(1, Running, 0, 4), (2, Running, 4, 10)])), [(Some(2), Running, 0, 1)]);
        let of_most = strip(&[(1, Running, 0, 4), (1, Sleeping, 4, 7), (2, Sleeping, 7, 10)]);
        assert_eq!(told(&of_most), [(Some(1), Sleeping, 0, 1)], "state and task are told apart");
    }

    #[test]
    fn a_mark_is_one_a_pixel() {
        let mut strip = strip(&[]);
        for (at, task, what) in [(1, 1, What::Printed), (20, 1, What::Printed), (25, 2, What::Failed)] {
            strip.mark(Event { at: Micros(at), task: TaskId(task), lane: LaneId(1), step: 0, what });
        }
        strip.mark(Event { at: Micros(101), task: TaskId(1), lane: LaneId(1), step: 0, what: What::Printed });
        let marks: Vec<_> = strip.drawn().1.iter().map(|mark| (mark.at, mark.task, mark.failed)).collect();
        assert_eq!(marks, [(0, Some(TaskId(1)), false), (2, None, true)]);
    }
}
