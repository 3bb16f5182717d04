//! A mode's lanes as the rows of a timeline: what each is called, and what of a task's life takes it up.
//!
//! A lane has one task at a time. Whoever only waits for its turn takes up none; who sleeps on an event loop leaves it
//! to others; a thread and a process wait along with their task:
//!
//! ```text
//! by task          by lane: a thread each        by lane: a loop
//! 1  █░░░░░█       1  1█░░░░░█3█░░░░░█           █1█2█3        █1█2█3
//! 2  █░░░░░█       2  2█░░░░░█
//! 3  ──────█░░░░░█
//! ```

use super::View;
use super::bars::{Bar, Mark};
use super::strip::Strip;
use crate::trace::{Event, Span, State};
use crate::workload::{LaneId, Mode};

/// A row for each lane of a mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lanes {
    mode: Mode,
    count: u8,
}

impl Lanes {
    /// So many lanes of a mode.
    #[must_use]
    pub fn of(mode: Mode, count: u8) -> Self {
        Self { mode, count: count.max(1) }
    }

    /// How many there are; never none.
    pub(super) const fn len(self) -> u32 {
        self.count as u32
    }

    /// What stands before a row: its number, or what it is where there is one of its kind.
    pub(super) fn label(self, row: u32) -> String {
        let (kind, number) = called(self.mode, LaneId::at(row as u8));
        number.map_or_else(|| kind.to_owned(), |number| number.to_string())
    }

    /// Whether a span takes up one of these lanes.
    pub(super) const fn has(self, span: &Span) -> bool {
        takes_up(self.mode, span.state, span.lane)
    }
}

/// Whether a task in this state takes up the lane that it is on.
#[must_use]
pub const fn takes_up(mode: Mode, state: State, lane: LaneId) -> bool {
    let is_loop = mode.has_loop() && lane.0 == LaneId::LOOP.0;
    match state {
        State::Ready => false,
        State::Sleeping | State::Gil => !is_loop,
        State::Starting | State::Running | State::Blocked => true,
    }
}

/// What a lane of a mode is called: `thread 3`, `loop`.
#[must_use]
pub fn lane_name(mode: Mode, lane: LaneId) -> String {
    let (kind, number) = called(mode, lane);
    number.map_or_else(|| kind.to_owned(), |number| format!("{kind} {number}"))
}

/// What a lane is, and its number where there are several of its kind.
const fn called(mode: Mode, lane: LaneId) -> (&'static str, Option<u8>) {
    match (mode, lane.index() as u8) {
        (Mode::Sync, _) => ("thread", None),
        (Mode::Async, _) | (Mode::Offload, 0) => ("loop", None),
        (Mode::Offload, thread) => ("thread", Some(thread)),
        (Mode::Threads | Mode::FreeThreads, _) => ("thread", Some(lane.0)),
        (Mode::Processes, _) => ("process", Some(lane.0)),
    }
}

/// A picture by lane, that grows span by span.
#[derive(Clone, Debug)]
pub(super) struct Carried {
    lanes: Lanes,
    strips: Vec<Strip>,
}

impl Carried {
    /// Nothing yet.
    pub fn new(lanes: Lanes, view: View) -> Self {
        Self { lanes, strips: (0..lanes.len()).map(|row| Strip::new(view, row)).collect() }
    }

    /// Adds a span; all come in the order of their ends.
    pub fn add(&mut self, span: Span) {
        if let Some(strip) = self.strips.get_mut(span.lane.index()).filter(|_| self.lanes.has(&span)) {
            strip.add(span);
        }
    }

    /// Marks where something was printed.
    pub fn mark(&mut self, event: Event) {
        if let Some(strip) = self.strips.get_mut(event.lane.index()) {
            strip.mark(event);
        }
    }

