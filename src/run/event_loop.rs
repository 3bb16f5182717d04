//! `async`: tasks as futures on one event loop, the page's own or a worker's. `offload` is the same, in company.
//!
//! As asyncio's: a queue of tasks that are ready, the deadlines in their order, one browser timer for the earliest. A task
//! holds the loop from one await to the next. Between two tasks' turns, at the latest after 8 ms, the browser gets a
//! turn of its own, so that a hundred thousand tasks that wake at once don't freeze the page.
//!
//! The tasks need no wakers: whatever they wait for, this loop gives them. What a task awaits *while it holds the
//! loop* (a worker's turn in a blocking wait) wakes the loop, and the loop polls that same task and no other.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::{Future, poll_fn, ready};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

use super::company::{Company, Done};
use super::hold::Call;
use super::lane::{Dealt, Work};
use super::protocol::Assignment;
use super::recorder::Recorder;
use super::turn::turn;
use crate::interpreter::{Halt, Host, Room, Timers, Walks, walk};
use crate::trace::{State, What};
use crate::workload::{self, Micros, TaskId, Workload};

/// The longest that tasks take turns before the browser gets one.
const SLICE: Micros = Micros(8000);

/// So many deadlines are looked at between two looks at the slice.
const AT_ONCE: usize = 1024;

/// A task that goes on later than this after its deadline was ready meanwhile.
const LATE: Micros = Micros(1000);

/// What the loop offers to a task.
pub struct LoopHost<C> {
    recorder: Rc<Recorder>,
    company: C,
    timers: RefCell<Timers<TaskId>>,
    /// What the task whose turn it is waits for.
    waits: Cell<Waits>,
}

/// What a task waits for whose turn it is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Waits {
    /// Nothing, or something that it holds the loop for.
    #[default]
    No,
    /// Its deadline, or a call of its own that somebody else does.
    ForAnother,
    /// Its next turn, behind all who are ready.
    ForItsTurn,
}

/// How a task's turn came to its end.
enum TurnEnd {
    /// So did the task.
    Ended(Result<(), Halt>),
    /// It waits for its deadline, or for a call.
    Waits,
    /// It is ready for the next.
    IsReady,
}

impl<C: Company> LoopHost<C> {
    /// A loop on which nothing runs yet.
    pub fn new(recorder: Rc<Recorder>, company: C) -> Self {
        Self { recorder, company, timers: RefCell::default(), waits: Cell::default() }
    }

    /// Takes all tasks whose deadline has passed by now; the browser gets its turns meanwhile.
    async fn take_all_due(&self, now: Micros, is_first: bool, due: &mut VecDeque<TaskId>, slice_ends: &mut Micros) {
        while self.take_due(now, is_first, due) {
            self.end_slice(slice_ends).await;
        }
    }

    /// Takes tasks whose deadline has passed by now; whether there are more than fit into one go. The first goes on at
    /// once if nobody is before it, unless the loop comes late; the others wait for their turn.
    fn take_due(&self, now: Micros, is_first: bool, due: &mut VecDeque<TaskId>) -> bool {
        let mut timers = self.timers.borrow_mut();
        for _ in 0..AT_ONCE {
            let Some((deadline, task)) = timers.take_by(now) else { return false };
            if !is_first || !due.is_empty() || now - deadline > LATE {
                self.recorder.record_at(self.not_before(deadline), task, 0, What::Entered(State::Ready));
            }
            due.push_back(task);
        }
        true
    }

    /// A time, or that of the last event if it is hardly later: what is in order need not be put in order.
    fn not_before(&self, time: Micros) -> Micros {
        let last = self.recorder.last();
        if last - time <= LATE { time.max(last) } else { time }
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

    /// Waits with nothing to do until a deadline, if there is one, or until a call comes back.
    async fn wait(&self, until: Option<Micros>) -> Result<(), Halt> {
        self.recorder.read();
        self.company.wait(until).await?;
        self.recorder.read();
        self.company.enter().await
    }

    /// Waits for the next turn, which comes by this.
    fn once_more(&self, waits: Waits) -> OnceMore {
        self.waits.set(waits);
        OnceMore(false)
    }

    /// Does a call, or waits until somebody else has done it; whether it was somebody else.
    async fn call(&self, task: TaskId, step: u8, call: Call) -> Result<Done, Halt> {
        let done = self.company.take_on(task, step, call).await?;
        if done == Done::Elsewhere {
            self.once_more(Waits::ForAnother).await?;
        }
        Ok(done)
    }

    fn earliest(&self) -> Option<Micros> {
        self.timers.borrow().earliest()
    }
}

impl<C: Company> Host for LoopHost<C> {
    fn record(&self, task: TaskId, step: u8, what: What) {
        self.recorder.record(task, step, what);
    }

    fn begin(&self, _: TaskId) -> impl Future<Output = Result<(), Halt>> {
        ready(Ok(()))
    }

    // No async fn, which would keep its arguments as long as the task sleeps.
    fn sleep(&self, task: TaskId, _: u8, time: Micros) -> impl Future<Output = Result<(), Halt>> {
        if time == Micros::ZERO {
            return self.once_more(Waits::ForItsTurn);
        }
        self.timers.borrow_mut().set(self.recorder.now() + time, task);
        self.once_more(Waits::ForAnother)
    }

