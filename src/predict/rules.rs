//! How long a workload takes where a rule says so: nothing is run, and a million tasks take milliseconds. Not where
//! tasks wait for one another in ways that only running them tells.
//!
//! ```text
//! lanes of their own    1 ░░░░ 4 ░░░░░░░        who waits for nobody takes as long as alone, and the next begins then
//!                       2 ░░ 3 ░░░░ 5 ░░
//! one lane              1 ▓▓▓▓ 2 ▓▓ 3 ▓▓▓▓      one at a time has what all need all the time
//! rounds                1 ▓▓▓░░ 3 ▓▓▓░░ 5 ▓░░   equal tasks that share cores keep in step
//!                       2 ▓▓▓░░ 4 ▓▓▓░░
//! ```
//!
//! It gives exactly what the virtual hosts give, or nothing. Why each rule holds: `docs/model.md`.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Machine;
use super::beginning::Beginning;
use super::cores::Cores;
use super::drive::pause_after;
use super::parallel::rivalry;
use crate::workload::{Action, Kind, Micros, Mode, Settings, Step, TaskId, Workload};

/// How long a workload takes in a mode, on a machine, if a rule says so. Costs at most a look at each step of each task,
/// and is pending after each fraction of a millisecond.
pub(super) async fn elapsed(workload: &Workload, settings: &Settings, mode: Mode, machine: &Machine) -> Option<Micros> {
    let steps = workload.steps.iter().map(|(_, step)| step);
    let steps = steps.filter(|step| !matches!(step.kind, Kind::Print(_))).collect();
    let beginning = Beginning::of(workload, mode, machine);
    let asked = Asked { workload, settings, mode, machine, beginning, steps };
    match asked.lanes_of_their_own() {
        Some(lanes) if workload.tasks_are_alike() => Some(asked.alike_in_lanes(lanes)),
        Some(lanes) => Some(asked.in_lanes(lanes).await),
        None => asked.in_rounds(),
    }
}

struct Asked<'a> {
    workload: &'a Workload,
    settings: &'a Settings,
    mode: Mode,
    machine: &'a Machine,
    beginning: Beginning,
    /// All but those that print.
    steps: Vec<&'a Step>,
}

/// How long a task takes alone, to its end or to where it fails.
#[derive(Clone, Copy)]
struct Alone {
    time: Micros,
    /// Its first sleep, if it sleeps: on a loop it wakes when all have begun, at the earliest.
    first: Option<Micros>,
    fails: bool,
}

