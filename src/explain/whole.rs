//! What is to be said of a run as a whole: how far it was seen, and how much of it was not the workload's.

use super::counting::words_of;
use super::words::part;
use super::{Case, Explanation, Kind, SHORTEST, Stretch};
use crate::trace::State;
use crate::workload::{Micros, Mode, Place};

/// What the page is held for by the loop is about as long as what the loop is held for.
const AS_LONG: std::ops::RangeInclusive<f64> = 0.5..=1.2;

/// Browsers slow down the timers of a page that isn't seen.
pub(super) fn hidden(case: &Case<'_>) -> Option<Explanation> {
    let sentence = "The tab was hidden or off the screen for a while, so the figures don’t compare.";
    let said = || Explanation::new(Kind::Hidden, 1.0, sentence.to_owned(), None);
    case.record.frames.was_hidden.then(said)
}

/// How much of the whole it took until the lanes were up.
pub(super) fn start_up(case: &Case<'_>) -> Option<Explanation> {
    let startup = case.record.startup().filter(|startup| *startup >= SHORTEST)?;
    let lanes = match case.mode() {
        Mode::Sync | Mode::Async => "its worker".to_owned(),
        Mode::Offload => "the loop and its threads".to_owned(),
        Mode::Threads | Mode::Processes | Mode::FreeThreads => words_of(case.mode(), case.lanes()),
    };
    let (share, took) = (case.part(startup), case.write(startup));
    let sentence = format!("Start-up was {} of the whole: {lanes} took {took} to be up.", part(share));
    Some(Explanation::new(Kind::StartUp, share, sentence, Some(Stretch::of_all(Micros::ZERO, startup))))
}

/// How much of the whole the model doesn't account for.
pub(super) fn overhead(case: &Case<'_>) -> Option<Explanation> {
    let overhead = case.less_startup.since(case.record.predicted?);
    if !case.has_finished() || case.record.frames.was_hidden || overhead < SHORTEST {
        return None;
    }
    let (share, longer) = (case.part(overhead), case.write(overhead));
    let sentence =
        format!("Overhead was {} of the whole: start-up apart, it took {longer} longer than predicted.", part(share));
    Some(Explanation::new(Kind::Overhead, share, sentence, None))
}

/// A page whose own thread is held can't draw.
pub(super) fn frozen(case: &Case<'_>) -> Option<Explanation> {
    let frozen = case.record.frames.frozen.filter(|frozen| *frozen >= SHORTEST)?;
    let (ran, blocked) = (case.sum(State::Running), case.sum(State::Blocked));
    // What holds the loop is told before what comes of it, so that this weighs no more.
    let (held, most) = match (case.mode(), case.settings.place) {
        (Mode::Sync, Place::Page) => (case.less_startup, case.less_startup),
        (Mode::Async, Place::Page | Place::Split) => (ran + blocked, ran.max(blocked)),
        _ => return None,
    };
    if !AS_LONG.contains(&(frozen.0 as f64 / held.0.max(1) as f64)) {
        return None;
    }
    let what = if case.mode() == Mode::Sync { "it ran" } else { "the loop was" };
    let sentence = format!("The page was frozen for {}: {what} on the page’s own thread.", case.write(frozen));
    let longest = case.record.trace.freezes.iter().max_by_key(|freeze| freeze.to - freeze.from);
    let shown = longest.map(|freeze| Stretch::of_all(freeze.from, freeze.to));
    Some(Explanation::new(Kind::Frozen, case.part(frozen.min(most)), sentence, shown))
}
