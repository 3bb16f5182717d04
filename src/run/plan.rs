//! What a real run is told, and what it tells. No browser is needed to know these.

use std::rc::Rc;

use crate::trace::{Record, Trace};
use crate::workload::{Micros, Mode, Pace, Settings, Workload};

/// Why a counter can't be shared where the page isn't isolated, and what to do.
pub const NOTHING_SHARED: &str = "The counter must be shared between workers, and a browser allows that only in a page \
                                  that is isolated from all others. Open this page in a tab of its own, over https, in \
                                  a browser that allows service workers.";

/// What to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The workload.
    pub workload: Rc<Workload>,
    /// The conditions.
    pub settings: Settings,
    /// The modes, one after another.
    pub modes: Vec<Mode>,
    /// How fast this machine works, for the bounds of what may hold the page.
    pub pace: Pace,
}

/// What is told of a run while it goes on: at most once an animation frame, or a few times a second where none comes.
#[derive(Clone, Debug, PartialEq)]
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
