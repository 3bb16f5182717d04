//! What can happen to the page. What follows from it is the reducer's to say.

use std::rc::Rc;

use super::{
    Comparing, Conditions, Forecasted, Guessing, Look, MachineFigure, Move, Replaying, Spot, SweepAction, Times, Way,
};
use crate::code::Language;
use crate::link::{Parameter, Reading, Theme};
use crate::predict::Machine;
use crate::timeline::By;
use crate::trace::{Record, RunId, Trace};
use crate::workload::{Micros, Mode, Place, StepName};

/// What can happen to the page.
#[derive(Clone, Debug)]
pub enum Action {
    /// The user edited the form.
    Edit(Edit),
    /// Another link is to be shown; a run that is going on is given up.
    Load(Reading),
    /// The address has changed by itself. Nothing happens if it says what is set up.
    Visit(Reading),
    /// What the form and the link said before is to be brought back, or again what they said after.
    Travel(Way),
    /// All modes of the set-up are to be run.
    RunAll,
    /// These modes are to be run. Nothing happens while a run is going on; it is refused while the form has errors.
    Run(Vec<Mode>),
    /// The run that is going on is to be stopped.
    Stop,
    /// This mode of the run that is going on is to be ended, so that the next begins. Nothing happens if none is to come.
    Skip(Mode),
    /// A mode of a run has begun.
    Began(RunId, Mode),
    /// What has happened in a mode so far, and how long it has been going on.
    Went(RunId, Mode, Trace, Micros),
    /// A mode of a run has ended.
    Ended(RunId, Record),
    /// All modes of a run have ended.
    Over(RunId),
    /// The model has been asked for a mode.
    Forecast(Rc<Conditions>, Forecasted),
    /// The whole of what is predicted of a mode is wanted, though it is large.
    PredictWhole(Mode),
    /// Another part of the axis is to be seen.
    Look(Look),
    /// Timelines are to have other rows.
    Arrange(By),
    /// Outputs are to have the time of each line, or not.
    Time(Times),
    /// Code is to be in another language.
    Speak(Language),
    /// Runs are compared.
    Compare(Comparing),
    /// What is shown is replayed.
    Replay(Replaying),
    /// The reader guesses what a run comes to.
    Guess(Guessing),
    /// The machine has been measured.
    Calibrated(Machine),
    /// The reader types a figure of a machine to ask about.
    AskFor(MachineFigure, String),
    /// The reader asks about this machine again.
    AskForThis,
    /// A notice has been read.
    Dismiss(usize),
    /// All notices have been read.
    DismissAll,
    /// Other colours are wanted.
    Theme(Theme),
    /// Something is wanted of the sweep, or the model was asked for it.
    Sweep(SweepAction),
}

impl Edit {
    /// The parameter of the link whose notice has been answered by it, if it answers one alone.
    #[must_use]
    pub const fn touches(&self) -> Option<Parameter> {
        match self {
            Self::Put(spot, _) => Some(spot.parameter()),
            Self::Rename(..) | Self::AddStep | Self::RemoveStep(_) | Self::MoveStep(..) => Some(Parameter::Steps),
            Self::Choose(..) => Some(Parameter::Modes),
            Self::Sensitive(_) => Some(Parameter::Sensitive),
            Self::Place(_) => Some(Parameter::Place),
            Self::OneTask(_) | Self::Reset => None,
        }
    }
}

/// What a user can do to the form.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Type into a field.
    Put(Spot, String),
    /// Make the step of a row another.
    Rename(u32, StepName),
    /// Add a step.
    AddStep,
    /// Remove the step of a row.
    RemoveStep(u32),
    /// Move the step of a row by one place.
    MoveStep(u32, Move),
    /// Take a mode in or out.
    Choose(Mode, bool),
    /// Send all calls of offload to one thread, or to a pool.
    Sensitive(bool),
    /// Place sync and async.
    Place(Place),
    /// Offer to give any step to one task alone, or only those that are.
    OneTask(bool),
    /// Back to the article's example.
    Reset,
}
