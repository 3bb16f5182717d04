//! Which mode to use for a workload: the simplest of those that are about as quick as the quickest.
//!
//! It rests on what was measured. A mode is quicker than another only if the model says so too, where it says anything:
//! on a busy machine one run differs from the next by more than modes do. What gave a wrong result, or can, is left out
//! however quick it was.

use super::pointers::{Pointer, pointers};
use crate::report::{Scale, times_words};
use crate::trace::{Outcome, Record};
use crate::workload::{Kind as Step, Micros, Mode, Workload};

/// Which mode to use, why, and at what price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The mode.
    pub mode: Mode,
    /// Why this one: sentences that begin with its name.
    pub reason: String,
    /// What it costs, a sentence.
    pub cost: String,
    /// Where more is to be read.
    pub pointers: &'static [Pointer],
}

/// The modes, what is simplest to write and to get right first.
const SIMPLEST_FIRST: [Mode; 6] =
    [Mode::Sync, Mode::Async, Mode::Offload, Mode::Threads, Mode::Processes, Mode::FreeThreads];

/// The same for a workload with blocking calls, which have no place on a loop where anything else will do.
const OFF_THE_LOOP_FIRST: [Mode; 6] =
    [Mode::Sync, Mode::Offload, Mode::Threads, Mode::Processes, Mode::Async, Mode::FreeThreads];

/// So many times as long is still about as quick: a tenth is less than one run differs from the next on a busy machine,
/// and not worth a harder program.
const ABOUT: f64 = 1.1;

/// So much is chance, whatever part of the whole it is.
const CHANCE: Micros = Micros(5000);

/// A loop that is held for less is no matter.
const HELD: Micros = Micros(250_000);

/// A run that came to its end and can be compared.
#[derive(Clone, Copy)]
struct Choice {
    mode: Mode,
    took: Micros,
    /// How long it should take by the model, with the start-up that it had.
    expected: Option<Micros>,
}

impl Choice {
    /// Whether it is quicker than another, as measured and by the model. Where the model says so, what is measured need
    /// only not deny it.
    fn is_quicker_than(&self, other: &Self) -> bool {
        match (self.expected, other.expected) {
            (Some(own), Some(theirs)) => !is_about(theirs, own) && is_about(self.took, other.took),
            _ => !is_about(other.took, self.took),
        }
    }
}

/// Which mode to use, by the runs of a workload and how long each `took`, of several runs the median; with times as the
/// figures beside it are written. None unless there are two that can be compared.
#[must_use]
pub fn advise(
    records: &[&Record],
    took: impl Fn(&Record) -> Option<Micros>,
    workload: &Workload,
    scale: Scale,
) -> Option<Advice> {
    let tried = |record: &&Record| Some((choice(record, took(record))?, objection(record, workload)));
    let ran: Vec<_> = records.iter().filter_map(tried).collect();
    let good: Vec<_> = ran.iter().filter(|(_, objection)| objection.is_none()).map(|(choice, _)| *choice).collect();
    let blocks = workload.has(|kind| matches!(kind, Step::Block(_)));
    let order = if blocks { OFF_THE_LOOP_FIRST } else { SIMPLEST_FIRST };
    let simplest = order.iter().filter_map(|mode| good.iter().find(|choice| choice.mode == *mode));
    let best = *simplest.into_iter().find(|choice| !good.iter().any(|other| other.is_quicker_than(choice)))?;
    if ran.len() < 2 {
        return None;
    }
    let better: Vec<_> = ran.iter().filter(|(other, _)| !is_about(best.took, other.took)).collect();
    let told = |(other, objection): &&(Choice, Option<&str>)| {
        let but = objection.unwrap_or("by the model it should not be quicker: something else kept the machine busy");
        format!(" {} took {}, but {but}.", other.mode.name(), scale.write(other.took))
    };
    let is_beaten = better.iter().any(|(_, objection)| objection.is_some());
    let free = free_loop(best.mode, records, workload, scale).unwrap_or_default();
    let better: String = better.iter().map(told).collect();
    let reason = why(best, &good, is_beaten, workload, scale) + &better + &free;
    let cost = format!("The cost of {}: {}.", best.mode.name(), cost(best.mode));
    Some(Advice { mode: best.mode, reason, cost, pointers: pointers(best.mode) })
}

/// Whether a time is about as short as another.
fn is_about(time: Micros, other: Micros) -> bool {
    time <= other.scaled(ABOUT).max(other + CHANCE)
}

/// What was run to its end in sight, if it took so long.
fn choice(record: &Record, took: Option<Micros>) -> Option<Choice> {
    let expected = record.predicted.zip(record.startup()).map(|(predicted, startup)| predicted + startup);
    Some(Choice { mode: record.mode, took: took.filter(|_| is_fair(record))?, expected })
}

