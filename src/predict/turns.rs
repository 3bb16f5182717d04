//! Whose turn it is on an event loop: asyncio's rule (`Lib/asyncio/base_events.py`, `_run_once`), without the tasks.
//!
//! ```text
//! a pass    ├ whose deadline has come goes behind the others ┼ each that stands in the queue has one turn ┤
//!           all that becomes ready meanwhile stands in the queue of the next pass
//! ```
//!
//! The first pass is that of the tasks themselves, in order. Where at most so many may be on the loop at once, the
//! others wait at the gate, first come, first served, as at an `asyncio.Semaphore`.

use std::collections::VecDeque;

use super::beginning::Beginning;
use crate::interpreter::Timers;
use crate::workload::{LoopLimit, Micros, TaskCount, TaskId};

/// A task in the queue.
#[derive(Clone, Copy)]
struct Turn {
    task: TaskId,
    /// The step that it waited in, if nobody has been told yet that it is ready.
    untold: Option<u8>,
}

/// Whose turn it is on an event loop.
pub(super) struct Turns {
    gate: Gate,
    beginning: Beginning,
    /// So many tasks have come to the loop and through the gate at once.
    begun: u32,
    ready: VecDeque<Turn>,
    /// So many at the front of the queue need not be told of.
    told: usize,
    /// So many at the front of the queue have their turn in this pass.
    pass: usize,
    /// Those whose deadline came in the middle of a pass.
    late: Vec<Turn>,
    asleep: Timers<(TaskId, u8)>,
}

impl Turns {
    /// All tasks are about to come to the loop.
    pub fn new(tasks: TaskCount, limit: Option<LoopLimit>, beginning: Beginning) -> Self {
        // Queues of a million that grow are copied again and again, and a page would wait for it.
        let at_once = limit.map_or(tasks.get(), |limit| limit.get().min(tasks.get())) as usize;
        Self {
            gate: Gate::new(tasks, limit),
            beginning,
            begun: 0,
            ready: VecDeque::with_capacity(at_once),
            told: 0,
            pass: 0,
            late: Vec::new(),
            asleep: Timers::with_room(at_once),
        }
    }

    /// When the tasks that have come to the loop until now have had their first turns.
    pub const fn begun_by(&self) -> Micros {
        self.beginning.after(self.begun)
    }

    /// The task whose turn is next, if one is ready. Not before those who came have begun.
    pub fn next(&mut self, now: Micros) -> Option<TaskId> {
        if let Some(task) = self.gate.arrive() {
            self.begun += 1;
            return Some(task);
        }
        if self.pass == 0 {
            self.begin_pass(now);
        }
        self.pass = self.pass.checked_sub(1)?;
        self.told = self.told.saturating_sub(1);
        self.ready.pop_front().map(|turn| turn.task)
    }

    fn begin_pass(&mut self, now: Micros) {
        self.ready.extend(self.late.drain(..));
        while let Some((_, (task, step))) = self.asleep.take_by(now) {
            self.ready.push_back(Turn { task, untold: Some(step) });
        }
        self.pass = self.ready.len();
    }

    /// Whether any task is ready, or will be without more ado.
    pub fn any(&self, now: Micros) -> bool {
        self.gate.is_arriving()
            || !self.ready.is_empty()
            || !self.late.is_empty()
            || self.asleep.earliest().is_some_and(|at| at <= now)
    }

    /// The earliest deadline.
    pub fn earliest(&self) -> Option<Micros> {
        self.asleep.earliest()
    }

    /// A task waits at a step: until a deadline, or, for no time at all, for its next turn.
    pub fn sleep(&mut self, task: TaskId, step: u8, now: Micros, time: Micros) {
        if time == Micros::ZERO {
            self.wake(task, step);
        } else {
            self.asleep.set(now + time, (task, step));
        }
    }

    /// A task that waited at a step is ready.
    pub fn wake(&mut self, task: TaskId, step: u8) {
        self.ready.push_back(Turn { task, untold: Some(step) });
    }

    /// A task has ended: the next comes through the gate.
    pub fn end(&mut self) {
        if let Some(task) = self.gate.leave() {
            self.ready.push_back(Turn { task, untold: None });
        }
    }

    /// The clock moves on while nobody has a turn. Tells, in order of time, who is ready and has to wait meanwhile.
    pub fn pass_time(&mut self, now: Micros, until: Micros, mut tell: impl FnMut(Micros, TaskId, u8)) {
        for turn in self.ready.range_mut(self.told..) {
            if let Some(step) = turn.untold.take() {
                tell(now, turn.task, step);
            }
        }
        self.told = self.ready.len();
        while let Some((at, (task, step))) = self.asleep.take_before(until) {
            tell(at, task, step);
            self.late.push(Turn { task, untold: None });
        }
    }
}

