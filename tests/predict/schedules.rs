//! Small workloads against all schedules that a mode's rules allow, found by trying each: the predicted output must be
//! one of theirs, and what is called certain must hold in all.
//!
//! Nothing here knows of the model. Time stands still until nothing is left to do in an instant; what may happen in one
//! instant is tried in every order. There is no counting: who shares a core or the GIL has no instants.

use std::collections::{HashSet, VecDeque};

use interleave::predict::at_once;
use interleave::workload::{Action, LoopLimit, Mode, TaskId};
use proptest::prelude::*;

use crate::asked::Asked;
use crate::generated::{asked_coarse, config};

/// What a task does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Do {
    Say(u8),
    Fail(u8),
    Sleep(u64),
    Block(u64),
}

/// What each task does, one step after another.
struct Plan(Vec<Vec<Do>>);

impl Plan {
    fn of(asked: &Asked) -> Self {
        let one = |(step, action)| match action {
            Action::Print(_) => Do::Say(step),
            Action::Fail(_) => Do::Fail(step),
            Action::Sleep(time) => Do::Sleep(time.0),
            Action::Block(time) => Do::Block(time.0),
            Action::Work(..) => panic!("it counts"),
        };
        Self(asked.workload.tasks.ids().map(|task| asked.workload.steps_of(task).map(one).collect()).collect())
    }
}

/// Lines by task and step.
type Output = Vec<(TaskId, u8)>;

/// A state of a mode, from which several may follow.
trait Schedule: Clone + Eq + std::hash::Hash {
    /// All that may be next; none: it is over.
    fn next(&self, plan: &Plan) -> Vec<Self>;
    fn output(&self) -> &Output;
}

/// All outputs that there may be.
fn all<S: Schedule>(first: S, plan: &Plan) -> HashSet<Output> {
    let (mut open, mut known, mut outputs) = (vec![first], HashSet::new(), HashSet::new());
    while let Some(state) = open.pop() {
        let next = state.next(plan);
        if next.is_empty() {
            outputs.insert(state.output().clone());
        }
        open.extend(next.into_iter().filter(|state| known.insert(state.clone())));
    }
    outputs
}

/// Lanes that share nothing but the queue of tasks.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Lanes {
    /// When each goes on, with which task, at which of its steps.
    on: Vec<Option<(u64, usize, usize)>>,
    queue: VecDeque<usize>,
    output: Output,
}

impl Lanes {
    fn new(plan: &Plan, count: u8) -> Self {
        let mut queue: VecDeque<_> = (0..plan.0.len()).collect();
        let lanes = (0..count).map(|_| queue.pop_front().map(|task| (0, task, 0))).collect();
        Self { on: lanes, queue, output: Vec::new() }
    }
}

impl Schedule for Lanes {
    fn next(&self, plan: &Plan) -> Vec<Self> {
        let now = self.on.iter().flatten().map(|(at, ..)| *at).min();
        let due = (0..self.on.len()).filter_map(|lane| Some((lane, self.on[lane]?)));
        let due = due.filter(|(_, (at, ..))| Some(*at) == now);
        let go_on = |(lane, (at, task, step)): (usize, (u64, usize, usize))| {
            let mut next = self.clone();
            let line = |step| (TaskId::at(task as u32), step);
            let action = plan.0[task].get(step);
            next.output.extend(action.and_then(|action| match action {
                Do::Say(step) | Do::Fail(step) => Some(line(*step)),
                _ => None,
            }));
            next.on[lane] = match action {
                Some(Do::Sleep(time) | Do::Block(time)) => Some((at + time, task, step + 1)),
                Some(Do::Say(_)) => Some((at, task, step + 1)),
                Some(Do::Fail(_)) | None => next.queue.pop_front().map(|task| (at, task, 0)),
            };
            next
        };
        due.map(go_on).collect()
    }

    fn output(&self) -> &Output {
        &self.output
    }
}

/// An event loop as asyncio's, and a pool of threads for what blocks; without threads it blocks the loop.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Loop {
    now: u64,
    at: Vec<usize>,
    ready: VecDeque<usize>,
    /// So many of those who are ready have their turn in this pass.
    pass: usize,
    /// Deadline, duration and task, in the order in which they were set.
    timers: Vec<(u64, u64, usize)>,
    /// Those that come to the gate, and those that wait there.
    coming: VecDeque<usize>,
    gate: VecDeque<usize>,
    free: u32,
    threads: Option<u8>,
    calls: Vec<(u64, usize)>,
    waiting_calls: VecDeque<(u64, usize)>,
    output: Output,
}

impl Loop {
    fn new(plan: &Plan, limit: Option<u32>, threads: Option<u8>) -> Self {
        let tasks = plan.0.len();
        Self {
            now: 0,
            at: vec![0; tasks],
            ready: VecDeque::new(),
            pass: 0,
            timers: Vec::new(),
            coming: (0..tasks).collect(),
            gate: VecDeque::new(),
            free: limit.unwrap_or(tasks as u32),
            threads,
            calls: Vec::new(),
            waiting_calls: VecDeque::new(),
            output: Vec::new(),
        }
    }

    fn call(&mut self, time: u64, task: usize) {
        match &mut self.threads {
            None => unreachable!("it blocks the loop"),
            Some(0) => self.waiting_calls.push_back((time, task)),
            Some(free) => {
                *free -= 1;
                self.calls.push((self.now + time, task));
            }
        }
    }