/// Whether a run came to its end in sight.
fn is_fair(record: &Record) -> bool {
    record.outcome == Outcome::Finished && !record.frames.was_hidden
}

/// Why a mode can't serve a workload, however quick it is.
#[must_use]
pub fn objection(record: &Record, workload: &Workload) -> Option<&'static str> {
    let has_lost = record.counter.is_some_and(|counter| counter.actual < counter.expected);
    let is_unguarded = workload.has(|kind| matches!(kind, Step::Add(_)));
    match record.mode {
        Mode::Processes if workload.adds() => Some("each process has a counter of its own"),
        _ if has_lost => Some("updates were lost"),
        Mode::FreeThreads if is_unguarded && workload.tasks.get() > 1 => Some("nothing guards the counter"),
        _ => None,
    }
}

/// Why this mode: of all, or of those with a right result if others were quicker.
fn why(best: Choice, good: &[Choice], beaten: bool, workload: &Workload, scale: Scale) -> String {
    let name = best.mode.name();
    let others = || good.iter().filter(|other| other.mode != best.mode);
    let sync = others().find(|other| other.mode == Mode::Sync && !is_about(other.took, best.took));
    let next = || others().min_by_key(|other| other.took).filter(|next| !is_about(next.took, best.took));
    match sync.or_else(next) {
        _ if best.mode == Mode::Sync => {
            let right = if beaten { " with a right result" } else { "" };
            format!("{name}: nothing else{right} was clearly quicker, and nothing is simpler.")
        }
        Some(other) if best.took > CHANCE => {
            let times = times_words(other.took.as_ms() / best.took.as_ms());
            format!("{name}: {times} times as fast as {}.{}", other.mode.name(), how(best.mode, workload))
        }
        _ => {
            let as_any = match (beaten, good.len()) {
                (true, 1) => "and no other result is right",
                (true, _) => "as quick as any with a right result",
                (false, _) => "as quick as any",
            };
            format!("{name}: {}, {as_any}.{}", scale.write(best.took), how(best.mode, workload))
        }
    }
}

/// What a loop that serves others gains where another mode is as quick: it stays free while calls block threads.
fn free_loop(best: Mode, records: &[&Record], workload: &Workload, scale: Scale) -> Option<String> {
    let ran = |mode| records.iter().find(|record| record.mode == mode && is_fair(record));
    let blocks = workload.has(|kind| matches!(kind, Step::Block(_)));
    let (offload, held) = (ran(Mode::Offload)?, ran(Mode::Async)?.frames.frozen.filter(|held| *held >= HELD)?);
    (blocks && best != Mode::Offload && objection(offload, workload).is_none()).then(|| {
        let (name, other, held) = (Mode::Offload.name(), Mode::Async.name(), scale.write(held));
        format!(
            " Where one loop serves others too, take {name}: in {other} the calls held the loop, and with it this \
             page, for {held}; in {name} they go to threads."
        )
    })
}

/// How a mode comes to be quicker; nothing where this workload has none of what it is good for.
fn how(mode: Mode, workload: &Workload) -> &'static str {
    let sleeps = workload.has(|kind| matches!(kind, Step::Sleep(_)));
    let blocks = workload.has(|kind| matches!(kind, Step::Block(_)));
    match mode {
        Mode::Async if sleeps => " While one task sleeps, the loop runs the others.",
        Mode::Offload if blocks => " Blocking calls go to threads, so that the loop stays free.",
        Mode::Offload if workload.works() => " CPU-bound work goes to threads, so that the loop stays free.",
        Mode::Processes if workload.works() => " Processes do CPU-bound work at once, as far as there are cores.",
        Mode::Processes if sleeps || blocks => " While one process waits, the others run.",
        Mode::FreeThreads if workload.works() => " Without the GIL, threads do CPU-bound work at once.",
        Mode::Threads | Mode::FreeThreads if sleeps || blocks => " While one thread waits, the others run.",
        _ => "",
    }
}

