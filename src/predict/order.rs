//! Which order of a predicted output is certain: the model allows no other. It says nothing of spans and of elapsed
//! time, and knows of no run but what was printed in it.
//!
//! ```text
//! predicted    1 One   2 One   3 One │ 1 Two   2 Two   3 Two
//! threads      └───── open ────────┘ │ └───── open ────────┘     two stretches: the texts are certain, the tasks not
//! async        └──── a chain ──────┘   └──── a chain ──────┘     all certain: the loop's rule leaves no choice
//! ```
//!
//! Each line knows from which line on all others certainly come after it (`settled`), and in which chain it is: lines
//! of a chain, and of a task, are certain among each other. Where both come from: `turns`, `doubts` and `margin`; in
//! words: `docs/model.md`. All is linear in the number of lines, so no pair is ever looked at for its own sake; and what
//! goes through a trace pauses now and then, as a prediction does.

mod cuts;
mod doubts;
mod margin;
mod places;
mod turns;

use std::ops::Range;

use cuts::Cuts;
use doubts::{Doubts, Moment};
use margin::Margin;
use places::{Places, Seen};
use turns::LoopTurns;

use super::drive::pause_after;
use super::{Machine, Prediction};
use crate::trace::{Event, What};
use crate::workload::{Mode, Settings, TaskId, Workload};

/// Which order of a predicted output is certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    lines: Vec<Place>,
}

/// A line of the predicted output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    task: TaskId,
    chain: Chain,
    /// This line certainly comes before that at this place, and before all behind it. Never falls from line to line.
    settled: u32,
    step: u8,
}

/// Lines that a rule of the mode keeps in order, whatever their times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Chain(u32);

impl Chain {
    /// None: such lines are in no chain together.
    const NONE: Self = Self(0);
    /// That of calls, and of the first turns on an event loop.
    const FIRST: Self = Self(1);
}

/// How much of the order of a whole output is certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All of it.
    Certain,
    /// That of the texts. Which task comes first is open in so many stretches.
    Texts(usize),
    /// Open in so many stretches.
    Open(usize),
}

/// A measured output that is in an order that the model doesn't allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The place in the measured output, from 0, of the first line that should have come earlier.
    pub place: usize,
    /// Its task and step.
    pub line: (TaskId, u8),
    /// The task and step of a line that was measured before it and certainly comes after it; none: the line is not
    /// predicted at all.
    pub after: Option<(TaskId, u8)>,
}

impl Order {
    /// Which order is certain of a prediction, which must be that of this workload in this mode. Pending now and then,
    /// as [`predict`](super::predict) is.
    pub async fn of(
        prediction: &Prediction,
        workload: &Workload,
        settings: &Settings,
        mode: Mode,
        machine: &Machine,
    ) -> Self {
        if mode == Mode::Sync {
            return Self::of_calls(prediction).await;
        }
        let mut doubts = Doubts::new(Margin::new(workload, settings, mode, machine));
        let mut turns = LoopTurns::new(workload, settings, mode, machine);
        for (at, event) in prediction.trace.iter().enumerate() {
            pause_after(at as u32).await;
            if let Some(turn) = turns.as_mut().and_then(|turns| turns.take(event)) {
                doubts.moment(turn);
            }
            if matches!(event.what, What::Printed | What::Failed) {
                if turns.is_none() {
                    doubts.moment(Moment::of_lane(event));
                }
                doubts.line(event);
            }
        }
        Self { lines: doubts.into_lines() }
    }

    /// Calls come one after another: all is one chain.
    async fn of_calls(prediction: &Prediction) -> Self {
        let mut lines = Vec::with_capacity(prediction.trace.output_total());
        for (at, event) in (0..).zip(prediction.trace.printed()) {
            pause_after(at).await;
            lines.push(Place { task: event.task, chain: Chain::FIRST, settled: at + 1, step: event.step });
        }
        Self { lines }
    }

    /// How many lines there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether nothing is printed.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether the order of two lines is certain, by their places in the predicted output. That of a line and itself
    /// is; that of a line there is not isn't.
    #[must_use]
    pub fn is_certain(&self, one: usize, other: usize) -> bool {
        let (earlier, later) = (one.min(other), one.max(other));
        let (Some(x), Some(y)) = (self.lines.get(earlier), self.lines.get(later)) else { return false };
        earlier == later || x.task == y.task || x.is_chained_to(*y) || x.settled as usize <= later
    }

    /// The predicted output, cut wherever all that is before the cut certainly comes before all that is behind it: a
    /// stretch of one line is in its place for certain; those of a longer one have an order among each other that is
    /// open, at least in part.
    pub fn stretches(&self) -> impl Iterator<Item = Range<usize>> {
        let (mut cuts, mut from) = (Cuts::default(), 0);
        let all = self.lines.len();
        let ends = (1..=all).filter(move |at| *at == all || cuts.is_before(&self.lines, *at));
        ends.map(move |to| std::mem::replace(&mut from, to)..to)
    }

    /// The stretches in which the order is open, by their places in the predicted output, from 0. Pending now and then.
    pub async fn open(&self) -> Vec<Range<usize>> {
        let mut open = Vec::new();
        for stretch in self.stretches() {
            pause_after(stretch.start as u32).await;
            if stretch.len() > 1 {
                open.push(stretch);
            }
        }
        open
    }

    /// How much of the whole is certain. The prediction and the workload must be those that it was asked of. Pending now
    /// and then.
    pub async fn verdict(&self, prediction: &Prediction, workload: &Workload) -> Verdict {
        let (mut open, mut texts) = (0, true);
        let mut said = prediction.trace.output(workload).map(|line| (line.text, line.failed));
        for stretch in self.stretches() {
            open += usize::from(stretch.len() > 1);
            let mut first = None;
            for place in stretch {
                pause_after(place as u32).await;
                let said = said.next();
                texts &= *first.get_or_insert(said) == said;
            }
        }
        match (open, texts) {
            (0, _) => Verdict::Certain,
            (_, true) => Verdict::Texts(open),
            (_, false) => Verdict::Open(open),
        }
    }

    /// Compares what was measured, or as much of it as there is, in its order. Lines that are missing contradict
    /// nothing: the run was stopped. Pending now and then.
    ///
    /// # Errors
    /// The first line that contradicts what is certain.
    pub async fn check(&self, measured: impl IntoIterator<Item = Event>) -> Result<(), Contradiction> {
        let places = Places::of(&self.lines);
        let mut seen = Seen::default();
        for (place, event) in measured.into_iter().enumerate() {
            pause_after(place as u32).await;
            let line = (event.task, event.step);
            let Some(at) = places.find(line) else { return Err(Contradiction { place, line, after: None }) };
            if let Some(after) = seen.contradicts(&self.lines, at) {
                let after = self.lines.get(after).map(|after| (after.task, after.step));
                return Err(Contradiction { place, line, after });
            }
            seen.add(&self.lines, at);
        }
        Ok(())
    }
}

impl Place {
    fn is_chained_to(self, other: Self) -> bool {
        self.chain != Chain::NONE && self.chain == other.chain
    }
}
