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

use super::{Ending, PredictError};
use crate::interpreter::{Halt, Host, walk};
use crate::workload::{Micros, TaskId, Workload};

/// A host that knows whose turn is next.
pub(super) trait Model: Host {
    /// The task that goes on next, the clock moved on to when; none: nothing is left to do.
    ///
    /// # Errors
    /// The budget is spent.
    fn next(&self) -> Result<Option<TaskId>, PredictError>;

    /// The task whose turn it was has come to its end, or failed.
    fn ended(&self, task: TaskId, end: Result<(), Halt>);

    /// The time.
    fn now(&self) -> Micros;
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

/// Gives all tasks their turns until nothing is left to do.
///
/// # Errors
/// The budget is spent.
pub(super) fn drive<M: Model>(model: &M, workload: &Workload) -> Result<Ending, PredictError> {
    let mut walks = Vec::new();
    walks.resize_with(workload.tasks.get() as usize, || None);
    // A walk that has ended leaves its memory to the next that begins.
    let mut spare = Vec::new();
    let mut ending = Ending::Finished;
    let mut context = Context::from_waker(Waker::noop());
    while let Some(task) = model.next()? {
        let Some(place) = walks.get_mut(task.index()) else { continue };
        let walk = place.get_or_insert_with(|| pinned(walk(model, workload, task), &mut spare));
        let Poll::Ready(end) = walk.as_mut().poll(&mut context) else { continue };
        spare.extend(place.take());
        if let (Err(Halt::Failed(step)), Ending::Finished) = (end, ending) {
            ending = Ending::Failed { task, step, at: model.now() };
        }
        model.ended(task, end);
    }
    Ok(ending)
}

/// Puts a future into memory that another has left, or into new memory.
fn pinned<F>(future: F, spare: &mut Vec<Pin<Box<F>>>) -> Pin<Box<F>> {
    match spare.pop() {
        Some(mut memory) => {
            memory.set(future);
            memory
        }
        None => Box::pin(future),
    }
}
