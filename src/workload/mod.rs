//! What to run: tasks, their steps, how they vary, and the modes that can run them.
//!
//! Nothing here runs anything, and nothing here knows of a browser. A value that exists is within the
//! limits of the public interface (`docs/interface.md`): whatever comes from outside is parsed once, at the edge.

mod mode;
mod notation;
mod on_page;
mod pace;
mod presets;
mod settings;
mod step;
mod steps;
mod text;
mod units;
mod variation;

use serde::{Deserialize, Serialize};

pub use mode::{Lanes, Mode, ModeError};
pub use notation::{
    NumberError, count, duration, duration_words, friendly_count, friendly_duration, grouped, in_unit, parse_count,
    parse_duration, parse_time, ungrouped,
};
pub use on_page::{LONGEST_ON_PAGE, OnPage, about};
pub use pace::{Pace, Work};
pub use presets::{PRESETS, Preset};
pub use settings::{LoopLimit, Place, SettingError, Settings, Workers, one_of};
pub use step::{Action, Kind, Step, StepError, StepName, ValueKind};
pub use steps::{Steps, StepsError};
pub use text::{Text, TextError, brief};
pub use units::{LaneId, Micros, TaskCount, TaskCountError, TaskId};
pub use variation::{Spread, SpreadError, Variation};

/// The most steps that all tasks together may have.
pub const MAX_TOTAL_STEPS: u64 = 8_000_000;

/// All tasks together have more steps than [`MAX_TOTAL_STEPS`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{tasks} tasks of {steps} steps are more than {most} steps in all: ask for fewer tasks, or for fewer steps.",
    tasks = grouped((*.tasks).into()),
    most = grouped(MAX_TOTAL_STEPS)
)]
pub struct SizeError {
    /// How many tasks.
    tasks: u32,
    /// How many steps each has.
    steps: usize,
}

/// What to run: a number of tasks, all with the same steps, and how they vary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workload {
    /// How many tasks there are.
    pub tasks: TaskCount,
    /// What each of them does.
    pub steps: Steps,
    /// How far they differ.
    pub variation: Variation,
}

impl Default for Workload {
    /// The article's example: three times print One, sleep 1 s, print Two.
    fn default() -> Self {
        Self { tasks: TaskCount::default(), steps: Steps::default(), variation: Variation::default() }
    }
}

impl Workload {
    /// Whether all tasks together have no more steps than can be run.
    ///
    /// # Errors
    /// They have more.
    pub fn check_size(&self) -> Result<(), SizeError> {
        let (tasks, steps) = (self.tasks, self.steps.len());
        let fits = tasks.steps_in_all(steps) <= MAX_TOTAL_STEPS;
        if fits { Ok(()) } else { Err(SizeError { tasks: tasks.get(), steps }) }
    }