    /// A task has its turn.
    fn turn(&mut self, plan: &Plan, task: usize) {
        while let Some(action) = plan.0[task].get(self.at[task]) {
            self.at[task] += 1;
            match *action {
                Do::Say(step) => self.output.push((TaskId::at(task as u32), step)),
                Do::Fail(step) => {
                    self.output.push((TaskId::at(task as u32), step));
                    break;
                }
                Do::Sleep(0) => return self.ready.push_back(task),
                Do::Sleep(time) => return self.timers.push((self.now + time, time, task)),
                Do::Block(time) if self.threads.is_none() => self.now += time,
                Do::Block(time) => return self.call(time, task),
            }
        }
        match self.gate.pop_front() {
            Some(task) => self.ready.push_back(task),
            None => self.free += 1,
        }
    }

    /// A call comes back, and its thread takes the next.
    fn come_back(&self, call: usize) -> Self {
        let mut next = self.clone();
        let (_, task) = next.calls.remove(call);
        next.ready.push_back(task);
        next.threads = next.threads.map(|free| free + 1);
        if let Some((time, task)) = next.waiting_calls.pop_front() {
            next.call(time, task);
        }
        next
    }

    /// Those whose deadline has come and who may be the first to be woken: deadlines differ by the moments between
    /// one turn and the next. Only what was set earlier, for a sleep that is no longer, comes first for certain.
    fn due(&self) -> Vec<usize> {
        let Some(earliest) = self.timers.iter().map(|(at, ..)| *at).min().filter(|at| *at <= self.now) else {
            return Vec::new();
        };
        let is_first = |place: &usize| {
            let (at, time, _) = self.timers[*place];
            let earlier = &self.timers[..*place];
            at == earliest && !earlier.iter().any(|(other, shorter, _)| *other == at && *shorter <= time)
        };
        (0..self.timers.len()).filter(is_first).collect()
    }
}

impl Schedule for Loop {
    fn next(&self, plan: &Plan) -> Vec<Self> {
        let mut all: Vec<_> = (0..self.calls.len())
            .filter(|call| self.calls[*call].0 <= self.now)
            .collect::<Vec<_>>()
            .into_iter()
            .map(|call| self.come_back(call))
            .collect();
        let mut next = self.clone();
        if let Some(task) = next.coming.pop_front() {
            // All come in the first pass, whoever else does what.
            if next.free > 0 && next.gate.is_empty() {
                next.free -= 1;
                next.turn(plan, task);
            } else {
                next.gate.push_back(task);
            }
            all.push(next);
        } else if next.pass > 0 {
            next.pass -= 1;
            if let Some(task) = next.ready.pop_front() {
                next.turn(plan, task);
            }
            all.push(next);
        } else {
            for place in self.due() {
                let mut next = self.clone();
                let (.., task) = next.timers.remove(place);
                next.ready.push_back(task);
                all.push(next);
            }
            // Whose deadline has just come may be an instant late for this pass.
            let is_over = self.timers.iter().all(|(at, ..)| *at >= self.now);
            if !self.ready.is_empty() && is_over {
                next.pass = next.ready.len();
                all.push(next);
            } else if all.is_empty() {
                let events = self.timers.iter().map(|(at, ..)| *at).chain(self.calls.iter().map(|(at, _)| *at));
                if let Some(at) = events.min() {
                    next.now = at;
                    all.push(next);
                }
            }
        }
        all
    }

    fn output(&self) -> &Output {
        &self.output
    }
}

/// All outputs that a mode's rules allow.
fn outputs(asked: &Asked, mode: Mode) -> HashSet<Output> {
    let plan = Plan::of(asked);
    let limit = asked.settings.limit.map(LoopLimit::get);
    match mode {
        Mode::Sync => {
            let mut one = all(Lanes::new(&plan, 1), &plan);
            // Nothing runs after a failure.
            let fails = |(task, step): &(TaskId, u8)| plan.0[task.index()].contains(&Do::Fail(*step));
            one = one
                .into_iter()
                .map(|mut output| {
                    let end = output.iter().position(fails).map_or(output.len(), |at| at + 1);
                    output.truncate(end);
                    output
                })
                .collect();
            one
        }
        Mode::Async => all(Loop::new(&plan, limit, None), &plan),
        Mode::Offload => all(Loop::new(&plan, limit, Some(asked.settings.pool(asked.workload.tasks))), &plan),
        Mode::Threads | Mode::Processes | Mode::FreeThreads => {
            all(Lanes::new(&plan, asked.settings.lanes(mode, asked.workload.tasks)), &plan)
        }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_predicted_is_one_of_all_schedules_and_what_is_certain_holds_in_all(asked in asked_coarse()) {
        for mode in Mode::ALL {
            let printed = asked.printed(mode);
            let line = |event: &interleave::trace::Event| (event.task, event.step);
            let (predicted, order) = (printed.iter().map(line).collect::<Output>(), asked.order(mode));
            let outputs = outputs(&asked, mode);
            prop_assert!(outputs.contains(&predicted), "{}: {:?} is none of {:?}", mode, predicted, outputs);
            for output in outputs {
                let event = |wanted| printed.iter().find(|event| line(event) == wanted).copied();
                let measured: Vec<_> = output.iter().filter_map(|wanted| event(*wanted)).collect();
                prop_assert_eq!(measured.len(), output.len());
                prop_assert_eq!(at_once(order.check(measured)), Ok(()), "{}: {:?} against {:?}", mode, predicted, output);
            }
        }
    }
}

#[test]
fn all_schedules_of_the_article_s_example_are_found() {
    let found = |tasks, mode| outputs(&Asked::of(tasks, "print:One,sleep:1s,print:Two"), mode).len();
    assert_eq!([Mode::Sync, Mode::Async, Mode::Offload].map(|mode| found(3, mode)), [1; 3]);
    // Any order of the three texts One, and any of the three texts Two.
    assert_eq!(found(3, Mode::Processes), 36);
}
