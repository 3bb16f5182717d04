//! `async` in virtual time: one event loop. A task that sleeps lets the next one on; one that blocks or counts holds
//! the loop, and with it all others.
//!
//! ```text
//! task 1  █░░░░░░░░░█
//! task 2   ████ block ██░░░░░░░
//! task 3         ready █░░░░░░░       sleeping ░, on the loop █
//! ```

use std::cell::RefCell;
use std::future::Future;

use super::PredictError;
use super::drive::{Model, Pause};
use super::tape::Tape;
use super::turns::Turns;
use crate::interpreter::Halt;
use crate::trace::{State, What};
use crate::workload::{LaneId, Micros, TaskId, Work};

/// One event loop.
pub(super) struct EventLoop<'a> {
    tape: &'a Tape,
    turns: RefCell<Turns>,
}

impl<'a> EventLoop<'a> {
    /// A loop that has not begun its first pass.
    pub const fn new(tape: &'a Tape, turns: Turns) -> Self {
        Self { tape, turns: RefCell::new(turns) }
    }

    /// The task whose turn it is keeps the loop for so long.
    fn hold(&self, time: Micros) -> Pause {
        if time > Micros::ZERO {
            let now = self.tape.now();
            self.turns.borrow_mut().pass_time(now, now + time, |at, task, step| {
                self.tape.record_at(at, LaneId::LOOP, task, step, What::Entered(State::Ready));
            });
            self.tape.go_to(now + time);
        }
        Pause::Over
    }
}

impl Model for EventLoop<'_> {
    fn next(&self) -> Result<Option<TaskId>, PredictError> {
        self.tape.turn()?;
        let mut turns = self.turns.borrow_mut();
        self.tape.go_to(turns.begun_by());
        if let Some(task) = turns.next(self.tape.now()) {
            return Ok(Some(task));
        }
        let Some(earliest) = turns.earliest() else { return Ok(None) };
        self.tape.go_to(earliest);
        Ok(turns.next(earliest))
    }

    fn ended(&self, _: TaskId, _: Result<(), Halt>) {
        self.turns.borrow_mut().end();
    }

    fn lane(&self) -> LaneId {
        LaneId::LOOP
    }

    fn sleep(&self, task: TaskId, step: u8, time: Micros) -> Pause {
        self.turns.borrow_mut().sleep(task, step, self.tape.now(), time);
        Pause::UntilNextTurn
    }

    fn block(&self, _: TaskId, _: u8, time: Micros) -> Pause {
        self.hold(time)
    }

    fn work(&self, _: TaskId, _: u8, _: Work, time: Micros) -> impl Future<Output = Result<(), Halt>> {
        self.hold(time)
    }
}
