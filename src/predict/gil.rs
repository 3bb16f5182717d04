//! The GIL: who runs holds it. `CPython`'s rule since 3.2 (`Python/ceval_gil.c`), with a queue.
//!
//! ```text
//! holder   counts ├──── a switch interval ────┤ drops it ··· waits ···
//! waiter       ··· waits ·····················┤ takes it, counts ├──── a switch interval ────┤
//! ```
//!
//! Who waits, and has seen no switch for a whole interval, asks the holder to drop it. The holder does, and goes on
//! only when another has had it. Here those who wait are served in the order in which they came; in `CPython` the
//! operating system chooses.

use std::collections::VecDeque;

use crate::workload::{LaneId, Micros};

/// A lane that holds the GIL or waits for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    /// The lane.
    pub lane: LaneId,
    /// Since when it holds or waits.
    pub since: Micros,
    /// What it has left to count; with nothing left it acts as soon as it holds the GIL.
    work: Micros,
}

/// Who holds the GIL, and who waits for it.
pub(super) struct Gil {
    interval: Micros,
    now: Micros,
    holder: Option<Claim>,
    /// In the order in which they came, so the first has waited longest.
    waiting: VecDeque<Claim>,
}

impl Gil {
    /// Nobody holds it yet.
    pub fn new(interval: Micros) -> Self {
        let interval = interval.max(Micros(1));
        Self { interval, now: Micros::ZERO, holder: None, waiting: VecDeque::new() }
    }

    /// The lane that holds it and has nothing to count: it goes on at once.
    pub fn acting(&self) -> Option<LaneId> {
        self.holder.filter(|holder| holder.work == Micros::ZERO).map(|holder| holder.lane)
    }

    /// Whether this lane waits for it.
    pub fn is_wanted_by(&self, lane: LaneId) -> bool {
        self.waiting.iter().any(|claim| claim.lane == lane)
    }

    /// Those who began to wait in this very instant.
    pub fn newly_waiting(&self) -> impl Iterator<Item = LaneId> {
        let from = self.waiting.partition_point(|claim| claim.since < self.now);
        self.waiting.range(from..).map(|claim| claim.lane)
    }

    /// A lane wants it: has it at once, or waits.
    pub fn want(&mut self, lane: LaneId) {
        self.waiting.push_back(Claim { lane, since: self.now, work: Micros::ZERO });
        if self.holder.is_none() {
            self.take_next();
        }
    }

    /// The holder begins to count.
    pub fn count(&mut self, work: Micros) {
        if let Some(holder) = &mut self.holder {
            holder.work = work;
        }
    }

    /// The holder lets go of it, and the first who waits takes it. Returns that one's claim, if it goes on counting
    /// and somebody has been told that it waits.
    pub fn release(&mut self) -> Option<Claim> {
        self.holder = None;
        self.take_next()
    }

    fn take_next(&mut self) -> Option<Claim> {
        let claim = self.waiting.pop_front()?;
        self.holder = Some(Claim { since: self.now, ..claim });
        (claim.work > Micros::ZERO && claim.since < self.now).then_some(claim)
    }

    /// When the holder, which counts, will be done or has to hand over.
    pub fn earliest(&self) -> Option<Micros> {
        let done = self.now + self.holder?.work;
        Some(self.hand_over_at().map_or(done, |at| at.max(self.now).min(done)))
    }

    /// When the holder is asked to drop it: one interval after the last switch, or after somebody came to wait.
    fn hand_over_at(&self) -> Option<Micros> {
        Some(self.holder?.since.max(self.waiting.front()?.since) + self.interval)
    }

    /// The holder counts on until then.
    pub fn go_to(&mut self, now: Micros) {
        if let Some(holder) = &mut self.holder {
            holder.work = holder.work - (now - self.now);
        }
        self.now = now;
    }

    /// If the holder is still counting, and it is time, it drops the GIL and waits behind the others. Returns what
    /// [`Gil::release`] does.
    pub fn hand_over(&mut self) -> Option<Claim> {
        let due = self.acting().is_none() && self.hand_over_at().is_some_and(|at| at <= self.now);
        let holder = self.holder.filter(|_| due)?;
        self.waiting.push_back(Claim { since: self.now, ..holder });
        self.release()
    }