impl Asked<'_> {
    /// So many lanes, in each of which one task after another does as if it were alone, would take as long.
    fn lanes_of_their_own(&self) -> Option<u32> {
        let sleeps = self.workload.has(|kind| matches!(kind, Kind::Sleep(time) if *time > Micros::ZERO));
        let blocks = self.workload.has(|kind| matches!(kind, Kind::Block(time) if *time > Micros::ZERO));
        let works = self.workload.works();
        let at_once = self.settings.at_once(self.mode, self.workload.tasks);
        let pool = u32::from(self.settings.pool(self.workload.tasks));
        let (nobody_waits, one_at_a_time) = match self.mode {
            Mode::Sync => (false, true),
            Mode::Async => (!blocks && !works, !sleeps),
            Mode::Threads => (!works, !sleeps && !blocks),
            Mode::Offload => (!works && (!blocks || at_once <= pool), !sleeps && (!blocks || pool == 1)),
            Mode::Processes | Mode::FreeThreads => (self.nobody_slows_another(at_once), false),
        };
        if nobody_waits { Some(at_once) } else { (one_at_a_time || at_once == 1).then_some(1) }
    }

    /// Whether so many lanes that do any of the work at once are as fast as one alone.
    fn nobody_slows_another(&self, lanes: u32) -> bool {
        let mut works = self.steps.iter().filter_map(|step| step.kind.work());
        works.all(|work| self.machine.share_of(rivalry(self.mode, work), lanes, lanes) >= 1.0)
    }

    /// How long tasks take that are all alike: the lanes take them in turn.
    fn alike_in_lanes(&self, lanes: u32) -> Micros {
        let (alone, tasks) = (self.alone(TaskId::at(0)), self.workload.tasks.get());
        if self.ends_with(alone.fails) {
            return alone.time;
        }
        if alone.first.is_none() && self.beginning.takes_time() {
            return self.beginning.after(tasks);
        }
        let first = lanes.min(tasks);
        let end = |lane| self.first_end(alone, lane, self.beginning.after(first));
        let (rounds, rest) = (tasks / first, tasks % first);
        let last = end(first - 1) + times(rounds - 1, alone.time);
        if rest == 0 { last } else { last.max(end(rest - 1) + times(rounds, alone.time)) }
    }

    /// How long tasks take that differ: the next begins in the lane that is free first. R. L. Graham, "Bounds for Certain
    /// Multiprocessing Anomalies", Bell System Technical Journal 45 (1966).
    async fn in_lanes(&self, lanes: u32) -> Micros {
        let tasks = self.workload.tasks;
        let begun = self.begun_at_once(lanes).await;
        let all_begun = self.beginning.after(begun);
        let mut free = BinaryHeap::new();
        let mut last = all_begun;
        for task in tasks.ids() {
            let alone = self.alone(task);
            let is_among_first = task.0 <= begun;
            let end = if is_among_first {
                self.first_end(alone, task.0 - 1, all_begun)
            } else {
                free.pop().map_or(Micros::ZERO, |Reverse(from)| from) + alone.time
            };
            last = last.max(end);
            if self.ends_with(alone.fails) {
                break;
            }
            let keeps_lane = !is_among_first || alone.first.is_some() || !self.beginning.takes_time();
            if begun < tasks.get() && keeps_lane {
                free.push(Reverse(end));
            }
            pause_after(task.0).await;
        }
        last
    }

    /// How many tasks begin before any goes on: on a loop, who never sleeps has ended by then and makes room.
    async fn begun_at_once(&self, lanes: u32) -> u32 {
        let tasks = self.workload.tasks;
        if lanes >= tasks.get() || !self.beginning.takes_time() {
            return lanes.min(tasks.get());
        }
        let mut asleep = 0;
        for task in tasks.ids() {
            asleep += u32::from(self.alone(task).first.is_some());
            if asleep == lanes {
                return task.0;
            }
            pause_after(task.0).await;
        }
        tasks.get()
    }

    /// When a task ends that begins behind so many others, while all that begin at once have begun by then.
    fn first_end(&self, alone: Alone, behind: u32, all_begun: Micros) -> Micros {
        let from = self.beginning.after(behind);
        match alone.first {
            Some(first) => (from + first).max(all_begun) + (alone.time - first),
            None => from + alone.time,
        }
    }

    /// Whether nothing runs after a task: it fails, and no other lane is there.
    fn ends_with(&self, fails: bool) -> bool {
        fails && self.mode == Mode::Sync
    }

    /// How long equal tasks take on lanes that share the cores: all lanes do the same at the same time, in each round.
    fn in_rounds(&self) -> Option<Micros> {
        if !matches!(self.mode, Mode::Processes | Mode::FreeThreads) || !self.workload.tasks_are_alike() {
            return None;
        }
        let lanes = self.settings.lanes(self.mode, self.workload.tasks);
        let cores = Cores::new(self.machine);
        let round = |lanes: u32| {
            let until_failure = self.actions(TaskId::at(0)).take_while(|action| !matches!(action, Action::Fail(_)));
            let times = until_failure.map(|action| {
                let alone = self.machine.pace.time(&action);
                action.work().map_or(alone, |(work, _)| cores.together(lanes, rivalry(self.mode, work), alone))
            });
            times.sum()
        };
        let (tasks, lanes) = (self.workload.tasks.get(), lanes.into());
        let rest = if tasks % lanes == 0 { Micros::ZERO } else { round(tasks % lanes) };
        Some(times(tasks / lanes, round(lanes)) + rest)
    }

    fn alone(&self, task: TaskId) -> Alone {
        let mut alone = Alone { time: Micros::ZERO, first: None, fails: false };
        for action in self.actions(task) {
            match action {
                Action::Fail(_) => return Alone { fails: true, ..alone },
                Action::Sleep(time) => _ = alone.first.get_or_insert(time),
                _ => {}
            }
            alone.time += self.machine.pace.time(&action);
        }
        alone
    }

    /// What a task does, but for printing.
    fn actions(&self, task: TaskId) -> impl Iterator<Item = Action<'_>> {
        let factor = self.workload.variation.factor(task);
        self.steps.iter().filter(move |step| step.is_for(task)).map(move |step| step.kind.action(factor))
    }
}

fn times(times: u32, time: Micros) -> Micros {
    Micros(time.0.saturating_mul(times.into()))
}