    /// What there is to draw.
    pub fn drawn(&self) -> (Vec<Bar>, Vec<Mark>) {
        let (bars, marks): (Vec<_>, Vec<_>) = self.strips.iter().map(Strip::drawn).unzip();
        (bars.concat(), marks.concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Trace, What, spans};
    use crate::workload::{Micros, TaskCount, TaskId};
    use State::{Blocked, Gil, Ready, Running, Sleeping, Starting};

    const VIEW: View = View { from: Micros(0), to: Micros(100), width: 10 };

    /// Each event's time, task, lane and state; none: it ended.
    fn drawn(mode: Mode, lanes: u8, events: &[(u64, u32, u8, Option<State>)]) -> Vec<(u32, u32, State, u32, u32)> {
        let mut trace = Trace::default();
        trace.lanes_up = vec![Micros(10); if mode.has_loop() { 1 } else { lanes.into() }];
        for &(at, task, lane, state) in events {
            let what = state.map_or(What::Ended, What::Entered);
            trace.push(Event { at: Micros(at), task: TaskId(task), lane: LaneId(lane), step: 0, what });
        }
        let mut carried = Carried::new(Lanes::of(mode, lanes), VIEW);
        spans(&trace, TaskCount::new(3).unwrap(), |span| carried.add(span));
        let told = |bar: &Bar| (bar.row, bar.task.map_or(0, |task| task.0), bar.state, bar.from, bar.to);
        carried.drawn().0.iter().map(told).collect()
    }

    #[test]
    fn a_queued_task_comes_behind_the_one_before_it_on_its_thread() {
        let events = [
            (20, 1, 1, Some(Running)),
            (20, 2, 2, Some(Running)),
            (30, 1, 1, Some(Sleeping)),
            (60, 1, 1, None),
            (60, 3, 1, Some(Running)),
            (80, 2, 2, None),
            (90, 3, 1, None),
        ];
        let seen = [
            (0, 1, Starting, 0, 1),
            (0, 1, Running, 2, 3),
            (0, 1, Sleeping, 3, 6),
            (0, 3, Running, 6, 9),
            (1, 2, Starting, 0, 1),
            (1, 2, Running, 2, 8),
        ];
        assert_eq!(drawn(Mode::Threads, 2, &events), seen);
    }

    #[test]
    fn who_sleeps_on_a_loop_leaves_it_to_others_and_who_blocks_holds_it() {
        let events = [
            (10, 1, 1, Some(Running)),
            (20, 1, 1, Some(Sleeping)),
            (20, 2, 1, Some(Blocked)),
            (50, 2, 1, Some(Ready)),
            (70, 1, 1, Some(Running)),
            (80, 1, 1, None),
            (80, 2, 1, None),
        ];
        let seen = [(0, 1, Starting, 0, 1), (0, 1, Running, 1, 2), (0, 2, Blocked, 2, 5), (0, 1, Running, 7, 8)];
        assert_eq!(drawn(Mode::Async, 1, &events), seen);
    }

    #[test]
    fn a_call_is_on_its_thread_and_the_task_that_waits_for_one_nowhere() {
        let events = [
            (10, 1, 1, Some(Running)),
            (20, 1, 1, Some(Gil)),
            (30, 1, 2, Some(Running)),
            (50, 1, 2, Some(Gil)),
            (60, 1, 2, Some(Blocked)),
            (70, 1, 2, Some(Ready)),
            (80, 1, 1, None),
        ];
        let seen = [
            (0, 1, Starting, 0, 1),
            (0, 1, Running, 1, 2),
            (1, 1, Running, 3, 5),
            (1, 1, Gil, 5, 6),
            (1, 1, Blocked, 6, 7),
        ];
        assert_eq!(drawn(Mode::Offload, 2, &events), seen);
    }

    #[test]
    fn a_lane_has_a_name() {
        let name = |mode, lane| (lane_name(mode, LaneId(lane)), Lanes::of(mode, 3).label(u32::from(lane) - 1));
        let named = |name: &str, label: &str| (name.to_owned(), label.to_owned());
        assert_eq!(name(Mode::Sync, 1), named("thread", "thread"));
        assert_eq!(name(Mode::Async, 1), named("loop", "loop"));
        assert_eq!(name(Mode::Threads, 3), named("thread 3", "3"));
        assert_eq!(name(Mode::Processes, 1), named("process 1", "1"));
        assert_eq!(
            [name(Mode::Offload, 1), name(Mode::Offload, 2)],
            [named("loop", "loop"), named("thread 1", "1")],
            "the pool is counted by itself"
        );
    }
}
