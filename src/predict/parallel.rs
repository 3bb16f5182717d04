//! `processes` and `free-threads` in virtual time: lanes that share nothing but the cores.
//!
//! ```text
//! lane 1  █ task 1 ░░░░░░░░ █ ended █ task 4 ▓▓▓▓▓▓     sleeping ░ and blocked take no core
//! lane 2  █ task 2 ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓     counting ▓ takes a share
//! lane 3  █ task 3 ░░░░░░░░░░░░░░░░░░░░░░ █ ended
//! ```
//!
//! Nothing orders what lanes do in the same instant, so what is recorded there is in the order of the tasks.

use std::cell::{Cell, RefCell};
use std::future::Future;

use super::Machine;
use super::PredictError;
use super::cores::Cores;
use super::drive::{Model, Pause};
use super::lanes::{Queue, Waiting, lanes};
use super::tape::Tape;
use crate::interpreter::Halt;
use crate::workload::{LaneId, Micros, Mode, TaskCount, TaskId, Work};

/// Lanes with cores.
pub(super) struct Parallel<'a> {
    tape: &'a Tape,
    state: RefCell<State>,
    /// The lane of the task whose turn it is.
    lane: Cell<LaneId>,
    mode: Mode,
}

struct State {
    queue: Queue,
    waiting: Waiting,
    cores: Cores,
}

impl<'a> Parallel<'a> {
    /// Each lane is about to begin with its first task.
    pub fn new(tape: &'a Tape, machine: &Machine, mode: Mode, tasks: TaskCount, count: u8) -> Self {
        let mut queue = Queue::new(tasks);
        let mut waiting = Waiting::default();
        for lane in lanes(count) {
            queue.take().into_iter().for_each(|task| waiting.until(Micros::ZERO, task, lane));
        }
        let state = State { queue, waiting, cores: Cores::new(machine) };
        Self { tape, state: RefCell::new(state), lane: Cell::new(LaneId(1)), mode }
    }
}

/// As what kind of work it is in its rivals' way: who adds to a counter of its own only shares the cores.
pub(super) fn rivalry(mode: Mode, work: Work) -> Work {
    if mode.shares_memory() { work } else { Work::Count }
}

impl Model for Parallel<'_> {
    fn next(&self) -> Result<Option<TaskId>, PredictError> {
        self.tape.turn()?;
        let State { waiting, cores, .. } = &mut *self.state.borrow_mut();
        let Some(at) = [waiting.earliest(), cores.earliest()].into_iter().flatten().min() else { return Ok(None) };
        self.tape.go_to(at);
        while let Some((task, lane)) = cores.take_done(at) {
            waiting.until(at, task, lane);
        }
        let Some((task, lane)) = waiting.take_by(at) else { return Ok(None) };
        self.lane.set(lane);
        Ok(Some(task))
    }

    fn ended(&self, _: TaskId, _: Result<(), Halt>) {
        let State { queue, waiting, .. } = &mut *self.state.borrow_mut();
        if let Some(task) = queue.take() {
            waiting.until(self.tape.now(), task, self.lane.get());
        }
    }

    fn lane(&self) -> LaneId {
        self.lane.get()
    }

    fn sleep(&self, task: TaskId, _: u8, time: Micros) -> Pause {
        self.state.borrow_mut().waiting.until(self.tape.now() + time, task, self.lane.get());
        Pause::UntilNextTurn
    }

    fn work(&self, task: TaskId, _: u8, work: Work, time: Micros) -> impl Future<Output = Result<(), Halt>> {
        if time == Micros::ZERO {
            return Pause::Over;
        }
        self.state.borrow_mut().cores.begin(self.tape.now(), rivalry(self.mode, work), time, task, self.lane.get());
        Pause::UntilNextTurn
    }
}
