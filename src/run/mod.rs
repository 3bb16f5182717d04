//! Real runs: the browser's hosts, one file a mode, and what they stand on.
//!
//! This room needs a browser and is compiled for wasm32 alone. It is told what to run and tells what happened; it
//! knows of no page, link or prediction.

use std::rc::Rc;

use crate::trace::{Record, RunId, Trace};
use crate::workload::{Micros, Mode, Settings, Workload};

/// What to run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The run's number, in everything that is told of it.
    pub id: RunId,
    /// The workload.
    pub workload: Rc<Workload>,
    /// The conditions.
    pub settings: Settings,
    /// The modes, one after another.
    pub modes: Vec<Mode>,
    /// How many counts a millisecond this machine does, for the bounds of what may hold the page.
    pub counts_per_ms: f64,
}

/// What is told of a run while it goes on: at most once an animation frame, or every 100 ms where no frame comes.
#[derive(Clone, Debug)]
pub enum News {
    /// A mode has begun.
    Began(Mode),
    /// What has happened in it so far, and how long it has been going on.
    Went(Mode, Trace, Micros),
    /// It has ended; a mode that never began ends too.
    Ended(Record),
    /// All modes have ended.
    Over,
}
