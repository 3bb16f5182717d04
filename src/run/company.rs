//! Whom an event loop has to do with besides its tasks: nobody in `async`, a pool of threads in `offload`.

use std::rc::Rc;

use super::hold::{Call, Hold};
use super::recorder::Recorder;
use super::turn::wait_until;
use crate::interpreter::Halt;
use crate::workload::{Micros, TaskId};

/// Where a call is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Here, and it is done.
    Here,
    /// Elsewhere: the task waits until it comes back.
    Elsewhere,
}

/// Whom a loop has to do with besides its tasks.
pub trait Company {
    /// Comes to the loop's tasks with what they need to run.
    async fn enter(&self) -> Result<(), Halt>;

    /// Between two tasks' turns: lets others have it, if they ask for it.
    async fn glance(&self) -> Result<(), Halt>;

    /// Does a call of the task whose turn it is, or hands it over.
    async fn take_on(&self, task: TaskId, step: u8, call: Call) -> Result<Done, Halt>;

    /// A task whose call has come back.
    fn come_back(&self) -> Option<TaskId>;

    /// Whether a call is still elsewhere.
    fn has_calls(&self) -> bool;

    /// Waits until a deadline, if there is one, has passed, or a call comes back.
    async fn wait(&self, until: Option<Micros>) -> Result<(), Halt>;

    /// All tasks have come to their end.
    fn leave(&self);

    /// A task's turn begins.
    fn begin_turn(&self) {}
}

/// Nobody: every call holds the loop.
pub struct Nobody {
    recorder: Rc<Recorder>,
    hold: Hold,
}

impl Nobody {
    /// On a thread that is held so.
    pub const fn new(recorder: Rc<Recorder>, hold: Hold) -> Self {
        Self { recorder, hold }
    }
}

impl Company for Nobody {
    async fn enter(&self) -> Result<(), Halt> {
        Ok(())
    }

    async fn glance(&self) -> Result<(), Halt> {
        Ok(())
    }

    async fn take_on(&self, _: TaskId, _: u8, call: Call) -> Result<Done, Halt> {
        self.hold.call(call, async || Ok(())).await?;
        Ok(Done::Here)
    }

    fn come_back(&self) -> Option<TaskId> {
        None
    }

    fn has_calls(&self) -> bool {
        false
    }

    async fn wait(&self, until: Option<Micros>) -> Result<(), Halt> {
        let Some(deadline) = until else { return Ok(()) };
        self.recorder.post_before(deadline);
        wait_until(self.recorder.clock(), deadline).await;
        Ok(())
    }

    fn leave(&self) {}

    fn begin_turn(&self) {
        self.hold.begin_stretch();
    }
}
