//! A lane of a run, wherever it is: on the page or in a worker. It has its tasks, its host, and its way to the page.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use web_sys::MessagePort;

use super::blocking::BlockingHost;
use super::clock::Clock;
use super::counter::Counter;
use super::event_loop::{self, LoopHost};
use super::gil::none::NoGil;
use super::gil::shared::SharedGil;
use super::gil::token::TokenGil;
use super::hold::{Hold, Place};
use super::protocol::{Assignment, FromWorker, Tasks};
use super::recorder::{Outbox, Recorder, Tickets};
use super::threads::{self, ThreadHost};
use crate::interpreter::{Halt, walk};
use crate::workload::{Micros, Mode, TaskId};

/// A task that takes longer is worth waiting for the page's answer, which takes a fraction of that.
const LONG_TASK: Micros = Micros(1000);

/// How a lane is connected to the others.
pub struct Way {
    /// Where it is.
    pub place: Place,
    /// For threads that share no memory: a port to each other lane, by place.
    pub ports: Vec<Option<MessagePort>>,
}

/// A lane of a run.
pub struct Lane {
    assignment: Assignment,
    recorder: Rc<Recorder>,
    kind: Kind,
    counter: Counter,
    dealt: RefCell<Dealt>,
    has_ended: Cell<bool>,
}

/// The host that this lane's mode has here.
enum Kind {
    Loop(LoopHost),
    Blocking(BlockingHost),
    SharedThread(ThreadHost<SharedGil>),
    TokenThread(ThreadHost<TokenGil>),
    FreeThread(ThreadHost<NoGil>),
}

/// The tasks that the page has dealt to this lane.
#[derive(Default)]
struct Dealt {
    tasks: Option<Tasks>,
    waker: Option<Waker>,
}

impl Lane {
    /// A lane that is up and has not begun.
    pub fn new(assignment: Assignment, way: Way, clock: &Clock, outbox: &Outbox) -> Self {
        let lane = assignment.lane;
        let switch = assignment.settings.switch;
        let recorder = |tickets| Rc::new(Recorder::new(clock.clone(), lane, tickets, Rc::clone(outbox)));
        let counter = match &way.place {
            Place::Worker(Some(board)) if assignment.mode.shares_memory() => Counter::shared(board.clone()),
            _ => Counter::of_ones_own(),
        };
        let counts_with = counter.clone();
        let (recorder, kind) = match (assignment.mode, &way.place) {
            (Mode::Threads, Place::Worker(Some(board))) => {
                let recorder = recorder(Tickets::Shared(board.clone()));
                let gil = SharedGil::new(board.clone(), switch);
                (Rc::clone(&recorder), Kind::SharedThread(ThreadHost::new(recorder, way.place, counter, gil)))
            }
            (Mode::Threads, _) => {
                let gil = TokenGil::new(lane, way.ports, clock.clone(), switch);
                let recorder = recorder(Tickets::Handed(gil.ticket()));
                (Rc::clone(&recorder), Kind::TokenThread(ThreadHost::new(recorder, way.place, counter, gil)))
            }
            (Mode::FreeThreads, Place::Worker(Some(board))) => {
                let recorder = recorder(Tickets::Shared(board.clone()));
                let gil = NoGil(board.clone());
                (Rc::clone(&recorder), Kind::FreeThread(ThreadHost::new(recorder, way.place, counter, gil)))
            }
            (mode, _) => {
                let recorder = recorder(Tickets::None);
                let hold = Hold::new(way.place, Rc::clone(&recorder), counter);
                let kind = match mode {
                    Mode::Async | Mode::Offload => Kind::Loop(LoopHost::new(Rc::clone(&recorder), hold)),
                    _ => Kind::Blocking(BlockingHost::new(Rc::clone(&recorder), hold)),
                };
                (recorder, kind)
            }
        };
        let (dealt, has_ended) = (RefCell::default(), Cell::new(false));
        Self { assignment, recorder, kind, counter: counts_with, dealt, has_ended }
    }

