//! The page's state and its reducer, pure: what is shown follows from it alone.
//!
//! No effect is in here. What has to happen in the browser (starting and stopping runs, the address, the clipboard)
//! follows from the state in `page/effects`, and tells it back by actions:
//!
//! ```text
//!  user ─▶ Action ─▶ reduce ─▶ State ─▶ components
//!            ▲                   └────▶ effects ─▶ run, address, predictions
//!            └───────────────────────────────┘
//! ```

mod action;
mod asked;
mod came_out;
mod card;
mod certainty;
mod compare;
mod errors;
mod focus;
mod form;
mod freeze;
mod guess;
mod heartbeat;
mod history;
mod label;
mod legend;
mod long;
mod machine;
mod reduce;
mod replay;
mod runs;
mod seen;
mod shown;
pub mod slider;
mod sweep;
mod words;

use std::rc::Rc;

pub use action::{Action, Edit};
pub use asked::{Depth, Partly};
pub use card::{Basis, Card, Figures, Stage};
pub use certainty::{Certainty, Checked};
pub use compare::{Compared, Comparing, Pinned};
pub use errors::{Errors, Spot};
pub use focus::Focus;
pub use form::{Form, Move, Row};
pub use freeze::freeze_ahead;
use guess::Aside;
pub use guess::{CameTo, Guess, Guessed, Guessing};
pub use heartbeat::{Heartbeat, Page, Piece};
pub use history::{History, Way};
pub use machine::{MachineFigure, OtherMachine};
pub use replay::{Direction, Playhead, Replay, Replaying, SLOWER};
use runs::Done;
pub use runs::{Conditions, Going, Over, Progress, Skip};
pub use seen::Look;
pub use shown::Times;
pub use sweep::{Asked, Ended, Order, Sweep, SweepAction};

use crate::code::Language;
use crate::link::{Notice, Reading, Setup, Theme};
use crate::predict::Machine;
use crate::timeline::{By, Window};
use crate::trace::{Record, RunId, Trace};
use crate::workload::{Micros, Mode};

/// All that the page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// What the user typed.
    pub form: Form,
    /// What it was before.
    pub history: Rc<History>,
    /// What is wrong in it.
    pub errors: Errors,
    /// The last valid set-up.
    pub setup: Setup,
    /// The workload and settings of the set-up, shared.
    pub conditions: Rc<Conditions>,
    /// How often a run was asked for that the form's errors did not allow.
    pub refused: u32,
    /// Where the focus belongs after what the user did to the form last.
    pub focus: Focus,
    /// What of the link was not taken as it stands.
    pub notices: Vec<Notice>,
    /// Whether it is the view in another page's frame, whatever is loaded later.
    pub embedded: bool,
    /// Whether lanes can share memory here.
    pub is_isolated: bool,
    /// Whether there was little room from side to side when the page was opened.
    pub is_narrow: bool,
    /// The colours that are shown; a link keeps its own.
    pub theme: Theme,
    /// What is known of this machine.
    pub machine: Machine,
    /// Where the set-up comes from that the form edits.
    pub origin: Origin,
    /// What this machine was taken for before: what was predicted for that is still for this one.
    pub taken_for: Vec<Machine>,
    /// The machine that is asked about in place of this one.
    pub other: OtherMachine,
    /// What the model says of the conditions, by mode.
    pub forecasts: Vec<Forecasted>,
    /// The modes of which the whole was asked for, though it is large.
    pub whole: Vec<Mode>,
    /// What all timelines have a row for.
    pub by: By,
    /// Whether outputs have the time of each line.
    pub times: Times,
    /// The language of code.
    pub language: Language,
    /// The part of the axis that is seen; none: all of it.
    window: Option<Window>,
    /// What the reader guesses, by mode; none: the reader doesn't guess.
    guesses: Option<Vec<Guess>>,
    aside: Aside,
    /// The replay of what is shown; none: all of it is shown.
    pub replay: Option<Replay>,
    /// The run that is going on.
    pub going: Option<Going>,
    /// The run that was over last.
    pub over: Option<Rc<Over>>,
    /// What stands beside what was run last.
    pub compared: Compared,
    /// The sweep over task counts.
    pub sweep: Rc<Sweep>,
    /// Modes that were run last though the set-up has not got them, as an embedding page may ask.
    besides: Vec<Mode>,
    /// What each mode came to last.
    done: Vec<Done>,
    last_id: RunId,
}

/// What the model was asked, and what it said.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecasted {
    /// The mode.
    pub mode: Mode,
    /// The machine.
    pub machine: Machine,
    /// The answer.
    pub forecast: Forecast,
}

/// Where a set-up comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// The address that the page was opened with.
    #[default]
    Address,
    /// Something that came later: a message, a preset, the browser's history.
    Later,
}

