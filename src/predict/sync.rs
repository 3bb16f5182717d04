//! `sync` in virtual time: one lane, one task after another, and every wait and count holds all.
//!
//! ```text
//! task 1  ██ print ░░ sleep ██ count
//! task 2                            ██ print ░░ sleep ██ count      the sum of all, in order
//! ```

use std::cell::Cell;
use std::future::Future;

use super::PredictError;
use super::drive::{Model, Pause};
use super::tape::Tape;
use crate::interpreter::Halt;
use crate::workload::{LaneId, Micros, TaskCount, TaskId, Work};

/// The one lane.
const LANE: LaneId = LaneId(1);

/// Plain calls, one after another.
pub(super) struct Calls<'a> {
    tape: &'a Tape,
    tasks: TaskCount,
    begun: Cell<u32>,
}

impl<'a> Calls<'a> {
    /// Nothing has been called yet.
    pub const fn new(tape: &'a Tape, tasks: TaskCount) -> Self {
        Self { tape, tasks, begun: Cell::new(0) }
    }

    fn hold(&self, time: Micros) -> Pause {
        self.tape.go_to(self.tape.now() + time);
        Pause::Over
    }
}

impl Model for Calls<'_> {
    fn next(&self) -> Result<Option<TaskId>, PredictError> {
        let index = self.begun.get();
        if index >= self.tasks.get() {
            return Ok(None);
        }
        self.tape.turn()?;
        self.begun.set(index + 1);
        Ok(Some(TaskId::at(index)))
    }

    fn ended(&self, _: TaskId, end: Result<(), Halt>) {
        if end.is_err() {
            // Nothing after a failing call runs.
            self.begun.set(self.tasks.get());
        }
    }

    fn lane(&self) -> LaneId {
        LANE
    }

    fn sleep(&self, _: TaskId, _: u8, time: Micros) -> Pause {
        self.hold(time)
    }

    fn work(&self, _: TaskId, _: u8, _: Work, time: Micros) -> impl Future<Output = Result<(), Halt>> {
        self.hold(time)
    }
}
