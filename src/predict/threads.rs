//! `threads` in virtual time: lanes that share the GIL. Who sleeps or blocks has let go of it.
//!
//! ```text
//! lane 1  █▓▓▓▓▓····▓▓▓▓▓····▓▓█      counting ▓ in turns, waiting for the GIL ·
//! lane 2  ·····▓▓▓▓▓····▓▓▓▓▓█
//! lane 3  ░░░░░░░░░░░░░░░░░░░░░░       sleeping ░ needs no GIL
//! ```

use std::cell::{Cell, RefCell};
use std::future::Future;

use super::PredictError;
use super::drive::{Model, Pause};
use super::gil::{Claim, Gil};
use super::lanes::{Queue, Waiting, lanes};
use super::tape::{Keep, Tape};
use crate::interpreter::Halt;
use crate::trace::{State, What};
use crate::workload::{LaneId, Micros, TaskCount, TaskId, Work};

/// Lanes with the GIL.
pub(super) struct Threads<'a> {
    tape: &'a Tape,
    shared: RefCell<Shared>,
    /// The lane of the task whose turn it is.
    lane: Cell<LaneId>,
}

struct Shared {
    queue: Queue,
    gil: Gil,
    asleep: Waiting,
    /// The task of each lane, and the step it is at.
    at: Vec<(TaskId, u8)>,
}

impl<'a> Threads<'a> {
    /// Each lane wants the GIL for its first task.
    pub fn new(tape: &'a Tape, tasks: TaskCount, count: u8, interval: Micros) -> Self {
        let (mut queue, mut gil) = (Queue::new(tasks), Gil::new(interval));
        lanes(count).for_each(|lane| gil.want(lane));
        let at = lanes(count).filter_map(|_| queue.take()).map(|task| (task, 0)).collect();
        let shared = Shared { queue, gil, asleep: Waiting::default(), at };
        Self { tape, shared: RefCell::new(shared), lane: Cell::new(LaneId(1)) }
    }

    /// Tells of a lane that its task is in a state now.
    fn tell(&self, at: &[(TaskId, u8)], lane: LaneId, state: State) {
        if let Some((task, step)) = at.get(lane.index()) {
            self.tape.record(lane, *task, *step, What::Entered(state));
        }
    }

    /// Tells of a lane that has the GIL again and goes on counting.
    fn resume(&self, at: &[(TaskId, u8)], claim: Option<Claim>) {
        if let Some(claim) = claim {
            self.tell(at, claim.lane, State::Running);
        }
    }

    /// Moves the clock on to when something happens: the holder is done, somebody wakes, or the GIL changes hands.
    fn go_to(&self, time: Micros) {
        let Shared { gil, asleep, at, .. } = &mut *self.shared.borrow_mut();
        if time > self.tape.now() {
            gil.newly_waiting().for_each(|lane| self.tell(at, lane, State::Gil));
        }
        self.tape.go_to(time);
        gil.go_to(time);
        if gil.acting().is_some() {
            return;
        }
        while let Some((_, lane)) = asleep.take_by(time) {
            gil.want(lane);
        }
        self.resume(at, gil.hand_over());
        if self.tape.keep() == Keep::Elapsed {
            self.tape.go_to(gil.skip_rounds(asleep.earliest()));
        }
    }

    fn note_step(&self, step: u8) {
        if let Some((_, at)) = self.shared.borrow_mut().at.get_mut(self.lane.get().index()) {
            *at = step;
        }
    }
}

impl Model for Threads<'_> {
    fn next(&self) -> Result<Option<TaskId>, PredictError> {
        loop {
            self.tape.turn()?;
            let shared = self.shared.borrow();
            if let Some(lane) = shared.gil.acting() {
                self.lane.set(lane);
                return Ok(shared.at.get(lane.index()).map(|(task, _)| *task));
            }
            let events = [shared.gil.earliest(), shared.asleep.earliest()];
            drop(shared);
            let Some(earliest) = events.into_iter().flatten().min() else { return Ok(None) };
            self.go_to(earliest);
        }
    }

    fn ended(&self, _: TaskId, _: Result<(), Halt>) {
        let Shared { queue, gil, at, .. } = &mut *self.shared.borrow_mut();
        // A worker thread takes its next task without letting go of the GIL.
        match (queue.take(), at.get_mut(self.lane.get().index())) {
            (Some(task), Some(place)) => *place = (task, 0),
            _ => self.resume(at, gil.release()),
        }
    }

    fn lane(&self) -> LaneId {
        self.lane.get()
    }

    fn sleep(&self, task: TaskId, step: u8, time: Micros) -> Pause {
        self.note_step(step);
        let Shared { gil, asleep, at, .. } = &mut *self.shared.borrow_mut();
        asleep.until(self.tape.now() + time, task, self.lane.get());
        self.resume(at, gil.release());
        Pause::UntilNextTurn
    }

    fn work(&self, _: TaskId, step: u8, _: Work, time: Micros) -> impl Future<Output = Result<(), Halt>> {
        if time == Micros::ZERO {
            return Pause::Over;
        }
        self.note_step(step);
        self.shared.borrow_mut().gil.count(time);
        Pause::UntilNextTurn
    }
}
