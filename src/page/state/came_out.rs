//! What came of runs, in words: what failed, what was quicker, what came out wrong. Why it did is `crate::explain`'s.

use std::rc::Rc;

use super::{Card, Stage};
use crate::explain::{advise, objection};
use crate::report::{NONE, Repeated, Scale, times_as_fast, took, words};
use crate::trace::{Outcome, Record, Status};
use crate::workload::{Micros, Mode, Workload, grouped};

/// So many times as fast is worth a sentence.
const CLEARLY: f64 = 1.1;

/// The most texts of an output's order that the table has.
const WORDS: usize = 12;
/// The most characters of each.
const LONGEST: usize = 20;

/// Sentences one behind the other.
pub(super) fn in_turn<const N: usize>(sentences: [Option<String>; N]) -> String {
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What came of a run: where it was stopped, or what failed, or what was quicker than sync and what came out wrong. A mode
/// that was `repeated` took the median of its runs.
pub(super) fn came_out(
    records: &[Rc<Record>],
    workload: &Workload,
    scale: Scale,
    repeated: impl Fn(Mode) -> Option<Repeated>,
) -> String {
    let write = |record: &Record| record.elapsed.map(|elapsed| scale.write(elapsed));
    // After one that was skipped others come.
    if records.last().is_some_and(|last| was_cut(last)) {
        let cut = records.iter().rfind(|record| record.elapsed.is_some()).filter(|record| was_cut(record));
        let told = cut.and_then(|record| {
            let (name, elapsed) = (record.mode.name(), write(record)?);
            Some(match &record.outcome {
                Outcome::Cancelled(cut) if !cut.was_asked_for() => {
                    format!("{name} broke off after {elapsed}: see why below.")
                }
                _ => format!("Stopped in {name} after {elapsed}."),
            })
        });
        return told.unwrap_or_else(|| "Stopped.".to_owned());
    }
    if let Some(modes) = failed(records) {
        return format!("A task failed in {modes}: see why below.");
    }
    let is_unavailable = |record: &Rc<Record>| matches!(record.outcome, Outcome::Unavailable(_));
    if records.iter().all(is_unavailable) {
        let none = if records.len() == 1 { "This mode can’t" } else { "None of these modes can" };
        return format!("{none} run here: see why below.");
    }
    let quicker = quicker(records, workload, scale, repeated);
    let told = in_turn([cut_short(records), quicker, wrong(records, workload)]);
    if told.is_empty() { "Change the workload and run it again.".to_owned() } else { told }
}

/// Whether it was ended before its end.
const fn was_cut(record: &Record) -> bool {
    matches!(record.outcome, Outcome::Cancelled(_))
}

/// The modes that were cut short, in a sentence; none if none was.
fn cut_short(records: &[Rc<Record>]) -> Option<String> {
    let cut = records.iter().filter(|record| was_cut(record));
    let modes = listed(cut.map(|record| record.mode.name()).collect())?;
    let were = if modes.contains(' ') { "were" } else { "was" };
    Some(format!("{modes} {were} cut short."))
}

/// Names as a sentence lists them; none of none.
fn listed(mut names: Vec<&str>) -> Option<String> {
    let last = names.pop()?;
    Some(if names.is_empty() { last.to_owned() } else { format!("{} and {last}", names.join(", ")) })
}

/// The modes in which a task failed; none if it did in none.
fn failed(records: &[Rc<Record>]) -> Option<String> {
    let failed = records.iter().filter(|record| matches!(record.outcome, Outcome::Failed(_)));
    let modes: Vec<_> = failed.map(|record| record.mode.name()).collect();
    if modes.len() > 1 && modes.len() == records.len() {
        return Some("all modes".to_owned());
    }
    listed(modes)
}

/// What was quicker than sync, or else than the slowest, the quickest of all, or that none was. Of those that gave a
/// right result alone; none where there is none, or where they are too short to be compared.
fn quicker(
    records: &[Rc<Record>],
    workload: &Workload,
    scale: Scale,
    repeated: impl Fn(Mode) -> Option<Repeated>,
) -> Option<String> {
    let ran: Vec<_> = records.iter().filter_map(|record| Timed::of(record, repeated(record.mode))).collect();
    let is_right = |timed: &Timed| objection(timed.record, workload).is_none();
    let timed: Vec<_> = ran.iter().copied().filter(is_right).collect();
    let right = if timed.len() < ran.len() { " with a right result" } else { "" };
    if let [only] = timed[..] {
        return Some(format!("{} took {}.", only.name(), only.words(scale)));
    }
    let sync = timed.iter().find(|timed| timed.record.mode == Mode::Sync);
    let slow = *sync.or_else(|| timed.iter().max_by_key(|timed| timed.took))?;
    let quickest = *timed.iter().min_by_key(|timed| timed.took)?;
    Some(if quickest.times_as_fast(slow)? >= CLEARLY {
        let named = named(quickest, &timed, workload, scale);
        format!("{} took {}.", named.name(), both(named, &format!(", {} ", slow.name()), slow, scale))
    } else if sync.is_some() {
        format!("Nothing{right} was clearly quicker than {}: {}.", slow.name(), slow.words(scale))
    } else {
        format!("All{right} took about as long: {}.", both(quickest, " to ", slow, scale))
    })
}

/// A run that came to its end, and how long its mode took: of several runs the median.
#[derive(Clone, Copy)]
struct Timed<'a> {
    record: &'a Record,
    took: Micros,
    /// How many runs that is the median of, if there were several.
    runs: Option<usize>,
}