    /// Gives this lane tasks from the page's hand; none: there are no more.
    pub fn deal(&self, tasks: Tasks) {
        let mut dealt = self.dealt.borrow_mut();
        dealt.tasks = Some(tasks);
        if let Some(waker) = dealt.waker.take() {
            waker.wake();
        }
    }

    /// Runs the lane's tasks to the end.
    ///
    /// # Errors
    /// The run was stopped, or held its place for too long.
    pub async fn work(&self) -> Result<(), Halt> {
        let Assignment { mode, lane, workload, settings, .. } = &self.assignment;
        match &self.kind {
            Kind::Loop(host) => event_loop::run(host, workload, settings.limit).await,
            Kind::Blocking(host) if *mode == Mode::Sync => {
                for task in workload.tasks.ids() {
                    match walk(host, workload, task).await {
                        Ok(()) => {}
                        // Nothing after a failing call runs.
                        Err(Halt::Failed(_)) => break,
                        Err(Halt::Stopped) => return Err(Halt::Stopped),
                    }
                }
                Ok(())
            }
            Kind::Blocking(host) => self.work_through_dealt(host).await,
            Kind::SharedThread(host) => threads::run(host, workload, *lane).await,
            Kind::TokenThread(host) => threads::run(host, workload, *lane).await,
            Kind::FreeThread(host) => threads::run(host, workload, *lane).await,
        }
    }

    /// Runs what the page deals until it deals no more. A task that fails ends alone.
    ///
    /// Short tasks ask for the next before the last is done, so that nobody waits for the page; long ones after it, so
    /// that no task waits behind another while a lane is free.
    async fn work_through_dealt(&self, host: &BlockingHost) -> Result<(), Halt> {
        let (begun, mut done) = (self.recorder.now(), 0);
        loop {
            let Tasks { from, to } = self.dealt().await;
            if from >= to {
                return Ok(());
            }
            let mut has_asked = false;
            for index in from..to {
                if index + 1 == to && done > 0 {
                    let each = self.time_of_each(begun, done);
                    has_asked = each < LONG_TASK;
                    if has_asked {
                        self.recorder.say(FromWorker::Want { each });
                    }
                }
                if walk(host, &self.assignment.workload, TaskId::at(index)).await == Err(Halt::Stopped) {
                    return Err(Halt::Stopped);
                }
                done += 1;
            }
            if !has_asked {
                self.recorder.say(FromWorker::Want { each: self.time_of_each(begun, done) });
            }
        }
    }

    /// How long each task took until now.
    fn time_of_each(&self, begun: Micros, done: u32) -> Micros {
        Micros((self.recorder.now() - begun).0 / u64::from(done.max(1)))
    }

    /// Waits for tasks.
    async fn dealt(&self) -> Tasks {
        poll_fn(|cx| {
            let mut dealt = self.dealt.borrow_mut();
            if let Some(tasks) = dealt.tasks.take() {
                return Poll::Ready(tasks);
            }
            self.recorder.post();
            dealt.waker = Some(cx.waker().clone());
            Poll::Pending
        })
        .await
    }

    /// Whether the lane does all its waiting inside, so that its work is ready at the first poll.
    pub fn is_blocking(&self) -> bool {
        match &self.kind {
            Kind::SharedThread(_) | Kind::FreeThread(_) => true,
            Kind::Blocking(host) => self.assignment.mode == Mode::Sync && host.blocks(),
            Kind::Loop(_) | Kind::TokenThread(_) => false,
        }
    }

    /// Sends the page what was recorded.
    pub fn post(&self) {
        self.recorder.post();
    }

    /// Says, once, that the lane has come to its end, or was stopped.
    pub fn end(&self, is_done: bool) {
        if self.has_ended.replace(true) {
            return;
        }
        self.recorder.post();
        let clock_error = self.recorder.clock().error();
        let counter = self.counter.value();
        self.recorder.say(FromWorker::Ended { was_stopped: !is_done, clock_error, counter });
    }
}
