//! The GIL: the one lock that a thread needs to run. One trait, two ways to have it.
//!
//! `CPython`'s rule since 3.2 (`Python/ceval_gil.c`): who wants the lock waits one switch interval, then asks the
//! holder to drop it; the holder looks at that request often, drops the lock, and waits until another has taken it.

pub mod none;
pub mod shared;
pub mod token;

use crate::interpreter::Halt;

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
