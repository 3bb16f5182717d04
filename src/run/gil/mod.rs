//! The GIL: the one lock that a thread needs to run. One trait, two ways to have it.
//!
//! `CPython`'s rule since 3.2 (`Python/ceval_gil.c`): who wants the lock waits one switch interval, then asks the
//! holder to drop it; the holder looks at that request often, drops the lock, and waits until another has taken it.

pub mod none;
pub mod shared;
pub mod token;

use std::cell::Cell;
use std::rc::Rc;

use super::board::Queue;
use crate::interpreter::Halt;
use crate::workload::Micros;

/// The lock as one thread has it.
pub trait Gil {
    /// Waits until this thread holds the lock; `waits` is called before a wait, if there is one.
    async fn take(&self, waits: impl Fn()) -> Result<(), Halt>;

    /// Lets go of the lock.
    fn release(&self);

    /// Called often while the lock is held: hands it over if it is time to, and comes back with it. `waits` is
    /// called before it is handed over. Whether it was.
    async fn glance(&self, waits: impl Fn()) -> Result<bool, Halt>;

    /// Takes a task from the queue that the threads share: its place. Only while the lock is held.
    fn next_task(&self) -> u32;
}

/// What the lock's threads hand to each other beside it, and how they rest without it.
pub trait Exchange: Gil {
    /// The ticket that orders what the threads record, as L. Lamport's clock does ("Time, Clocks, and the Ordering of
    /// Events in a Distributed System", CACM 21(7), 1978): who gets the lock goes on from its last holder's.
    fn ticket(&self) -> Rc<Cell<u32>>;

    /// Puts a number into a queue, which must have room. Only while the lock is held.
    fn put(&self, queue: Queue, number: u32);

    /// Takes the first number out of a queue. Only while the lock is held.
    fn take_out(&self, queue: Queue) -> Option<u32>;

    /// How often this thread was woken until now.
    fn woken(&self) -> u32;

    /// Wakes a thread, by its place.
    fn wake(&self, lane: u8);

    /// Waits, without the lock, until this thread has been woken more often than `woken`, or a deadline has passed.
    async fn rest(&self, woken: u32, until: Option<Micros>) -> Result<(), Halt>;
}
