//! `threads`: lanes that share the GIL. Who runs holds it; who sleeps or blocks has let go of it.
//!
//! `free-threads` is the same without the lock.

use std::cell::Cell;
use std::rc::Rc;

use super::counter::Counter;
use super::gil::Gil;
use super::hold::{Hold, Place, WORTH_POSTING};
use super::recorder::Recorder;
use super::turn::wait_until;
use crate::interpreter::{Halt, Host, walk};
use crate::trace::{State, What};
use crate::workload::{LaneId, Micros, TaskId, Workload};

/// What a thread offers to a task.
pub struct ThreadHost<G> {
    recorder: Rc<Recorder>,
    hold: Hold,
    place: Place,
    gil: G,
    holds_gil: Cell<bool>,
}

impl<G: Gil> ThreadHost<G> {
    /// A thread with its lock.
    pub fn new(recorder: Rc<Recorder>, place: Place, counter: Counter, gil: G) -> Self {
        let hold = Hold::new(place.clone(), Rc::clone(&recorder), counter);
        Self { recorder, hold, place, gil, holds_gil: Cell::new(false) }
    }

    fn note_wait(&self, task: TaskId, step: u8) {
        self.recorder.forget_reading();
        self.recorder.record(task, step, What::Entered(State::Gil));
    }

    async fn take_gil(&self, task: TaskId, step: u8) -> Result<(), Halt> {
        let waits = || {
            self.note_wait(task, step);
            if self.recorder.is_due() {
                self.recorder.post();
            }
        };
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

    fn release_gil(&self) {
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
        match self.place {
            // Nobody can be told by memory: the event loop must hear who wants the token.
            Place::Worker(None) => {
                if time >= WORTH_POSTING || self.recorder.is_due() {
                    self.recorder.post();
                }
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

    async fn count(&self, task: TaskId, step: u8, iterations: u64) -> Result<(), Halt> {
        self.hold.count(iterations, async || self.glance(task, step).await).await
    }

    async fn add(&self, task: TaskId, step: u8, times: u64, locked: bool) -> Result<(), Halt> {
        self.hold.add(times, locked, async || self.glance(task, step).await).await
    }
}

/// Runs tasks on this thread until the queue is empty. A task that fails ends alone.
pub async fn run<G: Gil>(host: &ThreadHost<G>, workload: &Workload, lane: LaneId) -> Result<(), Halt> {
    // Its first task is its own; then it takes from the queue.
    let mut task = TaskId::at(lane.index() as u32);
    while task.0 <= workload.tasks.get() {
        if walk(host, workload, task).await == Err(Halt::Stopped) {
            return Err(Halt::Stopped);
        }
        // Python's pool threads take from their queue under the GIL, too, and go on with it.
        task = TaskId::at(host.gil.next_task());
    }
    host.release_gil();
    Ok(())
}
