//! `sync` and `processes`: a lane to itself, which every wait and every count holds.
//!
//! What sets the two apart is not the host but the number of lanes, and where each lane's tasks come from.

use std::rc::Rc;

use super::hold::Hold;
use super::recorder::Recorder;
use crate::interpreter::{Halt, Host};
use crate::trace::What;
use crate::workload::{self, Micros, TaskId};

/// What a lane to itself offers to a task.
pub struct BlockingHost {
    recorder: Rc<Recorder>,
    hold: Hold,
}

impl BlockingHost {
    /// On a lane that nobody else uses.
    pub const fn new(recorder: Rc<Recorder>, hold: Hold) -> Self {
        Self { recorder, hold }
    }

    /// Whether all waiting is done inside.
    pub const fn blocks(&self) -> bool {
        self.hold.blocks()
    }
}

impl Host for BlockingHost {
    fn record(&self, task: TaskId, step: u8, what: What) {
        self.recorder.record(task, step, what);
    }

    async fn begin(&self, _: TaskId) -> Result<(), Halt> {
        self.hold.glance().await
    }

    async fn sleep(&self, task: TaskId, step: u8, time: Micros) -> Result<(), Halt> {
        self.block(task, step, time).await
    }

    async fn block(&self, _: TaskId, _: u8, time: Micros) -> Result<(), Halt> {
        self.hold.wait_until(self.recorder.now() + time).await
    }

    async fn work(&self, _: TaskId, _: u8, work: workload::Work, amount: u64) -> Result<(), Halt> {
        self.hold.work(work, amount, async || Ok(())).await
    }
}
