//! The stretches of a timeline's row, to be pointed at and told one by one. Not how they are drawn.

use super::{Bar, Rows, View};
use crate::report::Scale;
use crate::trace::{State, Trace, spans};
use crate::workload::{LaneId, Micros, TaskCount, TaskId};

/// A stretch of a row in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pointed {
    /// Its start.
    pub from: Micros,
    /// Its end.
    pub to: Micros,
    /// The state; of several tasks, that of most.
    pub state: State,
    /// The row's first task and its last.
    pub tasks: (TaskId, TaskId),
    /// The lane that carries the task; none: there are several tasks.
    pub lane: Option<LaneId>,
}

/// The stretches of a row from left to right: of a task by itself as long as they were, of several tasks that share
/// the row as they are drawn in this view.
#[must_use]
pub fn stretches(trace: &Trace, count: TaskCount, rows: Rows, row: u32, drawn: (&[Bar], View)) -> Vec<Pointed> {
    let tasks = rows.tasks(row);
    if !rows.one_each() {
        let (bars, view) = drawn;
        let of_row = bars.iter().filter(|bar| bar.row == row);
        let pointed = |bar: &Bar| {
            let (from, to) = (view.time(bar.from), view.time(bar.to));
            Pointed { from, to, state: bar.state, tasks, lane: None }
        };
        return of_row.map(pointed).collect();
    }
    let mut found = Vec::new();
    spans(trace, count, |span| {
        if span.task == tasks.0 {
            let lane = Some(span.lane);
            found.push(Pointed { from: span.from, to: span.to, state: span.state, tasks, lane });
        }
    });
    found
}

impl Pointed {
    /// Whether a task is in it at a time.
    #[must_use]
    pub fn has(&self, task: TaskId, at: Micros) -> bool {
        (self.tasks.0..=self.tasks.1).contains(&task) && (self.from..=self.to).contains(&at)
    }

    /// What it is, in words, on lanes that have this name.
    #[must_use]
    pub fn words(&self, scale: Scale, lane: &str) -> String {
        let (first, last) = self.tasks;
        let who = if first == last { format!("Task {first}: ") } else { format!("Tasks {first} to {last}: mostly ") };
        let on = self.lane.filter(|_| !lane.is_empty()).map(|id| format!(", on {lane} {}", id.0)).unwrap_or_default();
        let length = scale.write(self.to.since(self.from));
        let (from, to) = (scale.write(self.from), scale.write(self.to));
        format!("{who}{} for {length}, from {from} to {to}{on}.", self.state.words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Event, What};

    fn trace() -> Trace {
        let mut trace = Trace::default();
        trace.lanes_up = vec![Micros::ZERO];
        let events = [
            (0, 1, What::Entered(State::Running)),
            (1000, 1, What::Entered(State::Sleeping)),
            (1000, 2, What::Entered(State::Running)),
            (21_000, 2, What::Ended),
            (21_000, 1, What::Ended),
        ];
        for (at, task, what) in events {
            trace.push(Event { at: Micros(at), task: TaskId(task), lane: LaneId(1), step: 0, what });
        }
        trace
    }

    const VIEW: View = View { from: Micros(0), to: Micros(20_000), width: 10 };

    #[test]
    fn a_task_by_itself_is_told_exactly() {
        let two = TaskCount::new(2).unwrap();
        let rows = Rows::of(two, 80);
        let found = stretches(&trace(), two, rows, 0, (&[], VIEW));
        let words: Vec<_> = found.iter().map(|one| one.words(Scale::Milliseconds, "thread")).collect();
        assert_eq!(
            words,
            [
                "Task 1: running for 1.0 ms, from 0.0 ms to 1.0 ms, on thread 1.",
                "Task 1: sleeping for 20.0 ms, from 1.0 ms to 21.0 ms, on thread 1."
            ]
        );
        let has = |task, at| found[1].has(TaskId(task), Micros(at));
        assert!(has(1, 1000) && has(1, 21_000) && !has(1, 999) && !has(1, 21_001) && !has(2, 5000));
        assert!(found[1].words(Scale::Seconds, "").ends_with("from 0.001 s to 0.021 s."));
        assert_eq!(stretches(&trace(), two, rows, 1, (&[], VIEW)).last().map(|last| last.to), Some(Micros(21_000)));
    }

    #[test]
    fn several_tasks_in_a_row_are_told_as_they_are_drawn() {
        let two = TaskCount::new(2).unwrap();
        let rows = Rows::of(two, 1);
        let bars = [Bar { row: 0, from: 2, to: 10, state: State::Running }];
        let found = stretches(&trace(), two, rows, 0, (&bars, VIEW));
        let words: Vec<_> = found.iter().map(|one| one.words(Scale::Milliseconds, "thread")).collect();
        assert_eq!(words, ["Tasks 1 to 2: mostly running for 16.0 ms, from 4.0 ms to 20.0 ms."]);
    }
}
