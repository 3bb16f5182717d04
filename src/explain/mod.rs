//! Why a run came out as it did, and which mode to use: sentences with what they rest on, as data.
//!
//! ```text
//! trace ─▶ Walk ─▶ Tally ┐
//! record, conditions     ┴─▶ Case ─▶ each rule says one thing, or nothing ─▶ ranked ─▶ the best two
//! ```
//!
//! A rule rests on arithmetic or on the mode's own rule: what adds up to more than the time that it took must have
//! overlapped; what one lane does can't. A rule that isn't sure says nothing. Nothing here knows of a page.

mod case;
mod counting;
mod ends;
mod pointers;
mod tally;
mod waiting;
mod which;
mod whole;
mod words;

pub use case::Case;
pub use pointers::Pointer;
pub use tally::{Spans, Tally, Walk};
pub use which::{Advice, advise, objection};

use crate::trace::Span;
use crate::workload::{Micros, TaskId};

/// Why a run came out as it did, in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What it says, of all that can be said.
    pub kind: Kind,
    /// The same to a reader.
    pub sentence: String,
    /// How much of the elapsed time it explains, from 0 to 1; 1 for what matters however long it took.
    pub weight: f64,
    /// Where it is to be seen; none for what has no place in time.
    pub stretch: Option<Stretch>,
}

/// A stretch of the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its start, from the start of the mode.
    pub from: Micros,
    /// Its end.
    pub to: Micros,
    /// The task that it is about; none: all of them.
    pub task: Option<TaskId>,
}

impl Explanation {
    const fn new(kind: Kind, weight: f64, sentence: String, stretch: Option<Stretch>) -> Self {
        Self { kind, sentence, weight, stretch }
    }
}

impl Stretch {
    const fn of_all(from: Micros, to: Micros) -> Self {
        Self { from, to, task: None }
    }

    const fn of(task: TaskId, from: Micros, to: Micros) -> Self {
        Self { from, to, task: Some(task) }
    }
}

impl From<Span> for Stretch {
    fn from(span: Span) -> Self {
        Self::of(span.task, span.from, span.to)
    }
}

/// All that can be said of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Waits came one after another.
    WaitsAddUp,
    /// Waits went on at once.
    WaitsOverlap,
    /// A blocking call held the loop.
    LoopBlocked,
    /// CPU-bound work held the loop.
    LoopCounted,
    /// All calls of a loop went to one thread.
    OneThread,
    /// CPU-bound work came one after another.
    CountsAddUp,
    /// CPU-bound work went on at once.
    CountsOverlap,
    /// Threads held the GIL one after another.
    GilTurns,
    /// More lanes counted than there are cores.
    CoresShared,
    /// Tasks waited for a lane, or for a place on the loop.
    Queued,
    /// One task ended long after all others.
    LastTask,
    /// The lanes took long to be up.
    StartUp,
    /// It took longer than predicted, start-up apart.
    Overhead,
    /// The page could not draw.
    Frozen,
    /// The page was not seen for a while.
    Hidden,
    /// A task failed.
    Failed,
    /// Additions were lost.
    UpdatesLost,
}

/// What an explanation is about: of two that are about the same, one is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Waits,
    Loop,
    Work,
    Tasks,
    StartUp,
    Overhead,
    Page,
    Figures,
    Failure,
    Counter,
}

impl Kind {
    const fn about(self) -> About {
        match self {
            Self::WaitsAddUp | Self::WaitsOverlap => About::Waits,
            Self::LoopBlocked | Self::LoopCounted | Self::OneThread => About::Loop,
            Self::CountsAddUp | Self::CountsOverlap | Self::GilTurns | Self::CoresShared => About::Work,
            Self::Queued | Self::LastTask => About::Tasks,
            Self::StartUp => About::StartUp,
            Self::Overhead => About::Overhead,
            Self::Frozen => About::Page,
            Self::Hidden => About::Figures,
            Self::Failed => About::Failure,
            Self::UpdatesLost => About::Counter,
        }
    }

    /// Whether it matters however long the run took.
    const fn matters_always(self) -> bool {
        matches!(self, Self::Hidden | Self::Failed | Self::UpdatesLost)
    }
}

/// One thing that may be said of a run; none where it isn't so, or isn't sure.
type Rule = fn(&Case<'_>) -> Option<Explanation>;

/// All rules. What stands earlier goes first where two weigh the same.
const RULES: [Rule; 17] = [
    whole::hidden,
    ends::failed,
    ends::updates_lost,
    waiting::loop_blocked,
    waiting::one_thread,
    waiting::add_up,
    waiting::overlap,
    counting::loop_counted,
    counting::cores_shared,
    counting::gil_turns,
    counting::overlap,
    counting::add_up,
    ends::queued,
    ends::last_task,
    whole::start_up,
    whole::overhead,
    whole::frozen,
];

/// What explains less of the elapsed time than this is not worth a sentence.
const LEAST: f64 = 0.1;

/// In a shorter run chance decides: its figures are not compared with others either.
const SHORTEST: Micros = Micros(5000);

/// So many are shown at once.
const MOST: usize = 2;

/// The best that can be said of a run: at most two, what weighs most first, and never the same twice.
#[must_use]
pub fn explain(case: &Case<'_>) -> Vec<Explanation> {
    let tells = |said: &Explanation| said.weight >= LEAST && case.elapsed >= SHORTEST;
    let worth = |said: &Explanation| said.kind.matters_always() || tells(said);
    let mut said: Vec<_> = RULES.iter().filter_map(|rule| rule(case)).filter(worth).collect();
    said.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    said.into_iter().fold(Vec::with_capacity(MOST), |mut best: Vec<Explanation>, next| {
        let is_new = best.iter().all(|said| said.kind.about() != next.kind.about());
        if is_new && best.len() < MOST {
            best.push(next);
        }
        best
    })
}
