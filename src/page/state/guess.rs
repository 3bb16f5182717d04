//! Guess, then run: what the reader guesses of each mode, while its prediction is hidden, and what that comes to once it
//! has run. Not how it looks; what is right is `crate::report`'s to say.

use std::mem;
use std::rc::Rc;

use super::runs::Done;
use super::{Card, Over, Stage, State};
use crate::report::{GuessedOrder, GuessedTime, LineOf, Scale, lines_of};
use crate::trace::{Outcome, Record, Status};
use crate::workload::{Micros, Mode, NumberError, duration_words, parse_time};

/// The most lines that a reader is asked to put in order.
const MOST_LINES: usize = 12;

/// What the reader guesses of a mode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The mode.
    pub mode: Mode,
    /// The lines in the order in which they should be printed, as far as they have one.
    pub order: Vec<LineOf>,
    /// How long it should take, as it was typed.
    pub time: String,
}

/// How far a guess is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guessed {
    /// It can be made: the prediction is hidden.
    Open(Guess),
    /// The mode has run.
    Closed(Guess),
}

/// What a reader who guesses can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guessing {
    /// Begin: the predictions are hidden, and so is what was measured of this workload.
    Begin,
    /// Have done with it: what was hidden is seen again.
    End,
    /// Put a line of a mode behind those that are placed already, or take it away from there.
    Place(Mode, LineOf),
    /// Take all lines of a mode away.
    TakeAll(Mode),
    /// Guess the time of a mode.
    Time(Mode, String),
}

/// What was measured of the workload before the reader began to guess: hidden until there is an end of that.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Aside {
    done: Vec<Done>,
    over: Option<Rc<Over>>,
}

/// What the guesses of a mode came to, in sentences, and the guessed order beside the true one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameTo {
    /// The order, if it was guessed.
    pub order: Option<(GuessedOrder, String)>,
    /// The time, if it was guessed.
    pub time: Option<(GuessedTime, String)>,
}

impl Guess {
    const fn new(mode: Mode) -> Self {
        Self { mode, order: Vec::new(), time: String::new() }
    }

    /// The place of a line among those that are placed, from 1.
    #[must_use]
    pub fn place(&self, line: LineOf) -> Option<usize> {
        self.order.iter().position(|placed| *placed == line).map(|at| at + 1)
    }

    /// The guessed time; none if there is none.
    ///
    /// # Errors
    /// What stands there is no duration.
    pub fn read_time(&self) -> Result<Option<Micros>, NumberError> {
        let text: String = self.time.split_whitespace().collect();
        if text.is_empty() {
            return Ok(None);
        }
        // A number alone is one of seconds: some keyboards of phones have no letters for it.
        let seconds =
            |error| if error == NumberError::DurationUnit { parse_time(&format!("{text}s")) } else { Err(error) };
        parse_time(&text).or_else(seconds).map(Some)
    }
}

impl State {
    /// Whether the reader guesses before each run.
    #[must_use]
    pub const fn is_guessing(&self) -> bool {
        self.guesses.is_some()
    }

    /// Whether the prediction of any mode is hidden.
    #[must_use]
    pub fn hides_predictions(&self) -> bool {
        self.shown().into_iter().any(|mode| matches!(self.guessed(mode), Some(Guessed::Open(_))))
    }

    /// Whether something can be guessed so, now.
    pub(super) fn allows(&self, guessing: &Guessing) -> bool {
        match guessing {
            Guessing::Begin => !self.is_guessing() && !self.is_busy(),
            Guessing::End => self.is_guessing(),
            Guessing::Place(mode, _) | Guessing::TakeAll(mode) | Guessing::Time(mode, _) => {
                matches!(self.guessed(*mode), Some(Guessed::Open(_)))
            }
        }
    }

    pub(super) fn guess(&mut self, guessing: Guessing) {
        match guessing {
            Guessing::Begin => {
                self.guesses = Some(Vec::new());
                let own = |done: &Done| done.conditions == self.conditions;
                (self.aside.done, self.done) = mem::take(&mut self.done).into_iter().partition(own);
                self.aside.over = self.over.take_if(|over| over.conditions == self.conditions);
            }
            Guessing::End => {
                self.guesses = None;
                let Aside { mut done, over } = mem::take(&mut self.aside);
                // What has run since is news.
                done.retain(|old| self.done.iter().all(|newer| newer.record.mode != old.record.mode));
                self.done.append(&mut done);
                self.over = self.over.take().or(over);
            }
            Guessing::Place(mode, line) => self.guess_of(mode, |guess| match guess.place(line) {
                Some(place) => _ = guess.order.remove(place - 1),
                None => guess.order.push(line),
            }),
            Guessing::TakeAll(mode) => self.guess_of(mode, |guess| guess.order.clear()),
            Guessing::Time(mode, time) => self.guess_of(mode, |guess| guess.time = time),
        }
    }

    fn guess_of(&mut self, mode: Mode, change: impl FnOnce(&mut Guess)) {
        let Some(guesses) = &mut self.guesses else { return };
        let found = guesses.iter().position(|guess| guess.mode == mode);
        let at = found.unwrap_or(guesses.len());
        if found.is_none() {
            guesses.push(Guess::new(mode));
        }
        if let Some(guess) = guesses.get_mut(at) {
            change(guess);
        }
    }