    /// Passes over as many whole rounds as change nothing but the time and the work left: every lane has its turn of
    /// one interval, nobody is done, and it is before the time at which something else happens. Returns the new time.
    ///
    /// Only where nobody wants to know of each turn.
    pub fn skip_rounds(&mut self, before: Option<Micros>) -> Micros {
        let lanes = self.waiting.len() as u64 + 1;
        let round = self.interval.0.saturating_mul(lanes);
        let whole = |time: Micros, turn: u64| time.0.saturating_sub(1) / turn;
        let Some(holder) = self.holder.filter(|holder| lanes > 1 && holder.since == self.now) else { return self.now };
        let claims = self.waiting.iter().chain([&holder]).map(|claim| whole(claim.work, self.interval.0));
        let rounds = claims.chain(before.map(|at| whole(at - self.now, round))).min().unwrap_or(0);
        if rounds > 0 {
            self.now += Micros(rounds * round);
            for claim in self.waiting.iter_mut().chain(&mut self.holder) {
                claim.work = claim.work - Micros(rounds * self.interval.0);
                claim.since = self.now;
            }
        }
        self.now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two lanes that count; the turns they have, as lane, from, to.
    fn turns(gil: &mut Gil, work: [u64; 2]) -> Vec<(u8, u64, u64)> {
        gil.want(LaneId(1));
        gil.want(LaneId(2));
        gil.count(Micros(work[0]));
        let mut turns = Vec::new();
        while let Some(at) = gil.earliest() {
            let (holder, from) = gil.holder.map(|holder| (holder.lane, gil.now)).unwrap();
            gil.go_to(at);
            turns.push((holder.0, from.0, at.0));
            if gil.acting().is_some() {
                gil.release();
                if gil.acting() == Some(LaneId(2)) {
                    gil.count(Micros(work[1]));
                }
            } else {
                gil.hand_over();
                if gil.acting() == Some(LaneId(2)) {
                    gil.count(Micros(work[1]));
                }
            }
        }
        turns
    }

    #[test]
    fn two_that_count_take_turns_of_one_interval() {
        let turns = turns(&mut Gil::new(Micros(5)), [12, 7]);
        assert_eq!(turns, [(1, 0, 5), (2, 5, 10), (1, 10, 15), (2, 15, 17), (1, 17, 19)]);
    }

    #[test]
    fn who_comes_late_waits_a_whole_interval() {
        let mut gil = Gil::new(Micros(5));
        gil.want(LaneId(1));
        gil.count(Micros(100));
        gil.go_to(Micros(18));
        gil.want(LaneId(2));
        assert_eq!(gil.newly_waiting().collect::<Vec<_>>(), [LaneId(2)]);
        assert_eq!(gil.earliest(), Some(Micros(23)));
        gil.go_to(Micros(23));
        assert_eq!((gil.hand_over(), gil.acting()), (None, Some(LaneId(2))));
        assert!(gil.is_wanted_by(LaneId(1)));
    }

    #[test]
    fn who_lets_go_gives_it_to_the_first_in_line() {
        let mut gil = Gil::new(Micros(5));
        (1..=3).for_each(|lane| gil.want(LaneId(lane)));
        assert_eq!((gil.release(), gil.acting()), (None, Some(LaneId(2))));
        gil.release();
        assert_eq!((gil.release(), gil.acting(), gil.earliest()), (None, None, None));
    }

    #[test]
    fn whole_rounds_are_passed_over_but_not_the_last() {
        let mut gil = Gil::new(Micros(5));
        gil.want(LaneId(1));
        gil.want(LaneId(2));
        gil.count(Micros(52));
        gil.go_to(Micros(5));
        gil.hand_over();
        gil.count(Micros(30));
        // Lane 1 has 47 left and lane 2 has 30: five rounds of 10 leave something to do for both.
        assert_eq!(gil.skip_rounds(None), Micros(55));
        assert_eq!((gil.holder.unwrap().work, gil.waiting[0].work), (Micros(5), Micros(22)));
        assert_eq!(gil.skip_rounds(None), Micros(55));
    }

    #[test]
    fn no_round_is_passed_over_in_which_something_else_happens() {
        let skipped = |before| {
            let mut gil = Gil::new(Micros(5));
            gil.want(LaneId(1));
            gil.want(LaneId(2));
            gil.count(Micros(1000));
            gil.go_to(Micros(5));
            gil.hand_over();
            gil.count(Micros(1000));
            gil.skip_rounds(Some(Micros(before)))
        };
        assert_eq!([15, 16, 25, 26].map(skipped), [5, 15, 15, 25].map(Micros));
    }
}
