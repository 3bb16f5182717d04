//! What of a trace is output: lines in their order, failures among them.

use super::{Event, Trace, What};
use crate::workload::{LaneId, Micros, TaskId, Workload};

/// A line of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// When it was printed.
    pub at: Micros,
    /// By which task.
    pub task: TaskId,
    /// On which lane.
    pub lane: LaneId,
    /// What it says.
    pub text: &'a str,
    /// Whether it is a failure's.
    pub failed: bool,
}

impl<'a> Line<'a> {
    /// What an event that is output says.
    #[must_use]
    pub fn of(event: Event, workload: &'a Workload) -> Self {
        let Event { at, task, lane, step, what } = event;
        Self { at, task, lane, text: workload.text(step), failed: what == What::Failed }
    }
}

impl Trace {
    /// How many lines of output there are, failures among them.
    #[must_use]
    pub fn output_total(&self) -> usize {
        self.printed
    }

    /// The events that are output, in their order.
    pub fn printed(&self) -> impl Iterator<Item = Event> {
        self.iter().filter(Event::is_line)
    }

    /// The events that are output from this place on, counted from 0. Of a long trace only the stretch is looked at in
    /// which the first of them is.
    pub fn printed_from(&self, place: usize) -> impl Iterator<Item = Event> {
        let first = self.before.partition_point(|before| before.lines <= place).saturating_sub(1);
        let skipped = place - self.before.get(first).map_or(0, |before| before.lines);
        let events = self.chunks.iter().skip(first).flat_map(|chunk| chunk.iter());
        events.filter(Event::is_line).skip(skipped)
    }

    /// The output in its order.
    pub fn output<'a>(&'a self, workload: &'a Workload) -> impl Iterator<Item = Line<'a>> {
        self.printed().map(|event| Line::of(event, workload))
    }

    /// The first failure, if there is one: which task's, and at which step.
    #[must_use]
    pub fn first_failure(&self) -> Option<(TaskId, u8)> {
        // Mostly there is none, and nothing to go through for it.
        let failure = (self.failed > 0).then(|| self.iter().find(|event| event.what == What::Failed)).flatten();
        failure.map(|event| (event.task, event.step)).or(self.late_failure)
    }
}
