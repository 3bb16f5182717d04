//! What can happen to a sweep, and what the page's state makes of it.

use std::rc::Rc;

use super::{Ended, Sweep};
use crate::page::state::{Action, Conditions, State};
use crate::predict::Machine;
use crate::report::sweep::Foreseen;
use crate::trace::RunId;
use crate::workload::{Micros, Mode, TaskCount};

/// What can happen to a sweep, beside the news of its runs.
#[derive(Clone, Debug)]
pub enum SweepAction {
    /// It is folded out, or in.
    Open(bool),
    /// It may take so long.
    Time(Micros),
    /// It goes up to so many tasks.
    Most(TaskCount),
    /// The model was asked.
    Foreseen(Asked, Foreseen),
    /// It is to be run. Refused while the form has errors.
    Begin,
}

/// What the model was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Under these conditions, but for the count.
    pub conditions: Rc<Conditions>,
    /// On this machine.
    pub machine: Machine,
    /// The mode.
    pub mode: Mode,
    /// The count.
    pub tasks: TaskCount,
}

/// What is to be run now: a run of the cards, or one of the sweep's.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Its number.
    pub id: RunId,
    /// What is run.
    pub conditions: Rc<Conditions>,
    /// The modes, in order.
    pub modes: Rc<[Mode]>,
    /// The mode that is to be ended before its end, so that the next begins.
    pub skipping: Option<Mode>,
    /// Whether it is to be stopped.
    pub stopping: bool,
}

impl State {
    /// Whether anything runs.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.going.is_some() || self.sweep.going.is_some()
    }

    /// What is to be run now.
    #[must_use]
    pub fn order(&self) -> Option<Order> {
        if let Some(going) = &self.going {
            let (conditions, modes) = (Rc::clone(&going.conditions), Rc::clone(&going.modes));
            let (id, skipping, stopping) = (going.id, going.skipping, going.stopping);
            return Some(Order { id, conditions, modes, skipping, stopping });
        }
        let (going, point) = (self.sweep.going.as_ref()?, self.sweep.running()?);
        let conditions = self.sweep.running_conditions()?;
        let (modes, skipping) = (Rc::new([point.mode]), None);
        Some(Order { id: going.id, conditions, modes, skipping, stopping: going.stopping })
    }

    /// Whether an action concerns the sweep as it is now.
    pub(in crate::page::state) fn sweep_heeds(&self, action: &SweepAction) -> bool {
        let sweep = &self.sweep;
        match action {
            SweepAction::Open(open) => *open != sweep.open,
            SweepAction::Time(time) => sweep.going.is_none() && *time != sweep.time,
            SweepAction::Most(most) => sweep.going.is_none() && *most != sweep.most,
            SweepAction::Foreseen(asked, _) => {
                Rc::ptr_eq(&asked.conditions, &sweep.conditions) && asked.machine == sweep.machine
            }
            SweepAction::Begin => !self.is_busy() && sweep.to_foresee().next().is_none(),
        }
    }

    pub(in crate::page::state) fn act_on_sweep(&mut self, action: SweepAction) {
        let sweep = Rc::make_mut(&mut self.sweep);
        match action {
            SweepAction::Open(open) => sweep.open = open,
            SweepAction::Time(time) => sweep.time = time,
            SweepAction::Most(most) => sweep.reach(most),
            SweepAction::Foreseen(asked, foreseen) => sweep.foreseen(asked.mode, asked.tasks, foreseen),
            SweepAction::Begin if self.errors.is_empty() => {
                let id = self.next_id();
                self.sweep_mut().begin(id);
            }
            SweepAction::Begin => self.refused += 1,
        }
    }

    /// Hands the news of a run of the sweep to it; what concerns something else comes back.
    pub(in crate::page::state) fn told_to_sweep(&mut self, action: Action) -> Option<Action> {
        match action {
            Action::Stop if self.sweep.going.is_some() => self.sweep_mut().stop(Ended::Stopped),
            Action::Began(id, _) if self.sweep.runs(id) => {}
            Action::Went(id, .., elapsed) if self.sweep.runs(id) => self.sweep_mut().went(elapsed),
            Action::Ended(id, record) if self.sweep.runs(id) => self.sweep_mut().ran(&record),
            Action::Over(id) if self.sweep.runs(id) => {
                let id = self.next_id();
                self.sweep_mut().go_on(id);
            }
            other => return Some(other),
        }
        None
    }

    /// Keeps the sweep one of what is set up, unless it is going on.
    pub(in crate::page::state) fn let_sweep_follow(&mut self) {
        let (conditions, modes, machine) = (&self.conditions, &self.setup.modes, self.machine);
        if self.sweep.going.is_none() && !self.sweep.is_of(conditions, modes, machine) {
            let (conditions, modes) = (Rc::clone(conditions), modes.to_vec());
            self.sweep_mut().follow(&conditions, &modes, machine);
        }
    }

    fn sweep_mut(&mut self) -> &mut Sweep {
        Rc::make_mut(&mut self.sweep)
    }
}
