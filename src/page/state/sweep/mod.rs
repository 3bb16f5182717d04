//! The sweep on the page: what it is of, what is going to be run, and how far it is. What it comes to is the report's
//! to say.
//!
//! One run after another goes through the same runner as any run, each with a number of its own. None of them is shown
//! in a card: those keep what was run last.

mod act;
pub(super) mod words;

use std::collections::VecDeque;
use std::rc::Rc;

pub use act::{Asked, Order, SweepAction};

use super::Conditions;
use crate::predict::Machine;
use crate::report::sweep::{Chosen, Foreseen, Found, Point, choose, cost, found, points};
use crate::trace::{Outcome, Record, RunId};
use crate::workload::{Micros, Mode, TaskCount, Workload};

/// A sweep: set up, going on, or over.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// Whether it is folded out: only then the model is asked.
    pub open: bool,
    /// How long it may take.
    pub time: Micros,
    /// The largest task count.
    pub most: TaskCount,
    /// What is run, whatever its count.
    pub conditions: Rc<Conditions>,
    /// The modes.
    pub modes: Vec<Mode>,
    /// The machine that the predictions are for.
    pub machine: Machine,
    /// All points, in the order in which they are run.
    pub points: Vec<Point>,
    /// The runs that are going on.
    pub going: Option<Sweeping>,
    /// How the last one ended.
    pub ended: Option<Ended>,
}

/// A sweep that is going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sweeping {
    /// The number of the run that is going on.
    pub id: RunId,
    /// Whether that is to be stopped, and the sweep with it.
    pub stopping: bool,
    /// How it will end, as it stands.
    ending: Ended,
    /// The point that is running, by its place.
    now: usize,
    /// Those to come.
    rest: VecDeque<usize>,
    done: usize,
    spent: Micros,
}

/// How a sweep ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All that was to be run was run.
    Through,
    /// The reader stopped it.
    Stopped,
    /// It took longer than it should have.
    OutOfTime,
}

/// Between two runs, in which the page gets ready and draws.
const BETWEEN: Micros = Micros(60_000);
/// So much later than it should a sweep may end.
const GRACE: Micros = Micros(1_000_000);

impl Sweep {
    /// The times that a reader can give to it.
    pub const TIMES: [Micros; 4] = [Micros(10_000_000), Micros(30_000_000), Micros(60_000_000), Micros(180_000_000)];
    /// The task counts that it can go up to.
    pub const MOST: [u64; 6] = [10, 100, 1000, 10_000, 100_000, 1_000_000];

    /// A sweep of these conditions, before anything is known of it.
    #[must_use]
    pub fn of(conditions: &Rc<Conditions>, modes: &[Mode], machine: Machine) -> Self {
        let most = TaskCount::new(Self::MOST[2]).unwrap_or_default();
        let (conditions, modes) = (Rc::clone(conditions), modes.to_vec());
        let (open, time, points, going, ended) = (false, Self::TIMES[1], Vec::new(), None, None);
        let mut sweep = Self { open, time, most, conditions, modes, machine, points, going, ended };
        sweep.lay_out(&[]);
        sweep
    }

    /// Whether it is of just this.
    #[must_use]
    pub fn is_of(&self, conditions: &Conditions, modes: &[Mode], machine: Machine) -> bool {
        self.is_same_work(conditions) && self.modes == modes && self.machine == machine
    }

    /// Makes it one of this. What is known already stays, as far as it is still true.
    pub(super) fn follow(&mut self, conditions: &Rc<Conditions>, modes: &[Mode], machine: Machine) {
        let mut known = std::mem::take(&mut self.points);
        if !self.is_same_work(conditions) {
            known.clear();
            self.ended = None;
        }
        if self.machine != machine {
            for point in &mut known {
                point.foreseen = Foreseen::NotYet;
            }
        }
        (self.conditions, self.modes, self.machine) = (Rc::clone(conditions), modes.to_vec(), machine);
        self.lay_out(&known);
    }

    /// Makes it go up to so many tasks.
    pub(super) fn reach(&mut self, most: TaskCount) {
        self.most = most;
        let known = std::mem::take(&mut self.points);
        self.lay_out(&known);
    }

    fn lay_out(&mut self, known: &[Point]) {
        self.points = points(&self.modes, self.conditions.workload.steps.len(), self.most);
        for point in &mut self.points {
            if let Some(known) = known.iter().find(|known| (known.mode, known.tasks) == (point.mode, point.tasks)) {
                point.clone_from(known);
            }
        }
    }

    /// Whether only the task count may differ.
    fn is_same_work(&self, conditions: &Conditions) -> bool {
        let Conditions { workload, settings } = &*self.conditions;
        let alike =
            (&workload.steps, workload.variation) == (&conditions.workload.steps, conditions.workload.variation);
        alike && *settings == conditions.settings
    }

    /// The points that the model was not asked about yet.
    pub fn to_foresee(&self) -> impl Iterator<Item = &Point> {
        self.points.iter().filter(|point| point.foreseen == Foreseen::NotYet)
    }

