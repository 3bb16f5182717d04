//! The stretches of a timeline's row, to be pointed at and told one by one. Not how they are drawn.

use super::{Bar, Rows, View, lane_name, takes_up};
use crate::report::Scale;
use crate::trace::{Event, Span, State, Trace, spans};
use crate::workload::{LaneId, Micros, Mode, TaskCount, TaskId};

/// A stretch of a row in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pointed {
    /// Its start.
    pub from: Micros,
    /// Its end.
    pub to: Micros,
    /// The state; of several tasks, that of most whose turn it is.
    pub state: State,
    /// The first task that may be in it, and the last.
    pub tasks: (TaskId, TaskId),
    /// The lane that it is on; none: there are several tasks, on whichever.
    pub lane: Option<LaneId>,
    /// How well it is known.
    pub known: Known,
}

/// How well a stretch is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// As long as it was.
    Exactly,
    /// As it is drawn, in whole pixels.
    AsDrawn,
}

/// Of more events than this stretches are told as they are drawn: to go through them takes a millisecond.
const FEW: usize = 1 << 16;

/// The stretches of a row from left to right: of a task by itself, or of a lane, as long as they were; of several tasks that
/// share the row, or where there are too many, as they are drawn in this view.
#[must_use]
pub fn stretches(trace: &Trace, count: TaskCount, rows: Rows, row: u32, drawn: (&[Bar], View)) -> Vec<Pointed> {
    let are_few = trace.len() < FEW;
    match rows {
        Rows::Tasks(dealt) => match dealt.only(row) {
            Some(task) if are_few => exactly(trace, count, |span| span.task == task),
            _ => as_drawn(drawn, row, dealt.tasks(row), None),
        },
        Rows::Lanes(lanes) => match LaneId::at(row as u8) {
            lane if are_few => exactly(trace, count, |span| span.lane == lane && lanes.has(span)),
            lane => as_drawn(drawn, row, (TaskId(1), TaskId(count.get())), Some(lane)),
        },
    }
}

fn exactly(trace: &Trace, count: TaskCount, is_there: impl Fn(&Span) -> bool) -> Vec<Pointed> {
    let mut found = Vec::new();
    spans(trace, count, |span| {
        if is_there(&span) {
            let Span { from, to, task, lane, state } = span;
            found.push(Pointed { from, to, state, tasks: (task, task), lane: Some(lane), known: Known::Exactly });
        }
    });
    found
}

fn as_drawn((bars, view): (&[Bar], View), row: u32, tasks: (TaskId, TaskId), lane: Option<LaneId>) -> Vec<Pointed> {
    let pointed = |bar: &Bar| {
        let (from, to) = (view.time(bar.from), view.time(bar.to));
        let tasks = bar.task.map_or(tasks, |task| (task, task));
        Pointed { from, to, state: bar.state, tasks, lane, known: Known::AsDrawn }
    };
    bars.iter().filter(|bar| bar.row == row).map(pointed).collect()
}

impl Pointed {
    /// Whether something happened in it.
    #[must_use]
    pub fn has(&self, event: &Event) -> bool {
        let (first, last) = self.tasks;
        let is_there = first == last || self.lane.is_none_or(|lane| lane == event.lane);
        is_there && (first..=last).contains(&event.task) && (self.from..=self.to).contains(&event.at)
    }

    /// What it is, in words.
    #[must_use]
    pub fn words(&self, scale: Scale, mode: Mode) -> String {
        let (first, last) = self.tasks;
        let who = match self.lane {
            _ if first == last => format!("Task {first}: "),
            None => format!("Tasks {first} to {last}: "),
            Some(_) => "Several tasks: ".to_owned(),
        };
        let mostly = if self.known == Known::Exactly { "" } else { "mostly " };
        let on = self.lane.map(|lane| on_lane(mode, self.state, lane)).unwrap_or_default();
        let length = scale.write(self.to.since(self.from));
        let (from, to) = (scale.write(self.from), scale.write(self.to));
        format!("{who}{mostly}{} for {length}, from {from} to {to}{on}.", self.state.words())
    }
}

