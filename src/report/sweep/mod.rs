//! A sweep: the same steps at one task count after another, in each mode. Which counts, which of them fit into a time
//! that the reader gives, and what came of each. Nothing here runs, predicts or draws.
//!
//! ```text
//! counts × modes ─▶ points ─ predicted ─▶ chosen: what fits into the time ─ run ─▶ points with what was measured
//! ```

mod table;

pub use table::{Cells, HEADS, cells, csv, markdown};

use crate::trace::{Outcome, Record};
use crate::workload::{MAX_TOTAL_STEPS, Micros, Mode, Settings, TaskCount, Workload};

/// One mode at one task count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The mode.
    pub mode: Mode,
    /// How many tasks.
    pub tasks: TaskCount,
    /// What the model says of it.
    pub foreseen: Foreseen,
    /// What was measured.
    pub found: Found,
}

/// What the model says of the elapsed time, start-up apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Foreseen {
    /// It has not been asked yet.
    NotYet,
    /// So long.
    Time(Micros),
    /// It can't say, for this reason: a sentence.
    Unknown(String),
}

/// What came of running it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It was not run.
    NotRun,
    /// It came to its end.
    Measured {
        /// From the start of the mode to the end of the last task.
        elapsed: Micros,
        /// Until the lanes that the mode begins with were all up.
        startup: Micros,
    },
    /// It was not run, or not to its end, for this reason: a sentence.
    LeftOut(String),
}

impl Point {
    /// What is predicted, if it is.
    #[must_use]
    pub const fn predicted(&self) -> Option<Micros> {
        match self.foreseen {
            Foreseen::Time(time) => Some(time),
            Foreseen::NotYet | Foreseen::Unknown(_) => None,
        }
    }

    /// The elapsed time, if it was measured.
    #[must_use]
    pub const fn elapsed(&self) -> Option<Micros> {
        match self.found {
            Found::Measured { elapsed, .. } => Some(elapsed),
            Found::NotRun | Found::LeftOut(_) => None,
        }
    }
}

/// Task counts about evenly apart on a logarithmic axis: 1, 3, 10, 30 and so on up to the most, and the most itself.
#[must_use]
pub fn counts(most: TaskCount) -> Vec<TaskCount> {
    let decades = std::iter::successors(Some(1_u64), |decade| Some(decade * 10));
    let round = decades.flat_map(|decade| [decade, 3 * decade]).map_while(|count| TaskCount::new(count).ok());
    let mut counts: Vec<_> = round.take_while(|count| *count < most).collect();
    counts.push(most);
    counts
}

/// All points of a sweep, in the order in which they are run: small counts first, and all modes at one count before the
/// next. A count whose tasks have too many steps in all is none of them.
#[must_use]
pub fn points(modes: &[Mode], steps: usize, most: TaskCount) -> Vec<Point> {
    let fits = |tasks: &TaskCount| tasks.steps_in_all(steps) <= MAX_TOTAL_STEPS;
    let point = |tasks, mode| Point { mode, tasks, foreseen: Foreseen::NotYet, found: Found::NotRun };
    let counts = counts(most).into_iter().filter(fits);
    counts.flat_map(|tasks| modes.iter().map(move |mode| point(tasks, *mode))).collect()
}

/// What getting ready for a run takes, and drawing what came of it.
const EACH_RUN: Micros = Micros(60_000);
/// What a fresh process takes to come up, about.
const EACH_PROCESS: Micros = Micros(15_000);

/// What running a point takes in all, roughly: what is predicted, and what is not predicted. About a microsecond a step
/// goes to walking and recording it. None while it isn't predicted.
#[must_use]
pub fn cost(point: &Point, workload: &Workload, settings: &Settings) -> Option<Micros> {
    let lanes = if point.mode == Mode::Processes { settings.lanes(point.mode, point.tasks) } else { 0 };
    let steps = point.tasks.steps_in_all(workload.steps.len());
    let besides = EACH_RUN + Micros(u64::from(lanes) * EACH_PROCESS.0) + Micros(steps);
    point.predicted().map(|predicted| predicted + besides)
}

/// What of a sweep is to be run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// The places of the points, in order.
    pub runs: Vec<usize>,
    /// How long they take in all, roughly.
    pub takes: Micros,
}

/// What fits into a time: each point in its order, if it fits into what those before it have left. So each mode goes on
/// to larger counts for as long as it is quick enough.
#[must_use]
pub fn choose(points: &[Point], workload: &Workload, settings: &Settings, time: Micros) -> Chosen {
    let mut chosen = Chosen::default();
    for (at, point) in points.iter().enumerate() {
        let Some(cost) = cost(point, workload, settings) else { continue };
        if chosen.takes + cost <= time {
            chosen.takes += cost;
            chosen.runs.push(at);
        }
    }
    chosen
}

