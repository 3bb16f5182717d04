//! `offload` in virtual time: an event loop whose tasks hand `block`, `count` and `add` to threads of a pool. The loop
//! and the threads share the GIL.
//!
//! ```text
//! loop      █ 1 █ 2 █ 3                      █ 1        ready tasks take turns while the loop holds the GIL
//! thread 1         ▓▓▓▓▓▓ 1 ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓ █ 2 ▓▓▓   a call, begun and ended under the GIL
//! ```
//!
//! All calls go to one thread, as Django's `sync_to_async` has it unless told otherwise, or to the next free one, as
//! with `asyncio.to_thread`. Where none is free, they queue.

use std::cell::RefCell;
use std::collections::VecDeque;

use super::PredictError;
use super::drive::{Model, Pause};
use super::gil::{Claim, Gil};
use super::lanes::lanes;
use super::tape::{Keep, Tape};
use super::turns::Turns;
use crate::interpreter::{Halt, Timers};
use crate::trace::{State, What};
use crate::workload::{LaneId, Micros, TaskId, Work};

/// A loop with a pool.
pub(super) struct Offload<'a> {
    tape: &'a Tape,
    shared: RefCell<Shared>,
}

struct Shared {
    turns: Turns,
    gil: Gil,
    pool: Vec<Thread>,
    /// Calls for which no thread is free.
    queue: VecDeque<Call>,
    /// Threads that are in a blocking wait.
    asleep: Timers<LaneId>,
}

/// What a task has handed over.
#[derive(Clone, Copy)]
struct Call {
    task: TaskId,
    step: u8,
    since: Micros,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Block(Micros),
    Work(Micros),
}

/// What a thread of the pool does as soon as it has the GIL.
#[derive(Clone, Copy)]
enum Thread {
    /// Nothing.
    Idle,
    /// It begins with a call.
    Begins(Call),
    /// It brings a call back to the loop.
    Returns(Call),
}

impl Shared {
    fn thread(&self, lane: LaneId) -> Thread {
        let place = lane.index().checked_sub(1);
        place.and_then(|place| self.pool.get(place)).copied().unwrap_or(Thread::Idle)
    }

    fn set(&mut self, lane: LaneId, thread: Thread) {
        let place = lane.index().checked_sub(1);
        if let Some(place) = place.and_then(|place| self.pool.get_mut(place)) {
            *place = thread;
        }
    }

    fn call(&self, lane: LaneId) -> Option<Call> {
        match self.thread(lane) {
            Thread::Idle => None,
            Thread::Begins(call) | Thread::Returns(call) => Some(call),
        }
    }

    /// The lane of a thread that has nothing to do.
    fn idle(&self) -> Option<LaneId> {
        let threads = lanes(self.pool.len() as u8 + 1).skip(1);
        threads.zip(&self.pool).find(|(_, thread)| matches!(thread, Thread::Idle)).map(|(lane, _)| lane)
    }

    fn loop_wants_gil(&mut self) {
        if !self.gil.is_wanted_by(LaneId::LOOP) {
            self.gil.want(LaneId::LOOP);
        }
    }

    /// When something happens that nobody waits for the GIL for.
    fn earliest_wake(&self) -> Option<Micros> {
        // A loop that waits for the GIL hears of a deadline when it has it.
        let deadline = self.turns.earliest().filter(|_| !self.gil.is_wanted_by(LaneId::LOOP));
        [self.asleep.earliest(), deadline].into_iter().flatten().min()
    }
}

impl<'a> Offload<'a> {
    /// The loop wants the GIL for its first pass.
    pub fn new(tape: &'a Tape, turns: Turns, threads: u8, interval: Micros) -> Self {
        let mut gil = Gil::new(interval);
        gil.want(LaneId::LOOP);
        let pool = vec![Thread::Idle; threads.into()];
        let shared = Shared { turns, gil, pool, queue: VecDeque::new(), asleep: Timers::default() };
        Self { tape, shared: RefCell::new(shared) }
    }

    fn tell(&self, call: Option<Call>, lane: LaneId, state: State) {
        if let Some(call) = call {
            self.tape.record(lane, call.task, call.step, What::Entered(state));
        }
    }

    /// Lets go of the GIL, and tells of a thread that has it again and goes on counting.
    fn release_gil(&self, shared: &mut Shared) {
        let claim = shared.gil.release();
        self.resume(shared, claim);
    }

    fn resume(&self, shared: &Shared, claim: Option<Claim>) {
        if let Some(claim) = claim {
            self.tell(shared.call(claim.lane), claim.lane, State::Running);
        }
    }

