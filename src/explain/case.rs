//! What is to be explained: a run, and the conditions under which it was.

use super::tally::Tally;
use crate::predict::Machine;
use crate::report::Scale;
use crate::trace::{MAX_EVENTS, Outcome, Record, State};
use crate::workload::{Micros, Mode, Settings, Workload};

/// So long a time has too many milliseconds.
const MANY: Micros = Micros(10_000_000);

/// A run under its conditions, and what its trace adds up to.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    pub(super) workload: &'a Workload,
    pub(super) settings: &'a Settings,
    pub(super) machine: &'a Machine,
    pub(super) record: &'a Record,
    pub(super) tally: Tally,
    /// How the times beside the sentences are written.
    scale: Scale,
    /// From the start of the mode to its end.
    pub(super) elapsed: Micros,
    /// The same without the start-up.
    pub(super) less_startup: Micros,
    /// How long all CPU-bound work takes on one core, if all of it was done; nothing where there is none.
    pub(super) work: Micros,
}

impl<'a> Case<'a> {
    /// A run that finished, or in which a task failed; none of another, and none of one of which not all was recorded.
    #[must_use]
    pub fn new(
        workload: &'a Workload,
        settings: &'a Settings,
        machine: &'a Machine,
        record: &'a Record,
        tally: Tally,
        scale: Scale,
    ) -> Option<Self> {
        let is_whole = matches!(record.outcome, Outcome::Finished | Outcome::Failed(_));
        if !is_whole || record.trace.len() >= MAX_EVENTS {
            return None;
        }
        let (elapsed, less_startup) = (record.elapsed?, record.less_startup()?);
        let work = if record.outcome == Outcome::Finished { workload.work(&machine.pace) } else { Micros::ZERO };
        Some(Self { workload, settings, machine, record, tally, scale, elapsed, less_startup, work })
    }

    pub(super) const fn mode(&self) -> Mode {
        self.record.mode
    }

    /// How many tasks can be under way at once, by the mode's rule.
    pub(super) fn width(&self) -> u32 {
        self.settings.at_once(self.mode(), self.workload.tasks)
    }

    /// How many lanes there are to begin with.
    pub(super) fn lanes(&self) -> u32 {
        self.settings.first_lanes(self.mode(), self.workload.tasks).into()
    }

    /// How many threads there are behind the loop, where calls go to threads.
    pub(super) fn pool(&self) -> Option<u32> {
        (self.mode() == Mode::Offload).then(|| self.settings.pool(self.workload.tasks).into())
    }

    /// How long tasks were in a state, in all.
    pub(super) fn sum(&self, state: State) -> Micros {
        self.tally.in_state(state).sum
    }

    /// Which part of the elapsed time this is, at most all of it.
    pub(super) fn part(&self, time: Micros) -> f64 {
        (time.0 as f64 / self.elapsed.0.max(1) as f64).min(1.0)
    }

    /// A time as the figures beside it are written; in seconds where milliseconds would be thousands.
    pub(super) fn write(&self, time: Micros) -> String {
        if time >= MANY { Scale::Seconds.write(time) } else { self.scale.write(time) }
    }

    /// Whether all tasks came to their end.
    pub(super) fn has_finished(&self) -> bool {
        self.record.outcome == Outcome::Finished
    }
}
