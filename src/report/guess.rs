//! What a reader guessed of a run, held against what it came to: the order of the output, and the time. How a guess is
//! put down is not known here.

use crate::predict::{Order, at_once};
use crate::trace::{Event, Record, What};
use crate::workload::{Action, LaneId, Micros, TaskId, Workload};

/// A line of output, by its task and step.
pub type LineOf = (TaskId, u8);

/// A guessed order beside the true one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuessedOrder {
    /// The guessed lines, each with whether it is where it can be.
    pub lines: Vec<(LineOf, bool)>,
    /// So many lines were printed that were not guessed.
    pub missing: usize,
}

/// A guessed time beside the true one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuessedTime {
    /// Near enough.
    Right,
    /// Too long, by so much.
    TooLong(Micros),
    /// Too short, by so much.
    TooShort(Micros),
}

/// A guess may be off by so much of the true time, or by [`NEAR`].
const NEAR_PERCENT: u64 = 5;
/// Nobody guesses what a browser takes for starting and waking.
const NEAR: Micros = Micros(50_000);

/// All lines that a workload can print, by task and step, in no order that tells anything; none: it has more tasks or
/// lines than so many.
#[must_use]
pub fn lines_of(workload: &Workload, most: usize) -> Option<Vec<LineOf>> {
    if workload.tasks.get() as usize > most {
        return None;
    }
    let mut lines = Vec::new();
    for task in workload.tasks.ids() {
        let puts_out = |action: &Action<'_>| matches!(action, Action::Print(_) | Action::Fail(_));
        let printed = workload.steps_of(task).filter(|(_, action)| puts_out(action));
        lines.extend(printed.map(|(step, _)| (task, step)));
    }
    (lines.len() <= most).then_some(lines)
}

impl GuessedOrder {
    /// Holds a guess of a few lines against a run, and where it is known against the order that is certain: any order that
    /// the model allows is right. Where the run itself was in no such order, only what was printed is.
    #[must_use]
    pub fn new(guess: &[LineOf], record: &Record, order: Option<&Order>) -> Self {
        let measured: Vec<Event> = record.trace.printed().collect();
        let line = |event: &Event| (event.task, event.step);
        let missing = measured.iter().filter(|event| !guess.contains(&line(event))).count();
        let order = order.filter(|order| at_once(order.check(measured.iter().copied())).is_ok());
        let lines = match order {
            Some(order) if !measured.iter().map(line).eq(guess.iter().copied()) => held_against(guess, order),
            _ => {
                let printed = measured.iter().map(|event| Some(line(event))).chain(std::iter::repeat(None));
                guess.iter().zip(printed).map(|(guessed, printed)| (*guessed, printed == Some(*guessed))).collect()
            }
        };
        Self { lines, missing }
    }

    /// Whether nothing is missing, and everything where it can be.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.missing == 0 && self.misplaced() == 0
    }

    /// How many lines can't be where they are.
    #[must_use]
    pub fn misplaced(&self) -> usize {
        self.lines.iter().filter(|(_, in_place)| !in_place).count()
    }
}

/// The lines of a guess, each with whether it can come after those before it that can.
fn held_against(guess: &[LineOf], order: &Order) -> Vec<(LineOf, bool)> {
    let event = |(task, step)| Event { at: Micros::ZERO, task, lane: LaneId(1), step, what: What::Printed };
    let mut kept: Vec<Event> = Vec::new();
    let can_come = |line: &LineOf| {
        kept.push(event(*line));
        let can_come = at_once(order.check(kept.iter().copied())).is_ok();
        if !can_come {
            kept.pop();
        }
        (*line, can_come)
    };
    guess.iter().map(can_come).collect()
}