    /// A task hands a call to the pool.
    fn submit(&self, task: TaskId, step: u8, kind: Kind) {
        let shared = &mut *self.shared.borrow_mut();
        let call = Call { task, step, since: self.tape.now(), kind };
        match shared.idle() {
            Some(lane) => {
                shared.set(lane, Thread::Begins(call));
                shared.gil.want(lane);
            }
            None => shared.queue.push_back(call),
        }
    }

    /// A thread of the pool has the GIL and nothing left to count.
    fn act(&self, shared: &mut Shared, lane: LaneId) {
        match shared.thread(lane) {
            Thread::Idle => self.release_gil(shared),
            Thread::Begins(call) => {
                shared.set(lane, Thread::Returns(call));
                match call.kind {
                    Kind::Block(time) => {
                        self.tell(Some(call), lane, State::Blocked);
                        shared.asleep.set(self.tape.now() + time, lane);
                        self.release_gil(shared);
                    }
                    Kind::Work(work) => {
                        self.tell(Some(call), lane, State::Running);
                        shared.gil.count(work);
                    }
                }
            }
            Thread::Returns(call) => {
                shared.turns.wake(call.task, call.step);
                shared.loop_wants_gil();
                let next = shared.queue.pop_front().map_or(Thread::Idle, Thread::Begins);
                shared.set(lane, next);
            }
        }
    }

    /// Moves the clock on to when something happens.
    fn go_to(&self, shared: &mut Shared, time: Micros) {
        let now = self.tape.now();
        if time > now {
            self.tell_who_waits(shared, now, time);
        }
        self.tape.go_to(time);
        shared.gil.go_to(time);
        if shared.gil.acting().is_some() {
            return;
        }
        while let Some((_, lane)) = shared.asleep.take_by(time) {
            shared.gil.want(lane);
        }
        if shared.turns.any(time) {
            shared.loop_wants_gil();
        }
        let resumed = shared.gil.hand_over();
        self.resume(shared, resumed);
        if self.tape.keep() == Keep::Elapsed {
            let earliest = shared.earliest_wake();
            self.tape.go_to(shared.gil.skip_rounds(earliest));
        }
    }

    fn tell_who_waits(&self, shared: &mut Shared, now: Micros, until: Micros) {
        for lane in shared.gil.newly_waiting() {
            self.tell(shared.call(lane), lane, State::Gil);
        }
        let from = shared.queue.partition_point(|call| call.since < now);
        for call in shared.queue.range(from..) {
            self.tell(Some(*call), LaneId::LOOP, State::Ready);
        }
        shared.turns.pass_time(now, until, |at, task, step| {
            self.tape.record_at(at, LaneId::LOOP, task, step, What::Entered(State::Ready));
        });
    }
}

impl Model for Offload<'_> {
    fn next(&self) -> Result<Option<TaskId>, PredictError> {
        let shared = &mut *self.shared.borrow_mut();
        loop {
            self.tape.turn()?;
            match shared.gil.acting() {
                Some(LaneId::LOOP) => {
                    self.tape.go_to(shared.turns.begun_by());
                    if let Some(task) = shared.turns.next(self.tape.now()) {
                        return Ok(Some(task));
                    }
                    self.release_gil(shared);
                }
                Some(lane) => self.act(shared, lane),
                None => {
                    let events = [shared.gil.earliest(), shared.earliest_wake()];
                    let Some(earliest) = events.into_iter().flatten().min() else { return Ok(None) };
                    self.go_to(shared, earliest);
                }
            }
        }
    }

    fn ended(&self, _: TaskId, _: Result<(), Halt>) {
        self.shared.borrow_mut().turns.end();
    }

    fn lane(&self) -> LaneId {
        LaneId::LOOP
    }

    fn sleep(&self, task: TaskId, step: u8, time: Micros) -> Pause {
        self.shared.borrow_mut().turns.sleep(task, step, self.tape.now(), time);
        Pause::UntilNextTurn
    }

    fn block(&self, task: TaskId, step: u8, time: Micros) -> Pause {
        self.submit(task, step, Kind::Block(time));
        Pause::UntilNextTurn
    }

    async fn work(&self, task: TaskId, step: u8, _: Work, time: Micros) -> Result<(), Halt> {
        self.submit(task, step, Kind::Work(time));
        Pause::UntilNextTurn.await?;
        self.tape.record(LaneId::LOOP, task, step, What::Entered(State::Running));
        Ok(())
    }
}
