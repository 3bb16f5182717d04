//! Spans: the stretches of each task's life in one state, derived from the events.
//!
//! ```text
//! events   released   running  sleeping            running    ended
//! spans       ├ ready ┼ running ┼ ─── sleeping ───── ┼ running ┤
//! ```

use super::{Event, State, Trace, What};
use crate::workload::{LaneId, Micros, TaskCount, TaskId};

/// A stretch of a task's life in one state. Ordered by start, then task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Its start.
    pub from: Micros,
    /// The task.
    pub task: TaskId,
    /// Its end; that of the trace, if it was still open there.
    pub to: Micros,
    /// The lane that carried the task.
    pub lane: LaneId,
    /// The state.
    pub state: State,
}

/// Calls `each` with every span that lasts, in the order of their ends; those open at the end of the trace last.
pub fn spans(trace: &Trace, tasks: TaskCount, mut each: impl FnMut(Span)) {
    let mut lives = Lives::new(trace.clone(), tasks);
    let mut found = |found| match found {
        Found::Span(span) => each(span),
        Found::Line(_) => {}
    };
    while lives.go_on(&mut found) {}
}

/// What is found on the way through a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A span that lasts has come to its end.
    Span(Span),
    /// Something was printed, or failed.
    Line(Event),
}

/// A way through a trace, one stretch after another: of a long one, all at once would hold a page up.
#[derive(Clone, Debug)]
pub struct Lives {
    trace: Trace,
    of: Vec<Life>,
    /// When each lane was up, by lane, until it has begun with a task.
    idle: Vec<Option<Micros>>,
    /// The stretch that comes next.
    next: usize,
    /// So many tasks have been looked at behind the last stretch.
    closed: usize,
}

/// So many tasks take about as long as a stretch of events.
const AT_ONCE: usize = 1 << 14;

impl Lives {
    /// Before the first stretch.
    #[must_use]
    pub fn new(trace: Trace, tasks: TaskCount) -> Self {
        let idle = trace.lanes_up.iter().copied().map(Some).collect();
        Self { trace, of: vec![Life::Before; tasks.get() as usize], idle, next: 0, closed: 0 }
    }

    /// Goes through the next stretch, which takes about a millisecond at most, and at the end through the spans that
    /// are open there. Whether there was any.
    pub fn go_on(&mut self, mut each: impl FnMut(Found)) -> bool {
        let Some(stretch) = self.trace.chunks.get(self.next) else { return self.close_some(each) };
        self.next += 1;
        for event in stretch.iter() {
            let Some(life) = self.of.get_mut(event.task.index()) else { continue };
            if event.is_line() {
                each(Found::Line(event));
            }
            let next = match event.what {
                What::Entered(state) => Life::In(event.at, event.lane, state),
                What::Failed | What::Ended => Life::Over,
                What::Printed => continue,
            };
            // A lane begins with its first task; the others wait from the start for the lane that takes them.
            let idle = self.idle.get_mut(event.lane.index());
            let begins = || (event.lane, idle.and_then(Option::take).unwrap_or_default());
            close(event.task, std::mem::replace(life, next), event.at, begins, &mut each);
        }
        true
    }

    /// Goes through some of the spans that are open at the end; whether there was any.
    fn close_some(&mut self, mut each: impl FnMut(Found)) -> bool {
        let from = self.closed;
        self.closed = self.of.len().min(from + AT_ONCE);
        let some = self.of.get(from..self.closed).unwrap_or_default();
        for (task, life) in (from as u32..).map(TaskId::at).zip(some) {
            // A lane that has not begun would have begun with the task of its place.
            let up = self.idle.get(task.index()).copied().flatten();
            let begins = || up.map_or((LaneId(1), Micros::ZERO), |up| (LaneId::at(task.index() as u8), up));
            close(task, *life, self.trace.until, begins, &mut each);
        }
        !some.is_empty()
    }

    /// No span of this task that is still to come begins earlier; none: no span is to come.
    #[must_use]
    pub fn next_from(&self, task: TaskId) -> Option<Micros> {
        match self.of.get(task.index())? {
            Life::Before => Some(Micros::ZERO),
            Life::In(from, ..) => Some(*from),
            Life::Over => None,
        }
    }
}

/// Where a task is in its life.
#[derive(Clone, Copy, Debug)]
enum Life {
    /// Before its first event.
    Before,
    /// In a state, since a time, on a lane.
    In(Micros, LaneId, State),
    /// At its end.
    Over,
}

