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
use crate::workload::{Micros, Pace, TaskId, Workload};

/// A task that takes longer is worth waiting for the page's answer, which takes a fraction of that.
const LONG_TASK: Micros = Micros(1000);

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
    ///
    /// Short tasks ask for the next before the last is done, so that nobody waits for the page, and so do equal ones that
    /// only wait, which all end together; others after it, so that no task waits behind another while a lane is free.
    async fn work_through(&self, workload: &Workload, dealt: &Dealt) -> Result<(), Halt> {
        let (begun, mut done) = (self.recorder.now(), 0);
        let end_together = workload.tasks_are_alike() && !workload.works();
        loop {
            let Tasks { from, to } = dealt.take(|| self.recorder.post()).await;
            if from >= to {
                return Ok(());
            }
            let mut has_asked = false;
            for index in from..to {
                if index + 1 == to {
                    let each = self.time_of_each(begun, done);
                    has_asked = end_together || each < LONG_TASK;
                    if has_asked {
                        self.recorder.say(FromWorker::Want { each });
                    }
                }
                if walk(&self.host, workload, TaskId::at(index)).await == Err(Halt::Stopped) {
                    return Err(Halt::Stopped);
                }
                done += 1;
            }
            if !has_asked {
                self.recorder.say(FromWorker::Want { each: self.time_of_each(begun, done) });
            }
        }
    }

    /// How long each task took until now; as long as can be if none is done yet.
    fn time_of_each(&self, begun: Micros, done: u32) -> Micros {
        (self.recorder.now() - begun).0.checked_div(done.into()).map_or(Pace::LONGEST, Micros)
    }
}

impl Work for Process {
    fn run<'a>(&'a self, of: &'a Assignment, dealt: &'a Dealt) -> LocalBoxFuture<'a, Result<(), Halt>> {
        self.work_through(&of.workload, dealt).boxed_local()
    }
}
