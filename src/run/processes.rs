//! `processes`, and `free-threads` that share no memory: each lane works through the tasks that the page deals to it.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

use super::blocking::BlockingHost;
use super::lane::Work;
use super::protocol::{Assignment, FromWorker, Tasks};
use super::recorder::Recorder;
use crate::interpreter::{Halt, walk};
use crate::workload::{TaskId, Workload};

/// The tasks that the page has dealt to a lane.
#[derive(Default)]
pub struct Dealt(RefCell<(Option<Tasks>, Option<Waker>)>);

impl Dealt {
    /// Gives the lane tasks from the page's hand; none: there are no more.
    pub fn put(&self, tasks: Tasks) {
        let (dealt, waker) = &mut *self.0.borrow_mut();
        *dealt = Some(tasks);
        if let Some(waker) = waker.take() {
            waker.wake();
        }
    }

    /// Waits for tasks; calls `waits` before it does.
    async fn take(&self, waits: impl Fn()) -> Tasks {
        poll_fn(|cx| {
            let (dealt, waker) = &mut *self.0.borrow_mut();
            if let Some(tasks) = dealt.take() {
                return Poll::Ready(tasks);
            }
            waits();
            *waker = Some(cx.waker().clone());
            Poll::Pending
        })
        .await
    }
}

/// One process.
pub struct Process {
    host: BlockingHost,
    recorder: Rc<Recorder>,
}

impl Process {
    /// On a lane that this host holds.
    pub const fn new(host: BlockingHost, recorder: Rc<Recorder>) -> Self {
        Self { host, recorder }
    }

    /// Runs what the page deals until it deals no more. A task that fails ends alone.
    async fn work_through(&self, workload: &Workload, dealt: &Dealt) -> Result<(), Halt> {
        loop {
            let Tasks { from, to, early } = dealt.take(|| self.recorder.post()).await;
            if from >= to {
                return Ok(());
            }
            for index in from..to {
                if early && index + 1 == to {
                    self.recorder.say(FromWorker::Want);
                }
                if walk(&self.host, workload, TaskId::at(index)).await == Err(Halt::Stopped) {
                    return Err(Halt::Stopped);
                }
            }
            if !early {
                self.recorder.say(FromWorker::Want);
            }
        }
    }
}

impl Work for Process {
    fn run<'a>(&'a self, of: &'a Assignment, dealt: &'a Dealt) -> LocalBoxFuture<'a, Result<(), Halt>> {
        self.work_through(&of.workload, dealt).boxed_local()
    }
}
