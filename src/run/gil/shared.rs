//! The GIL in shared memory, with `Atomics`, where the page is isolated. It blocks: its futures are ready at once.
//!
//! Who wants the lock draws a number and stands in line, so that whoever waits longest is next, as on an operating
//! system that is fair. Each waits at a bell of its own: it rings when one is next, and when it is one's turn.
//!
//! ```text
//! next    bell ├ wait one switch interval ┤ ask, look ┤ take
//! holder       ├ counts ──────────────────────────────┤ drop, ring for it and the one behind, draw a number, wait …
//! ```

use std::cell::Cell;
use std::rc::Rc;

use super::{Exchange, Gil};
use crate::interpreter::Halt;
use crate::run::board::{Board, Queue, Slot, Waited};
use crate::run::clock::Clock;
use crate::workload::{LaneId, Micros};

/// Who looks for a stop and then waits can miss the call in between: so no wait is longer.
const LONGEST_WAIT: Micros = Micros(50_000);

/// Who has asked looks so often before it waits again, for some 100 µs: the holder mostly drops the lock sooner, and
/// waking up would take longer than that.
const LOOKS: u32 = 2000;

/// The lock as one thread has it.
pub struct SharedGil {
    board: Board,
    me: u8,
    clock: Clock,
    switch: Micros,
    /// The number that this thread drew last.
    number: Cell<i32>,
    ticket: Rc<Cell<u32>>,
}

impl SharedGil {
    /// For this lane, with this switch interval.
    pub fn new(board: Board, lane: LaneId, clock: Clock, switch: Micros) -> Self {
        Self { board, me: lane.index() as u8, clock, switch, number: Cell::default(), ticket: Rc::default() }
    }

    /// Goes on from the ticket that was handed on last.
    fn catch_up(&self) {
        self.ticket.set(self.ticket.get().max(self.board.load(Slot::Ticket).cast_unsigned()));
    }

    /// Rings the bell of this number, if anybody has drawn it: it is next, or it is its turn.
    fn ring(&self, number: i32, is_turn: bool) {
        if self.board.load(Slot::Line).wrapping_sub(number) > 0 {
            self.board.store(bell(number), number.wrapping_mul(2).wrapping_add(is_turn.into()));
            self.board.call(bell(number));
        }
    }

    /// Waits until it is this number's turn. As long as it is the next it waits one switch interval, then asks the
    /// holder to drop the lock.
    fn wait_for_turn(&self, number: i32) -> Result<(), Halt> {
        let mut left = self.switch;
        loop {
            let heard = self.board.load(bell(number));
            let before = number.wrapping_sub(self.board.load(Slot::Turn));
            if before == 0 {
                return Ok(());
            }
            if self.board.is_stopped() {
                return Err(Halt::Stopped);
            }
            let is_timed = before == 1 && left > Micros::ZERO;
            let piece = if is_timed { left.min(LONGEST_WAIT) } else { LONGEST_WAIT };
            let waited = self.board.wait(bell(number), heard, piece);
            if is_timed && waited == Waited::TimedOut {
                left = left - piece;
                if left == Micros::ZERO {
                    self.ask(number);
                }
            }
        }
    }

    /// Asks whoever is before this number to drop the lock, and looks for a moment whether it does.
    fn ask(&self, number: i32) {
        self.board.store(Slot::Request, number);
        for _ in 0..LOOKS {
            if self.board.load(Slot::Turn) == number {
                return;
            }
            std::hint::spin_loop();
        }
    }
}

/// Where the one with this number waits.
const fn bell(number: i32) -> Slot {
    Slot::Bell(number.rem_euclid(Slot::BELLS as i32) as u8)
}

impl Gil for SharedGil {
    async fn take(&self, waits: impl Fn()) -> Result<(), Halt> {
        let number = self.board.add(Slot::Line, 1);
        self.number.set(number);
        if self.board.load(Slot::Turn) != number {
            self.catch_up();
            waits();
            self.wait_for_turn(number)?;
        }
        self.catch_up();
        Ok(())
    }

    fn release(&self) {
        let number = self.number.get();
        self.board.store(Slot::Ticket, self.ticket.get().cast_signed());
        self.board.store(Slot::Turn, number.wrapping_add(1));
        self.ring(number.wrapping_add(1), true);
        // Who comes only now sees for itself that it is next.
        self.ring(number.wrapping_add(2), false);
    }

    async fn glance(&self, waits: impl Fn()) -> Result<bool, Halt> {
        if self.board.load(Slot::Request) != self.number.get().wrapping_add(1) {
            return Ok(false);
        }
        waits();
        self.release();
        // Forced switching: the one behind has its turn before this thread, which stands in line anew.
        self.take(|| {}).await?;
        Ok(true)
    }

    fn next_task(&self) -> u32 {
        self.board.add(Slot::NextTask, 1) as u32
    }
}

impl Exchange for SharedGil {
    fn ticket(&self) -> Rc<Cell<u32>> {
        Rc::clone(&self.ticket)
    }

    fn put(&self, queue: Queue, number: u32) {
        let put = self.board.load(Slot::Put(queue));
        self.board.store(place(queue, put), number.cast_signed());
        self.board.store(Slot::Put(queue), put.wrapping_add(1));
    }

    fn take_out(&self, queue: Queue) -> Option<u32> {
        let taken = self.board.load(Slot::Taken(queue));
        (self.board.load(Slot::Put(queue)) != taken).then(|| {
            self.board.store(Slot::Taken(queue), taken.wrapping_add(1));
            self.board.load(place(queue, taken)).cast_unsigned()
        })
    }

    fn woken(&self) -> u32 {
        self.board.load(Slot::Woken(self.me)).cast_unsigned()
    }

    fn wake(&self, lane: u8) {
        self.board.add(Slot::Woken(lane), 1);
        self.board.call(Slot::Woken(lane));
    }

    async fn rest(&self, woken: u32, until: Option<Micros>) -> Result<(), Halt> {
        while self.woken() == woken {
            if self.board.is_stopped() {
                return Err(Halt::Stopped);
            }
            let left = until.map_or(LONGEST_WAIT, |until| until - self.clock.now());
            if left == Micros::ZERO {
                break;
            }
            self.board.wait(Slot::Woken(self.me), woken.cast_signed(), left.min(LONGEST_WAIT));
        }
        Ok(())
    }
}

/// The place in a queue of the number that was put there as the so-many-th.
const fn place(queue: Queue, number: i32) -> Slot {
    Slot::Place(queue, number.rem_euclid(Queue::ROOM as i32) as u8)
}
