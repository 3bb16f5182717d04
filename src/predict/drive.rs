//! The one executor of all virtual hosts: gives tasks their turns, in the order and at the times that a model names.
//!
//! ```text
//! model   next: task 2, it is 1 s ──▶ poll its walk ──▶ the walk asks its host for one thing after another:
//!   ▲                                                     go on at once, or wait (the model knows until when)
//!   └────────────────── it waits, or has ended ◀──────────┘
//! ```
//!
//! There are no wakers: a walk is polled when the model says so, and at no other time.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use super::tape::Tape;
use super::{Ending, PredictError};
use crate::interpreter::{Halt, Host, Room, Walks, walk};
use crate::trace::What;
use crate::workload::{LaneId, Micros, Pace, TaskId, Work, Workload};

/// A mode in virtual time, which knows whose turn is next.
pub(super) trait Model {
    /// The lane of the task whose turn it is.
    fn lane(&self) -> LaneId;

    /// The task that goes on next, the clock moved on to when; none: nothing is left to do.
    ///
    /// # Errors
    /// The budget is spent.
    fn next(&self) -> Result<Option<TaskId>, PredictError>;

    /// The task whose turn it was has come to its end, or failed.
    fn ended(&self, task: TaskId, end: Result<(), Halt>);

    /// The task whose turn it is sleeps.
    fn sleep(&self, task: TaskId, step: u8, time: Micros) -> Pause;

    /// The task whose turn it is waits in a blocking call: as in a sleep, but for a loop.
    fn block(&self, task: TaskId, step: u8, time: Micros) -> Pause {
        self.sleep(task, step, time)
    }

    /// The task whose turn it is does work of a kind that takes so long alone.
    fn work(&self, task: TaskId, step: u8, work: Work, time: Micros) -> impl Future<Output = Result<(), Halt>>;
}

/// What a mode offers to a task, in virtual time.
struct VirtualHost<'a, M> {
    model: &'a M,
    tape: &'a Tape,
    pace: &'a Pace,
}

impl<M: Model> Host for VirtualHost<'_, M> {
    fn record(&self, task: TaskId, step: u8, what: What) {
        self.tape.record(self.model.lane(), task, step, what);
    }

    fn begin(&self, _: TaskId) -> impl Future<Output = Result<(), Halt>> {
        // Who has its turn may run.
        Pause::Over
    }

    fn sleep(&self, task: TaskId, step: u8, time: Micros) -> impl Future<Output = Result<(), Halt>> {
        self.model.sleep(task, step, time)
    }

    fn block(&self, task: TaskId, step: u8, time: Micros) -> impl Future<Output = Result<(), Halt>> {
        self.model.block(task, step, time)
    }

    fn work(&self, task: TaskId, step: u8, work: Work, amount: u64) -> impl Future<Output = Result<(), Halt>> {
        self.model.work(task, step, work, self.pace.working(work, amount))
    }
}

/// What a virtual host answers a task.
pub(super) enum Pause {
    /// Go on.
    Over,
    /// Wait for your next turn.
    UntilNextTurn,
}

impl Future for Pause {
    type Output = Result<(), Halt>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        match std::mem::replace(&mut *self, Self::Over) {
            Self::Over => Poll::Ready(Ok(())),
            Self::UntilNextTurn => Poll::Pending,
        }
    }
}

/// So many turns take a fraction of a millisecond.
const TURNS_AT_ONCE: u32 = 1024;

/// After so many turns: pending now and then, without waking anybody, so that who waits for it can do other things.
pub(super) async fn pause_after(turns: u32) {
    if turns.is_multiple_of(TURNS_AT_ONCE) {
        Pause::UntilNextTurn.await.ok();
    }
}

/// What drives the models of all modes.
pub(super) struct Driver<'a> {
    /// Where what happens is noted, and the time.
    pub tape: &'a Tape,
    /// How long work takes alone.
    pub pace: &'a Pace,
    /// What the tasks do.
    pub workload: &'a Workload,
    /// So many of them are under way at once, at most.
    pub at_once: u32,
}

impl Driver<'_> {
    /// Gives all tasks their turns until nothing is left to do, with a pause now and then.
    ///
    /// # Errors
    /// The budget is spent.
    pub async fn drive<M: Model>(&self, model: &M) -> Result<Ending, PredictError> {
        let host = VirtualHost { model, tape: self.tape, pace: self.pace };
        let begin = |task| walk(&host, self.workload, task);
        let room = Room::of(self.at_once, &begin);
        let mut walks = Walks::new(&room, self.workload.tasks.get(), begin);
        let cx = &mut Context::from_waker(Waker::noop());
        let (mut ending, mut turns) = (Ending::Finished, 0_u32);
        while let Some(task) = model.next()? {
            turns = turns.wrapping_add(1);
            pause_after(turns).await;
            let Some(Poll::Ready(end)) = walks.poll(task, cx) else { continue };
            if let (Err(Halt::Failed(step)), Ending::Finished) = (end, ending) {
                ending = Ending::Failed { task, step, at: self.tape.now() };
            }
            model.ended(task, end);
        }
        Ok(ending)
    }
}
