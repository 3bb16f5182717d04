//! What is to be said of how tasks began and ended, and of what came out.

use super::counting::words_of;
use super::words::many;
use super::{Case, Explanation, Kind, Stretch};
use crate::trace::State;
use crate::workload::{Kind as Step, Lanes, Micros, Mode};

/// What became of the others when a task failed.
pub(super) fn failed(case: &Case<'_>) -> Option<Explanation> {
    let (task, at) = case.tally.first_failed()?;
    let (tasks, ended) = (case.workload.tasks.get(), case.record.trace.tasks_ended());
    let others = match (case.mode(), ended == tasks) {
        (Mode::Sync, false) => "nothing after it ran",
        (Mode::Async | Mode::Offload, true) => "the others went on to their end, as with asyncio.gather",
        (Mode::Threads | Mode::Processes | Mode::FreeThreads, true) => "the others went on to their end",
        _ => return None,
    };
    let failed = case.tally.failed();
    let sentence = match failed {
        _ if failed == tasks => return None,
        1 => format!("Task {task} failed: {others}."),
        _ => format!("{} failed, task {task} first: {others}.", many(failed.into(), "task", "tasks")),
    };
    Some(Explanation::new(Kind::Failed, 1.0, sentence, Some(Stretch::of(task, Micros::ZERO, at))))
}

/// Why additions were lost.
pub(super) fn updates_lost(case: &Case<'_>) -> Option<Explanation> {
    let counter = case.record.counter.filter(|counter| counter.actual < counter.expected)?;
    let is_unguarded = case.workload.has(|kind| matches!(kind, Step::Add(_)));
    if case.mode() != Mode::FreeThreads || !case.has_finished() || !is_unguarded || counter.expected == 0 {
        return None;
    }
    let sentence = "Updates were lost: threads read the same number, and each wrote it back with only its own 1 added.";
    Some(Explanation::new(Kind::UpdatesLost, 1.0, sentence.to_owned(), None))
}

/// Tasks that wait for a lane, or for a place on the loop.
pub(super) fn queued(case: &Case<'_>) -> Option<Explanation> {
    let (task, at) = case.tally.last_begun()?;
    let (tasks, width) = (case.workload.tasks.get(), case.width());
    let places = match case.mode().lanes() {
        Lanes::ATask => words_of(case.mode(), width),
        Lanes::Loop if !loop_is_held(case) => many(width.into(), "place on the loop", "places on the loop"),
        // Who is ready from the start on may wait for something else.
        _ => return None,
    };
    if width >= tasks {
        return None;
    }
    let (tasks, at_words) = (many(tasks.into(), "task", "tasks"), case.write(at));
    let sentence = format!("{tasks} queued for {places}: the last began after {at_words}.");
    let waited = at.since(case.record.trace.released);
    Some(Explanation::new(Kind::Queued, case.part(waited), sentence, Some(Stretch::of(task, Micros::ZERO, at))))
}

/// One task that takes longer than all others is what the run waits for.
pub(super) fn last_task(case: &Case<'_>) -> Option<Explanation> {
    let (task, alone_from) = case.tally.last_alone()?;
    // Tasks that are alike, or that one loop has to work for in turn, end one after another as they began.
    let could_differ = case.has_finished() && case.width() > 1 && !case.workload.tasks_are_alike();
    if loop_is_held(case) || !could_differ || case.width() < case.workload.tasks.get() {
        return None;
    }
    let alone = case.elapsed.since(alone_from);
    let (by, ended) = (case.write(alone), case.write(alone_from));
    let sentence = format!("Task {task} was the last by {by}: all others had ended after {ended}.");
    let stretch = Stretch::of(task, alone_from, case.elapsed);
    Some(Explanation::new(Kind::LastTask, case.part(alone), sentence, Some(stretch)))
}

/// Whether tasks have to wait for a loop because others hold it.
fn loop_is_held(case: &Case<'_>) -> bool {
    case.mode() == Mode::Async && (case.workload.works() || case.tally.in_state(State::Blocked).count > 0)
}
