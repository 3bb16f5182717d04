//! The figures of each run, as numbers: what the page shows big, and the tables write.
//!
//! How they are written stands in `figures.rs`.

use super::output::FAILURE;
use super::repeated::Repeated;
use crate::trace::{Counter, Line, Outcome, Record, Status, Trace};
use crate::workload::{Micros, Mode, Workload, brief, grouped};

/// The most texts that a summary's order names.
const ORDER_MOST: usize = 24;

/// The figures of one run. What can't be had, or can't be compared, is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The mode.
    pub mode: Mode,
    /// What became of the run.
    pub status: Status,
    /// Why it is not finished: a sentence.
    pub reason: Option<String>,
    /// From the start of the mode to the end of the last task, or to the stop.
    pub elapsed: Option<Micros>,
    /// How long the mode took, if it came to its end; of several runs the median.
    pub took: Option<Micros>,
    /// Until the lanes that the mode begins with were all up.
    pub startup: Option<Micros>,
    /// What the model gives for the elapsed time less the start-up.
    pub predicted: Option<Micros>,
    /// The elapsed time less the start-up, less the predicted, in microseconds; of a finished run alone.
    pub overhead: Option<i64>,
    /// How many times as fast as sync; of several runs by their medians.
    pub speed_up: Option<f64>,
    /// How long the page was frozen.
    pub frozen: Option<Micros>,
    /// What the shared counter came to; none where there is none.
    pub counter: Option<Counter>,
    /// What all runs of the mode came to; none of fewer than two.
    pub repeated: Option<Repeated>,
    /// How long the pinned run of the mode took; none where none is pinned.
    pub pinned: Option<Micros>,
    /// How many lines of output there are.
    pub output_total: usize,
    /// The beginning of the output as words: `One Two One Two One Two`.
    pub order: String,
}

/// The figures of the last run of each mode, with what all runs of it came to.
#[must_use]
pub fn summaries(
    records: &[&Record],
    workload: &Workload,
    repeated: impl Fn(Mode) -> Option<Repeated>,
) -> Vec<Summary> {
    let sync = records.iter().find(|record| record.mode == Mode::Sync);
    let sync = sync.and_then(|sync| took(sync, repeated(Mode::Sync)));
    records.iter().map(|record| Summary::new(record, repeated(record.mode), sync, workload)).collect()
}

impl Summary {
    /// The figures of the last run of a mode, beside what all runs of it came to and how long sync took.
    fn new(record: &Record, repeated: Option<Repeated>, sync: Option<Micros>, workload: &Workload) -> Self {
        let took = took(record, repeated);
        Self {
            mode: record.mode,
            status: record.outcome.status(),
            reason: record.outcome.reason(),
            elapsed: record.elapsed,
            took,
            startup: record.startup(),
            predicted: record.predicted,
            overhead: overhead(record),
            speed_up: took.zip(sync).and_then(|(own, sync)| times_as_fast(own, sync)),
            frozen: record.frames.frozen,
            counter: record.counter,
            repeated,
            pinned: None,
            output_total: record.trace.output_total(),
            order: order(&record.trace, workload, ORDER_MOST),
        }
    }

    /// How many times as fast as the pinned run; of several runs by their median.
    #[must_use]
    pub fn against_pinned(&self) -> Option<f64> {
        times_as_fast(self.took?, self.pinned?)
    }
}

/// How long a mode took whose last run came to its end, start-up included: of several runs the median.
#[must_use]
pub fn took(record: &Record, repeated: Option<Repeated>) -> Option<Micros> {
    let elapsed = finished(record)?;
    Some(repeated.map_or(elapsed, |repeated| repeated.median))
}

/// How many times as fast as `other`; none where either is so short that start-up and chance decide.
#[must_use]
pub fn times_as_fast(own: Micros, other: Micros) -> Option<f64> {
    (own.min(other) >= COMPARABLE).then(|| other.as_ms() / own.as_ms())
}

/// What is shorter isn't compared.
const COMPARABLE: Micros = Micros(5000);

/// What is left of the elapsed time of a run when start-up and prediction are taken off, in microseconds; none unless it
/// finished.
#[must_use]
pub fn overhead(record: &Record) -> Option<i64> {
    finished(record)?;
    let less_startup = record.less_startup()?;
    i64::try_from(less_startup.0).ok()?.checked_sub_unsigned(record.predicted?.0)
}

/// How long a run took that came to its end.
fn finished(record: &Record) -> Option<Micros> {
    record.elapsed.filter(|_| record.outcome == Outcome::Finished)
}

/// The texts in the order in which they were printed, on one line: at most so many, then how many more.
#[must_use]
pub fn order(trace: &Trace, workload: &Workload, most: usize) -> String {
    words(trace, workload, most, usize::MAX).join(" ")
}

