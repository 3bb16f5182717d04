//! From moments in their predicted order to lines that know what certainly comes after them.
//!
//! ```text
//! moments       1  2   3          4                a moment: a turn on an event loop, elsewhere a line
//! may be at   ├──┤├──┤├──┤      ├──┤               near one another: 1 to 3, of which any may come first
//!
//!               1  2   3           4               if they hold the loop, and so do others by their order, all that
//! may be at   ├────────────┤ ├───────────────┤     comes later may be off by as much as they hold it together
//! ```

use super::margin::{Margin, Progress};
use super::{Chain, Place};
use crate::trace::Event;
use crate::workload::{Micros, TaskId};

/// When it is somebody's turn: what decides who is next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// When it is due, as predicted.
    pub at: Micros,
    /// The same, or earlier: it goes before those that come due from then on, or behind, as the loop is in its passes.
    pub from: Micros,
    /// Whose it is.
    pub task: TaskId,
    /// At which step.
    pub step: u8,
    /// The rule that keeps it in order with others.
    pub chain: Chain,
    /// How long it keeps what others wait for.
    pub holds: Micros,
    /// In which pass of an event loop.
    pub pass: Pass,
}

/// A pass of an event loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pass {
    /// The first, in which every task has its first turn, and nothing else happens.
    First,
    /// Any other; or there is no loop.
    Later,
}

impl Moment {
    /// A line that a lane prints. Nothing keeps lanes in order.
    pub const fn of_lane(event: Event) -> Self {
        let Event { at, task, step, .. } = event;
        Self { at, from: at, task, step, chain: Chain::NONE, holds: Micros::ZERO, pass: Pass::Later }
    }
}

/// When something may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bounds {
    from: Micros,
    to: Micros,
}

/// Gathers what may be off, and by how much.
pub(super) struct Doubts {
    margin: Margin,
    progress: Progress,
    /// All that comes may be off by so much, since orders before it are open.
    slack: Micros,
    /// Nothing that comes can be before this.
    floor: Micros,
    crowd: Option<Crowd>,
    /// The moment that lines belong to.
    moment: Option<(Chain, Bounds)>,
    lines: Vec<Place>,
    /// When each line may be.
    bounds: Vec<Bounds>,
    /// So many lines are of the first pass.
    first_pass: usize,
}

impl Doubts {
    pub fn new(margin: Margin) -> Self {
        Self {
            margin,
            progress: Progress::default(),
            slack: Micros::ZERO,
            floor: Micros::ZERO,
            crowd: None,
            moment: None,
            lines: Vec::new(),
            bounds: Vec::new(),
            first_pass: 0,
        }
    }

    /// The next moment, as predicted.
    pub fn moment(&mut self, moment: Moment) {
        let Moment { at, from, task, step, chain, .. } = moment;
        self.progress = self.progress.on(at, task, step);
        let doubt = self.margin.doubt(self.progress);
        let bounds = Bounds { from: from - doubt, to: at + doubt };
        self.moment = Some((chain, bounds));
        if self.crowd.as_ref().is_some_and(|crowd| self.is_apart(crowd, bounds, moment.pass)) {
            self.end_crowd();
        }
        let crowd = self.crowd.get_or_insert_with(|| Crowd::new(self.lines.len(), moment, bounds));
        crowd.take(moment, bounds);
    }

    /// A line of the last moment.
    pub fn line(&mut self, event: Event) {
        let Some((chain, bounds)) = self.moment else { return };
        self.lines.push(Place { task: event.task, chain, settled: 0, step: event.step });
        self.bounds.push(bounds);
    }

    /// Whether a moment certainly comes after all of a crowd.
    fn is_apart(&self, crowd: &Crowd, bounds: Bounds, pass: Pass) -> bool {
        let slack = self.slack + crowd.doubt();
        pass != crowd.pass || bounds.from - slack > self.margin.latest(crowd.bounds.to + slack)
    }

    /// All moments of a crowd are known, and with them how far its lines, and all that comes after, may be off.
    fn end_crowd(&mut self) {
        let Some(crowd) = self.crowd.take() else { return };
        if crowd.doubt() > Micros::ZERO {
            self.floor = self.floor.max(crowd.bounds.from - self.slack);
            self.slack += crowd.doubt();
        }
        for bounds in self.bounds.iter_mut().skip(crowd.line) {
            bounds.from = (bounds.from - self.slack).max(self.floor);
            bounds.to = self.margin.latest(bounds.to + self.slack);
        }
        if crowd.pass == Pass::First {
            self.first_pass = self.lines.len();
        }
    }

    /// All lines, each with the place from which on all come after it.
    pub fn into_lines(mut self) -> Vec<Place> {
        self.end_crowd();
        // Whoever may come so early may have all before it behind it, and so with those that may come so late.
        let mut from = Micros(u64::MAX);
        for bounds in self.bounds.iter_mut().rev() {
            from = from.min(bounds.from);
            bounds.from = from;
        }
        let (mut to, mut settled) = (Micros::ZERO, 0);
        for (place, line) in self.lines.iter_mut().enumerate() {
            to = to.max(self.bounds.get(place).map_or(to, |bounds| bounds.to));
            settled = settled.max(place + 1);
            while self.bounds.get(settled).is_some_and(|later| later.from <= to) {
                settled += 1;
            }
            let passed = if place < self.first_pass { self.first_pass } else { usize::MAX };
            line.settled = settled.min(passed) as u32;
        }
        self.lines
    }
}

/// Moments near one another.
#[derive(Clone, Copy, Debug)]
struct Crowd {
    /// Its first line.
    line: usize,
    /// When one of them may be, the slack apart.
    bounds: Bounds,
    holds: Micros,
    pass: Pass,
    first: (TaskId, Chain),
    /// Whether all are the first one's task's.
    is_one_task: bool,
    /// Whether all are in the first one's chain.
    is_one_chain: bool,
}

impl Crowd {
    fn new(line: usize, moment: Moment, bounds: Bounds) -> Self {
        let Moment { task, chain, pass, .. } = moment;
        let is_one_chain = chain != Chain::NONE;
        Self { line, bounds, holds: Micros::ZERO, pass, first: (task, chain), is_one_task: true, is_one_chain }
    }

    fn take(&mut self, moment: Moment, bounds: Bounds) {
        self.bounds.from = self.bounds.from.min(bounds.from);
        self.bounds.to = self.bounds.to.max(bounds.to);
        self.holds += moment.holds;
        self.is_one_task &= moment.task == self.first.0;
        self.is_one_chain &= moment.chain == self.first.1;
    }

    /// How far it may put off all that comes after.
    fn doubt(&self) -> Micros {
        if self.is_one_task || self.is_one_chain { Micros::ZERO } else { self.holds }
    }
}