    /// What is guessed of a mode, if the reader guesses.
    pub(super) fn guessed(&self, mode: Mode) -> Option<Guessed> {
        let guess = self.guesses.as_ref()?.iter().find(|guess| guess.mode == mode).cloned();
        let guess = guess.unwrap_or(Guess::new(mode));
        let has_run = self.record(mode).is_some_and(|record| record.elapsed.is_some());
        Some(if has_run { Guessed::Closed(guess) } else { Guessed::Open(guess) })
    }

    /// How to guess, or what all guesses came to; nothing while nobody guesses.
    #[must_use]
    pub fn guessing_words(&self) -> String {
        if !self.is_guessing() {
            return String::new();
        }
        let scale = self.scale();
        let all: Vec<_> = self.shown().into_iter().filter_map(|mode| self.card(mode).guess_came_to(scale)).collect();
        let orders: Vec<_> = all.iter().filter_map(|came_to| Some(came_to.order.as_ref()?.0.is_right())).collect();
        let times = all.iter().filter_map(|came_to| Some(came_to.time.as_ref()?.0 == GuessedTime::Right)).collect();
        let told: Vec<_> = [("order", orders), ("time", times)].into_iter().filter_map(how_many_right).collect();
        match (told.as_slice(), self.hides_predictions()) {
            ([], true) => "The predictions are hidden. Put the lines in order, guess the times, then run.".to_owned(),
            ([], false) => "All modes have run, and nothing was guessed.".to_owned(),
            (told, _) => format!("You had {} right.", told.join(" and ")),
        }
    }
}

/// How many of the guesses were right: `3 of 4 orders`.
fn how_many_right((what, guesses): (&str, Vec<bool>)) -> Option<String> {
    let (right, all) = (guesses.iter().filter(|right| **right).count(), guesses.len());
    let plural = if all == 1 { "" } else { "s" };
    (all > 0).then(|| format!("{right} of {all} {what}{plural}"))
}

impl Card {
    /// What is guessed of it now: its prediction is hidden, and it has not begun.
    #[must_use]
    pub fn open_guess(&self) -> Option<&Guess> {
        match (&self.guessed, &self.stage) {
            (Some(Guessed::Open(guess)), Stage::Idle | Stage::Waiting) => Some(guess),
            // It was stopped before it began.
            (Some(Guessed::Open(guess)), Stage::Ended(record)) if record.outcome.status() == Status::Cancelled => {
                Some(guess)
            }
            _ => None,
        }
    }

    /// The lines that can be put in order, each with its text; none: they are too many.
    #[must_use]
    pub fn lines_to_order(&self) -> Option<Vec<(LineOf, &str)>> {
        let lines = lines_of(&self.conditions.workload, MOST_LINES)?;
        Some(lines.into_iter().map(|line| (line, self.conditions.workload.text(line.1))).collect())
    }

    /// What its guess came to, with times as the figures beside it are written; none if there was none, or the mode hasn't come to its end.
    #[must_use]
    pub fn guess_came_to(&self, scale: Scale) -> Option<CameTo> {
        let (Some(Guessed::Closed(guess)), Some(record)) = (&self.guessed, self.record()) else { return None };
        if !matches!(record.outcome, Outcome::Finished | Outcome::Failed(_)) {
            return None;
        }
        let order = self.certainty().map(|certainty| certainty.order());
        let order = (!guess.order.is_empty()).then(|| GuessedOrder::new(&guess.order, record, order));
        let order = order.map(|order| (order.clone(), self.order_came_to(&order)));
        let time = guess.read_time().ok().flatten().and_then(|time| time_came_to(time, record, scale));
        (order.is_some() || time.is_some()).then_some(CameTo { order, time })
    }

    fn order_came_to(&self, guessed: &GuessedOrder) -> String {
        let (placed, misplaced) = (guessed.lines.len(), guessed.misplaced());
        let is_open = self.certainty().is_some_and(|certainty| certainty.is_open());
        let told = match (misplaced, is_open) {
            (0, _) if guessed.missing > 0 => "What you placed is right".to_owned(),
            (0, true) => "Your order is right: where it is open, any is".to_owned(),
            (0, false) => "Your order is right".to_owned(),
            _ => format!("{misplaced} of your {placed} lines would have to move"),
        };
        match guessed.missing {
            0 => told + ".",
            1 => told + "; 1 line is missing.",
            missing => format!("{told}; {missing} lines are missing."),
        }
    }
}

fn time_came_to(guess: Micros, record: &Record, scale: Scale) -> Option<(GuessedTime, String)> {
    let (guessed, took) = (GuessedTime::new(guess, record)?, record.elapsed?);
    // It may be far off.
    let write = |by: Micros| Scale::of([took, guess]).write(by);
    let (yours, took) = (duration_words(guess), scale.write(took));
    let words = match guessed {
        GuessedTime::Right => format!("Your {yours} is right: it took {took}."),
        GuessedTime::TooLong(by) => format!("Your {yours} is too long by {}: it took {took}.", write(by)),
        GuessedTime::TooShort(by) => format!("Your {yours} is too short by {}: it took {took}.", write(by)),
    };
    Some((guessed, words))
}

#[cfg(test)]
mod tests;
