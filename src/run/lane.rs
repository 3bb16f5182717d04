//! A lane of a run, wherever it is: on the page or in a worker. It has its tasks, its host, and its way to the page.

use std::cell::Cell;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use web_sys::MessagePort;

use super::blocking::BlockingHost;
use super::board::{Board, Slot};
use super::clock::Clock;
use super::company::Nobody;
use super::counter::Counter;
use super::event_loop::LoopHost;
use super::gil::Exchange;
use super::gil::none::NoGil;
use super::gil::shared::SharedGil;
use super::gil::token::TokenGil;
use super::hold::{Ground, Hold};
use super::measure;
use super::offload::{Pool, PoolThread};
pub use super::processes::Dealt;
use super::processes::Process;
use super::protocol::{Assignment, FromWorker, Tasks};
use super::recorder::{Outbox, Recorder, Tickets};
use super::sync::Calls;
use super::threads::ThreadHost;
use super::turn::wait_until;
use crate::interpreter::Halt;
use crate::workload::{LaneId, Micros, Mode};

/// To begin takes a lane up to so long where the cores are few, besides its tasks.
const BEGINNING: Micros = Micros(200);

/// How a worker's lane is connected to the others.
pub enum Way {
    /// By memory that they share.
    Board(Board),
    /// By messages. For lanes with a GIL: a port to each other lane, by place.
    Ports(Vec<Option<MessagePort>>),
}

/// What a lane does in its mode.
pub trait Work {
    /// Runs the lane's tasks, or serves other lanes, to the end.
    ///
    /// # Errors
    /// The run was stopped, or held its place for too long.
    fn run<'a>(&'a self, of: &'a Assignment, dealt: &'a Dealt) -> LocalBoxFuture<'a, Result<(), Halt>>;

    /// Whether it does all its waiting inside, so that it is ready at the first poll.
    fn blocks(&self) -> bool {
        false
    }

    /// When a task wakes next, where that is known here.
    fn due(&self) -> Option<Micros> {
        None
    }
}

/// A lane of a run.
pub struct Lane {
    assignment: Assignment,
    ground: Ground,
    recorder: Rc<Recorder>,
    counter: Counter,
    work: Box<dyn Work>,
    dealt: Dealt,
    has_ended: Cell<bool>,
}

impl Lane {
    /// A lane on the page, of `sync` or `async`, that is up and has not begun. Apart from those in workers, so that the
    /// page's wasm has nothing of what it never does.
    pub fn on_page(assignment: Assignment, clock: &Clock, outbox: &Outbox) -> Self {
        let counter = Counter::of_ones_own();
        let parts = NewLane { assignment: &assignment, clock, outbox, counter: &counter }.alone(Ground::Page);
        Self::of(assignment, Ground::Page, counter, parts)
    }

    /// A lane in a worker that is up and has not begun.
    pub fn in_worker(assignment: Assignment, way: Way, clock: &Clock, outbox: &Outbox) -> Self {
        let counter = match &way {
            Way::Board(board) if assignment.mode.shares_memory() => Counter::shared(board),
            _ => Counter::of_ones_own(),
        };
        measure::warm_up(&assignment.workload, &counter);
        let ground = way.ground();
        let new = NewLane { assignment: &assignment, clock, outbox, counter: &counter };
        let parts = match (assignment.mode, way) {
            (Mode::Sync | Mode::Async, _) => new.alone(ground.clone()),
            (Mode::Threads | Mode::Offload, Way::Board(board)) => new.with_board(board),
            (Mode::Threads | Mode::Offload, Way::Ports(ports)) => new.with_token(ground.clone(), ports),
            (Mode::FreeThreads, Way::Board(board)) => new.without_gil(board),
            (Mode::FreeThreads | Mode::Processes, _) => new.process(ground.clone()),
        };
        Self::of(assignment, ground, counter, parts)
    }

    fn of(assignment: Assignment, ground: Ground, counter: Counter, (recorder, work): Parts) -> Self {
        Self { recorder, counter, work, assignment, ground, dealt: Dealt::default(), has_ended: Cell::new(false) }
    }

    /// Gives this lane tasks from the page's hand; none: there are no more.
    pub fn deal(&self, tasks: Tasks) {
        self.dealt.put(tasks);
    }

    /// Runs the lane's tasks from a time to the end.
    ///
    /// # Errors
    /// The run was stopped, or held its place for too long.
    pub async fn work(&self, begin: Micros) -> Result<(), Halt> {
        self.wait_until(begin).await;
        self.work.run(&self.assignment, &self.dealt).await?;
        // Whoever is through at once lets the others begin first: to tell the page takes a core, as does the page's hearing.
        self.wait_until(begin + Micros(BEGINNING.0 * u64::from(self.assignment.lanes - 1))).await;
        Ok(())
    }

