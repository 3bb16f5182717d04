//! Virtual time, and what is kept of it: the clock of a prediction, its trace, and its budget.
//!
//! The clock moves only when a host moves it. Whatever is recorded is recorded at the clock's time, or, where a loop
//! is held, at a time on the way to it.

use std::cell::{Cell, RefCell};

use super::PredictError;
use crate::trace::{Event, MAX_EVENTS, Trace, What};
use crate::workload::{LaneId, Micros, TaskId};

/// What a prediction may cost. It takes about as long as it has turns and events, whatever a link asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The most turns: each time that a task goes on, and each time that the GIL changes hands.
    pub turns: u64,
    /// The most events in the trace; never more than [`MAX_EVENTS`].
    pub events: usize,
}

impl Budget {
    /// Enough for every workload that only waits, however long that takes: many seconds at worst. Never where a page
    /// waits for it.
    pub const LARGEST: Self = Self { turns: 20_000_000, events: MAX_EVENTS };
}

impl Default for Budget {
    /// Enough for a million tasks that wait once: natively two or three seconds at worst, mostly far less.
    fn default() -> Self {
        Self { turns: 5_000_000, events: 9_000_000 }
    }
}

/// What is wanted of a prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// The whole trace.
    Trace,
    /// The time alone.
    Elapsed,
}

/// The clock of a prediction and what is kept of it.
pub(super) struct Tape {
    now: Cell<Micros>,
    keep: Keep,
    trace: RefCell<Trace>,
    /// What is left of the budget; none: more was asked for than there was.
    left: Cell<Option<Budget>>,
}

impl Tape {
    pub fn new(keep: Keep, budget: Budget) -> Self {
        let left = Budget { events: budget.events.min(MAX_EVENTS), ..budget };
        Self { now: Cell::default(), keep, trace: RefCell::default(), left: Cell::new(Some(left)) }
    }

    /// The time.
    pub fn now(&self) -> Micros {
        self.now.get()
    }

    /// Moves the clock on; it never goes back.
    pub fn go_to(&self, at: Micros) {
        self.now.set(self.now.get().max(at));
    }

    /// What is wanted.
    pub const fn keep(&self) -> Keep {
        self.keep
    }

    /// Notes what happens now.
    pub fn record(&self, lane: LaneId, task: TaskId, step: u8, what: What) {
        self.record_at(self.now.get(), lane, task, step, what);
    }

    /// Notes what happens at a time. What the budget can't pay for is left out, and the next turn refused.
    pub fn record_at(&self, at: Micros, lane: LaneId, task: TaskId, step: u8, what: What) {
        if self.keep == Keep::Elapsed {
            return;
        }
        let less = |left: Budget| Some(Budget { events: left.events.checked_sub(1)?, ..left });
        self.left.set(self.left.get().and_then(less));
        if self.left.get().is_some() {
            self.trace.borrow_mut().push(Event { at, task, lane, step, what });
        }
    }

    /// Pays for a turn.
    ///
    /// # Errors
    /// The budget is spent.
    pub fn turn(&self) -> Result<(), PredictError> {
        let less = |left: Budget| Some(Budget { turns: left.turns.checked_sub(1)?, ..left });
        self.left.set(self.left.get().and_then(less));
        self.left.get().map(|_| ()).ok_or(PredictError::TooLarge)
    }

    /// The trace, up to the clock's time.
    ///
    /// # Errors
    /// The budget was spent in the very last turn.
    pub fn into_trace(self) -> Result<Trace, PredictError> {
        let mut trace = self.trace.into_inner();
        trace.until = self.now.get();
        self.left.get().map(|_| trace).ok_or(PredictError::TooLarge)
    }
}