/// What a mode costs.
const fn cost(mode: Mode) -> &'static str {
    match mode {
        Mode::Sync => "whatever a task waits for, all behind it wait too",
        Mode::Async => "the order of output depends on how long each task waits, and one blocking call holds up all",
        Mode::Offload => {
            "the order of output depends on how long each task waits, and what the threads share needs locks"
        }
        Mode::Threads => {
            "threads switch anywhere, so the order is no longer guaranteed and what they share needs locks"
        }
        Mode::Processes => "processes take time to start and share no memory; what goes in or out has to be sent",
        Mode::FreeThreads => {
            "it takes a free-threaded build of Python, and nothing guards what threads share but your locks"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Counter, Cut};
    use crate::workload::{Step as OfTask, Steps};

    fn workload(steps: &[(&str, &str)]) -> Workload {
        let steps = steps.iter().map(|(head, value)| OfTask::parse(head, value).unwrap()).collect();
        Workload { steps: Steps::new(steps).unwrap(), ..Workload::default() }
    }

    fn took(mode: Mode, ms: u64) -> Record {
        Record { elapsed: Some(Micros(ms * 1000)), ..Record::without_run(mode, Outcome::Finished) }
    }

    fn advised(records: &[Record], workload: &Workload) -> Option<Advice> {
        let scale = Scale::of(records.iter().filter_map(|record| record.elapsed));
        advise(&records.iter().collect::<Vec<_>>(), |record| record.elapsed, workload, scale)
    }

    fn mode(records: &[Record], workload: &Workload) -> Option<Mode> {
        advised(records, workload).map(|advice| advice.mode)
    }

    #[test]
    fn the_articles_example_is_for_async() {
        let ran = [(Mode::Sync, 3003), (Mode::Async, 1001), (Mode::Threads, 1025), (Mode::Processes, 998)];
        let advice = advised(&ran.map(|(mode, ms)| took(mode, ms)), &Workload::default()).unwrap();
        assert_eq!(advice.mode, Mode::Async);
        let reason = "Async: 3.0 times as fast as Sync. While one task sleeps, the loop runs the others.";
        assert_eq!(advice.reason, reason);
        assert!(advice.cost.starts_with("The cost of Async: the order of output depends on"), "{}", advice.cost);
        assert!(advice.pointers.iter().all(|pointer| pointer.address.starts_with("https://")));
        assert_eq!(advice.pointers.len(), 2);
    }

    #[test]
    fn what_is_simpler_is_taken_where_the_difference_is_small() {
        let plain = Workload::default();
        let two = |sync, other| mode(&[took(Mode::Sync, sync), took(Mode::Async, other)], &plain);
        assert_eq!([two(1100, 1000), two(1101, 1000)], [Some(Mode::Sync), Some(Mode::Async)]);
        assert_eq!([two(6, 1), two(7, 1)], [Some(Mode::Sync), Some(Mode::Async)], "5 ms are chance");
        let blocks = workload(&[("block", "1s")]);
        let ran = [(Mode::Sync, 3000), (Mode::Async, 3000), (Mode::Threads, 1010), (Mode::Offload, 1020)];
        assert_eq!(mode(&ran.map(|(mode, ms)| took(mode, ms)), &blocks), Some(Mode::Offload));
        let one_blocks = workload(&[("sleep", "1s"), ("block@2", "1s")]);
        let alike = [(Mode::Sync, 4000), (Mode::Async, 2000), (Mode::Threads, 2010), (Mode::Offload, 2020)];
        let alike = alike.map(|(mode, ms)| took(mode, ms));
        assert_eq!(mode(&alike, &one_blocks), Some(Mode::Offload), "a blocking call has no place on a loop");
        assert_eq!(mode(&alike[..3], &one_blocks), Some(Mode::Threads));
        assert_eq!(mode(&alike[..2], &one_blocks), Some(Mode::Async), "it still is quicker than sync");
        let counts = workload(&[("count", "100M")]);
        let ran = [(Mode::Sync, 900), (Mode::Async, 900), (Mode::Threads, 920), (Mode::Processes, 500)];
        assert_eq!(mode(&ran.map(|(mode, ms)| took(mode, ms)), &counts), Some(Mode::Processes));
    }

    #[test]
    fn what_the_model_denies_is_chance() {
        let counts = workload(&[("count", "100M")]);
        let of = |times: [(Mode, u64, u64); 4]| {
            let record = |(mode, ms, predicted)| Record { predicted: Some(Micros(predicted * 1000)), ..took(mode, ms) };
            advised(&times.map(record), &counts).unwrap()
        };
        // Something else had a core while sync ran, and less of it later.
        let [sync, noisy] = [(Mode::Sync, 1800, 1500), (Mode::Async, 1600, 1500)];
        let advice = of([sync, noisy, (Mode::Threads, 1200, 1500), (Mode::Processes, 1300, 750)]);
        assert_eq!(advice.mode, Mode::Processes, "{}", advice.reason);
        assert!(advice.reason.starts_with("Processes: 1.4 times as fast as Sync. Processes do"), "{}", advice.reason);
        let advice = of([sync, noisy, (Mode::Threads, 1200, 1500), (Mode::Processes, 2100, 750)]);
        let denied =
            "Threads took 1.200 s, but by the model it should not be quicker: something else kept the machine busy.";
        assert!(advice.mode == Mode::Sync && advice.reason.contains(denied), "{}", advice.reason);
        let quiet = of([sync, (Mode::Async, 1800, 1500), (Mode::Threads, 1820, 1500), (Mode::Processes, 960, 750)]);
        let reason =
            "Processes: 1.9 times as fast as Sync. Processes do CPU-bound work at once, as far as there are cores.";
        assert_eq!(quiet.reason, reason);
    }

    #[test]
    fn what_a_mode_is_good_for_is_told_only_where_the_workload_has_it() {
        let reason = |modes: [Mode; 2], step: &str, value: &str| {
            let ran = modes.map(|mode| took(mode, 1000));
            advised(&ran, &workload(&[(step, value)])).unwrap().reason
        };
        let loops = [Mode::Async, Mode::Threads];
        assert_eq!(
            reason(loops, "sleep", "1s"),
            "Async: 1.000 s, as quick as any. While one task sleeps, the loop runs the others."
        );
        assert_eq!(reason(loops, "count", "50M"), "Async: 1.000 s, as quick as any.");
        let without_sync = [(Mode::Processes, 3500), (Mode::Async, 100), (Mode::Threads, 3200)];
        let advice = advised(&without_sync.map(|(mode, ms)| took(mode, ms)), &Workload::default()).unwrap();
        assert!(advice.reason.starts_with("Async: 32.0 times as fast as Threads. While"), "{}", advice.reason);
        let calls = [Mode::Offload, Mode::Threads];
        assert!(reason(calls, "block", "1s").ends_with("Blocking calls go to threads, so that the loop stays free."));
        assert_eq!(reason(calls, "sleep", "1s"), "Offload: 1.000 s, as quick as any.");
    }

    #[test]
    fn a_loop_that_serves_others_is_told_what_it_gains() {
        let reason = |held: u64, step: &str| {
            let mut ran =
                [(Mode::Sync, 1610), (Mode::Async, 1620), (Mode::Offload, 1605)].map(|(mode, ms)| took(mode, ms));
            ran[1].frames.frozen = Some(Micros(held * 1000));
            advised(&ran, &workload(&[(step, "0.4s")])).unwrap().reason
        };
        let told = reason(1625, "block");
        assert!(told.starts_with("Sync: nothing else was clearly quicker"), "{told}");
        let gains = "take Offload: in Async the calls held the loop, and with it this page, for 1.625 s; in Offload \
                     they go to threads.";
        assert!(told.ends_with(gains), "{told}");
        assert!(!reason(60, "block").contains("serves") && !reason(1625, "sleep").contains("serves"));
    }

    #[test]
    fn what_gives_a_wrong_result_is_no_choice_however_quick() {
        let adds = workload(&[("add-locked", "1M")]);
        let lost = Some(Counter { expected: 3_000_000, actual: 0 });
        let mut ran = [took(Mode::Sync, 900), took(Mode::Threads, 920), took(Mode::Processes, 400)];
        ran[2].counter = lost;
        let advice = advised(&ran, &adds).unwrap();
        let reason = "Sync: nothing else with a right result was clearly quicker, and nothing is simpler. \
                      Processes took 400.0 ms, but each process has a counter of its own.";
        assert_eq!((advice.mode, advice.reason.as_str()), (Mode::Sync, reason));
        let free = [took(Mode::Sync, 900), took(Mode::FreeThreads, 400)];
        assert_eq!(mode(&free, &adds), Some(Mode::FreeThreads), "a lock guards the counter");
        assert_eq!(mode(&free, &workload(&[("add", "1M")])), Some(Mode::Sync), "nothing does, if it went well or not");
        let broken = [took(Mode::Sync, 900), Record { counter: lost, ..took(Mode::FreeThreads, 400) }];
        assert!(advised(&broken, &adds).unwrap().reason.ends_with("but updates were lost."));
    }

    #[test]
    fn two_runs_that_can_be_compared_are_the_least() {
        let (sync, quick) = (took(Mode::Sync, 3000), took(Mode::Async, 1000));
        let of = |other: Record| mode(&[sync.clone(), other], &Workload::default());
        assert_eq!(mode(std::slice::from_ref(&sync), &Workload::default()), None);
        assert_eq!(of(Record { outcome: Outcome::Cancelled(Cut::Stopped), ..quick.clone() }), None);
        assert_eq!(of(Record::without_run(Mode::FreeThreads, Outcome::Unavailable("Not here.".to_owned()))), None);
        let mut hidden = quick.clone();
        hidden.frames.was_hidden = true;
        assert_eq!((of(hidden), of(quick)), (None, Some(Mode::Async)));
        let two = [took(Mode::Async, 1000), took(Mode::Threads, 1000)];
        let reason = "Async: 1.000 s, as quick as any. While one task sleeps, the loop runs the others.";
        assert_eq!(advised(&two, &Workload::default()).unwrap().reason, reason);
    }
}