/// What the model says of a mode.
#[derive(Clone, Debug)]
pub enum Forecast {
    /// What should happen, how long it should take, and which order of its output is certain.
    Known(Rc<Trace>, Micros, Option<Rc<Certainty>>),
    /// How long it should take, and why no more is known.
    Elapsed(Micros, NotWhole),
    /// It can't say, for this reason.
    Unknown(String),
}

/// Why only the time is known of a prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotWhole {
    /// It has not been asked for more, or not answered yet.
    NotAsked,
    /// The whole would take too many turns.
    TooLarge,
}

impl PartialEq for Forecast {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Known(trace, elapsed, _), Self::Known(others, other, _)) => {
                Rc::ptr_eq(trace, others) && elapsed == other
            }
            (Self::Elapsed(elapsed, why), Self::Elapsed(other, others)) => elapsed == other && why == others,
            (Self::Unknown(reason), Self::Unknown(other)) => reason == other,
            _ => false,
        }
    }
}

impl Forecast {
    /// How long it should take.
    #[must_use]
    pub const fn elapsed(&self) -> Option<Micros> {
        match self {
            Self::Known(_, elapsed, _) | Self::Elapsed(elapsed, _) => Some(*elapsed),
            Self::Unknown(_) => None,
        }
    }
}

/// What the model was asked of a mode, and said, if it has been asked already.
fn forecast_in(forecasts: &[Forecasted], mode: Mode) -> Option<&Forecasted> {
    forecasts.iter().find(|asked| asked.mode == mode)
}

impl State {
    /// The page as a link sets it up, before anything ran.
    #[must_use]
    pub fn of(reading: Reading) -> Self {
        let Reading { setup, notices } = reading;
        let (conditions, machine) = (Conditions::of(&setup), Machine::default());
        Self {
            form: Form::of(&setup),
            history: Rc::default(),
            errors: Errors::default(),
            refused: 0,
            focus: Focus::default(),
            sweep: Rc::new(Sweep::of(&conditions, &setup.modes, machine)),
            conditions,
            embedded: setup.embed,
            is_isolated: true,
            is_narrow: false,
            theme: setup.theme,
            setup,
            notices,
            machine,
            origin: Origin::default(),
            taken_for: Vec::new(),
            other: OtherMachine::default(),
            forecasts: Vec::new(),
            whole: Vec::new(),
            by: By::default(),
            times: Times::default(),
            language: Language::default(),
            window: None,
            guesses: None,
            aside: Aside::default(),
            replay: None,
            going: None,
            over: None,
            compared: Compared::default(),
            besides: Vec::new(),
            done: Vec::new(),
            last_id: RunId::default(),
        }
    }

    /// The canonical link to what is set up.
    #[must_use]
    pub fn link(&self) -> String {
        crate::link::write(&self.setup)
    }

    /// Whether this machine has been measured.
    #[must_use]
    pub fn knows_machine(&self) -> bool {
        self.machine != Machine::default()
    }

    /// What the model says of a mode, if it has been asked already.
    #[must_use]
    pub fn forecast(&self, mode: Mode) -> Option<&Forecast> {
        forecast_in(&self.forecasts, mode).map(|asked| &asked.forecast)
    }

    /// How long a mode should take.
    #[must_use]
    pub fn predicted(&self, mode: Mode) -> Option<Micros> {
        self.forecast(mode)?.elapsed()
    }

    /// What a mode came to, under the conditions that are set up.
    #[must_use]
    pub fn record(&self, mode: Mode) -> Option<&Rc<Record>> {
        self.done_of(mode).map(|done| &done.record)
    }

    fn done_of(&self, mode: Mode) -> Option<&Done> {
        self.done.iter().find(|done| done.record.mode == mode && done.conditions == self.conditions)
    }

    /// How far the axis goes that all modes share: to the longest that is measured or predicted. What is predicted to
    /// take far longer than anything that was measured is cut off, or there would be nothing to see of the measured.
    #[must_use]
    pub fn axis(&self) -> Micros {
        let (measured, predicted) = self.longest();
        if measured == Micros::ZERO {
            return predicted;
        }
        // In large steps, so that the axis of a growing run is not always another.
        let far = Micros(measured.0.saturating_mul(FAR).checked_next_power_of_two().unwrap_or(u64::MAX));
        measured.max(predicted.min(far))
    }

    /// The longest that is measured, and the longest that is predicted.
    fn longest(&self) -> (Micros, Micros) {
        let cards = self.shown().into_iter().map(|mode| self.card(mode));
        cards.fold(Default::default(), |(measured, predicted), card| {
            (measured.max(card.reaches().unwrap_or_default()), predicted.max(card.predicted_end().unwrap_or_default()))
        })
    }
}

/// So many times as long as anything measured is too far to be shown.
const FAR: u64 = 16;
