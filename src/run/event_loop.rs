//! `async`: tasks as futures on one event loop, the page's own or a worker's.
//!
//! As asyncio's: a queue of tasks that are ready, a heap of deadlines, one browser timer for the earliest. A task
//! holds the loop from one await to the next. Between two tasks' turns, at the latest after 8 ms, the browser gets a
//! turn of its own, so that a hundred thousand tasks that wake at once don't freeze the page.
//!
//! The tasks need no wakers: whatever they wait for, this loop gives them. What a task awaits *while it holds the
//! loop* (a worker's turn in a blocking wait) wakes the loop, and the loop polls that same task and no other.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::Poll;

use super::hold::{Hold, WORTH_POSTING};
use super::recorder::Recorder;
use super::turn::{turn, wait_until};
use crate::interpreter::{Halt, Host, Room, Timers, Walks, walk};
use crate::trace::{State, What};
use crate::workload::{LoopLimit, Micros, TaskId, Workload};

/// The longest that tasks take turns before the browser gets one.
const SLICE: Micros = Micros(8000);

/// So many deadlines are looked at between two looks at the slice.
const AT_ONCE: usize = 1024;

/// A task that goes on later than this after its deadline was ready meanwhile.
const LATE: Micros = Micros(1000);

/// What the loop offers to a task.
pub struct LoopHost {
    recorder: Rc<Recorder>,
    hold: Hold,
    timers: RefCell<Timers<TaskId>>,
    /// Whether the task whose turn it is has gone to sleep.
    sleeps: Cell<bool>,
}

impl LoopHost {
    /// A loop on which nothing runs yet.
    pub fn new(recorder: Rc<Recorder>, hold: Hold) -> Self {
        Self { recorder, hold, timers: RefCell::default(), sleeps: Cell::new(false) }
    }

    /// Takes tasks whose deadline has passed by now; whether there are more than fit into one go.
    fn take_due(&self, now: Micros, ready: &mut VecDeque<TaskId>) -> bool {
        let mut timers = self.timers.borrow_mut();
        for _ in 0..AT_ONCE {
            let Some((deadline, task)) = timers.take_by(now) else { return false };
            // The first goes on at once, unless the loop comes late; the others wait for their turn.
            if !ready.is_empty() || now - deadline > LATE {
                self.recorder.record_at(deadline, task, 0, What::Entered(State::Ready));
            }
            ready.push_back(task);
        }
        true
    }

    /// Gives the browser a turn if the slice is over.
    async fn end_slice(&self, slice_ends: &mut Micros) {
        if self.recorder.now() >= *slice_ends {
            if self.recorder.is_due() {
                self.recorder.post();
            }
            turn().await;
            *slice_ends = self.recorder.read() + SLICE;
        }
    }

    /// Waits until a deadline with nothing to do; whether it had to.
    async fn wait_until(&self, deadline: Micros) -> bool {
        let now = self.recorder.read();
        if deadline - now >= WORTH_POSTING || self.recorder.is_due() {
            self.recorder.post();
        }
        wait_until(self.recorder.clock(), deadline).await;
        self.recorder.read();
        deadline > now
    }

    fn earliest(&self) -> Option<Micros> {
        self.timers.borrow().earliest()
    }
}

impl Host for LoopHost {
    fn record(&self, task: TaskId, step: u8, what: What) {
        self.recorder.record(task, step, what);
    }

    async fn begin(&self, _: TaskId) -> Result<(), Halt> {
        Ok(())
    }

    async fn sleep(&self, task: TaskId, _: u8, time: Micros) -> Result<(), Halt> {
        self.timers.borrow_mut().set(self.recorder.now() + time, task);
        self.sleeps.set(true);
        once_more().await;
        Ok(())
    }

    async fn block(&self, _: TaskId, _: u8, time: Micros) -> Result<(), Halt> {
        self.hold.wait_until(self.recorder.now() + time).await
    }

    async fn count(&self, _: TaskId, _: u8, iterations: u64) -> Result<(), Halt> {
        self.hold.count(iterations, async || Ok(())).await
    }

    async fn add(&self, _: TaskId, _: u8, times: u64, locked: bool) -> Result<(), Halt> {
        self.hold.add(times, locked, async || Ok(())).await
    }
}

/// Pending at the first poll, ready at the second.
async fn once_more() {
    let mut polled = false;
    poll_fn(|_| if std::mem::replace(&mut polled, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

/// Runs all tasks of a workload on the loop, at most so many at once. A task that fails ends alone, as in
/// `asyncio.gather`.
///
/// # Errors
/// A task held the loop for too long, or the run was stopped while it was held.
pub async fn run(host: &LoopHost, workload: &Workload, limit: Option<LoopLimit>) -> Result<(), Halt> {
    let tasks = workload.tasks.get();
    let mut admitted = limit.map_or(tasks, |limit| limit.get().min(tasks));
    let begin = |task| walk(host, workload, task);
    let room = Room::of(admitted, &begin);
    let mut walks = Walks::new(&room, tasks, begin);
    // Those that are admitted from the start are first in the queue, without standing in it.
    let mut fresh = 0..admitted;
    let mut ready = VecDeque::new();
    let mut slice_ends = host.recorder.read() + SLICE;
    loop {
        // As asyncio's: a pass takes who is ready at its beginning, then those whose deadline has passed.
        for _ in 0..fresh.len() + ready.len() {
            let Some(task) = fresh.next().map(TaskId::at).or_else(|| ready.pop_front()) else { break };
            let ended = take_turn(host, &mut walks, task).await;
            if ended == Some(Err(Halt::Stopped)) {
                return Err(Halt::Stopped);
            }
            if ended.is_some() && admitted < tasks {
                ready.push_back(TaskId::at(admitted));
                admitted += 1;
            }
            host.end_slice(&mut slice_ends).await;
        }
        if ready.is_empty() {
            let Some(earliest) = host.earliest() else { return Ok(()) };
            if host.wait_until(earliest).await {
                slice_ends = host.recorder.read() + SLICE;
            }
        }
        let now = host.recorder.now();
        while host.take_due(now, &mut ready) {
            host.end_slice(&mut slice_ends).await;
        }
    }
}

/// Gives a task its turn, to its next await or its end. Tells how it ended, if it did.
async fn take_turn<F, B>(host: &LoopHost, walks: &mut Walks<'_, F, B>, task: TaskId) -> Option<Result<(), Halt>>
where
    F: Future<Output = Result<(), Halt>>,
    B: Fn(TaskId) -> F,
{
    host.hold.begin_stretch();
    poll_fn(|cx| match walks.poll(task, cx) {
        Some(Poll::Ready(end)) => Poll::Ready(Some(end)),
        // It holds the loop in a wait of its own: nobody else has a turn.
        Some(Poll::Pending) if !host.sleeps.take() => Poll::Pending,
        Some(Poll::Pending) | None => Poll::Ready(None),
    })
    .await
}