/// The texts in the order in which they were printed, each on one line: at most so many, then how many more. Of a text
/// that is longer than `longest` characters only the beginning. A failure says so, as Python does.
#[must_use]
pub fn words(trace: &Trace, workload: &Workload, most: usize, longest: usize) -> Vec<String> {
    let said = |line: Line| format!("{}{}", if line.failed { FAILURE } else { "" }, brief(line.text, longest));
    let mut words: Vec<_> = trace.output(workload).take(most).map(said).collect();
    let more = trace.output_total().saturating_sub(words.len());
    if more > 0 {
        words.push(format!("… and {} more", grouped(more as u64)));
    }
    words.iter().map(|word| word.replace(char::is_control, " ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Cut, Event, What};
    use crate::workload::{LaneId, TaskId};

    fn record(mode: Mode, elapsed: u64, predicted: u64, steps: &[u8]) -> Record {
        let mut record = Record::without_run(mode, Outcome::Finished);
        for (step, at) in steps.iter().zip(0..) {
            let (task, lane, what) = (TaskId(1), LaneId(1), What::Printed);
            record.trace.push(Event { at: Micros(at), task, lane, step: *step, what });
        }
        record.trace.released = Micros(300);
        (record.elapsed, record.predicted) = (Some(Micros(elapsed)), Some(Micros(predicted)));
        record.counter = Some(Counter { expected: 9, actual: 7 });
        record
    }

    #[test]
    fn a_run_is_summed_up_and_compared_with_sync() {
        let records =
            [record(Mode::Sync, 3_003_000, 3_000_000, &[0, 2]), record(Mode::Async, 1_001_000, 1_000_800, &[])];
        let [sync, other] = <[_; 2]>::try_from(summaries(&records.each_ref(), &Workload::default(), |_| None)).unwrap();
        assert_eq!((sync.speed_up, sync.overhead, sync.order.as_str()), (Some(1.0), Some(2700), "One Two"));
        assert_eq!((other.speed_up, other.overhead, other.order.as_str()), (Some(3.0), Some(-100), ""));
        assert_eq!((other.startup, other.output_total), (Some(Micros(300)), 0));
        assert_eq!(other.counter, Some(Counter { expected: 9, actual: 7 }));
    }

    #[test]
    fn what_did_not_finish_is_compared_with_nothing() {
        let sync = record(Mode::Sync, 3_000_000, 3_000_000, &[]);
        let stopped = Record { outcome: Outcome::Cancelled(Cut::Stopped), ..sync.clone() };
        let finished = record(Mode::Async, 1_000_000, 1_000_000, &[]);
        let speed_ups = |sync: &Record, other: &Record| {
            let of_both = summaries(&[sync, other], &Workload::default(), |_| None);
            of_both.iter().map(|summary| summary.speed_up).collect::<Vec<_>>()
        };
        assert_eq!(speed_ups(&sync, &finished), [Some(1.0), Some(3.0)]);
        assert_eq!(speed_ups(&stopped, &finished), [None, None]);
        let [summary] = <[_; 1]>::try_from(summaries(&[&stopped], &Workload::default(), |_| None)).unwrap();
        assert_eq!((summary.overhead, summary.elapsed), (None, Some(Micros(3_000_000))));
    }

    #[test]
    fn what_is_so_short_that_chance_decides_is_not_compared() {
        let times = |own, other| times_as_fast(Micros(own), Micros(other));
        assert_eq!((times(4999, 3_000_000), times(3_000_000, 4999), times(0, 3_000_000)), (None, None, None));
        assert_eq!(times(5000, 3_000_000), Some(600.0));
    }

    #[test]
    fn of_several_runs_the_medians_are_compared() {
        let sync = record(Mode::Sync, 3_900_000, 3_000_000, &[]);
        let other = record(Mode::Async, 1_001_000, 1_000_000, &[]);
        let repeated = |mode| {
            let times = [3_000_000, 3_000_000, 3_900_000].map(Micros);
            Repeated::of(times.into_iter().filter(|_| mode == Mode::Sync))
        };
        let all = summaries(&[&sync, &other], &Workload::default(), repeated);
        let speed_ups: Vec<_> = all.iter().filter_map(|summary| summary.speed_up.map(f64::round)).collect();
        assert_eq!(speed_ups, [1.0, 3.0]);
        assert_eq!(all.first().and_then(|sync| sync.elapsed), Some(Micros(3_900_000)), "the last run is told");
    }

    #[test]
    fn a_long_output_is_named_in_part() {
        let long = record(Mode::Sync, 1, 1, &[0; 1300]);
        assert_eq!(order(&long.trace, &Workload::default(), 2), "One One … and 1,298 more");
        let mut failing = Trace::default();
        let (at, task, lane) = (Micros(1), TaskId(1), LaneId(1));
        failing.push(Event { at, task, lane, step: 0, what: What::Failed });
        assert_eq!(words(&failing, &Workload::default(), 2, 2), ["RuntimeError: On…"], "as Python says it");
        assert_eq!(words(&long.trace, &Workload::default(), 2, 2), ["On…", "On…", "… and 1,298 more"]);
        assert_eq!(words(&long.trace, &Workload::default(), 1, 3), ["One", "… and 1,299 more"]);
    }
}
