//! What to run: tasks, their steps, how they vary, and the modes that can run them.
//!
//! Nothing here runs anything, and nothing here knows of a browser. A value that exists is within the
//! limits of the public interface (`docs/interface.md`): whatever comes from outside is parsed once, at the edge.

mod mode;
mod notation;
mod settings;
mod step;
mod steps;
mod text;
mod units;
mod variation;

use serde::{Deserialize, Serialize};

pub use mode::{Lanes, Mode, ModeError};
pub use notation::{NumberError, count, duration, friendly_count, friendly_duration, parse_count, parse_duration};
pub use settings::{LoopLimit, Place, SettingError, Settings, Workers};
pub use step::{Action, Kind, Step, StepError};
pub use steps::{Steps, StepsError};
pub use text::{Text, TextError};
pub use units::{LaneId, Micros, TaskCount, TaskCountError, TaskId};
pub use variation::{Spread, SpreadError, Variation};

/// The most steps that all tasks together may have.
pub const MAX_TOTAL_STEPS: u64 = 8_000_000;

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
    /// Whether all tasks together stay within [`MAX_TOTAL_STEPS`].
    #[must_use]
    pub fn fits(&self) -> bool {
        u64::from(self.tasks.get()) * self.steps.len() as u64 <= MAX_TOTAL_STEPS
    }

    /// What the step at this place asks of a task with this factor; none if there is no such step, or not for it.
    #[must_use]
    pub fn action(&self, step: u8, task: TaskId, factor: f64) -> Option<Action<'_>> {
        self.steps.get(step).filter(|step| step.is_for(task)).map(|step| step.action(factor))
    }

    /// The steps of one task with their places in the list, durations and counts scaled by the task's factor.
    pub fn steps_of(&self, task: TaskId) -> impl Iterator<Item = (u8, Action<'_>)> {
        let factor = self.variation.factor(task);
        (0..self.steps.len() as u8).filter_map(move |step| Some((step, self.action(step, task, factor)?)))
    }

    /// The text that the step at this place prints or fails with.
    #[must_use]
    pub fn text(&self, step: u8) -> &str {
        self.steps.get(step).and_then(Step::text).unwrap_or_default()
    }

    /// Whether any step adds to the shared counter.
    #[must_use]
    pub fn adds(&self) -> bool {
        self.steps.iter().any(|(_, step)| matches!(step.kind, Kind::Add(_) | Kind::AddLocked(_)))
    }

    /// Whether any step is CPU-bound work.
    #[must_use]
    pub fn works(&self) -> bool {
        self.steps.iter().any(|(_, step)| matches!(step.kind, Kind::Count(_) | Kind::Add(_) | Kind::AddLocked(_)))
    }

    /// The longest stretch, over all tasks, in which a task keeps hold of its lane on an event loop: its `block` and
    /// `count` steps from one await to the next, given how many counts a millisecond the machine does.
    #[must_use]
    pub fn longest_hold(&self, counts_per_ms: f64) -> Micros {
        let longest_of = |task| {
            let mut stretch = Micros::ZERO;
            let stretches = self.steps_of(task).map(|(_, action)| {
                stretch = if matches!(action, Action::Sleep(_)) {
                    Micros::ZERO
                } else {
                    stretch + action.time(counts_per_ms)
                };
                stretch
            });
            stretches.max().unwrap_or_default()
        };
        self.tasks_that_differ().map(longest_of).max().unwrap_or_default()
    }

    /// How long all steps of all tasks take, one after another.
    #[must_use]
    pub fn total(&self, counts_per_ms: f64) -> Micros {
        let total_of = |task| self.steps_of(task).map(|(_, action)| action.time(counts_per_ms)).sum::<Micros>();
        let total: Micros = self.tasks_that_differ().map(total_of).sum();
        if self.tasks_are_alike() { Micros(total.0.saturating_mul(self.tasks.get().into())) } else { total }
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
        assert_eq!(one.longest_hold(1.0), Micros(2_000_000));
        assert_eq!(one.total(1.0), Micros(9 * 12_500_000));
    }

    #[test]
    fn a_step_of_one_task_is_held_by_that_task_alone() {
        let one = workload(3, &[("block@1", "1s"), ("block@2", "1.5s"), ("block@9", "60s")]);
        assert_eq!(one.longest_hold(1.0), Micros(1_500_000));
        assert_eq!(one.total(1.0), Micros(2_500_000));
    }
}
