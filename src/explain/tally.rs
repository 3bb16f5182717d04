//! What one walk over a trace adds up to: how long tasks were in each state, when the first and the last of them were.
//!
//! The walk can be taken a stretch at a time, as a long trace takes longer than a page may be held up.

use crate::trace::{Event, Found, Lives, Span, State, Trace, What};
use crate::workload::{Micros, TaskCount, TaskId};

/// All spans in one state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spans {
    /// How many there are.
    pub count: u64,
    /// How long they are in all; those that overlap count each.
    pub sum: Micros,
    /// Where the first begins.
    pub from: Micros,
    /// Where the last ends.
    pub to: Micros,
    /// The longest of them, the first of those.
    pub longest: Option<Span>,
}

impl Spans {
    fn add(&mut self, span: Span) {
        let length = |span: Span| span.to.since(span.from);
        self.from = if self.count == 0 { span.from } else { self.from.min(span.from) };
        self.to = self.to.max(span.to);
        self.count += 1;
        self.sum += length(span);
        if self.longest.is_none_or(|longest| length(longest) < length(span)) {
            self.longest = Some(span);
        }
    }
}

/// What a trace adds up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// When the tasks were let go.
    released: Micros,
    in_state: [Spans; State::ALL.len()],
    /// Which lanes have run a task, as bits.
    ran: u64,
    last_begun: Option<(TaskId, Micros)>,
    last: Option<(TaskId, Micros)>,
    last_but_one: Micros,
    first_failed: Option<(TaskId, Micros)>,
    failed: u32,
}

/// A walk over a trace.
#[derive(Clone, Debug)]
pub struct Walk {
    lives: Lives,
    tally: Tally,
}

impl Walk {
    /// Before the first stretch.
    #[must_use]
    pub fn new(trace: Trace, tasks: TaskCount) -> Self {
        let tally = Tally { released: trace.released, ..Tally::default() };
        Self { lives: Lives::new(trace, tasks), tally }
    }

    /// Goes on for about a millisecond. Whether there is more to do.
    pub fn go_on(&mut self) -> bool {
        let Self { lives, tally } = self;
        lives.go_on(|found| match found {
            Found::Span(span) => tally.add(span),
            Found::Line(event) => tally.hear(event),
        })
    }

    /// What it adds up to, as far as it has come.
    #[must_use]
    pub const fn tally(&self) -> Tally {
        self.tally
    }
}

impl Tally {
    /// What a whole trace adds up to, at once.
    #[must_use]
    pub fn of(trace: &Trace, tasks: TaskCount) -> Self {
        let mut walk = Walk::new(trace.clone(), tasks);
        while walk.go_on() {}
        walk.tally()
    }

    fn hear(&mut self, line: Event) {
        if line.what == What::Failed {
            self.failed += 1;
            self.first_failed.get_or_insert((line.task, line.at));
        }
    }

    fn add(&mut self, span: Span) {
        self.in_state[span.state as usize].add(span);
        match span.state {
            State::Running => self.ran |= 1 << span.lane.index().min(63),
            // Who is ready from the start on has not begun yet.
            State::Ready if span.from <= self.released && self.last_begun.is_none_or(|(_, at)| at < span.to) => {
                self.last_begun = Some((span.task, span.to));
            }
            _ => {}
        }
        match &mut self.last {
            Some((task, at)) if *task == span.task => *at = span.to.max(*at),
            Some((_, at)) if span.to <= *at => self.last_but_one = self.last_but_one.max(span.to),
            last => self.last_but_one = last.replace((span.task, span.to)).map_or(Micros::ZERO, |(_, at)| at),
        }
    }

    /// The spans in a state.
    #[must_use]
    pub const fn in_state(&self, state: State) -> Spans {
        self.in_state[state as usize]
    }

    /// How many lanes have run a task for a time that can be told.
    #[must_use]
    pub const fn lanes_that_ran(&self) -> u32 {
        self.ran.count_ones()
    }

    /// The task that had to wait longest for its beginning, and when it began; none if none had to wait.
    #[must_use]
    pub const fn last_begun(&self) -> Option<(TaskId, Micros)> {
        self.last_begun
    }

    /// The task that was the last to end, and from when on it was alone.
    #[must_use]
    pub fn last_alone(&self) -> Option<(TaskId, Micros)> {
        self.last.map(|(task, _)| (task, self.last_but_one))
    }

    /// The first task that failed, and when.
    #[must_use]
    pub const fn first_failed(&self) -> Option<(TaskId, Micros)> {
        self.first_failed
    }

    /// How many tasks failed.
    #[must_use]
    pub const fn failed(&self) -> u32 {
        self.failed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::LaneId;

    const RUNNING: What = What::Entered(State::Running);
    const SLEEPING: What = What::Entered(State::Sleeping);

    fn tally(events: &[(u64, u32, What)]) -> Tally {
        let mut trace = Trace::default();
        (trace.released, trace.lanes_up) = (Micros(5), vec![Micros(4)]);
        for &(at, task, what) in events {
            trace.push(Event { at: Micros(at), task: TaskId(task), lane: LaneId(task as u8), step: 0, what });
        }
        Tally::of(&trace, TaskCount::default())
    }

    #[test]
    fn states_are_added_up_and_the_last_to_begin_and_to_end_are_known() {
        let tally = tally(&[
            (5, 1, RUNNING),
            (7, 1, SLEEPING),
            (10, 2, RUNNING),
            (12, 2, SLEEPING),
            (40, 2, What::Failed),
            (50, 3, RUNNING),
            (60, 1, RUNNING),
            (62, 3, What::Failed),
            (90, 1, What::Ended),
        ]);
        let sleeps = tally.in_state(State::Sleeping);
        assert_eq!((sleeps.count, sleeps.sum, sleeps.from, sleeps.to), (2, Micros(81), Micros(7), Micros(60)));
        assert_eq!(sleeps.longest.map(|span| span.task), Some(TaskId(1)));
        assert_eq!((tally.lanes_that_ran(), tally.in_state(State::Blocked)), (3, Spans::default()));
        assert_eq!(tally.last_begun(), Some((TaskId(3), Micros(50))));
        assert_eq!(tally.last_alone(), Some((TaskId(1), Micros(62))));
        assert_eq!((tally.first_failed(), tally.failed()), (Some((TaskId(2), Micros(40))), 2));
    }
}
