//! Everything that a mode under way must react to, in one queue.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::task::{Poll, Waker};

use super::protocol::{FromWorker, WireId};
use crate::trace::Cut;
use crate::workload::{LaneId, Mode};

/// Something to react to.
#[derive(Debug)]
pub enum Signal {
    /// A lane said something, in the name of a run.
    Said(LaneId, WireId, FromWorker),
    /// A lane broke.
    Broke(Cut),
    /// The reader wants the run to stop.
    Stop,
    /// The reader wants this mode to stop, and the run to go on with the next.
    Skip(Mode),
    /// It may be time to tell the page how far the run is.
    Tick,
    /// It is: what was collected for it has come.
    Tell,
    /// Lanes that were asked to stop have had time enough to say their last word.
    GraceOver,
}

/// The queue.
#[derive(Default)]
pub struct Inbox {
    inner: RefCell<(VecDeque<Signal>, Option<Waker>)>,
}

impl Inbox {
    /// Puts a signal in.
    pub fn put(&self, signal: Signal) {
        let (queue, waker) = &mut *self.inner.borrow_mut();
        queue.push_back(signal);
        if let Some(waker) = waker.take() {
            waker.wake();
        }
    }

    /// Waits for the next signal.
    pub async fn next(&self) -> Signal {
        poll_fn(|cx| {
            let (queue, waker) = &mut *self.inner.borrow_mut();
            if let Some(signal) = queue.pop_front() {
                return Poll::Ready(signal);
            }
            *waker = Some(cx.waker().clone());
            Poll::Pending
        })
        .await
    }
}