    /// What the step at this place asks of a task with this factor; none if there is no such step, or not for it.
    #[must_use]
    #[inline]
    pub fn action(&self, step: u8, task: TaskId, factor: f64) -> Option<Action<'_>> {
        self.steps.get(step).filter(|step| step.is_for(task)).map(|step| step.kind.action(factor))
    }

    /// The steps that one task takes, with their places in the list, durations and counts scaled by the task's factor.
    /// Where it fails is the last.
    pub fn steps_of(&self, task: TaskId) -> impl Iterator<Item = (u8, Action<'_>)> {
        let factor = self.variation.factor(task);
        let asked = move |step| Some((step, self.action(step, task, factor)?));
        let mut has_failed = false;
        (0..self.steps.len() as u8).filter_map(asked).take_while(move |(_, action)| {
            let fails = matches!(action, Action::Fail(_));
            !std::mem::replace(&mut has_failed, fails)
        })
    }

    /// The first task that fails; none if none does.
    fn first_to_fail(&self) -> Option<TaskId> {
        let fails = |task: &TaskId| self.steps_of(*task).any(|(_, action)| matches!(action, Action::Fail(_)));
        if self.has(|kind| matches!(kind, Kind::Fail(_))) { self.tasks_that_differ().find(fails) } else { None }
    }

    /// The text that the step at this place prints or fails with.
    #[must_use]
    pub fn text(&self, step: u8) -> &str {
        self.steps.get(step).and_then(Step::text).unwrap_or_default()
    }

    /// Whether any step is of such a kind.
    pub fn has(&self, is_such: impl Fn(&Kind) -> bool) -> bool {
        self.steps.iter().any(|(_, step)| is_such(&step.kind))
    }

    /// Whether any step puts out a line, as it prints or fails.
    #[must_use]
    pub fn prints(&self) -> bool {
        self.has(|kind| matches!(kind, Kind::Print(_) | Kind::Fail(_)))
    }

    /// Whether any step adds to the shared counter.
    #[must_use]
    pub fn adds(&self) -> bool {
        self.has(|kind| matches!(kind, Kind::Add(_) | Kind::AddLocked(_)))
    }

    /// Whether lanes of this mode, in workers of their own, must share memory for it: they add to one counter.
    #[must_use]
    pub fn needs_shared_memory(&self, mode: Mode) -> bool {
        let has_one_lane = matches!(mode.lanes(), Lanes::One | Lanes::Loop);
        self.adds() && mode.shares_memory() && !has_one_lane
    }

    /// Whether any step is CPU-bound work.
    #[must_use]
    pub fn works(&self) -> bool {
        self.has(Kind::is_work)
    }

    /// Whether any step keeps hold of its lane, wherever it runs: it blocks, or is CPU-bound work.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.works() || self.has(|kind| matches!(kind, Kind::Block(_)))
    }

    /// Whether tasks neither wait nor work: they print, or fail.
    #[must_use]
    pub fn is_instant(&self) -> bool {
        !self.holds() && !self.has(|kind| matches!(kind, Kind::Sleep(_)))
    }

    /// How many additions all tasks make to the shared counter, each until it fails; none if no step adds.
    #[must_use]
    pub fn additions(&self) -> Option<u64> {
        let additions = |action| match action {
            Action::Work(Work::Add | Work::AddLocked, times) => times,
            _ => 0,
        };
        self.adds().then(|| self.sum_of(|task| self.steps_of(task).map(|(_, action)| additions(action)).sum()))
    }

    /// The longest stretch, over all tasks, in which a task keeps hold of its lane on an event loop: its steps from one
    /// await to the next, on a machine of this pace.
    #[must_use]
    pub fn longest_hold(&self, pace: &Pace) -> Micros {
        if !self.holds() {
            return Micros::ZERO;
        }
        let longest_of = |task| self.holds_of(task, pace).max().unwrap_or_default();
        self.tasks_that_differ().map(longest_of).max().unwrap_or_default()
    }

    /// The sum of these stretches over all tasks, but of those that are longer than `over` alone.
    #[must_use]
    pub fn held_in_all(&self, pace: &Pace, over: Micros) -> Micros {
        if !self.holds() {
            return Micros::ZERO;
        }
        let held_by = |task| self.holds_of(task, pace).filter(|hold| *hold > over).sum::<Micros>().0;
        Micros(self.sum_of(held_by))
    }

    /// How long a task keeps hold of its lane on an event loop, each time until it sleeps or ends.
    fn holds_of(&self, task: TaskId, pace: &Pace) -> impl Iterator<Item = Micros> {
        let mut steps = self.steps_of(task).peekable();
        std::iter::from_fn(move || {
            steps.peek()?;
            let until_it_sleeps = steps.by_ref().take_while(|(_, action)| !matches!(action, Action::Sleep(_)));
            Some(until_it_sleeps.map(|(_, action)| pace.time(&action)).sum())
        })
    }

    /// How long a task takes whose lane is alone, on a machine of this pace.
    #[must_use]
    pub fn time_of(&self, task: TaskId, pace: &Pace) -> Micros {
        self.steps_of(task).map(|(_, action)| pace.time(&action)).sum()
    }

    /// How long all tasks take, one after another, on a machine of this pace. Behind one that fails there is none.
    #[must_use]
    pub fn total(&self, pace: &Pace) -> Micros {
        let time_of = |task| self.time_of(task, pace);
        match self.first_to_fail() {
            None => Micros(self.sum_of(|task| time_of(task).0)),
            Some(last) => self.tasks.ids().take(last.index() + 1).map(time_of).sum(),
        }
    }

    /// How long all CPU-bound work of all tasks takes, one after another, on a machine of this pace.
    #[must_use]
    pub fn work(&self, pace: &Pace) -> Micros {
        let work_of = |task| {
            let works = self.steps_of(task).filter_map(|(_, action)| action.work());
            works.map(|(work, amount)| pace.working(work, amount)).sum::<Micros>().0
        };
        if self.works() { Micros(self.sum_of(work_of)) } else { Micros::ZERO }
    }

    /// A figure of each task, over all tasks.
    fn sum_of(&self, figure: impl Fn(TaskId) -> u64) -> u64 {
        let of = if self.tasks_are_alike() { u64::from(self.tasks.get()) } else { 1 };
        self.tasks_that_differ().map(figure).fold(0, u64::saturating_add).saturating_mul(of)
    }

    /// Whether every task does just what every other does.
    #[must_use]
    pub fn tasks_are_alike(&self) -> bool {
        self.variation.is_none() && self.steps.iter().all(|(_, step)| step.task.is_none())
    }

    /// One task for all, if they are alike; else all of them.
    fn tasks_that_differ(&self) -> impl Iterator<Item = TaskId> {
        let alike = self.tasks_are_alike();
        self.tasks.ids().take(if alike { 1 } else { usize::MAX })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workload(tasks: u64, steps: &[(&str, &str)]) -> Workload {
        let steps = steps.iter().map(|(head, value)| Step::parse(head, value).unwrap()).collect();
        Workload {
            tasks: TaskCount::new(tasks).unwrap(),
            steps: Steps::new(steps).unwrap(),
            variation: Variation::default(),
        }
    }

    #[test]
    fn a_sleep_ends_a_hold_and_a_print_does_not() {
        let one = workload(9, &[("block", "1s"), ("print", "x"), ("count", "1K"), ("sleep", "9s"), ("block", "1.5s")]);
        let slow = Pace { counts_per_ms: 1.0, ..Pace::default() };
        assert_eq!(one.longest_hold(&slow), Micros(2_000_000));
        assert_eq!(one.held_in_all(&slow, Micros::ZERO), Micros(9 * 3_500_000));
        assert_eq!(one.held_in_all(&slow, Micros(1_500_000)), Micros(9 * 2_000_000), "not what is too short");
        assert_eq!(one.total(&slow), Micros(9 * 12_500_000));
        assert_eq!(one.work(&slow), Micros(9 * 1_000_000));
    }

    #[test]
    fn a_step_of_one_task_is_held_by_that_task_alone() {
        let one = workload(3, &[("block@1", "1s"), ("block@2", "1.5s"), ("block@9", "60s")]);
        assert_eq!(one.longest_hold(&Pace::default()), Micros(1_500_000));
        assert_eq!(one.total(&Pace::default()), Micros(2_500_000));
    }

    #[test]
    fn behind_a_failure_there_is_nothing() {
        let one = workload(3, &[("block", "1s"), ("fail@2", "x"), ("block", "20s"), ("add", "1K")]);
        let pace = Pace::default();
        assert_eq!(one.longest_hold(&pace).0 / 1_000_000, 21, "of those that go on");
        assert_eq!(one.total(&pace).0 / 1_000_000, 22, "task 3 has no turn");
        assert_eq!(one.additions(), Some(2000));
        let all = workload(3, &[("block", "1s"), ("fail", "x"), ("block", "20s"), ("add", "1K")]);
        assert_eq!((all.longest_hold(&pace), all.total(&pace)), (Micros(1_000_000), Micros(1_000_000)));
        assert_eq!((all.held_in_all(&pace, Micros::ZERO), all.additions()), (Micros(3_000_000), Some(0)));
    }

    #[test]
    fn who_only_prints_or_fails_is_through_at_once() {
        assert!(workload(3, &[("print", "x"), ("fail@2", "y")]).is_instant());
        for step in [("sleep", "1us"), ("block@2", "1us"), ("count", "1"), ("add", "1"), ("add-locked@9", "1")] {
            assert!(!workload(3, &[("print", "x"), step]).is_instant(), "{step:?}");
        }
    }

    #[test]
    fn all_additions_of_all_tasks_are_expected() {
        assert_eq!(workload(3, &[("add", "1K"), ("print", "x"), ("add-locked", "2K")]).additions(), Some(9000));
        assert_eq!(workload(3, &[("add@2", "1K"), ("add@9", "5K")]).additions(), Some(1000));
        assert_eq!(workload(3, &[("count", "1K")]).additions(), None);
    }
}
