//! What a mode's card shows, drawn from the state. Not how it looks.

use std::rc::Rc;

use super::{Conditions, Forecast, Guessed, Partly, Progress, Skip, State, Times, forecast_in};
use crate::code::Language;
use crate::predict::Machine;
use crate::report::{overhead, times_as_fast, took};
use crate::run::NOTHING_SHARED;
use crate::timeline::{By, Sizes, has_strip};
use crate::trace::{Record, Status, Trace};
use crate::workload::{Micros, Mode};

/// A mode, as its card shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The mode.
    pub mode: Mode,
    /// What its timeline has a row for.
    pub by: By,
    /// Whether its output has the time of each line.
    pub times: Times,
    /// The language of its code.
    pub language: Language,
    /// How far it is.
    pub stage: Stage,
    /// What is shown is of these.
    pub conditions: Rc<Conditions>,
    /// What the model says of it.
    pub forecast: Option<Forecast>,
    /// What tells the machine that this is said for from the one that measures, if it is another.
    pub other: Option<Rc<str>>,
    /// The machine that what is said of a run is about.
    pub machine: Machine,
    /// Whether it can be skipped, as it runs and another mode is to come, or is being skipped.
    pub skip: Option<Skip>,
    /// What is to be said of a prediction that isn't whole.
    pub partly: Option<Partly>,
    /// Why it can't run here, as far as that is known before it is tried.
    pub refused: Option<&'static str>,
    /// What the reader guesses of it, if the reader guesses. While that can be made, no forecast is shown.
    pub guessed: Option<Guessed>,
    /// How long the mode took, if it came to its end; of several runs the median.
    pub took: Option<Micros>,
    /// The same of sync, under the same conditions.
    pub sync: Option<Micros>,
    /// How long sync should take.
    pub predicted_sync: Option<Micros>,
}

/// How far a mode is.
#[derive(Clone, Debug)]
pub enum Stage {
    /// It has not been run.
    Idle,
    /// Its turn in the run is to come.
    Waiting,
    /// It is running.
    Running(Progress),
    /// It has ended.
    Ended(Rc<Record>),
}

impl PartialEq for Stage {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Idle, Self::Idle) | (Self::Waiting, Self::Waiting) => true,
            (Self::Running(progress), Self::Running(other)) => progress == other,
            (Self::Ended(record), Self::Ended(other)) => Rc::ptr_eq(record, other),
            _ => false,
        }
    }
}

/// What the timeline, the output and the replay of a mode are of: what was measured, or else what is predicted. Another
/// prediction is nothing to what was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    stage: Stage,
    forecast: Option<Forecast>,
}

/// The axis of a run that takes longer than predicted grows by such a part of itself.
const STEPS: u64 = 32;

/// The figures of a card; none where there is nothing to tell.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// How long it took, or has taken so far.
    pub elapsed: Option<Micros>,
    /// How long it should take, less start-up.
    pub predicted: Option<Micros>,
    /// How long its lanes took to be up.
    pub startup: Option<Micros>,
    /// What is left of the elapsed time without start-up and what was predicted, in microseconds.
    pub overhead: Option<i64>,
    /// How many times faster than sync it was, or before a run should be.
    pub speed_up: Option<f64>,
    /// How long the page could not draw.
    pub frozen: Option<Micros>,
}

