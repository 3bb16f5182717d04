//! The timeline in words, for who can't see it.

use crate::report::Scale;
use crate::trace::{Span, State};
use crate::workload::{Micros, TaskCount, TaskId, grouped};

/// Past so many tasks they are told of together.
const ONE_BY_ONE: u32 = 6;

/// Of how many tasks each is told of; none where they are too many.
pub(super) fn told_one_by_one(tasks: TaskCount) -> u32 {
    if tasks.get() > ONE_BY_ONE { 0 } else { tasks.get() }
}

/// A task's life in short: when it first ran, when it ended, and what it did for longest.
#[derive(Clone, Debug, Default)]
struct Life {
    began: Option<Micros>,
    ended: Micros,
    in_state: [u64; State::ALL.len()],
}

/// When each task ran and what it was doing for most of the time; of many tasks, when the first began and the last
/// ended.
#[derive(Clone, Debug)]
pub struct Words {
    tasks: TaskCount,
    lives: Vec<Life>,
    all: Life,
}

impl Words {
    /// Nothing yet.
    #[must_use]
    pub fn new(tasks: TaskCount) -> Self {
        let told = told_one_by_one(tasks);
        Self { tasks, lives: vec![Life::default(); told as usize], all: Life::default() }
    }

    /// Adds a span.
    pub fn add(&mut self, span: Span) {
        self.lives.get_mut(span.task.index()).unwrap_or(&mut self.all).add(span);
    }

    /// All of it in sentences.
    #[must_use]
    pub fn told(&self) -> String {
        let scale = Scale::of(self.lives.iter().chain([&self.all]).map(|life| life.ended));
        if self.lives.is_empty() {
            return format!("{} tasks {}", grouped(self.tasks.get().into()), self.all.told(scale));
        }
        let one = |(task, life): (TaskId, &Life)| format!("Task {task} {}", life.told(scale));
        self.tasks.ids().zip(&self.lives).map(one).collect::<Vec<_>>().join(" ")
    }
}

impl Life {
    fn add(&mut self, span: Span) {
        if !matches!(span.state, State::Starting | State::Ready) {
            self.began = Some(self.began.unwrap_or(span.from).min(span.from));
        }
        self.ended = self.ended.max(span.to);
        // Of many tasks the first may have begun long before this one.
        if self.began.is_some_and(|began| began <= span.from) {
            self.in_state[span.state as usize] += span.to.since(span.from).0;
        }
    }

    fn told(&self, scale: Scale) -> String {
        let Some(began) = self.began else { return "did not begin.".to_owned() };
        let longest = State::ALL.into_iter().max_by_key(|state| self.in_state[*state as usize]);
        let mostly = longest.map_or("", State::words);
        format!("from {} to {}, mostly {mostly}.", scale.write(began), scale.write(self.ended))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Event, Trace, What, spans};
    use crate::workload::LaneId;

    fn told(events: &[(u64, u32, What)], tasks: u64) -> String {
        let mut trace = Trace::default();
        for &(at, task, what) in events {
            trace.push(Event { at: Micros(at), task: TaskId(task), lane: LaneId(1), step: 0, what });
        }
        let tasks = TaskCount::new(tasks).unwrap();
        let mut words = Words::new(tasks);
        spans(&trace, tasks, |span| words.add(span));
        words.told()
    }

    const RUNNING: What = What::Entered(State::Running);
    const SLEEPING: What = What::Entered(State::Sleeping);

    #[test]
    fn few_tasks_are_told_one_by_one() {
        let events = [(0, 1, RUNNING), (100, 1, SLEEPING), (1_001_000, 1, What::Ended)];
        assert_eq!(told(&events, 2), "Task 1 from 0.000 s to 1.001 s, mostly sleeping. Task 2 did not begin.");
        let waits = What::Entered(State::Ready);
        let events = [(0, 1, waits), (1_000_000, 1, SLEEPING), (1_900_000, 1, What::Ended)];
        assert_eq!(told(&events, 1), "Task 1 from 1.000 s to 1.900 s, mostly sleeping.", "its wait for that apart");
        let events = [(2000, 1, RUNNING), (20_400, 1, What::Ended)];
        assert_eq!(told(&events, 1), "Task 1 from 2.0 ms to 20.4 ms, mostly running.");
    }

    #[test]
    fn many_tasks_are_told_together() {
        let events = [(5000, 1, RUNNING), (6000, 1, What::Ended), (6000, 900, RUNNING), (2_000_000, 900, What::Ended)];
        assert!(told(&events, 1000).starts_with("1,000 tasks from 0.005 s to 2.000 s, mostly "));
    }
}
