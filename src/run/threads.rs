//! `threads`: lanes that share the GIL. Who runs holds it; who sleeps or blocks has let go of it.
//!
//! `free-threads` is the same without the lock.

use std::cell::Cell;
use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

use super::counter::Counter;
use super::gil::Gil;
use super::hold::{Ground, Hold};
use super::lane::{Dealt, Work};
use super::protocol::Assignment;
use super::recorder::Recorder;
use super::turn::wait_until;
use crate::interpreter::{Halt, Host, walk};
use crate::trace::{State, What};
use crate::workload::{self, LaneId, Micros, TaskId, Workload};

/// What a thread offers to a task.
pub struct ThreadHost<G> {
    recorder: Rc<Recorder>,
    hold: Hold,
    ground: Ground,
    gil: G,
    holds_gil: Cell<bool>,
}

impl<G: Gil> ThreadHost<G> {
    /// A thread with its lock.
    pub fn new(recorder: Rc<Recorder>, ground: Ground, counter: Counter, gil: G) -> Self {
        let hold = Hold::new(ground.clone(), Rc::clone(&recorder), counter);
        Self { recorder, hold, ground, gil, holds_gil: Cell::new(false) }
    }

    fn note_wait(&self, task: TaskId, step: u8) {
        self.recorder.forget_reading();
        self.recorder.record(task, step, What::Entered(State::Gil));
    }

    /// Waits for the GIL in a task's name.
    async fn take_gil(&self, task: TaskId, step: u8) -> Result<(), Halt> {
        let waits = || {
            self.note_wait(task, step);
            if self.recorder.is_due() {
                self.recorder.post();
            }
        };
        self.enter(waits).await
    }

    /// Waits for the GIL, unless it is here; `waits` is called before a wait.
    pub async fn enter(&self, waits: impl Fn()) -> Result<(), Halt> {
        if !self.holds_gil.get() {
            self.gil.take(waits).await?;
            self.holds_gil.set(true);
            self.recorder.forget_reading();
        }
        Ok(())
    }

    /// Hands the GIL over if it is time to, and goes on when it is back.
    async fn glance(&self, task: TaskId, step: u8) -> Result<(), Halt> {
        if self.gil.glance(|| self.note_wait(task, step)).await? {
            self.recorder.forget_reading();
            self.recorder.record(task, step, What::Entered(State::Running));
        }
        Ok(())
    }

    /// The lock.
    pub const fn gil(&self) -> &G {
        &self.gil
    }

    /// Lets go of the GIL.
    pub fn release_gil(&self) {
        self.holds_gil.set(false);
        self.gil.release();
    }
}

impl<G: Gil> Host for ThreadHost<G> {
    fn record(&self, task: TaskId, step: u8, what: What) {
        self.recorder.record(task, step, what);
    }

    async fn begin(&self, task: TaskId) -> Result<(), Halt> {
        self.take_gil(task, 0).await?;
        self.hold.glance().await?;
        self.glance(task, 0).await
    }

    async fn sleep(&self, task: TaskId, step: u8, time: Micros) -> Result<(), Halt> {
        let deadline = self.recorder.now() + time;
        self.release_gil();
        match self.ground {
            // Nobody can be told by memory: the event loop must hear who wants the token.
            Ground::Worker(None) => {
                self.recorder.post_before(deadline);
                wait_until(self.recorder.clock(), deadline).await;
                self.recorder.forget_reading();
            }
            _ => self.hold.wait_until(deadline).await?,
        }
        self.take_gil(task, step).await
    }

    async fn block(&self, task: TaskId, step: u8, time: Micros) -> Result<(), Halt> {
        self.sleep(task, step, time).await
    }

    async fn work(&self, task: TaskId, step: u8, work: workload::Work, amount: u64) -> Result<(), Halt> {
        self.hold.work(work, amount, async || self.glance(task, step).await).await
    }
}

impl<G: Gil> ThreadHost<G> {
    /// Runs tasks on this thread until the queue is empty. A task that fails ends alone.
    async fn work(&self, workload: &Workload, lane: LaneId) -> Result<(), Halt> {
        // Its first task is its own; then it takes from the queue.
        let mut task = TaskId::at(lane.index() as u32);
        while task.0 <= workload.tasks.get() {
            if walk(self, workload, task).await == Err(Halt::Stopped) {
                return Err(Halt::Stopped);
            }
            // Python's pool threads take from their queue under the GIL, too, and go on with it.
            task = TaskId::at(self.gil.next_task());
        }
        self.release_gil();
        Ok(())
    }
}

impl<G: Gil> Work for ThreadHost<G> {
    fn run<'a>(&'a self, of: &'a Assignment, _: &'a Dealt) -> LocalBoxFuture<'a, Result<(), Halt>> {
        self.work(&of.workload, of.lane).boxed_local()
    }

    fn blocks(&self) -> bool {
        self.hold.blocks()
    }
}
