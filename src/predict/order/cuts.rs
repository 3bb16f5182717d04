//! Where an output can be cut so that all that is before certainly comes before all that is behind.

use super::{Chain, Place};

/// Finds the cuts, from the first on.
#[derive(Default)]
pub(super) struct Cuts {
    /// The first line that the place asked for doesn't certainly come after.
    from: usize,
    /// So many lines have been looked at.
    to: usize,
    /// The last of them that is in no chain with the one before.
    chained_from: usize,
    /// The last of them that is not of the same task as the one before.
    same_task_from: usize,
}

impl Cuts {
    /// Whether there is one before the line at a place, which is not the first line. Places only grow.
    pub fn is_before(&mut self, lines: &[Place], at: usize) -> bool {
        let settled = |line: usize| lines.get(line).map_or(0, |line| line.settled as usize);
        while self.from < at && settled(self.from) <= at {
            self.from += 1;
        }
        self.look_at(lines, settled(at - 1));
        // Those on both sides that times leave open must be of one chain, or one task's.
        self.from == at || self.chained_from <= self.from || self.same_task_from <= self.from
    }

    fn look_at(&mut self, lines: &[Place], to: usize) {
        for place in self.to.max(1)..to {
            if let (Some(before), Some(line)) = (lines.get(place - 1), lines.get(place)) {
                if line.chain == Chain::NONE || line.chain != before.chain {
                    self.chained_from = place;
                }
                if line.task != before.task {
                    self.same_task_from = place;
                }
            }
        }
        self.to = self.to.max(to);
    }
}