    async fn wait_until(&self, time: Micros) {
        let clock = self.recorder.clock();
        match &self.ground {
            Ground::Worker(Some(board)) => _ = board.wait(Slot::Stop, 0, time - clock.now()),
            // Where a stop is a message, it must be heard.
            Ground::Worker(None) | Ground::Page => wait_until(clock, time).await,
        }
    }

    /// Whether the lane does all its waiting inside, so that its work is ready at the first poll.
    pub fn is_blocking(&self) -> bool {
        self.work.blocks()
    }

    /// When a task wakes next, if that is known.
    pub fn due(&self) -> Option<Micros> {
        self.work.due()
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
        let (clock_error, counter) = (self.recorder.clock().error(), self.counter.value());
        self.recorder.say(FromWorker::Ended { was_stopped: !is_done, clock_error, counter });
    }
}

impl Way {
    /// What the lane runs on.
    fn ground(&self) -> Ground {
        match self {
            Self::Board(board) => Ground::Worker(Some(board.clone())),
            Self::Ports(_) => Ground::Worker(None),
        }
    }
}

/// A lane's recorder and its work.
type Parts = (Rc<Recorder>, Box<dyn Work>);

/// What a lane is made of.
struct NewLane<'a> {
    assignment: &'a Assignment,
    clock: &'a Clock,
    outbox: &'a Outbox,
    counter: &'a Counter,
}

impl NewLane<'_> {
    fn recorder(&self, tickets: Tickets) -> Rc<Recorder> {
        Rc::new(Recorder::new(self.clock.clone(), self.assignment, tickets, Rc::clone(self.outbox)))
    }

    /// With the GIL in shared memory.
    fn with_board(&self, board: Board) -> Parts {
        let Assignment { lane, settings, .. } = self.assignment;
        let gil = SharedGil::new(board.clone(), *lane, self.clock.clone(), settings.switch);
        self.with_gil(gil, Ground::Worker(Some(board)))
    }

    /// With the GIL as a token.
    fn with_token(&self, ground: Ground, ports: Vec<Option<MessagePort>>) -> Parts {
        let Assignment { lane, settings, .. } = self.assignment;
        let gil = TokenGil::new(*lane, ports, self.clock.clone(), settings.switch);
        self.with_gil(gil, ground)
    }

    /// A thread, or, in `offload`, the loop or a thread of its pool.
    fn with_gil<G: Exchange + 'static>(&self, gil: G, ground: Ground) -> Parts {
        let recorder = self.recorder(Tickets::Handed(gil.ticket()));
        let Assignment { mode, lane, lanes, .. } = *self.assignment;
        let is_loop = mode == Mode::Offload && lane == LaneId::LOOP;
        let work: Box<dyn Work> = if is_loop {
            Box::new(LoopHost::new(Rc::clone(&recorder), Pool::new(Rc::clone(&recorder), gil, lanes - 1)))
        } else {
            let host = ThreadHost::new(Rc::clone(&recorder), ground, self.counter.clone(), gil);
            if mode == Mode::Offload {
                Box::new(PoolThread::new(host, Rc::clone(&recorder), lane))
            } else {
                Box::new(host)
            }
        };
        (recorder, work)
    }

    /// A thread that needs no lock.
    fn without_gil(&self, board: Board) -> Parts {
        let recorder = self.recorder(Tickets::Shared(board.clone()));
        let gil = NoGil(board.clone());
        let ground = Ground::Worker(Some(board));
        let host = ThreadHost::new(Rc::clone(&recorder), ground, self.counter.clone(), gil);
        (recorder, Box::new(host))
    }

    /// The one lane of its mode.
    fn alone(&self, ground: Ground) -> Parts {
        let recorder = self.recorder(Tickets::None);
        let hold = Hold::new(ground, Rc::clone(&recorder), self.counter.clone());
        let work: Box<dyn Work> = if self.assignment.mode == Mode::Async {
            Box::new(LoopHost::new(Rc::clone(&recorder), Nobody::new(Rc::clone(&recorder), hold)))
        } else {
            Box::new(Calls(BlockingHost::new(Rc::clone(&recorder), hold)))
        };
        (recorder, work)
    }

    /// A lane that has nothing to do with the others.
    fn process(&self, ground: Ground) -> Parts {
        let recorder = self.recorder(Tickets::None);
        let hold = Hold::new(ground, Rc::clone(&recorder), self.counter.clone());
        let work = Process::new(BlockingHost::new(Rc::clone(&recorder), hold), Rc::clone(&recorder));
        (recorder, Box::new(work))
    }
}