impl Card {
    /// The status for who reads the page by a script: as in the result, and `idle`, `waiting` and `running` before there
    /// is one.
    #[must_use]
    pub fn status(&self) -> &'static str {
        match &self.stage {
            Stage::Idle => "idle",
            Stage::Waiting => "waiting",
            Stage::Running(_) => "running",
            Stage::Ended(record) => record.outcome.status().id(),
        }
    }

    /// What became of it, once that is known.
    #[must_use]
    pub fn ended(&self) -> Option<Status> {
        self.record().map(|record| record.outcome.status())
    }

    /// What has really happened, if anything has.
    #[must_use]
    pub fn trace(&self) -> Option<&Trace> {
        match &self.stage {
            Stage::Idle | Stage::Waiting => None,
            Stage::Running(progress) => Some(&progress.trace),
            Stage::Ended(record) => record.elapsed.map(|_| &record.trace),
        }
    }

    /// What should happen. For another machine only as long as nothing was measured on this one.
    #[must_use]
    pub fn predicted_trace(&self) -> Option<&Rc<Trace>> {
        match self.forecast.as_ref().filter(|_| self.may_compare())? {
            Forecast::Known(trace, ..) => Some(trace),
            Forecast::Elapsed(..) | Forecast::Unknown(_) => None,
        }
    }

    /// What can be replayed: what has really happened, or else what should.
    #[must_use]
    pub fn replayed(&self) -> Option<&Trace> {
        self.trace().or_else(|| self.predicted_trace().map(Rc::as_ref)).filter(|trace| !trace.is_empty())
    }

    /// What is shown of it is of this.
    #[must_use]
    pub fn basis(&self) -> Basis {
        let forecast = self.forecast.clone().filter(|_| self.trace().is_none());
        Basis { stage: self.stage.clone(), forecast }
    }

    /// Whether what is predicted may stand beside what was measured: it is for this machine, or nothing was.
    #[must_use]
    pub fn may_compare(&self) -> bool {
        self.other.is_none() || self.trace().is_none()
    }

    /// How many lines there are, or should be: where these are predicted, a run isn't laid out anew as they come.
    #[must_use]
    pub fn lines(&self) -> usize {
        let predicted = self.predicted_trace().map_or(0, |trace| trace.output_total());
        self.trace().map_or(0, Trace::output_total).max(predicted)
    }

    /// The sizes of its timeline.
    #[must_use]
    pub fn sizes(&self) -> Sizes {
        Sizes::of(&self.conditions.workload, &self.conditions.settings, self.mode, self.by)
    }

    /// Whether it shows who holds the GIL.
    #[must_use]
    pub fn has_strip(&self) -> bool {
        has_strip(self.mode, &self.conditions.workload)
    }

    /// The record of its end.
    #[must_use]
    pub fn record(&self) -> Option<&Record> {
        match &self.stage {
            Stage::Ended(record) => Some(record),
            _ => None,
        }
    }

    /// How long it took, or has taken so far.
    #[must_use]
    pub fn elapsed(&self) -> Option<Micros> {
        match &self.stage {
            Stage::Idle | Stage::Waiting => None,
            Stage::Running(progress) => Some(progress.elapsed),
            Stage::Ended(record) => record.elapsed,
        }
    }

    /// How far the axis must reach for it. While it runs, in steps: each other axis is another picture of all modes.
    #[must_use]
    pub fn reaches(&self) -> Option<Micros> {
        let elapsed = self.elapsed()?;
        let is_running = matches!(self.stage, Stage::Running(_)) && Some(elapsed) > self.predicted_end();
        let step = if is_running { elapsed.0.next_power_of_two() / STEPS } else { 1 };
        Some(Micros(elapsed.0.next_multiple_of(step.max(1))))
    }

    /// How long its lanes took to be up; none while they aren't.
    #[must_use]
    pub fn startup(&self) -> Option<Micros> {
        match &self.stage {
            Stage::Idle | Stage::Waiting => None,
            Stage::Running(progress) => Some(progress.trace.released),
            Stage::Ended(record) => record.startup(),
        }
    }

    /// How long it should take, less start-up. What a run was held against stays, though this machine is measured anew.
    #[must_use]
    pub fn predicted(&self) -> Option<Micros> {
        let held = self.record().filter(|_| self.other.is_none()).and_then(|record| record.predicted);
        held.or_else(|| self.forecast.as_ref().and_then(Forecast::elapsed))
    }

    /// Where the outline of the prediction ends: it begins when the lanes are up.
    #[must_use]
    pub fn predicted_end(&self) -> Option<Micros> {
        Some(self.predicted()? + self.startup().unwrap_or_default())
    }

    /// All figures.
    #[must_use]
    pub fn figures(&self) -> Figures {
        let record = self.record();
        let frames = record.map(|record| record.frames).unwrap_or_default();
        Figures {
            elapsed: self.elapsed(),
            predicted: self.predicted(),
            startup: self.startup().filter(|_| record.is_some()),
            overhead: record.filter(|_| self.may_compare()).and_then(overhead),
            speed_up: self.speed_up(),
            frozen: frames.frozen,
        }
    }

    fn speed_up(&self) -> Option<f64> {
        let (own, sync) = match self.stage {
            Stage::Idle => (self.predicted(), self.predicted_sync),
            _ => (self.took, self.sync),
        };
        times_as_fast(own?, sync?)
    }
}

impl State {
    /// What the card of a mode shows: the run that is going on, if the mode is in it, else what it came to last.
    #[must_use]
    pub fn card(&self, mode: Mode) -> Card {
        let going = self.going.as_ref().filter(|going| going.modes.contains(&mode));
        let conditions = going.map_or(&self.conditions, |going| &going.conditions);
        let same = *conditions == self.conditions;
        let asked = forecast_in(going.map_or(&self.forecasts, |going| &going.forecasts), mode);
        let machine = asked.map_or_else(|| self.subject(), |asked| asked.machine);
        let other = self.other_words(&machine);
        let guessed = self.guessed(mode).filter(|_| same);
        let is_hidden = matches!(guessed, Some(Guessed::Open(_)));
        Card {
            mode,
            by: self.by,
            times: self.times,
            language: self.language,
            stage: self.stage(mode),
            conditions: Rc::clone(conditions),
            forecast: asked.filter(|_| !is_hidden).map(|asked| asked.forecast.clone()),
            other: other.map(Into::into),
            machine: self.done_of(mode).and_then(|done| done.machine).unwrap_or(self.machine),
            skip: going.and_then(|going| going.skip(mode)),
            partly: self.partly(mode).filter(|_| same && !is_hidden),
            refused: self.refused(mode, conditions),
            guessed,
            took: self.took(mode),
            sync: self.took(Mode::Sync),
            predicted_sync: self.predicted(Mode::Sync).filter(|_| same),
        }
    }

    pub(super) fn refused(&self, mode: Mode, conditions: &Conditions) -> Option<&'static str> {
        (conditions.workload.needs_shared_memory(mode) && !self.is_isolated).then_some(NOTHING_SHARED)
    }

    fn stage(&self, mode: Mode) -> Stage {
        let ended = |record: &Rc<Record>| Stage::Ended(Rc::clone(record));
        match self.going.as_ref().filter(|going| going.modes.contains(&mode)) {
            None => self.record(mode).map_or(Stage::Idle, ended),
            Some(going) => match &going.current {
                Some(current) if current.mode == mode => Stage::Running(current.clone()),
                _ => going.record(mode).map_or(Stage::Waiting, ended),
            },
        }
    }

    /// How long a mode took, if it came to its end; of several runs the median.
    fn took(&self, mode: Mode) -> Option<Micros> {
        let Stage::Ended(record) = self.stage(mode) else { return None };
        took(&record, self.compared.repeated(mode))
    }
}
