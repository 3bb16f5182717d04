//! How long tasks take to begin on an event loop: their first turns, one after another, in which the loop does nothing
//! else. Not what begins when: see `turns`.

use super::Machine;
use crate::workload::{Micros, Mode, Workload};

/// How long tasks take to begin.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beginning {
    each_ns: u64,
}

impl Beginning {
    /// Of a workload in a mode: no time where there is no loop, and where tasks block or work, which takes longer by far.
    pub fn of(workload: &Workload, mode: Mode, machine: &Machine) -> Self {
        let takes_time = mode.has_loop() && !workload.holds();
        Self { each_ns: if takes_time { machine.begin_ns.into() } else { 0 } }
    }

    /// Whether it takes any time.
    pub const fn takes_time(self) -> bool {
        self.each_ns > 0
    }

    /// When so many have begun.
    pub const fn after(self, tasks: u32) -> Micros {
        Micros(self.each_ns * tasks as u64 / 1000)
    }
}
