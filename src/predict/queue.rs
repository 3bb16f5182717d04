//! Tasks that are dealt to lanes: the next free lane takes the next task.

use crate::workload::{LaneId, TaskCount, TaskId};

/// The tasks that no lane has taken yet.
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

/// So many lanes, in their order.
pub(super) fn lanes(count: u8) -> impl Iterator<Item = LaneId> {
    (0..count).map(LaneId::at)
}
