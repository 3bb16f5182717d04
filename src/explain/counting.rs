//! What is to be said of CPU-bound work: that it adds up, that it overlaps, that the GIL or the cores are shared.

use super::waiting::had_company;
use super::words::{many, part};
use super::{Case, Explanation, Kind, LEAST, Spans, Stretch};
use crate::trace::State;
use crate::workload::Mode;

/// How long work takes is known from the pace that was measured, which other programs may disturb: what is so many times
/// as long as the time that it took has overlapped all the same.
const CLEARLY: f64 = 1.3;

/// More than all cores are wanted, and not by the error of a clock.
const TOO_MANY: f64 = 1.1;

/// Where cores are shared, the work keeps them busy for such a part of the time; if not, the pace or the number of cores
/// isn't what it is taken for.
const BUSY: std::ops::RangeInclusive<f64> = 0.65..=1.15;

/// What tasks ran for, where most of that is CPU-bound work. Only for modes in which no two run at once.
pub(super) fn worked(case: &Case<'_>) -> Option<Spans> {
    let ran = case.tally.in_state(State::Running);
    (case.work.0 > 0 && case.work.0 >= ran.sum.0 / 2).then_some(ran)
}

/// How many steps are CPU-bound work, over all tasks, and what they are called.
pub(super) fn pieces(case: &Case<'_>) -> (u64, String) {
    let tasks = case.workload.tasks.get();
    let steps = case.workload.steps.iter().map(|(_, step)| step);
    let work = steps.filter(|step| step.kind.is_work());
    let times = work.map(|step| step.task.map_or(u64::from(tasks), |task| u64::from(task.0 <= tasks)));
    let pieces = times.sum();
    let (one, more) = if case.workload.adds() { ("CPU-bound step", "CPU-bound steps") } else { ("count", "counts") };
    (pieces, many(pieces, one, more))
}

/// Where only one task can be under way, no work overlaps other.
pub(super) fn add_up(case: &Case<'_>) -> Option<Explanation> {
    let ((number, words), ran) = (pieces(case), worked(case)?);
    if case.width() > 1 || number < 2 {
        return None;
    }
    let sentence = format!("The work adds up: {words} one after another take {}.", case.write(ran.sum));
    let stretch = Stretch::of_all(ran.from, ran.to);
    Some(Explanation::new(Kind::CountsAddUp, case.part(ran.sum), sentence, Some(stretch)))
}

/// What takes longer on one core than it took was on several.
pub(super) fn overlap(case: &Case<'_>) -> Option<Explanation> {
    let (lanes, cores) = (case.lanes(), case.machine.cores);
    let (ran, took) = (case.tally.in_state(State::Running), case.less_startup);
    let is_clear = case.work.min(ran.sum) > took.scaled(CLEARLY);
    if !is_parallel(case.mode()) || !(2..=cores).contains(&lanes) || !is_clear {
        return None;
    }
    let (words, work, took) = (pieces(case).1, case.write(case.work), case.write(took));
    let sentence = format!("The work overlaps: {words}, {work} of work for one core, fit into {took} on {lanes}.");
    let stretch = Stretch::of_all(ran.from, ran.to);
    let weight = case.part(case.work).min(case.part(ran.sum) / f64::from(lanes));
    Some(Explanation::new(Kind::CountsOverlap, weight, sentence, Some(stretch)))
}

/// Lanes that count and are more than the cores have to share them.
pub(super) fn cores_shared(case: &Case<'_>) -> Option<Explanation> {
    let (lanes, cores) = (case.lanes(), case.machine.cores);
    let (ran, took) = (case.tally.in_state(State::Running), case.less_startup);
    let busy = case.work.0 as f64 / (took.0.max(1) as f64 * f64::from(cores.max(1)));
    let wanted = ran.sum.0 as f64 / took.0.max(1) as f64;
    let are_shared = wanted > f64::from(cores) * TOO_MANY && BUSY.contains(&busy);
    // Lanes that add wait for one another's memory besides.
    if !is_parallel(case.mode()) || lanes <= cores || case.workload.adds() || !are_shared {
        return None;
    }
    let speed = part(case.work.0 as f64 / ran.sum.0.max(1) as f64);
    let (each, cores) = (words_of(case.mode(), lanes), many(cores.into(), "core", "cores"));
    let sentence = format!("{each} shared {cores}, so each counted at {speed} of its speed alone.");
    let stretch = Stretch::of_all(ran.from, ran.to);
    Some(Explanation::new(Kind::CoresShared, busy.min(1.0) * case.part(took), sentence, Some(stretch)))
}

/// Whether the lanes of a mode work at once.
const fn is_parallel(mode: Mode) -> bool {
    matches!(mode, Mode::Processes | Mode::FreeThreads)
}

/// So many lanes of a mode that has one a task.
pub(super) fn words_of(mode: Mode, lanes: u32) -> String {
    match mode {
        Mode::Processes => many(lanes.into(), "process", "processes"),
        _ => many(lanes.into(), "thread", "threads"),
    }
}

/// Who works holds the GIL; who wants to, waits for it.
pub(super) fn gil_turns(case: &Case<'_>) -> Option<Explanation> {
    let ran = worked(case)?;
    let are_threads = case.mode() == Mode::Threads || case.pool().is_some_and(|threads| threads > 1);
    if !are_threads || case.tally.lanes_that_ran() < 2 || case.part(case.sum(State::Gil)) < LEAST {
        return None;
    }
    let held = part((ran.sum.0 as f64 / case.less_startup.0.max(1) as f64).min(1.0));
    let sentence = format!("The threads took turns: one of them held the GIL {held} of the time.");
    let stretch = Stretch::of_all(ran.from, ran.to);
    Some(Explanation::new(Kind::GilTurns, case.part(ran.sum), sentence, Some(stretch)))
}

/// Work in a task of a loop holds it.
pub(super) fn loop_counted(case: &Case<'_>) -> Option<Explanation> {
    let ran = worked(case)?;
    let longest = ran.longest.filter(|longest| had_company(case, *longest))?;
    if case.mode() != Mode::Async || case.width() < 2 {
        return None;
    }
    let sentence =
        format!("CPU-bound work held the loop for {}; no other task had a turn meanwhile.", case.write(ran.sum));
    Some(Explanation::new(Kind::LoopCounted, case.part(ran.sum), sentence, Some(longest.into())))
}
