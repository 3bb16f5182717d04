//! How a lane holds its thread: in a blocking wait, or counting; and how it hears of a stop meanwhile.
//!
//! | lane | waits by | hears of a stop |
//! | --- | --- | --- |
//! | on the page | looking at the clock, which freezes the page | not at all: after 10 s it ends itself |
//! | in a worker, isolated | `Atomics.wait` on the board | by the board, at once |
//! | in a worker, not isolated | `Atomics.wait` on memory of its own, 50 ms at a time | by a message, between two of those |
//!
//! In the last case the lane gives its event loop a turn every 50 ms, and a stop drops it there. In the others every
//! future here is ready at the first poll.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Int32Array;

use super::board::{self, Board, Slot};
use super::counter::Counter;
use super::recorder::Recorder;
use super::turn::turn;
use crate::interpreter::{Halt, count};
use crate::workload::{LONGEST_ON_PAGE, Micros, Work};

/// Iterations between two looks at the stop and the lock: some 25 µs.
const GLANCE: u64 = 1 << 14;
/// Additions between two such looks: as long.
const ADDITIONS: u64 = 1 << 10;
/// Glances between two readings of the clock.
const GLANCES_A_READING: u32 = 32;
/// The longest that a lane hears nothing which only hears between two turns of its event loop.
const DEAF: Micros = Micros(50_000);

/// A stretch on the page may last so much longer than the longest that is let begin there: it is hardly ever as short as
/// predicted.
const OVER: Micros = Micros(250_000);

/// Work that holds a thread.
#[derive(Clone, Copy, Debug)]
pub enum Call {
    /// A blocking wait.
    Block(Micros),
    /// So much CPU-bound work.
    Work(Work, u64),
}

/// What a lane runs on.
#[derive(Clone)]
pub enum Ground {
    /// On the page's own thread.
    Page,
    /// In a worker, with a board where the page is isolated.
    Worker(Option<Board>),
}

/// Holds the thread of one lane.
pub struct Hold {
    ground: Ground,
    recorder: Rc<Recorder>,
    /// When the stretch began that holds the page now; unless told otherwise, with the mode.
    began: Cell<Micros>,
    /// When its event loop last had a turn.
    heard: Cell<Micros>,
    glances: Cell<u32>,
    seed: Cell<u64>,
    counter: Counter,
}

impl Hold {
    /// Of a lane on this ground, with the counter that it adds to.
    pub fn new(ground: Ground, recorder: Rc<Recorder>, counter: Counter) -> Self {
        Self {
            ground,
            recorder,
            began: Cell::default(),
            heard: Cell::default(),
            glances: Cell::default(),
            seed: Cell::new(1),
            counter,
        }
    }

    /// Whether all waiting is done inside: no turn of the event loop is ever taken.
    pub const fn blocks(&self) -> bool {
        !matches!(self.ground, Ground::Worker(None))
    }

    /// A new stretch begins: others had their turn before it.
    pub fn begin_stretch(&self) {
        self.began.set(self.recorder.now());
    }

    /// Waits until a time, never less, and holds the thread meanwhile.
    pub async fn wait_until(&self, deadline: Micros) -> Result<(), Halt> {
        self.recorder.post_before(deadline);
        loop {
            let now = self.recorder.read();
            let left = deadline - now;
            if left == Micros::ZERO {
                self.recorder.forget_reading();
                return Ok(());
            }
            self.check_bounds(now)?;
            match &self.ground {
                Ground::Page => {}
                Ground::Worker(Some(board)) => {
                    board.wait(Slot::Stop, 0, left);
                }
                Ground::Worker(None) => {
                    wait_alone(left.min(DEAF));
                    turn().await;
                }
            }
        }
    }

    /// Does a call, with a `glance` at what may interrupt work.
    pub async fn call(&self, call: Call, glance: impl AsyncFn() -> Result<(), Halt>) -> Result<(), Halt> {
        match call {
            Call::Block(time) => self.wait_until(self.recorder.now() + time).await,
            Call::Work(work, amount) => self.work(work, amount, glance).await,
        }
    }

    /// Does so much work, with a `glance` at what may interrupt it about every 25 µs.
    pub async fn work(&self, work: Work, amount: u64, glance: impl AsyncFn() -> Result<(), Halt>) -> Result<(), Halt> {
        let most = if work == Work::Count { GLANCE } else { ADDITIONS };
        let mut left = amount;
        while left > 0 {
            left -= self.stretch(work, left.min(most));
            self.recorder.forget_reading();
            self.glance().await?;
            glance().await?;
        }
        Ok(())
    }

    /// Does at most so much; how much it was.
    fn stretch(&self, work: Work, amount: u64) -> u64 {
        match work {
            Work::Count => self.seed.set(count(amount, self.seed.get())),
            Work::Add => self.counter.add(amount),
            Work::AddLocked => return self.counter.add_locked(amount),
        }
        amount
    }

    /// Looks for a stop, and posts what was recorded when it is time. To be called often.
    pub async fn glance(&self) -> Result<(), Halt> {
        if let Ground::Worker(Some(board)) = &self.ground
            && board.is_stopped()
        {
            return Err(Halt::Stopped);
        }
        self.glances.set(self.glances.get().wrapping_add(1));
        if !self.glances.get().is_multiple_of(GLANCES_A_READING) {
            return Ok(());
        }
        let now = self.recorder.read();
        self.check_bounds(now)?;
        if self.recorder.is_due() {
            self.recorder.post();
        }
        if matches!(self.ground, Ground::Worker(None)) && now - self.heard.get() >= DEAF {
            self.heard.set(now);
            turn().await;
        }
        Ok(())
    }

    fn check_bounds(&self, now: Micros) -> Result<(), Halt> {
        let stop = match &self.ground {
            Ground::Page => now - self.began.get() > LONGEST_ON_PAGE + OVER,
            Ground::Worker(Some(board)) => board.is_stopped(),
            Ground::Worker(None) => false,
        };
        if stop { Err(Halt::Stopped) } else { Ok(()) }
    }
}

thread_local! {
    /// Shared memory that nobody else has: the one thing to wait on where the page is not isolated.
    static ALONE: Option<Int32Array> =
        board::shared_memory().ok().map(|memory| Int32Array::new(&memory.buffer()));
}

/// Holds this worker's thread for so long.
fn wait_alone(time: Micros) {
    ALONE.with(|memory| {
        if let Some(memory) = memory {
            board::wait(memory, 0, 0, time);
        }
    });
}