    async fn block(&self, task: TaskId, step: u8, time: Micros) -> Result<(), Halt> {
        self.call(task, step, Call::Block(time)).await.map(|_| ())
    }

    async fn work(&self, task: TaskId, step: u8, work: workload::Work, amount: u64) -> Result<(), Halt> {
        if self.call(task, step, Call::Work(work, amount)).await? == Done::Elsewhere {
            self.record(task, step, What::Entered(State::Running));
        }
        Ok(())
    }
}

impl<C: Company> Work for LoopHost<C> {
    fn run<'a>(&'a self, of: &'a Assignment, _: &'a Dealt) -> LocalBoxFuture<'a, Result<(), Halt>> {
        run(self, &of.workload, of.settings.at_once(of.mode, of.workload.tasks)).boxed_local()
    }

    fn due(&self) -> Option<Micros> {
        self.timers.borrow().earliest()
    }
}

/// Pending at the first poll, ready at the second.
struct OnceMore(bool);

impl Future for OnceMore {
    type Output = Result<(), Halt>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        if std::mem::replace(&mut self.0, true) { Poll::Ready(Ok(())) } else { Poll::Pending }
    }
}

/// Runs all tasks of a workload on the loop, at most so many at once. A task that fails ends alone, as in
/// `asyncio.gather`.
///
/// # Errors
/// A task held the loop for too long, or the run was stopped while it was held.
async fn run<C: Company>(host: &LoopHost<C>, workload: &Workload, at_once: u32) -> Result<(), Halt> {
    let tasks = workload.tasks.get();
    let mut admitted = at_once;
    let begin = |task| walk(host, workload, task);
    let room = Room::of(admitted, &begin);
    let mut walks = Walks::new(&room, tasks, begin);
    // Those that are admitted from the start are first in the queue, without standing in it; so is who gets the place of
    // one that ends before they have all begun, as all tasks of asyncio come to its semaphore in the first pass.
    let mut fresh = 0..admitted;
    let (mut ready, mut due) = (VecDeque::new(), VecDeque::new());
    host.company.enter().await?;
    let mut looked = host.recorder.read();
    let mut slice_ends = looked + SLICE;
    loop {
        // As asyncio's: a pass takes who is ready at its beginning, then those whose deadline has passed.
        let is_first = !fresh.is_empty();
        let mut left = fresh.len() + ready.len();
        while let Some(rest) = left.checked_sub(1) {
            left = rest;
            let Some(task) = fresh.next().map(TaskId::at).or_else(|| ready.pop_front()) else { break };
            match take_turn(host, &mut walks, task).await {
                TurnEnd::Ended(Err(Halt::Stopped)) => return Err(Halt::Stopped),
                TurnEnd::Ended(_) if admitted < tasks => {
                    if is_first {
                        (fresh.end, left) = (fresh.end + 1, left + 1);
                    } else {
                        ready.push_back(TaskId::at(admitted));
                    }
                    admitted += 1;
                }
                TurnEnd::IsReady => {
                    if left > 0 || !ready.is_empty() {
                        host.recorder.record(task, 0, What::Entered(State::Ready));
                    }
                    ready.push_back(task);
                }
                TurnEnd::Ended(_) | TurnEnd::Waits => {}
            }
            host.end_slice(&mut slice_ends).await;
            host.company.glance().await?;
            // In a long pass each is known to be ready soon after its deadline. Their turns come after the pass all the same.
            let now = host.recorder.reading();
            if left > 0 && now > looked {
                host.take_all_due(now, false, &mut due, &mut slice_ends).await;
                looked = now;
            }
        }
        ready.extend(std::iter::from_fn(|| host.company.come_back()));
        if ready.is_empty() && due.is_empty() {
            let earliest = host.earliest();
            if earliest.is_none() && !host.company.has_calls() {
                host.company.leave();
                return Ok(());
            }
            if earliest.is_none_or(|earliest| earliest > host.recorder.now()) {
                host.wait(earliest).await?;
                slice_ends = host.recorder.read() + SLICE;
                ready.extend(std::iter::from_fn(|| host.company.come_back()));
            }
        }
        looked = host.recorder.now();
        host.take_all_due(looked, ready.is_empty(), &mut due, &mut slice_ends).await;
        ready.append(&mut due);
    }
}

/// Gives a task its turn, to its next await or its end.
async fn take_turn<C, F, B>(host: &LoopHost<C>, walks: &mut Walks<'_, F, B>, task: TaskId) -> TurnEnd
where
    C: Company,
    F: Future<Output = Result<(), Halt>>,
    B: Fn(TaskId) -> F,
{
    host.company.begin_turn();
    poll_fn(|cx| match walks.poll(task, cx) {
        Some(Poll::Ready(end)) => Poll::Ready(TurnEnd::Ended(end)),
        Some(Poll::Pending) => match host.waits.take() {
            // It holds the loop in a wait of its own: nobody else has a turn.
            Waits::No => Poll::Pending,
            Waits::ForAnother => Poll::Ready(TurnEnd::Waits),
            Waits::ForItsTurn => Poll::Ready(TurnEnd::IsReady),
        },
        None => Poll::Ready(TurnEnd::Waits),
    })
    .await
}
