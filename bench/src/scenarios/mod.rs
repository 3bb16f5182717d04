//! What is measured, one scenario a file, in the order of the targets.

mod accuracy;
mod adding;
mod article;
mod clock;
mod counting;
mod download;
mod few;
mod lasting;
mod looking;
mod many;
mod memory;
mod opening;
mod predicting;
mod recording;
mod shifting;
mod starting;
mod stopping;
mod turns;

use crate::bench::Bench;
use crate::failure::Result;
use crate::report::Report;

/// A scenario: measures with a bench and adds to a report.
pub struct Scenario {
    /// Its name on the command line.
    pub name: &'static str,
    /// Measures.
    pub measure: fn(&Bench, &mut Report) -> Result,
}

/// All of them.
pub const ALL: [Scenario; 18] = [
    Scenario { name: "few", measure: few::measure },
    Scenario { name: "many", measure: many::measure },
    Scenario { name: "memory", measure: memory::measure },
    Scenario { name: "lasting", measure: lasting::measure },
    Scenario { name: "counting", measure: counting::measure },
    Scenario { name: "turns", measure: turns::measure },
    Scenario { name: "starting", measure: starting::measure },
    Scenario { name: "recording", measure: recording::measure },
    Scenario { name: "adding", measure: adding::measure },
    Scenario { name: "clock", measure: clock::measure },
    Scenario { name: "article", measure: article::measure },
    Scenario { name: "accuracy", measure: accuracy::measure },
    Scenario { name: "stopping", measure: stopping::measure },
    Scenario { name: "predicting", measure: predicting::measure },
    Scenario { name: "looking", measure: looking::measure },
    Scenario { name: "shifting", measure: shifting::measure },
    Scenario { name: "opening", measure: opening::measure },
    Scenario { name: "download", measure: download::measure },
];