/// Ends the span that a task was in; `begins` tells on which lane its first event is, and when that was up for it.
fn close(
    task: TaskId,
    life: Life,
    to: Micros,
    begins: impl FnOnce() -> (LaneId, Micros),
    each: &mut impl FnMut(Found),
) {
    let mut lasting = |from: Micros, to: Micros, lane, state| {
        if from < to {
            each(Found::Span(Span { from, task, to, lane, state }));
        }
    };
    match life {
        Life::Before => {
            let (lane, up) = begins();
            lasting(Micros::ZERO, up.min(to), lane, State::Starting);
            lasting(up.min(to), to, lane, State::Ready);
        }
        Life::In(from, lane, state) => lasting(from, to, lane, state),
        Life::Over => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Columns, first_spans};

    fn trace(events: &[(u64, u32, What)]) -> Trace {
        let mut trace = Trace { released: Micros(10), lanes_up: vec![Micros(4)], ..Trace::default() };
        for &(at, task, what) in events {
            trace.push(Event { at: Micros(at), task: TaskId(task), lane: LaneId(1), step: 0, what });
        }
        trace
    }

    fn told(trace: &Trace) -> Vec<(u32, State, u64, u64)> {
        let spans = first_spans(trace, TaskCount::new(2).unwrap(), 100);
        spans.into_iter().map(|s| (s.task.0, s.state, s.from.0, s.to.0)).collect()
    }

    #[test]
    fn a_task_whose_lane_is_not_up_is_starting() {
        let trace = Trace { lanes_up: vec![Micros(4), Trace::NOT_UP], until: Micros(9), ..Trace::default() };
        let starting = |task, to| (task, State::Starting, 0, to);
        assert_eq!(told(&trace), [starting(1, 4), starting(2, 9), (1, State::Ready, 4, 9)]);
    }

    #[test]
    fn a_task_starts_with_its_lane_is_ready_and_goes_through_its_states() {
        let trace = trace(&[
            (10, 1, What::Entered(State::Running)),
            (12, 1, What::Entered(State::Sleeping)),
            (12, 2, What::Entered(State::Running)),
            (20, 2, What::Ended),
            (30, 1, What::Entered(State::Running)),
            (31, 1, What::Ended),
        ]);
        assert_eq!(
            told(&trace),
            [
                (1, State::Starting, 0, 4),
                (2, State::Ready, 0, 12),
                (1, State::Ready, 4, 10),
                (1, State::Running, 10, 12),
                (1, State::Sleeping, 12, 30),
                (2, State::Running, 12, 20),
                (1, State::Running, 30, 31),
            ]
        );
    }

    #[test]
    fn what_is_open_at_a_stop_ends_there_and_what_never_began_was_ready() {
        let mut trace = trace(&[(10, 1, What::Entered(State::Blocked))]);
        trace.until = Micros(50);
        assert_eq!(
            told(&trace),
            [
                (1, State::Starting, 0, 4),
                (2, State::Ready, 0, 50),
                (1, State::Ready, 4, 10),
                (1, State::Blocked, 10, 50)
            ]
        );
    }

    #[test]
    fn who_waits_in_the_queue_waits_for_the_lane_that_takes_it() {
        let mut trace = trace(&[(10, 1, What::Ended)]);
        trace.push(Event {
            at: Micros(20),
            task: TaskId(2),
            lane: LaneId(7),
            step: 0,
            what: What::Entered(State::Running),
        });
        let spans = first_spans(&trace, TaskCount::new(2).unwrap(), 100);
        let queued = spans.iter().find(|span| span.task == TaskId(2));
        assert_eq!(queued.map(|span| (span.state, span.lane, span.to)), Some((State::Ready, LaneId(7), Micros(20))));
    }

    #[test]
    fn a_lane_begins_with_the_first_task_that_is_on_it() {
        let mut trace = Trace { lanes_up: vec![Micros(4), Micros(6)], ..Trace::default() };
        for (at, task, lane) in [(10, 1, 1), (11, 3, 2), (12, 2, 1)] {
            let event = Event { at: Micros(at), task: TaskId(task), lane: LaneId(lane), step: 0, what: What::Ended };
            trace.push(event);
        }
        let spans = first_spans(&trace, TaskCount::new(3).unwrap(), 100);
        let told: Vec<_> = spans.iter().map(|s| (s.task.0, s.lane.0, s.state, s.from.0, s.to.0)).collect();
        assert_eq!(
            told,
            [
                (1, 1, State::Starting, 0, 4),
                (2, 1, State::Ready, 0, 12),
                (3, 2, State::Starting, 0, 6),
                (1, 1, State::Ready, 4, 10),
                (3, 2, State::Ready, 6, 11),
            ]
        );
    }

    #[test]
    fn however_long_a_trace_is_every_span_is_told_once() {
        let tasks = 3 * AT_ONCE as u32;
        let began = |at: u32| Event {
            at: Micros(u64::from(at)),
            task: TaskId::at(at),
            lane: LaneId(1),
            step: 0,
            what: What::Entered(State::Running),
        };
        let mut trace = Trace::default();
        for from in (0..tasks / 2).step_by(AT_ONCE / 2) {
            let mut columns = Columns::default();
            assert!((from..from + AT_ONCE as u32 / 2).all(|at| columns.push(began(at))));
            trace.append(columns);
        }
        assert!(trace.chunks.len() > 2);
        let mut told = vec![Vec::new(); tasks as usize];
        trace.until = Micros(u64::from(tasks));
        spans(&trace, TaskCount::new(tasks.into()).unwrap(), |span| {
            told[span.task.index()].push((span.from.0, span.state));
        });
        let one = |at: u64| match at {
            0 => vec![(0, State::Running)],
            at if at < u64::from(tasks / 2) => vec![(0, State::Ready), (at, State::Running)],
            _ => vec![(0, State::Ready)],
        };
        assert!(told.into_iter().zip(0..).all(|(told, at)| told == one(at)));
    }
}
