//! The GIL in shared memory, with `Atomics`, where the page is isolated. It blocks: its futures are ready at once.
//!
//! ```text
//! waiter  ├ wait one switch interval ┤ ask ├─ wait ─┤ take, tell
//! holder  ├ counts ────────────────────────┤ drop ├ wait until told ┤ wait one switch interval …
//! ```

use super::Gil;
use crate::interpreter::Halt;
use crate::run::board::{Board, Slot, Waited};
use crate::workload::{LaneId, Micros};

/// Who looks for a stop and then waits can miss the call in between: so no wait is longer.
const LONGEST_WAIT: Micros = Micros(50_000);

/// The lock as one thread has it.
pub struct SharedGil {
    board: Board,
    me: i32,
    switch: Micros,
}

impl SharedGil {
    /// For this lane, with this switch interval.
    pub fn new(board: Board, lane: LaneId, switch: Micros) -> Self {
        Self { board, me: lane.0.into(), switch }
    }

    fn try_take(&self) -> bool {
        self.board.swap(Slot::Lock, 0, self.me)
    }

    /// Waits one switch interval for the lock; asks for it if nobody else took it meanwhile.
    fn wait_an_interval(&self) {
        let (holder, last) = (self.board.load(Slot::Lock), self.board.load(Slot::LastHolder));
        if holder == 0 {
            return;
        }
        let mut left = self.switch;
        while left > Micros::ZERO {
            let piece = left.min(LONGEST_WAIT);
            if self.board.wait(Slot::Lock, holder, piece) == Waited::Woken || self.board.is_stopped() {
                return;
            }
            left = left - piece;
        }
        if self.board.load(Slot::Lock) != 0 && self.board.load(Slot::LastHolder) == last {
            self.board.store(Slot::Request, 1);
        }
    }
}

impl Gil for SharedGil {
    async fn take(&self, waits: impl Fn()) -> Result<(), Halt> {
        let mut told = false;
        while !self.try_take() {
            if self.board.is_stopped() {
                return Err(Halt::Stopped);
            }
            if !std::mem::replace(&mut told, true) {
                waits();
            }
            self.wait_an_interval();
        }
        self.board.store(Slot::Request, 0);
        self.board.store(Slot::LastHolder, self.me);
        self.board.call(Slot::LastHolder);
        Ok(())
    }

    fn release(&self) {
        self.board.store(Slot::Lock, 0);
        self.board.call_one(Slot::Lock);
    }

    async fn glance(&self, waits: impl Fn()) -> Result<bool, Halt> {
        if self.board.load(Slot::Request) == 0 {
            return Ok(false);
        }
        waits();
        self.board.store(Slot::Request, 0);
        self.release();
        // Forced switching: not before another has had it. Who asked may have been stopped meanwhile.
        while self.board.load(Slot::LastHolder) == self.me && !self.board.is_stopped() {
            self.board.wait(Slot::LastHolder, self.me, self.switch.min(LONGEST_WAIT));
        }
        self.take(|| {}).await?;
        Ok(true)
    }

    fn next_task(&self) -> u32 {
        self.board.add(Slot::NextTask, 1) as u32
    }
}
