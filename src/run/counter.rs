//! The counter that steps add to, and the lock that `add-locked` takes for each addition.
//!
//! An addition is a read and a write, as `counter += 1` is in Python. Both are `Atomics`', so that every lane sees
//! them at once and no compiler keeps the number to itself; but they are two, and what others write in between is lost.
//!
//! They are of 32 bits: a number of 64 is an object of its own for JavaScript, made and thrown away for each of them, and
//! an addition takes twice as long or more, by chance. How often the lower bits have come half their way round stands
//! beside them, written by whoever adds that step.
//!
//! The lock is the second of Ulrich Drepper's "Futexes Are Tricky" (<https://www.akkadia.org/drepper/futex.pdf>), which
//! looks for a while before it waits.

use super::board::{Board, Slot};
use super::halves::{comes_half_round, whole};
use crate::interpreter::Halt;
use crate::workload::Micros;

/// Whoever looks for a stop and then waits can miss the call in between: so no wait is longer.
const LONGEST_WAIT: Micros = Micros(50_000);

/// So often is the lock looked at before it is waited for: longer than another takes for an addition.
const LOOKS: u32 = 1000;

/// A counter, shared with other lanes or one's own.
#[derive(Clone)]
pub struct Counter {
    board: Board,
}

impl Counter {
    /// The counter of all lanes that have this board.
    pub const fn shared(board: Board) -> Self {
        Self { board }
    }

    /// A counter that no other lane has.
    pub fn of_ones_own() -> Self {
        Self::shared(Board::of_ones_own())
    }

    /// What it has come to.
    pub fn value(&self) -> u64 {
        whole(self.board.load(Slot::CounterHalves), self.board.load(Slot::Counter))
    }

    /// Adds 1 so many times.
    pub fn add(&self, times: u64) {
        for _ in 0..times {
            self.add_one();
        }
    }

    /// Adds 1 so many times, each under the lock.
    ///
    /// # Errors
    /// The run was stopped while another lane had the lock.
    pub fn add_locked(&self, times: u64) -> Result<(), Halt> {
        for _ in 0..times {
            self.lock()?;
            self.add_one();
            self.unlock();
        }
        Ok(())
    }

    fn add_one(&self) {
        let low = self.board.load(Slot::Counter).wrapping_add(1);
        self.board.store(Slot::Counter, low);
        if comes_half_round(low) {
            let halves = whole(self.board.load(Slot::CounterHalves), low) >> 31;
            self.board.store(Slot::CounterHalves, halves as i32);
        }
    }

    fn lock(&self) -> Result<(), Halt> {
        for _ in 0..LOOKS {
            if self.board.swap(Slot::CounterLock, 0, 1) {
                return Ok(());
            }
            std::hint::spin_loop();
        }
        while self.board.exchange(Slot::CounterLock, 2) != 0 {
            if self.board.is_stopped() {
                return Err(Halt::Stopped);
            }
            self.board.wait(Slot::CounterLock, 2, LONGEST_WAIT);
        }
        Ok(())
    }

    fn unlock(&self) {
        if self.board.exchange(Slot::CounterLock, 0) == 2 {
            self.board.call_one(Slot::CounterLock);
        }
    }
}