impl<'a> Timed<'a> {
    fn of(record: &'a Record, repeated: Option<Repeated>) -> Option<Self> {
        Some(Self { record, took: took(record, repeated)?, runs: repeated.map(|repeated| repeated.runs) })
    }

    const fn name(&self) -> &'static str {
        self.record.mode.name()
    }

    fn times_as_fast(&self, other: Self) -> Option<f64> {
        times_as_fast(self.took, other.took)
    }

    /// The time, and of how many runs it is the median.
    fn words(&self, scale: Scale) -> String {
        let time = scale.write(self.took);
        self.runs.map_or_else(|| time.clone(), |runs| format!("{time}, the median of {runs} runs"))
    }
}

/// Two times with what joins them. Of how many runs they are the medians stands once, behind both, where it is as many.
fn both(one: Timed, joint: &str, other: Timed, scale: Scale) -> String {
    match (one.runs, other.runs) {
        (Some(runs), Some(others)) if runs == others => {
            format!("{}{joint}{}, the medians of {runs} runs", scale.write(one.took), scale.write(other.took))
        }
        _ => one.words(scale) + joint + &other.words(scale),
    }
}

/// Of those that are about as quick as the quickest, the one that there is advice to use.
fn named<'a>(quickest: Timed<'a>, timed: &[Timed<'a>], workload: &Workload, scale: Scale) -> Timed<'a> {
    let records: Vec<_> = timed.iter().map(|timed| timed.record).collect();
    let of = |mode| timed.iter().copied().find(|timed| timed.record.mode == mode);
    let advised = advise(&records, |record| Some(of(record.mode)?.took), workload, scale);
    let is_about = |timed: &Timed| quickest.times_as_fast(*timed).is_some_and(|times| times < CLEARLY);
    advised.and_then(|advice| of(advice.mode)).filter(is_about).unwrap_or(quickest)
}

/// What is wrong with results, or can be; none if nothing is.
pub(super) fn wrong(records: &[Rc<Record>], workload: &Workload) -> Option<String> {
    let finished = records.iter().filter(|record| record.outcome == Outcome::Finished);
    let told: Vec<_> = finished.filter_map(|record| what_is_wrong(record, workload)).collect();
    (!told.is_empty()).then(|| told.join(" "))
}

fn what_is_wrong(record: &Record, workload: &Workload) -> Option<String> {
    let (name, objection) = (record.mode.name(), objection(record, workload)?);
    let lost = record.counter.map_or(0, |counter| counter.expected.saturating_sub(counter.actual));
    Some(match (record.mode, lost) {
        (Mode::Processes, _) | (_, 0) => format!("{name}: {objection}."),
        (_, 1) => format!("{name} lost 1 update."),
        _ => format!("{name} lost {} updates.", grouped(lost)),
    })
}

/// What a mode came to.
pub(super) fn came_to(record: &Record, scale: Scale) -> String {
    let elapsed = record.elapsed.map_or_else(|| NONE.to_owned(), |elapsed| scale.write(elapsed));
    let name = record.mode.name();
    match record.outcome {
        Outcome::Finished => format!("{name} {elapsed}"),
        Outcome::Cancelled(_) if record.elapsed.is_none() => format!("{name} not begun"),
        Outcome::Cancelled(_) => format!("{name} cut short after {elapsed}"),
        Outcome::Failed(_) => format!("{name} failed after {elapsed}"),
        Outcome::Unavailable(_) => format!("{name} not available here"),
    }
}

impl Card {
    /// The output in brief, for the table.
    #[must_use]
    pub fn output_words(&self) -> Vec<String> {
        let printed = self.record().filter(|record| record.elapsed.is_some());
        printed.map(|record| words(&record.trace, &self.conditions.workload, WORDS, LONGEST)).unwrap_or_default()
    }

    /// What became of it where it isn't finished, or that it printed nothing.
    #[must_use]
    pub fn end_words(&self) -> Option<&'static str> {
        Some(match (self.ended(), &self.stage) {
            (Some(Status::Finished), _) if self.conditions.workload.prints() => return None,
            (Some(Status::Finished), _) => "nothing is printed",
            (Some(Status::Cancelled), _) if self.elapsed().is_none() => "not begun",
            (Some(Status::Cancelled), _) => "cut short",
            (Some(Status::Failed), _) => "failed",
            (Some(Status::Unavailable), _) => "not available here",
            (None, Stage::Idle) => "not run",
            (None, _) => self.status(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::read;
    use crate::page::state::{Action, State};
    use crate::trace::{Counter, Cut, Event, RunId, What};
    use crate::workload::{LaneId, TaskId};

    fn record(mode: Mode, ms: Option<u64>, outcome: Outcome) -> Rc<Record> {
        Rc::new(Record { elapsed: ms.map(|ms| Micros(ms * 1000)), ..Record::without_run(mode, outcome) })
    }

    fn done(mode: Mode, ms: u64) -> Rc<Record> {
        record(mode, Some(ms), Outcome::Finished)
    }

    fn told(records: &[Rc<Record>]) -> String {
        let scale = Scale::of(records.iter().filter_map(|record| record.elapsed));
        came_out(records, &Workload::default(), scale, |_| None)
    }

    #[test]
    fn what_came_of_a_run_is_a_sentence() {
        let stop = || Outcome::Cancelled(Cut::Stopped);
        let quick = [done(Mode::Sync, 3003), done(Mode::Async, 1001), done(Mode::Threads, 1025)];
        assert_eq!(told(&quick), "Async took 1.001 s, Sync 3.003 s.");
        let alike = [done(Mode::Sync, 3003), done(Mode::Async, 1010), done(Mode::Threads, 1001)];
        assert_eq!(told(&alike), "Async took 1.010 s, Sync 3.003 s.", "as is advised, where it is as quick");
        assert_eq!(
            told(&[done(Mode::Sync, 1000), done(Mode::Async, 990)]),
            "Nothing was clearly quicker than Sync: 1.000 s."
        );
        assert_eq!(told(&quick[1..]), "All took about as long: 1.001 s to 1.025 s.");
        let short = [done(Mode::Sync, 12), done(Mode::Async, 4)];
        assert_eq!(told(&short), "Change the workload and run it again.", "chance decides");
        let unavailable = record(Mode::FreeThreads, None, Outcome::Unavailable("Not here.".to_owned()));
        assert_eq!(told(std::slice::from_ref(&unavailable)), "This mode can’t run here: see why below.");
        assert_eq!(
            told(&[unavailable.clone(), unavailable.clone()]),
            "None of these modes can run here: see why below."
        );
        assert_eq!(told(&[unavailable, quick[1].clone()]), "Async took 1.001 s.");
        assert_eq!(told(&[quick[1].clone(), done(Mode::Threads, 4000)]), "Async took 1.001 s, Threads 4.000 s.");
        assert_eq!(told(&quick[1..2]), "Async took 1.001 s.");
        let short = [done(Mode::Sync, 300), done(Mode::Async, 100)];
        assert_eq!(
            came_out(&short, &Workload::default(), Scale::Seconds, |_| None),
            "Async took 0.100 s, Sync 0.300 s.",
            "as the figures beside it"
        );
        let stopped = [record(Mode::Sync, Some(512), stop()), record(Mode::Async, None, stop())];
        assert_eq!(told(&stopped), "Stopped in Sync after 512.0 ms.");
        let broke = Cut::Broke(crate::workload::LaneId(2), "out of memory".to_owned());
        let broke = record(Mode::Threads, Some(512), Outcome::Cancelled(broke));
        assert_eq!(told(&[broke]), "Threads broke off after 512.0 ms: see why below.", "nobody stopped it");
        assert_eq!(told(&stopped[1..]), "Stopped.");
        let skipped = [&stopped[..1], &quick[1..]].concat();
        assert_eq!(told(&skipped), "Sync was cut short. All took about as long: 1.001 s to 1.025 s.");
        let failed = record(Mode::Async, Some(3), Outcome::Failed("Boom.".to_owned()));
        assert_eq!(told(&[quick[0].clone(), failed]), "A task failed in Async: see why below.");
    }

    #[test]
    fn of_several_runs_the_medians_are_told() {
        let last = [done(Mode::Sync, 3900), done(Mode::Async, 1001)];
        let told = |times: &[u64], modes: &[Mode]| {
            let repeated =
                |mode| Repeated::of(times.iter().filter(|_| modes.contains(&mode)).map(|ms| Micros(ms * 1000)));
            came_out(&last, &Workload::default(), Scale::Seconds, repeated)
        };
        let sync = told(&[3900, 3003, 3002], &[Mode::Sync]);
        assert_eq!(sync, "Async took 1.001 s, Sync 3.003 s, the median of 3 runs.");
        let both = told(&[1000, 1002], &[Mode::Sync, Mode::Async]);
        assert_eq!(both, "Nothing was clearly quicker than Sync: 1.001 s, the median of 2 runs.");
        assert_eq!(told(&[], &[]), "Async took 1.001 s, Sync 3.900 s.");
        let other = told(&[1000, 1002], &[Mode::Async]);
        assert_eq!(other, "Async took 1.001 s, the median of 2 runs, Sync 3.900 s.", "it is said of that one");
        let times = |mode| if mode == Mode::Sync { [3000, 3002] } else { [1000, 1002] };
        let as_many = |mode| Repeated::of(times(mode).map(|ms| Micros(ms * 1000)));
        let as_many = came_out(&last, &Workload::default(), Scale::Seconds, as_many);
        assert_eq!(as_many, "Async took 1.001 s, Sync 3.001 s, the medians of 2 runs.");
    }

    #[test]
    fn a_failure_is_told_of_all_modes_that_had_it() {
        let failed = |mode| record(mode, Some(3), Outcome::Failed("Boom.".to_owned()));
        let three = [failed(Mode::Sync), failed(Mode::Async), failed(Mode::Threads)];
        assert_eq!(told(&three), "A task failed in all modes: see why below.");
        let some = [&three[..], &[done(Mode::Processes, 9)]].concat();
        assert_eq!(told(&some), "A task failed in Sync, Async and Threads: see why below.");
        assert_eq!(told(&three[..1]), "A task failed in Sync: see why below.");
    }

    #[test]
    fn a_wrong_result_is_not_praised() {
        let adds = read("tasks=4&steps=add:1M").setup.workload;
        let counted = |mode, ms, actual| {
            let counter = Some(Counter { expected: 4_000_000, actual });
            Rc::new(Record { counter, ..Rc::unwrap_or_clone(done(mode, ms)) })
        };
        let told = |records: &[Rc<Record>]| came_out(records, &adds, Scale::Milliseconds, |_| None);
        let threads = counted(Mode::Threads, 257, 4_000_000);
        let free = counted(Mode::FreeThreads, 100, 2_312_900);
        let all = [threads.clone(), counted(Mode::Processes, 283, 0), free.clone()];
        let words = "Threads took 257.0 ms. Processes: each process has a counter of its own. \
                     Free threads lost 1,687,100 updates.";
        assert_eq!(told(&all), words);
        assert_eq!(told(&[free]), "Free threads lost 1,687,100 updates.");
        let alike = [counted(Mode::Sync, 260, 4_000_000), all[0].clone(), counted(Mode::Processes, 90, 0)];
        assert!(
            told(&alike).starts_with("Nothing with a right result was clearly quicker than Sync: 260.0 ms. Processes:")
        );
        let lucky = [counted(Mode::Sync, 300, 4_000_000), threads, counted(Mode::FreeThreads, 100, 4_000_000)];
        assert_eq!(told(&lucky), "Threads took 257.0 ms, Sync 300.0 ms. Free threads: nothing guards the counter.");
    }

    #[test]
    fn the_table_has_what_was_printed_before_a_failure() {
        let state = Rc::new(State::of(read("modes=sync,async")));
        assert_eq!(state.card(Mode::Sync).end_words(), Some("not run"));
        let ended = |outcome| {
            let mut record = Rc::unwrap_or_clone(record(Mode::Sync, Some(3), outcome));
            let (task, lane, what) = (TaskId(1), LaneId(1), What::Printed);
            record.trace.push(Event { at: Micros(1), task, lane, step: 0, what });
            let state = Rc::clone(&state).reduced(Action::RunAll).reduced(Action::Ended(RunId(1), record));
            let card = state.card(Mode::Sync);
            (card.output_words().join(" "), card.end_words())
        };
        assert_eq!(ended(Outcome::Finished), ("One".to_owned(), None));
        assert_eq!(ended(Outcome::Failed("Boom.".to_owned())), ("One".to_owned(), Some("failed")));
        assert_eq!(ended(Outcome::Cancelled(Cut::Stopped)), ("One".to_owned(), Some("cut short")));
        let never = Record::without_run(Mode::Sync, Outcome::Cancelled(Cut::NotBegun));
        let state = state.reduced(Action::RunAll).reduced(Action::Ended(RunId(1), never));
        assert_eq!(state.card(Mode::Sync).end_words(), Some("not begun"));
    }
}