/// On which of several lanes, where a task in this state takes up one.
fn on_lane(mode: Mode, state: State, lane: LaneId) -> String {
    match mode {
        _ if !takes_up(mode, state, lane) || matches!(mode, Mode::Sync | Mode::Async) => String::new(),
        Mode::Offload if lane == LaneId::LOOP => ", on the loop".to_owned(),
        _ => format!(", on {}", lane_name(mode, lane)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::{Dealt, Lanes};
    use crate::trace::What;

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

    fn printed(task: u32, lane: u8, at: u64) -> Event {
        Event { at: Micros(at), task: TaskId(task), lane: LaneId(lane), step: 0, what: What::Printed }
    }

    const VIEW: View = View { from: Micros(0), to: Micros(20_000), width: 10 };

    #[test]
    fn a_task_by_itself_is_told_exactly() {
        let two = TaskCount::new(2).unwrap();
        let rows = Rows::Tasks(Dealt::of(two, 80));
        let found = stretches(&trace(), two, rows, 0, (&[], VIEW));
        let words: Vec<_> = found.iter().map(|one| one.words(Scale::Milliseconds, Mode::Threads)).collect();
        assert_eq!(
            words,
            [
                "Task 1: running for 1.0 ms, from 0.0 ms to 1.0 ms, on thread 1.",
                "Task 1: sleeping for 20.0 ms, from 1.0 ms to 21.0 ms, on thread 1."
            ]
        );
        let has = |task, at| found[1].has(&printed(task, 1, at));
        assert!(has(1, 1000) && has(1, 21_000) && !has(1, 999) && !has(1, 21_001) && !has(2, 5000));
        assert!(found[1].words(Scale::Seconds, Mode::Async).ends_with("from 0.001 s to 0.021 s."));
        let second = stretches(&trace(), two, rows, 1, (&[], VIEW));
        assert_eq!(second.last().map(|last| last.to), Some(Micros(21_000)));
    }

    #[test]
    fn several_tasks_in_a_row_are_told_as_they_are_drawn() {
        let two = TaskCount::new(2).unwrap();
        let rows = Rows::Tasks(Dealt::of(two, 1));
        let bars = [Bar { row: 0, from: 2, to: 10, state: State::Running, task: None }];
        let found = stretches(&trace(), two, rows, 0, (&bars, VIEW));
        let words: Vec<_> = found.iter().map(|one| one.words(Scale::Milliseconds, Mode::Threads)).collect();
        assert_eq!(words, ["Tasks 1 to 2: mostly running for 16.0 ms, from 4.0 ms to 20.0 ms."]);
    }

    #[test]
    fn a_lane_is_told_by_what_takes_it_up() {
        let two = TaskCount::new(2).unwrap();
        let rows = |mode| Rows::Lanes(Lanes::of(mode, 1));
        let words = |mode| {
            let found = stretches(&trace(), two, rows(mode), 0, (&[], VIEW));
            found.iter().map(|one| one.words(Scale::Milliseconds, mode)).collect::<Vec<_>>()
        };
        let first = "Task 1: running for 1.0 ms, from 0.0 ms to 1.0 ms";
        let second = "Task 2: running for 20.0 ms, from 1.0 ms to 21.0 ms";
        assert_eq!(words(Mode::Async), [format!("{first}."), format!("{second}.")]);
        assert_eq!(words(Mode::Offload), [format!("{first}, on the loop."), format!("{second}, on the loop.")]);
    }

    #[test]
    fn a_lane_of_many_is_told_as_it_is_drawn() {
        let two = TaskCount::new(2).unwrap();
        let mut trace = trace();
        while trace.len() < FEW {
            trace.push(printed(1, 1, 21_000));
        }
        let bar = |from, to, task| Bar { row: 1, from, to, state: State::Running, task };
        let bars = [bar(2, 5, None), bar(5, 6, Some(TaskId(2)))];
        let rows = Rows::Lanes(Lanes::of(Mode::Threads, 2));
        let found = stretches(&trace, two, rows, 1, (&bars, VIEW));
        let words: Vec<_> = found.iter().map(|one| one.words(Scale::Milliseconds, Mode::Threads)).collect();
        assert_eq!(
            words,
            [
                "Several tasks: mostly running for 6.0 ms, from 4.0 ms to 10.0 ms, on thread 2.",
                "Task 2: mostly running for 2.0 ms, from 10.0 ms to 12.0 ms, on thread 2."
            ]
        );
        assert!(found[0].has(&printed(1, 2, 5000)) && !found[0].has(&printed(1, 1, 5000)), "of another lane");
    }
}
