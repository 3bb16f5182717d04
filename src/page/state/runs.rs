//! What was run and what is running, on the record. Nothing here runs anything.

use std::rc::Rc;

use super::Forecasted;
use crate::link::Setup;
use crate::predict::Machine;
use crate::trace::{Cut, Outcome, Record, RunId, Trace};
use crate::workload::{Micros, Mode, Settings, Workload};

/// What a run or a prediction is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conditions {
    /// The workload.
    pub workload: Rc<Workload>,
    /// The settings.
    pub settings: Settings,
}

impl Conditions {
    /// Those of a set-up.
    #[must_use]
    pub fn of(setup: &Setup) -> Rc<Self> {
        Rc::new(Self { workload: Rc::new(setup.workload.clone()), settings: setup.settings.clone() })
    }
}

/// What a mode came to last.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// What was run.
    pub conditions: Rc<Conditions>,
    /// What it came to.
    pub record: Rc<Record>,
    /// The machine for which its time was predicted, if it was: measured anew, it is still held against that.
    pub machine: Option<Machine>,
}

/// A run that is going on: several modes, one after another.
#[derive(Clone, Debug, PartialEq)]
pub struct Going {
    /// Its number.
    pub id: RunId,
    /// What is run.
    pub conditions: Rc<Conditions>,
    /// The canonical link to it.
    pub link: Rc<str>,
    /// The modes, in order.
    pub modes: Rc<[Mode]>,
    /// The mode that is running now.
    pub current: Option<Progress>,
    /// What the model says of it, whatever is set up meanwhile.
    pub forecasts: Vec<Forecasted>,
    /// What has ended.
    pub ended: Vec<Rc<Record>>,
    /// The mode that has been told to end, so that the next begins.
    pub skipping: Option<Mode>,
    /// Whether it has been told to stop.
    pub stopping: bool,
}

/// How far it is with skipping a mode that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// That can be done.
    Offered,
    /// It has been asked for; the mode's end is to come.
    Asked,
}

/// How far a mode has come.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The mode.
    pub mode: Mode,
    /// What has happened.
    pub trace: Rc<Trace>,
    /// How long it has been going on.
    pub elapsed: Micros,
}

impl PartialEq for Progress {
    fn eq(&self, other: &Self) -> bool {
        // Traces are long; each news brings another.
        self.mode == other.mode && self.elapsed == other.elapsed && Rc::ptr_eq(&self.trace, &other.trace)
    }
}

/// A run that is over.
#[derive(Clone, Debug)]
pub struct Over {
    /// Its number.
    pub id: RunId,
    /// What was run.
    pub conditions: Rc<Conditions>,
    /// The canonical link to it.
    pub link: Rc<str>,
    /// What each mode came to, in the order in which they ran.
    pub records: Vec<Rc<Record>>,
}

impl PartialEq for Over {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.link == other.link && self.records.len() == other.records.len()
    }
}

impl Going {
    /// Whether a mode of it has not begun yet.
    #[must_use]
    pub fn is_waiting(&self, mode: Mode) -> bool {
        let begun = self.current.as_ref().is_some_and(|current| current.mode == mode);
        self.modes.contains(&mode) && !begun && self.record(mode).is_none()
    }

    /// The record of a mode of it that has ended.
    #[must_use]
    pub fn record(&self, mode: Mode) -> Option<&Rc<Record>> {
        self.ended.iter().find(|record| record.mode == mode)
    }

    /// The mode that comes after the one that is running.
    #[must_use]
    pub fn next(&self) -> Option<Mode> {
        self.modes.iter().copied().find(|mode| self.is_waiting(*mode))
    }

    /// Whether a mode of it can be skipped: it is running, and another is to come; or is being skipped. None: neither.
    #[must_use]
    pub fn skip(&self, mode: Mode) -> Option<Skip> {
        let runs = self.current.as_ref().is_some_and(|current| current.mode == mode);
        let skip = if self.skipping == Some(mode) { Skip::Asked } else { Skip::Offered };
        (runs && !self.stopping && self.next().is_some()).then_some(skip)
    }

    /// What it comes to if something else is set up now: what runs ends with what the page has of it. What is predicted
    /// for that mode is known elsewhere.
    #[must_use]
    pub fn given_up(mut self, predicted: Option<Micros>) -> Over {
        let cancelled = || Outcome::Cancelled(Cut::Replaced);
        if let Some(current) = self.current.take() {
            let mut trace = Rc::unwrap_or_clone(current.trace);
            let elapsed = Some(current.elapsed);
            if trace.released == Micros::ZERO {
                // It was still starting.
                trace.released = current.elapsed;
            }
            let record = Record { elapsed, predicted, trace, ..Record::without_run(current.mode, cancelled()) };
            self.ended.push(Rc::new(record));
        }
        while let Some(mode) = self.next() {
            self.ended.push(Rc::new(Record::without_run(mode, cancelled())));
        }
        self.over()
    }

    /// What it came to.
    #[must_use]
    pub fn over(self) -> Over {
        Over { id: self.id, conditions: self.conditions, link: self.link, records: self.ended }
    }
}
