//! `offload`: an event loop whose tasks hand `block`, `count` and `add` to the threads of a pool. All share the GIL.
//!
//! ```text
//! loop     a task calls ─▶ unsent ─▶ calls ┐      under the GIL: 64 at a time, the loop keeps the rest
//! thread                   takes the first ┴▶ works ─▶ returns ─▶ wakes the loop, takes the next
//! ```
//!
//! A thread that finds no call says that it is idle and rests until the loop wakes it. The first lane is the loop.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

use super::board::Queue;
use super::company::{Company, Done};
use super::gil::Exchange;
use super::hold::Call;
use super::lane::{Dealt, Work};
use super::protocol::Assignment;
use super::recorder::Recorder;
use super::threads::ThreadHost;
use crate::interpreter::{Halt, Host};
use crate::trace::{State, What};
use crate::workload::{Action, LaneId, Micros, Pace, TaskId, Workload};

/// What a thread gets instead of a call when there will be no more.
const NO_MORE: u32 = u32::MAX;

/// A call as a number: the task, and its step in the last five bits.
const fn number(task: TaskId, step: u8) -> u32 {
    task.0 << 5 | step as u32
}

/// The task and the step of a call.
const fn call_of(number: u32) -> (TaskId, u8) {
    (TaskId(number >> 5), (number & 31) as u8)
}

/// The pool as its loop sees it.
pub struct Pool<G> {
    recorder: Rc<Recorder>,
    gil: G,
    threads: u8,
    has_gil: Cell<bool>,
    /// Calls for which there was no room yet.
    unsent: RefCell<VecDeque<u32>>,
    /// How many calls have not come back.
    out: Cell<u32>,
}

impl<G: Exchange> Pool<G> {
    /// Of so many threads, behind a loop that doesn't hold the GIL yet.
    pub fn new(recorder: Rc<Recorder>, gil: G, threads: u8) -> Self {
        Self { recorder, gil, threads, has_gil: Cell::new(false), unsent: RefCell::default(), out: Cell::new(0) }
    }

    /// Sends what there is room for, and wakes a thread for each call; whether one was idle.
    fn send(&self) -> bool {
        let mut unsent = self.unsent.borrow_mut();
        let mut was_idle = false;
        // So there is room for all that are sent, on their way there and on their way back.
        while self.out.get() - (unsent.len() as u32) < Queue::ROOM.into()
            && let Some(call) = unsent.pop_front()
        {
            self.gil.put(Queue::Calls, call);
            was_idle = self.wake_one();
        }
        was_idle
    }

    fn wake_one(&self) -> bool {
        let idle = self.gil.take_out(Queue::Idle);
        if let Some(lane) = idle {
            self.gil.wake(lane as u8);
        }
        idle.is_some()
    }
}

impl<G: Exchange> Company for Pool<G> {
    async fn enter(&self) -> Result<(), Halt> {
        if !self.has_gil.get() {
            self.gil.take(|| {}).await?;
            self.has_gil.set(true);
            self.recorder.forget_reading();
        }
        Ok(())
    }

    async fn glance(&self) -> Result<(), Halt> {
        if self.gil.glance(|| {}).await? {
            self.recorder.forget_reading();
        }
        Ok(())
    }

    async fn take_on(&self, task: TaskId, step: u8, _: Call) -> Result<Done, Halt> {
        self.out.set(self.out.get() + 1);
        self.unsent.borrow_mut().push_back(number(task, step));
        // Whoever is idle goes on as soon as it has the GIL; else the call waits for a thread.
        let state = if self.send() { State::Gil } else { State::Ready };
        self.recorder.record(task, step, What::Entered(state));
        Ok(Done::Elsewhere)
    }

    fn come_back(&self) -> Option<TaskId> {
        let back = self.gil.take_out(Queue::Returns)?;
        self.out.set(self.out.get() - 1);
        self.send();
        Some(call_of(back).0)
    }

    fn has_calls(&self) -> bool {
        self.out.get() > 0
    }

    async fn wait(&self, until: Option<Micros>) -> Result<(), Halt> {
        let woken = self.gil.woken();
        self.has_gil.set(false);
        self.gil.release();
        self.recorder.post_before(until.unwrap_or(Pace::LONGEST));
        self.gil.rest(woken, until).await
    }

    fn leave(&self) {
        for _ in 0..self.threads {
            self.gil.put(Queue::Calls, NO_MORE);
            self.wake_one();
        }
        self.gil.release();
    }
}

/// A thread of the pool.
pub struct PoolThread<G> {
    host: ThreadHost<G>,
    recorder: Rc<Recorder>,
    lane: LaneId,
}

impl<G: Exchange> PoolThread<G> {
    /// That works as this host does.
    pub const fn new(host: ThreadHost<G>, recorder: Rc<Recorder>, lane: LaneId) -> Self {
        Self { host, recorder, lane }
    }

    /// Does calls until there are no more.
    async fn serve(&self, workload: &Workload) -> Result<(), Halt> {
        let gil = self.host.gil();
        loop {
            self.host.enter(|| {}).await?;
            match gil.take_out(Queue::Calls) {
                Some(NO_MORE) => break,
                Some(call) => {
                    let (task, step) = call_of(call);
                    self.carry_out(workload, task, step).await?;
                    self.host.record(task, step, What::Entered(State::Ready));
                    gil.put(Queue::Returns, call);
                    gil.wake(LaneId::LOOP.index() as u8);
                }
                None => {
                    gil.put(Queue::Idle, self.lane.index() as u32);
                    let woken = gil.woken();
                    self.host.release_gil();
                    self.recorder.post();
                    gil.rest(woken, None).await?;
                }
            }
        }
        self.host.release_gil();
        Ok(())
    }

    async fn carry_out(&self, workload: &Workload, task: TaskId, step: u8) -> Result<(), Halt> {
        let enter = |state| self.host.record(task, step, What::Entered(state));
        match workload.action(step, task, workload.variation.factor(task)) {
            Some(Action::Block(time)) => {
                enter(State::Blocked);
                self.host.block(task, step, time).await
            }
            Some(Action::Work(work, amount)) => {
                enter(State::Running);
                self.host.work(task, step, work, amount).await
            }
            _ => Ok(()),
        }
    }
}

impl<G: Exchange> Work for PoolThread<G> {
    fn run<'a>(&'a self, of: &'a Assignment, _: &'a Dealt) -> LocalBoxFuture<'a, Result<(), Halt>> {
        self.serve(&of.workload).boxed_local()
    }
}
