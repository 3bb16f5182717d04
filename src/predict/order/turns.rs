//! The turns of tasks on an event loop, as a prediction has them, and which of them the loop's rule keeps in order.
//!
//! Tasks come to the loop in their order. Deadlines that are set in order for sleeps equally long come in order too,
//! since the loop's clock never goes back. So tasks that have slept equally long each time have their turns in their
//! order, however late the loop is: they are a chain.

use std::collections::{HashMap, VecDeque};

use super::super::Machine;
use super::Chain;
use super::doubts::{Moment, Pass};
use crate::trace::{Event, State, What};
use crate::workload::{Action, LaneId, Micros, Mode, Pace, Settings, TaskId, Workload};

/// The turns of all tasks.
pub(super) struct LoopTurns<'a> {
    workload: &'a Workload,
    pace: Pace,
    calls: Calls,
    /// So many tasks may be on the loop at once.
    at_once: u32,
    /// In which each task has its first turn.
    first_pass: Pass,
    tasks: Vec<Life>,
    /// The passes in which tasks came to their end, and let others through the gate.
    ends: VecDeque<Micros>,
    /// The chain of those who were in one chain and then waited for the same.
    chains: HashMap<(Chain, Waited), Chain>,
}

/// Who does `block` and `count`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Calls {
    /// The loop itself.
    Here,
    /// One thread, first come, first served.
    InOrder,
    /// Several threads, for which calls may have to wait.
    Queued,
    /// A thread for each call.
    AtOnce,
}

/// What a task has waited for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Waited {
    Sleep(Micros),
    Call,
}

/// How far a task is.
#[derive(Clone, Copy)]
struct Life {
    chain: Chain,
    /// The step at which it waits for its next turn; none: it hasn't had any.
    waits: Option<u8>,
    /// Since when it is ready, if it has to wait for its turn.
    ready: Option<Micros>,
    /// It comes to the queue in a pass that may have begun as early as this, so before those whose deadline comes in
    /// the middle of that pass; none: it waits for a deadline itself.
    pass: Option<Micros>,
}

/// What a task does in its turn.
struct Turn {
    holds: Micros,
    /// What it waits for in the end, and at which step; none: it comes to its own end.
    then: Option<(u8, Waited)>,
}

impl<'a> LoopTurns<'a> {
    /// None: the mode has no loop.
    pub fn new(workload: &'a Workload, settings: &Settings, mode: Mode, machine: &Machine) -> Option<Self> {
        let pool = u32::from(settings.pool(workload.tasks));
        let calls = match mode {
            Mode::Async => Calls::Here,
            Mode::Offload if pool == 1 => Calls::InOrder,
            Mode::Offload if pool < workload.tasks.get() => Calls::Queued,
            Mode::Offload => Calls::AtOnce,
            _ => return None,
        };
        let at_once = settings.at_once(mode, workload.tasks);
        let first_pass = if at_once >= workload.tasks.get() { Pass::First } else { Pass::Later };
        let tasks =
            vec![Life { chain: Chain::FIRST, waits: None, ready: None, pass: None }; workload.tasks.get() as usize];
        Some(Self {
            workload,
            pace: machine.pace,
            calls,
            at_once,
            first_pass,
            tasks,
            ends: VecDeque::new(),
            chains: HashMap::new(),
        })
    }

    /// The turn that begins with an event, if one does.
    pub fn take(&mut self, event: Event) -> Option<Moment> {
        let Event { at, task, lane, step, what } = event;
        let What::Entered(state) = what else { return None };
        let life = self.tasks.get_mut(task.index())?;
        let ready = life.ready.take();
        life.ready = (state == State::Ready).then_some(at);
        if state != State::Running || lane != LaneId::LOOP || life.waits.is_some_and(|waits| waits != step) {
            return None;
        }
        let Life { chain, waits, pass, .. } = *life;
        let at = ready.unwrap_or(at);
        let from = if waits.is_none() { self.let_through(task) } else { pass }.map_or(at, |pass| pass.min(at));
        let Turn { holds, then } = self.turn(task, waits);
        let next = match then {
            None => {
                self.ends.push_back(from);
                Life { chain: Chain::NONE, waits: Some(u8::MAX), ready: None, pass: None }
            }
            Some((step, waited)) => {
                let pass = (waited == Waited::Sleep(Micros::ZERO)).then_some(from);
                Life { chain: self.chain(chain, waited), waits: Some(step), ready: None, pass }
            }
        };
        if let Some(life) = self.tasks.get_mut(task.index()) {
            *life = next;
        }
        let pass = if waits.is_none() { self.first_pass } else { Pass::Later };
        Some(Moment { at, from, task, step, chain, holds, pass })
    }

    /// The pass in which a task comes through the gate; none: it needn't wait there.
    fn let_through(&mut self, task: TaskId) -> Option<Micros> {
        // Each that came to its end has let one through, in the order of the tasks.
        if task.0 > self.at_once { self.ends.pop_front() } else { None }
    }

    /// What a task does from the step at which it waited, up to its next wait.
    fn turn(&self, task: TaskId, waited: Option<u8>) -> Turn {
        let (factor, mut holds) = (self.workload.variation.factor(task), Micros::ZERO);
        for step in waited.map_or(0, |waited| waited + 1)..self.workload.steps.len() as u8 {
            let Some(action) = self.workload.action(step, task, factor) else { continue };
            match (action, self.calls) {
                (Action::Print(_), _) => {}
                (Action::Fail(_), _) => break,
                (Action::Sleep(time), _) => return Turn { holds, then: Some((step, Waited::Sleep(time))) },
                (_, Calls::Here) => holds += self.pace.time(&action),
                (_, Calls::InOrder | Calls::Queued) => {
                    return Turn { holds: self.pace.time(&action), then: Some((step, Waited::Call)) };
                }
                (_, Calls::AtOnce) => return Turn { holds, then: Some((step, Waited::Call)) },
            }
        }
        Turn { holds, then: None }
    }

    /// The chain of those in a chain who then wait for the same.
    fn chain(&mut self, of: Chain, waited: Waited) -> Chain {
        let in_order = match waited {
            Waited::Sleep(Micros::ZERO) => true,
            // Where tasks are spread no two sleep equally long, and there may be a million.
            Waited::Sleep(_) => self.workload.variation.is_none(),
            Waited::Call => self.calls == Calls::InOrder,
        };
        if of == Chain::NONE || !in_order {
            return Chain::NONE;
        }
        let next = Chain(self.chains.len() as u32 + Chain::FIRST.0 + 1);
        *self.chains.entry((of, waited)).or_insert(next)
    }
}