/// What is found by a run that has ended. A task that fails is a part of the workload: how long it took is measured all
/// the same.
#[must_use]
pub fn found(record: &Record) -> Found {
    match (&record.outcome, record.elapsed, record.startup()) {
        (Outcome::Finished | Outcome::Failed(_), Some(elapsed), Some(startup)) => Found::Measured { elapsed, startup },
        (outcome, ..) => Found::LeftOut(outcome.reason().unwrap_or_else(|| "It has no time.".to_owned())),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::trace::Cut;
    use crate::workload::{Steps, Variation};

    pub fn tasks(count: u64) -> TaskCount {
        TaskCount::new(count).unwrap()
    }

    fn numbers(most: u64) -> Vec<u32> {
        counts(tasks(most)).into_iter().map(TaskCount::get).collect()
    }

    /// The article's steps: one second a task in sync, one second in all in async.
    fn predicted(modes: &[Mode], most: u64) -> Vec<Point> {
        let mut all = points(modes, 3, tasks(most));
        for point in &mut all {
            let times = if point.mode == Mode::Sync { u64::from(point.tasks.get()) } else { 1 };
            point.foreseen = Foreseen::Time(Micros(1_000_000 * times));
        }
        all
    }

    fn chosen(points: &[Point], seconds: u64) -> Chosen {
        let workload = Workload { tasks: tasks(1), steps: Steps::default(), variation: Variation::default() };
        choose(points, &workload, &Settings::default(), Micros(seconds * 1_000_000))
    }

    #[test]
    fn counts_go_up_to_the_most_and_end_with_it() {
        assert_eq!(numbers(1), [1]);
        assert_eq!(numbers(3), [1, 3]);
        assert_eq!(numbers(100), [1, 3, 10, 30, 100]);
        assert_eq!(numbers(250), [1, 3, 10, 30, 100, 250]);
        assert_eq!(numbers(1_000_000).len(), 13);
        assert_eq!(numbers(1_000_000).last(), Some(&1_000_000));
    }

    #[test]
    fn a_count_with_too_many_steps_in_all_is_left_out() {
        let most = |steps| points(&[Mode::Async], steps, tasks(1_000_000)).last().map(|point| point.tasks.get());
        assert_eq!((most(8), most(9), most(32)), (Some(1_000_000), Some(300_000), Some(100_000)));
    }

    #[test]
    fn small_counts_come_first_with_all_modes_of_one_count_together() {
        let all = points(&[Mode::Async, Mode::Sync], 3, tasks(3));
        let order: Vec<_> = all.iter().map(|point| (point.tasks.get(), point.mode)).collect();
        assert_eq!(order, [(1, Mode::Async), (1, Mode::Sync), (3, Mode::Async), (3, Mode::Sync)]);
    }

    #[test]
    fn what_is_chosen_fits_into_the_time_and_a_slow_mode_keeps_no_quick_one_from_going_on() {
        let all = predicted(&[Mode::Sync, Mode::Async], 1000);
        let ten = chosen(&all, 10);
        let run = |mode| ten.runs.iter().filter(|at| all[**at].mode == mode).map(|at| all[*at].tasks.get()).max();
        assert_eq!((run(Mode::Sync), run(Mode::Async)), (Some(3), Some(100)));
        assert!(ten.takes <= Micros(10_000_000) && ten.takes > Micros(9_000_000), "{ten:?}");
        assert!(ten.runs.is_sorted());
        assert_eq!(chosen(&all, 1000).runs.len(), all.len() - 1, "all but sync at a thousand");
        assert_eq!(chosen(&all, 0), Chosen::default());
    }

    #[test]
    fn what_is_not_predicted_is_not_run() {
        let all = points(&[Mode::Async], 3, tasks(10));
        assert_eq!(chosen(&all, 60), Chosen::default());
        let unknown = Foreseen::Unknown("Too large.".to_owned());
        let all: Vec<_> = all.into_iter().map(|point| Point { foreseen: unknown.clone(), ..point }).collect();
        assert_eq!(chosen(&all, 60), Chosen::default());
    }

    #[test]
    fn processes_and_many_steps_cost_more_than_is_predicted() {
        let workload = Workload { tasks: tasks(1), steps: Steps::default(), variation: Variation::default() };
        let at = |mode, count| Point {
            mode,
            tasks: tasks(count),
            foreseen: Foreseen::Time(Micros(1000)),
            found: Found::NotRun,
        };
        let of = |mode, count| cost(&at(mode, count), &workload, &Settings::default()).unwrap().0;
        assert_eq!(of(Mode::Async, 1), 61_003);
        assert_eq!(of(Mode::Processes, 100), 61_300 + 32 * 15_000);
        assert_eq!(of(Mode::Async, 1_000_000), 3_061_000);
    }

    #[test]
    fn a_run_that_came_to_its_end_is_measured_and_another_says_why_not() {
        let record = |outcome, elapsed| {
            let record = Record::without_run(Mode::Sync, outcome);
            found(&Record { elapsed, ..record })
        };
        let (elapsed, startup) = (Micros(9), Micros::ZERO);
        assert_eq!(record(Outcome::Finished, Some(elapsed)), Found::Measured { elapsed, startup });
        assert_eq!(record(Outcome::Failed("Boom.".into()), Some(elapsed)), Found::Measured { elapsed, startup });
        assert_eq!(record(Outcome::Cancelled(Cut::Stopped), Some(elapsed)), Found::LeftOut("It was stopped.".into()));
        assert_eq!(record(Outcome::Unavailable("Not here.".into()), None), Found::LeftOut("Not here.".into()));
    }
}