impl GuessedTime {
    /// Holds a guess against a run; none if it never began. Right is whatever is near the elapsed time, the start-up
    /// included or not.
    #[must_use]
    pub fn new(guess: Micros, record: &Record) -> Option<Self> {
        let (longest, shortest) = (record.elapsed?, record.less_startup()?);
        let near = |time: Micros| NEAR.max(Micros(time.0 / 100 * NEAR_PERCENT));
        Some(if guess > longest + near(longest) {
            Self::TooLong(guess - longest)
        } else if guess < shortest - near(shortest) {
            Self::TooShort(longest - guess)
        } else {
            Self::Right
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::predict::{Budget, Machine, predict};
    use crate::trace::{Outcome, Trace};
    use crate::workload::{Mode, Settings, Step, Steps, TaskCount};

    fn workload(tasks: u64, steps: &[(&str, &str)]) -> Workload {
        let steps = steps.iter().map(|(head, value)| Step::parse(head, value).unwrap()).collect();
        let (tasks, steps) = (TaskCount::new(tasks).unwrap(), Steps::new(steps).unwrap());
        Workload { tasks, steps, ..Workload::default() }
    }

    /// A run just as it is predicted, and which order is certain of it.
    fn run(workload: &Workload, mode: Mode) -> (Record, Order) {
        let (settings, machine) = (Settings::default(), Machine::default());
        let prediction = at_once(predict(workload, &settings, mode, &machine, Budget::default())).unwrap();
        let order = at_once(Order::of(&prediction, workload, &settings, mode, &machine));
        let record = Record {
            elapsed: Some(prediction.elapsed),
            trace: prediction.trace,
            ..Record::without_run(mode, Outcome::Finished)
        };
        (record, order)
    }

    /// Lines as `12`: that of task 1 at step 2.
    fn lines(told: &[u32]) -> Vec<LineOf> {
        told.iter().map(|told| (TaskId(told / 10), (told % 10) as u8)).collect()
    }

    fn in_place(guess: &[u32], mode: Mode) -> Vec<bool> {
        let (record, order) = run(&Workload::default(), mode);
        GuessedOrder::new(&lines(guess), &record, Some(&order)).lines.iter().map(|(_, in_place)| *in_place).collect()
    }

    const ONE_BY_ONE: [u32; 6] = [10, 12, 20, 22, 30, 32];
    const TOGETHER: [u32; 6] = [10, 20, 30, 12, 22, 32];

    #[test]
    fn all_that_can_be_printed_is_there_to_be_put_in_order() {
        assert_eq!(lines_of(&Workload::default(), 6), Some(lines(&ONE_BY_ONE)));
        assert_eq!(lines_of(&Workload::default(), 5), None);
        assert_eq!(lines_of(&workload(7, &[("print@1", "a")]), 6), None);
        let fails = workload(2, &[("print", "a"), ("fail@1", "Boom"), ("print@2", "b"), ("print", "c")]);
        assert_eq!(lines_of(&fails, 9), Some(lines(&[10, 11, 20, 22, 23])));
        assert_eq!(lines_of(&workload(2, &[("sleep", "1s")]), 9), Some(Vec::new()));
    }

    #[test]
    fn where_the_order_is_certain_only_that_order_is_right() {
        assert_eq!(in_place(&ONE_BY_ONE, Mode::Sync), [true; 6]);
        assert_eq!(in_place(&TOGETHER, Mode::Async), [true; 6]);
        assert_eq!(in_place(&ONE_BY_ONE, Mode::Async), [true, true, false, true, false, true]);
        assert_eq!(in_place(&TOGETHER, Mode::Sync), [true, true, true, false, false, true]);
        assert_eq!(in_place(&[20, 10, 30, 12, 22, 32], Mode::Async), [true, false, true, true, true, true]);
    }

    #[test]
    fn where_it_is_open_any_order_is_right_that_the_model_allows() {
        for guess in [TOGETHER, [30, 10, 20, 22, 12, 32]] {
            assert_eq!(in_place(&guess, Mode::Threads), [true; 6]);
        }
        assert_eq!(in_place(&ONE_BY_ONE, Mode::Threads), [true, true, false, true, false, true]);
    }

    #[test]
    fn what_was_not_guessed_is_missing_and_what_is_not_printed_is_misplaced() {
        let (record, order) = run(&Workload::default(), Mode::Sync);
        let guessed = GuessedOrder::new(&lines(&[10, 12, 20]), &record, Some(&order));
        assert_eq!((guessed.missing, guessed.misplaced(), guessed.is_right()), (3, 0, false));
        let (record, order) = run(&workload(2, &[("print", "a"), ("fail", "Boom")]), Mode::Sync);
        let guessed = GuessedOrder::new(&lines(&[10, 11, 20, 21]), &record, Some(&order));
        assert_eq!((guessed.missing, guessed.misplaced()), (0, 2), "nothing runs after a failure");
        assert!(GuessedOrder::new(&lines(&[10, 11]), &record, Some(&order)).is_right());
    }

    #[test]
    fn what_was_really_printed_is_right_whatever_the_model_says() {
        let (mut record, order) = run(&Workload::default(), Mode::Sync);
        let events: Vec<Event> = record.trace.printed().collect();
        record.trace = Trace::default();
        for event in events.into_iter().rev() {
            record.trace.push(event);
        }
        let backwards: Vec<u32> = ONE_BY_ONE.into_iter().rev().collect();
        for order in [Some(&order), None] {
            assert!(GuessedOrder::new(&lines(&backwards), &record, order).is_right());
            assert_eq!(GuessedOrder::new(&lines(&ONE_BY_ONE), &record, order).misplaced(), 6);
        }
    }

    #[test]
    fn a_time_is_right_if_it_is_near_with_or_without_the_start_up() {
        let (mut record, _) = run(&Workload::default(), Mode::Processes);
        record.elapsed = Some(Micros(1_300_000));
        record.trace.released = Micros(300_000);
        let time = |ms: u64| GuessedTime::new(Micros(ms * 1000), &record).unwrap();
        for right in [950, 1000, 1200, 1300, 1365] {
            assert_eq!(time(right), GuessedTime::Right, "{right}");
        }
        assert_eq!(time(3000), GuessedTime::TooLong(Micros(1_700_000)));
        assert_eq!(time(900), GuessedTime::TooShort(Micros(400_000)));
        let none = Record::without_run(Mode::Sync, Outcome::Unavailable("Not here.".to_owned()));
        assert_eq!(GuessedTime::new(Micros(1), &none), None);
    }
}
