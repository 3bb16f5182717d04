//! What is to be written as code, and what all languages must know of it.

use crate::workload::{Kind, Lanes, Mode, Settings, StepName, TaskId, Workload};

/// A workload in a mode, under settings.
pub struct Asked<'a> {
    pub mode: Mode,
    pub workload: &'a Workload,
    pub settings: &'a Settings,
}

/// Steps that follow one another and are all for all tasks, or all for the same task.
pub struct Stretch<'a> {
    pub task: Option<TaskId>,
    pub kinds: Vec<&'a Kind>,
}

impl Asked<'_> {
    /// How many tasks there are.
    pub fn tasks(&self) -> u32 {
        self.workload.tasks.get()
    }

    /// Whether a task must know which it is.
    pub fn is_numbered(&self) -> bool {
        self.has_spread() || self.workload.steps.iter().any(|(_, step)| step.task.is_some())
    }

    /// Whether durations and counts differ from task to task, and there are any.
    pub fn has_spread(&self) -> bool {
        !self.workload.variation.is_none() && !self.workload.is_instant()
    }

    /// Whether there is any step of this name.
    pub fn has(&self, name: StepName) -> bool {
        self.workload.has(|kind| kind.name() == name)
    }

    /// Whether any task fails.
    pub fn fails(&self) -> bool {
        self.has(StepName::Fail)
    }

    /// Whether the GIL's switch interval is another than Python's own.
    pub fn sets_switch(&self) -> bool {
        self.mode.has_gil() && self.settings.switch != Settings::SWITCH
    }

    /// Whether an event loop hands work to threads.
    pub fn hands_over(&self) -> bool {
        self.mode == Mode::Offload && self.workload.holds()
    }

    /// How many threads or processes there are, behind an event loop those of its pool.
    pub fn workers(&self) -> u8 {
        if self.mode == Mode::Offload {
            self.settings.pool(self.workload.tasks)
        } else {
            self.settings.lanes(self.mode, self.workload.tasks)
        }
    }

    /// Whether each task has a thread or process of its own.
    fn has_one_each(&self) -> bool {
        u32::from(self.workers()) >= self.tasks()
    }

    /// Whether tasks are carried by a pool of threads or processes: there are fewer than tasks, or one's failure is to be
    /// that of all.
    pub fn is_pooled(&self) -> bool {
        self.mode.lanes() == Lanes::ATask && (!self.has_one_each() || self.fails())
    }

    /// At most so many tasks at once on an event loop; none: all.
    pub fn limit(&self) -> Option<u32> {
        let limit = self.settings.limit.filter(|_| self.mode.has_loop())?;
        (limit.get() < self.tasks()).then_some(limit.get())
    }

    /// The steps, by whose they are.
    pub fn stretches(&self) -> Vec<Stretch<'_>> {
        let mut stretches: Vec<Stretch<'_>> = Vec::new();
        for (_, step) in self.workload.steps.iter() {
            match stretches.last_mut().filter(|last| last.task == step.task) {
                Some(last) => last.kinds.push(&step.kind),
                None => stretches.push(Stretch { task: step.task, kinds: vec![&step.kind] }),
            }
        }
        stretches
    }
}