    /// Takes note of what the model said.
    pub(super) fn foreseen(&mut self, mode: Mode, tasks: TaskCount, foreseen: Foreseen) {
        if let Some(point) = self.points.iter_mut().find(|point| (point.mode, point.tasks) == (mode, tasks)) {
            point.foreseen = foreseen;
        }
    }

    /// What fits into its time.
    #[must_use]
    pub fn chosen(&self) -> Chosen {
        let Conditions { workload, settings } = &*self.conditions;
        choose(&self.points, workload, settings, self.time)
    }

    fn cost_of(&self, at: usize) -> Micros {
        let Conditions { workload, settings } = &*self.conditions;
        self.points.get(at).and_then(|point| cost(point, workload, settings)).unwrap_or_default()
    }

    /// The point that is running.
    #[must_use]
    pub fn running(&self) -> Option<&Point> {
        self.points.get(self.going.as_ref()?.now)
    }

    /// What is running, as what to run.
    #[must_use]
    pub fn running_conditions(&self) -> Option<Rc<Conditions>> {
        let tasks = self.running()?.tasks;
        let Conditions { workload, settings } = &*self.conditions;
        let workload = Workload { tasks, ..Workload::clone(workload) };
        Some(Rc::new(Conditions { workload: Rc::new(workload), settings: settings.clone() }))
    }

    /// Begins with a run of this number, if anything fits into the time. What was measured before is forgotten.
    pub(super) fn begin(&mut self, id: RunId) {
        let mut rest = VecDeque::from(self.chosen().runs);
        for (at, point) in self.points.iter_mut().enumerate() {
            let is_left_out = point.predicted().is_some() && !rest.contains(&at);
            point.found =
                if is_left_out { Found::LeftOut("It doesn’t fit into the time.".to_owned()) } else { Found::NotRun };
        }
        let Some(now) = rest.pop_front() else { return };
        let (stopping, ending, done, spent) = (false, Ended::Through, 0, Micros::ZERO);
        self.going = Some(Sweeping { id, stopping, ending, now, rest, done, spent });
        self.ended = None;
    }

    /// Whether this run is the one that is going on.
    #[must_use]
    pub fn runs(&self, id: RunId) -> bool {
        self.going.as_ref().is_some_and(|going| going.id == id)
    }

    /// Tells it to stop.
    pub(super) fn stop(&mut self, ending: Ended) {
        if let Some(going) = self.going.as_mut().filter(|going| !going.stopping) {
            (going.stopping, going.ending) = (true, ending);
        }
    }

    /// The run has been going on for so long.
    pub(super) fn went(&mut self, elapsed: Micros) {
        let is_late = |going: &Sweeping| going.spent + elapsed > self.time + GRACE;
        if self.going.as_ref().is_some_and(is_late) {
            self.stop(Ended::OutOfTime);
        }
    }

    /// Takes note of what came of the run. A mode that can't be had at one count can't be had at others.
    pub(super) fn ran(&mut self, record: &Record) {
        let Some(going) = &mut self.going else { return };
        going.spent += record.elapsed.unwrap_or_default();
        let found = match &record.outcome {
            Outcome::Cancelled(_) if going.stopping => Found::LeftOut(going.ending.reason().to_owned()),
            _ => found(record),
        };
        let is_unavailable = matches!(record.outcome, Outcome::Unavailable(_));
        let mut places = vec![going.now];
        if is_unavailable {
            let is_alike = |at: &usize| self.points.get(*at).is_some_and(|point| point.mode == record.mode);
            places.extend(going.rest.iter().copied().filter(is_alike));
            going.rest.retain(|at| !is_alike(at));
        }
        for at in places {
            self.put(at, found.clone());
        }
    }

    /// Goes on with a run of this number, the next that still fits; or it is over.
    pub(super) fn go_on(&mut self, id: RunId) {
        let Some(mut going) = self.going.take() else { return };
        (going.id, going.done, going.spent) = (id, going.done + 1, going.spent + BETWEEN);
        while let Some(next) = going.rest.pop_front() {
            if !going.stopping && going.spent + self.cost_of(next) <= self.time + GRACE {
                self.going = Some(Sweeping { now: next, ..going });
                return;
            }
            if !going.stopping {
                going.ending = Ended::OutOfTime;
            }
            self.put(next, Found::LeftOut(going.ending.reason().to_owned()));
        }
        self.ended = Some(going.ending);
    }

    fn put(&mut self, at: usize, found: Found) {
        if let Some(point) = self.points.get_mut(at) {
            point.found = found;
        }
    }
}

impl Ended {
    /// Why points are left out.
    const fn reason(self) -> &'static str {
        match self {
            Self::Stopped => "The sweep was stopped before that.",
            Self::Through | Self::OutOfTime => "Time ran out.",
        }
    }
}

#[cfg(test)]
mod tests;
