//! What lanes share, with the GIL or without: the queue of tasks, and who goes on when.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::workload::{LaneId, Micros, TaskCount, TaskId};

/// So many lanes, in their order.
pub(super) fn lanes(count: u8) -> impl Iterator<Item = LaneId> {
    (0..count).map(LaneId::at)
}

/// The tasks that no lane has taken yet: the next free lane takes the next task.
pub(super) struct Queue {
    taken: u32,
    tasks: u32,
}

impl Queue {
    /// All tasks wait.
    pub const fn new(tasks: TaskCount) -> Self {
        Self { taken: 0, tasks: tasks.get() }
    }

    /// The next task, if there is one.
    pub fn take(&mut self) -> Option<TaskId> {
        if self.taken >= self.tasks {
            return None;
        }
        self.taken += 1;
        Some(TaskId(self.taken))
    }
}

/// Lanes that wait for a time; in one instant they go on in the order of their tasks.
#[derive(Default)]
pub(super) struct Waiting(BinaryHeap<Reverse<(Micros, TaskId, LaneId)>>);

impl Waiting {
    /// The lane goes on with its task then.
    pub fn until(&mut self, at: Micros, task: TaskId, lane: LaneId) {
        self.0.push(Reverse((at, task, lane)));
    }

    /// When the first goes on.
    pub fn earliest(&self) -> Option<Micros> {
        self.0.peek().map(|Reverse((at, ..))| *at)
    }

    /// Takes the first off, if its time has come.
    pub fn take_by(&mut self, now: Micros) -> Option<(TaskId, LaneId)> {
        self.earliest().filter(|at| *at <= now)?;
        self.0.pop().map(|Reverse((_, task, lane))| (task, lane))
    }
}
