//! What to run: tasks, their steps, how they vary, and the modes that can run them.
//!
//! Nothing here runs anything, and nothing here knows of a browser. A value that exists is within the
//! limits of the public interface (`docs/interface.md`): whatever comes from outside is parsed once, at the edge.

mod mode;
mod notation;
mod settings;
mod step;
mod units;
mod variation;

use serde::{Deserialize, Serialize};

pub use mode::{Lanes, Mode, ModeError};
pub use notation::{NumberError, count, duration, friendly_count, friendly_duration, parse_count, parse_duration};
pub use settings::{LoopLimit, Place, SettingError, Settings, Workers};
pub use step::{Action, Kind, Step, StepError, Steps, StepsError, Text, TextError};
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

    /// The steps of one task with their places in the list, durations and counts scaled by the task's factor.
    pub fn steps_of(&self, task: TaskId) -> impl Iterator<Item = (u8, Action<'_>)> {
        let factor = self.variation.factor(task);
        self.steps.iter().filter(move |(_, step)| step.is_for(task)).map(move |(at, step)| (at, step.action(factor)))
    }

    /// The text that the step at this place prints or fails with.
    #[must_use]
    pub fn text(&self, step: u8) -> &str {
        self.steps.get(step).and_then(Step::text).unwrap_or_default()
    }

    /// Whether any step adds to the shared counter.
    #[must_use]
    pub fn adds(&self) -> bool {
        self.steps.iter().any(|(_, step)| matches!(step, Step { kind: Kind::Add(_) | Kind::AddLocked(_), .. }))
    }

    /// The longest stretch, over the tasks, in which a task keeps hold of its lane on an event loop: its `block`
    /// and `count` steps from one await to the next, given how many counts a millisecond the machine does.
    #[must_use]
    pub fn longest_hold(&self, counts_per_ms: f64) -> Micros {
        let stretch = |factor| {
            let (mut longest, mut current) = (0.0_f64, 0.0);
            for (_, step) in self.steps.iter() {
                match step.action(factor) {
                    Action::Sleep(_) => current = 0.0,
                    Action::Block(d) => current += d.as_ms(),
                    Action::Count(n) | Action::Add(n) | Action::AddLocked(n) => current += n as f64 / counts_per_ms,
                    Action::Print(_) | Action::Fail(_) => {}
                }
                longest = longest.max(current);
            }
            longest
        };
        // A step of one task alone counts as if all had it: an upper bound, and no walk over a million tasks.
        Micros::from_ms(stretch(self.variation.largest_factor()))
    }
}