/// Lets so many tasks through at once. They come, and are let through, in their own order.
struct Gate {
    tasks: u32,
    arrived: u32,
    through: u32,
    free: u32,
}

impl Gate {
    fn new(tasks: TaskCount, limit: Option<LoopLimit>) -> Self {
        let tasks = tasks.get();
        Self { tasks, arrived: 0, through: 0, free: limit.map_or(tasks, LoopLimit::get) }
    }

    const fn is_arriving(&self) -> bool {
        self.arrived < self.tasks
    }

    /// The next task that comes and need not wait.
    fn arrive(&mut self) -> Option<TaskId> {
        if self.free == 0 || self.through < self.arrived {
            // Whoever comes now stands in line; nothing else happens between them.
            self.arrived = self.tasks;
            return None;
        }
        if !self.is_arriving() {
            return None;
        }
        self.arrived += 1;
        self.free -= 1;
        Some(self.pass())
    }

    /// A task leaves; the first in line, if there is one, has its place.
    fn leave(&mut self) -> Option<TaskId> {
        if self.through < self.arrived {
            return Some(self.pass());
        }
        self.free += 1;
        None
    }

    fn pass(&mut self) -> TaskId {
        self.through += 1;
        TaskId(self.through)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(tasks: u64, limit: &str) -> Turns {
        Turns::new(TaskCount::new(tasks).unwrap(), LoopLimit::parse(limit).ok(), Beginning::default())
    }

    fn drain(turns: &mut Turns, now: u64) -> Vec<u32> {
        std::iter::from_fn(|| turns.next(Micros(now))).map(|task| task.0).collect()
    }

    #[test]
    fn all_come_in_order_and_wake_in_the_order_of_their_deadlines() {
        let mut turns = turns(3, "");
        assert_eq!(drain(&mut turns, 0), [1, 2, 3]);
        for (task, time) in [(1, 9), (2, 5), (3, 9)] {
            turns.sleep(TaskId(task), 0, Micros::ZERO, Micros(time));
        }
        assert_eq!((turns.earliest(), turns.any(Micros(4)), turns.any(Micros(5))), (Some(Micros(5)), false, true));
        assert_eq!(drain(&mut turns, 9), [2, 1, 3]);
    }

    #[test]
    fn who_comes_to_a_closed_gate_waits_in_line() {
        let mut turns = turns(4, "2");
        assert_eq!(drain(&mut turns, 0), [1, 2]);
        turns.end();
        turns.sleep(TaskId(1), 0, Micros::ZERO, Micros::ZERO);
        assert_eq!(drain(&mut turns, 0), [3, 1]);
        turns.end();
        turns.end();
        assert_eq!(drain(&mut turns, 0), [4]);
    }

    #[test]
    fn who_leaves_before_the_others_come_lets_one_more_through_in_its_place() {
        let mut turns = turns(3, "1");
        assert_eq!(turns.next(Micros::ZERO), Some(TaskId(1)));
        turns.end();
        assert_eq!(drain(&mut turns, 0), [2]);
    }

    #[test]
    fn a_deadline_that_comes_in_the_middle_of_a_pass_waits_for_the_next() {
        let mut turns = turns(3, "2");
        assert_eq!(drain(&mut turns, 0), [1, 2]);
        turns.sleep(TaskId(1), 4, Micros::ZERO, Micros(3));
        turns.wake(TaskId(2), 5);
        assert_eq!(turns.next(Micros::ZERO), Some(TaskId(2)));
        let mut told = Vec::new();
        turns.pass_time(Micros::ZERO, Micros(8), |at, task, step| told.push((at.0, task.0, step)));
        turns.end();
        assert_eq!((drain(&mut turns, 8), told), (vec![3, 1], vec![(3, 1, 4)]));
    }

    #[test]
    fn who_is_ready_is_told_of_once_and_only_if_it_has_to_wait() {
        let mut turns = turns(3, "");
        drain(&mut turns, 0);
        for task in 1..=3 {
            turns.wake(TaskId(task), 0);
        }
        assert_eq!(turns.next(Micros::ZERO), Some(TaskId(1)));
        let mut told = Vec::new();
        for (now, until) in [(0, 2), (2, 4)] {
            turns.pass_time(Micros(now), Micros(until), |at, task, _| told.push((at.0, task.0)));
        }
        assert_eq!(told, [(0, 2), (0, 3)]);
    }
}
