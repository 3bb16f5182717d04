//! How far a run may be from what is predicted: the figures of the rule, and where each comes from.

use super::super::Machine;
use crate::workload::{Kind, Micros, Mode, Settings, TaskId, Workload};

/// Predicted times nearer than this say nothing of an order (`docs/interface.md`, Running, Order).
const NEAR: Micros = Micros(5000);
/// And those nearer than this share of the later one.
const NEAR_PERCENT: u64 = 2;
/// The same, where counting takes time: so far may what is measured of CPU-bound work be from what is predicted.
const COUNTING_PERCENT: u64 = 10;
/// What a lane or a loop takes at most for going on with the next task, over what is predicted.
const NEXT_TASK: Micros = Micros(1000);
/// How much later than its deadline a task goes on, each time that it waits after the first.
const WAKING: Micros = Micros(1000);
/// What a thousand turns or lines cost, for there may be millions.
const THOUSAND_MOMENTS: Micros = Micros(1000);

/// How far a run may be from what is predicted.
#[derive(Clone, Debug)]
pub(super) struct Margin {
    percent: u64,
    /// So many may want a core, or the GIL, of which there are fewer.
    rivals: u64,
    /// How long each of them may have to wait for the GIL, each time.
    interval: Micros,
    /// So many tasks may be on at once.
    at_once: u64,
    /// At which steps all tasks wait, or only one.
    waits: Vec<(u8, Option<TaskId>)>,
}

/// How far a prediction has come.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Progress {
    pub at: Micros,
    /// The task that is spoken of.
    pub task: Option<TaskId>,
    /// Its step, from 0.
    pub step: u8,
    /// So many tasks have begun.
    pub begun: u64,
    /// So many moments there were.
    pub moments: u64,
}

impl Progress {
    /// Gone on to a task at a step.
    pub fn on(self, at: Micros, task: TaskId, step: u8) -> Self {
        // Whatever the mode, tasks begin in their order.
        Self { at, task: Some(task), step, begun: self.begun.max(task.0.into()), moments: self.moments + 1 }
    }
}

impl Margin {
    pub fn new(workload: &Workload, settings: &Settings, mode: Mode, machine: &Machine) -> Self {
        let tasks = u64::from(workload.tasks.get());
        let lanes = u64::from(settings.lanes(mode, workload.tasks));
        let counting = counting(workload, lanes);
        let (rivals, interval) = match mode {
            Mode::Sync | Mode::Async => (0, Micros::ZERO),
            Mode::Threads if tasks == 1 => (0, Micros::ZERO),
            Mode::Threads => (counting, settings.switch),
            Mode::Processes | Mode::FreeThreads => {
                let is_contended = mode.shares_memory() && workload.adds();
                let enough =
                    counting <= 1 || counting <= machine.cores.into() && machine.all_cores >= 1.0 && !is_contended;
                (if enough { 0 } else { counting }, Micros::ZERO)
            }
            // The loop wants the GIL too.
            Mode::Offload => (if counting > 0 { counting + 1 } else { 0 }, settings.switch),
        };
        let at_once = settings.at_once(mode, workload.tasks).into();
        let percent = if counting > 0 { COUNTING_PERCENT } else { NEAR_PERCENT };
        let waits = workload.steps.iter().filter(|(_, step)| matches!(step.kind, Kind::Sleep(_) | Kind::Block(_)));
        let waits = waits.map(|(at, step)| (at, step.task)).collect();
        Self { percent, rivals, interval, at_once, waits }
    }

    /// What is predicted for later than this certainly comes after what is predicted for a time.
    pub fn latest(&self, at: Micros) -> Micros {
        (at + NEAR).max(Micros(at.0.saturating_mul(100) / (100 - self.percent)))
    }

    /// How far what is predicted may be off, one way or the other, before that.
    ///
    /// Who shares cores or the GIL is as far off as all of them together: whoever comes sooner takes something from each
    /// of the others. And each time that one wants the GIL, the others may come first or not, for an interval each. Who has
    /// waited several times was late each time.
    pub fn doubt(&self, of: Progress) -> Micros {
        let rounds = of.begun.saturating_sub(self.at_once) / self.at_once.max(1);
        let waits = (u64::from(of.step) + 1).saturating_mul(rounds + 1);
        let near = NEAR.max(Micros(of.at.0 / 100 * NEAR_PERCENT));
        let each = near + Micros(self.interval.0.saturating_mul(2).saturating_mul(waits));
        let rivals = Micros(each.0.saturating_mul(self.rivals));
        let is_of = |(at, only): &&(u8, Option<TaskId>)| *at < of.step && (only.is_none() || *only == of.task);
        let again = self.waits.iter().filter(is_of).count().saturating_sub(1);
        rivals
            + Micros(WAKING.0 * again as u64)
            + Micros(NEXT_TASK.0.saturating_mul(rounds))
            + Micros(THOUSAND_MOMENTS.0.saturating_mul(of.moments / 1000))
    }
}

/// How many tasks at once may count, of so many lanes.
fn counting(workload: &Workload, lanes: u64) -> u64 {
    let counting = workload.steps.iter().filter(|(_, step)| step.kind.is_work());
    let mut of: Vec<Option<TaskId>> = counting.map(|(_, step)| step.task).collect();
    if of.contains(&None) {
        return lanes.min(workload.tasks.get().into());
    }
    of.retain(|task| task.is_some_and(|task| task.index() < workload.tasks.get() as usize));
    of.sort_unstable();
    of.dedup();
    lanes.min(of.len() as u64)
}
