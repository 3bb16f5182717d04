//! What is said of a sweep: what would be run, how far it is, and how it ended.

use super::{Ended, Sweep};
use crate::report::roughly;
use crate::report::sweep::Chosen;
use crate::workload::grouped;

impl Sweep {
    /// How far it is, or what would be run; in a sentence or two.
    #[must_use]
    pub fn words(&self) -> String {
        if let (Some(going), Some(point)) = (&self.going, self.running()) {
            let (at, of) = (going.done + 1, going.done + 1 + going.rest.len());
            let left = std::iter::once(&going.now).chain(&going.rest).map(|at| self.cost_of(*at)).sum();
            let (name, tasks) = (point.mode.name(), number_of(point.tasks.get() as usize, "task"));
            return format!("Run {at} of {of}: {name} with {tasks}. About {} left.", roughly(left));
        }
        let waiting = self.to_foresee().count();
        if waiting > 0 {
            return format!("Predicting: {} to go.", number_of(waiting, "point"));
        }
        let Chosen { runs, takes } = self.chosen();
        if runs.is_empty() {
            return "Nothing fits into this time. Give it more, or shorten the steps.".to_owned();
        }
        let (runs, of) = (number_of(runs.len(), "run"), number_of(self.points.len(), "point"));
        format!("{runs} of {of} fit into {}; they take about {}.", roughly(self.time), roughly(takes))
    }

    /// How it ended, in a sentence; nothing before that.
    #[must_use]
    pub fn ending(&self) -> String {
        let measured = self.points.iter().filter(|point| point.elapsed().is_some()).count();
        let measured = format!("{} measured.", number_of(measured, "point"));
        match self.ended {
            None => String::new(),
            Some(Ended::Through) => format!("The sweep is over: {measured}"),
            Some(Ended::Stopped) => format!("The sweep was stopped: {measured}"),
            Some(Ended::OutOfTime) => format!("Time ran out before the sweep was done: {measured}"),
        }
    }
}

fn number_of(number: usize, what: &str) -> String {
    format!("{} {what}{}", grouped(number as u64), if number == 1 { "" } else { "s" })
}
