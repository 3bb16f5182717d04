//! What is to be said of waits: that they add up, that they overlap, that they hold a loop.

use super::counting::{pieces, worked};
use super::words::many;
use super::{Case, Explanation, Kind, Spans, Stretch};
use crate::trace::{Span, State};
use crate::workload::{Micros, Mode, grouped};

/// What is so many times as long in all as the time that it took has overlapped, and not by the error of a clock.
const CLEARLY: f64 = 1.1;

/// The waits of a run that follow one rule.
struct Waits {
    sleeps: Spans,
    blocks: Spans,
}

impl Waits {
    fn count(&self) -> u64 {
        self.sleeps.count + self.blocks.count
    }

    fn sum(&self) -> Micros {
        self.sleeps.sum + self.blocks.sum
    }

    fn stretch(&self) -> Stretch {
        over([self.sleeps, self.blocks])
    }

    fn words(&self) -> String {
        match (self.sleeps.count, self.blocks.count) {
            (sleeps, 0) => many(sleeps, "sleep", "sleeps"),
            (0, blocks) => many(blocks, "blocking call", "blocking calls"),
            (sleeps, blocks) => many(sleeps + blocks, "wait", "waits"),
        }
    }
}

/// From the first of these spans to the last.
fn over(spans: [Spans; 2]) -> Stretch {
    let some = spans.into_iter().filter(|spans| spans.count > 0);
    let from = some.clone().map(|spans| spans.from).min().unwrap_or_default();
    Stretch::of_all(from, some.map(|spans| spans.to).max().unwrap_or_default())
}

/// Where only one task can be under way, no wait overlaps another.
pub(super) fn add_up(case: &Case<'_>) -> Option<Explanation> {
    let waits = Waits { sleeps: case.tally.in_state(State::Sleeping), blocks: case.tally.in_state(State::Blocked) };
    if case.width() > 1 || waits.count() < 2 {
        return None;
    }
    let (words, sum) = (waits.words(), case.write(waits.sum()));
    let sentence = format!("The waits add up: {words} one after another take {sum}.");
    Some(Explanation::new(Kind::WaitsAddUp, case.part(waits.sum()), sentence, Some(waits.stretch())))
}

/// What is longer in all than the time that it took has overlapped.
pub(super) fn overlap(case: &Case<'_>) -> Option<Explanation> {
    let block_overlaps = match (case.mode(), case.pool()) {
        (Mode::Async, _) => false,
        (_, Some(threads)) => threads > 1,
        _ => true,
    };
    let blocks = if block_overlaps { case.tally.in_state(State::Blocked) } else { Spans::default() };
    let waits = Waits { sleeps: case.tally.in_state(State::Sleeping), blocks };
    let (sum, took) = (waits.sum(), case.less_startup);
    if case.width() < 2 || sum <= took.scaled(CLEARLY) {
        return None;
    }
    let (words, sum_words, took) = (waits.words(), case.write(sum), case.write(took));
    let sentence = format!("The waits overlap: {words}, {sum_words} in all, fit into {took}.");
    let each = Micros(sum.0 / u64::from(case.width()));
    Some(Explanation::new(Kind::WaitsOverlap, case.part(each), sentence, Some(waits.stretch())))
}

/// A blocking call in a task of a loop holds it.
pub(super) fn loop_blocked(case: &Case<'_>) -> Option<Explanation> {
    let blocks = case.tally.in_state(State::Blocked);
    let longest = blocks.longest.filter(|longest| had_company(case, *longest))?;
    if case.mode() != Mode::Async || case.width() < 2 {
        return None;
    }
    let sum = case.write(blocks.sum);
    let sentence = if blocks.count == 1 {
        format!("The loop was blocked for {sum} by block in task {}; no other task had a turn.", longest.task)
    } else {
        let calls = many(blocks.count, "blocking call", "blocking calls");
        format!("The loop was blocked for {sum} by {calls}; no other task had a turn meanwhile.")
    };
    Some(Explanation::new(Kind::LoopBlocked, case.part(blocks.sum), sentence, Some(longest.into())))
}

/// Whether another task had not come to its end before this span was over.
pub(super) fn had_company(case: &Case<'_>, span: Span) -> bool {
    case.tally.last_alone().is_some_and(|(last, alone_from)| last != span.task || alone_from > span.from)
}

/// Calls that all go to one thread wait for one another.
pub(super) fn one_thread(case: &Case<'_>) -> Option<Explanation> {
    let blocks = case.tally.in_state(State::Blocked);
    let (pieces, ran) = worked(case).map_or((0, Spans::default()), |ran| (pieces(case).0, ran));
    let (calls, sum) = (blocks.count + pieces, blocks.sum + ran.sum);
    if case.pool() != Some(1) || case.width() < 2 || calls < 2 {
        return None;
    }
    let words = if pieces == 0 { "blocking calls" } else { "calls" };
    let (calls, took) = (grouped(calls), case.write(sum));
    let sentence = format!("All calls went to one thread: {calls} {words} one after another take {took}.");
    Some(Explanation::new(Kind::OneThread, case.part(sum), sentence, Some(over([blocks, ran]))))
}
