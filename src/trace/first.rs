//! The first spans of a trace: what a result tells of a long one.

use std::collections::BinaryHeap;

use super::{Found, Lives, Span, Trace};
use crate::workload::{TaskCount, TaskId};

/// The first of many spans, by start, then task: at most so many.
#[derive(Clone, Debug)]
pub struct First {
    most: usize,
    spans: BinaryHeap<Span>,
}

impl First {
    /// None yet.
    #[must_use]
    pub const fn new(most: usize) -> Self {
        Self { most, spans: BinaryHeap::new() }
    }

    /// Adds a span, unless there are as many that come before it.
    pub fn add(&mut self, span: Span) {
        if self.spans.len() < self.most {
            self.spans.push(span);
        } else if let Some(mut last) = self.spans.peek_mut().filter(|last| span < **last) {
            *last = span;
        }
    }

    /// The last of them, once there is room for no more.
    fn last(&self) -> Option<&Span> {
        self.spans.peek().filter(|_| self.spans.len() >= self.most)
    }

    /// All of them, in their order.
    #[must_use]
    pub fn sorted(self) -> Vec<Span> {
        self.spans.into_sorted_vec()
    }
}

/// The first spans by start, then task: at most so many. Of a long trace no more is looked at than that takes.
#[must_use]
pub fn first_spans(trace: &Trace, tasks: TaskCount, most: usize) -> Vec<Span> {
    first_of(&mut Lives::new(trace.clone(), tasks), tasks, most)
}

fn first_of(lives: &mut Lives, tasks: TaskCount, most: usize) -> Vec<Span> {
    let (mut first, mut open) = (First::new(most), tasks.ids().peekable());
    while lives.go_on(|found| match found {
        Found::Span(span) => first.add(span),
        Found::Line(_) => {}
    }) {
        let Some(last) = first.last() else { continue };
        // What a task still has to come begins later and later: who is behind the last stays there.
        let is_behind =
            |task: &TaskId| lives.next_from(*task).is_none_or(|from| (from, *task) > (last.from, last.task));
        while open.next_if(is_behind).is_some() {}
        if open.peek().is_none() {
            break;
        }
    }
    first.sorted()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Event, State, What};
    use crate::workload::{LaneId, Micros};

    /// 3000 tasks that run one after another, 40 times, each for a microsecond; in each round so many fewer.
    fn turns(fewer: u32) -> Trace {
        let mut trace = Trace::default();
        let turns = (0..40).flat_map(|round| (0..3000 - round * fewer).map(TaskId::at));
        for (task, at) in turns.zip(0..) {
            for (at, state) in [(at, State::Running), (at + 1, State::Gil)] {
                trace.push(Event { at: Micros(at), task, lane: LaneId(1), step: 0, what: What::Entered(state) });
            }
        }
        trace
    }

    #[test]
    fn the_first_are_those_of_all() {
        let (trace, tasks) = (turns(2), TaskCount::new(3000).unwrap());
        let all = first_spans(&trace, tasks, usize::MAX);
        assert!(trace.chunks.len() > 3 && all.is_sorted());
        for most in [0, 1, 3000, 10_000, 100_000, all.len()] {
            assert!(first_spans(&trace, tasks, most) == all[..most], "{most}");
        }
    }

    #[test]
    fn of_a_long_trace_only_the_beginning_is_looked_at() {
        let (trace, tasks) = (turns(0), TaskCount::new(3000).unwrap());
        let left_by = |most| {
            let mut lives = Lives::new(trace.clone(), tasks);
            first_of(&mut lives, tasks, most);
            let mut left = 0;
            while lives.go_on(|_| {}) {
                left += 1;
            }
            left
        };
        assert!(left_by(3000) > 2 && left_by(10_000) > 2 && left_by(usize::MAX) == 0);
    }
}
