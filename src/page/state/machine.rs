//! The machine that predictions are for: this one, or another that the reader asks about. What is measured is of this one
//! alone, and never held against a prediction for another.

use super::form::as_in_links;
use super::{Conditions, Forecasted, State};
use crate::predict::Machine;
use crate::workload::{NumberError, Pace, SettingError, friendly_count, parse_count};

/// A machine that the reader describes, as typed; what is left empty is as this machine's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OtherMachine {
    cores: String,
    speed: String,
}

/// A figure of a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MachineFigure {
    /// How many lanes can count at once, 1 to 128.
    Cores,
    /// How far a lane counts in a second, 1M to 10G.
    Speed,
}

impl MachineFigure {
    const fn range(self) -> (u64, u64) {
        match self {
            Self::Cores => (1, 128),
            Self::Speed => (1_000_000, 10_000_000_000),
        }
    }
}

impl OtherMachine {
    /// A figure as typed.
    #[must_use]
    pub fn text(&self, figure: MachineFigure) -> &str {
        match figure {
            MachineFigure::Cores => &self.cores,
            MachineFigure::Speed => &self.speed,
        }
    }

    /// Types a figure.
    pub fn put(&mut self, figure: MachineFigure, text: String) {
        match figure {
            MachineFigure::Cores => self.cores = text,
            MachineFigure::Speed => self.speed = text,
        }
    }

    /// Why a figure can't be read; it counts as empty then.
    #[must_use]
    pub fn error(&self, figure: MachineFigure) -> Option<String> {
        self.read(figure).err().map(|error| error.to_string())
    }

    fn read(&self, figure: MachineFigure) -> Result<Option<u64>, SettingError> {
        let ((least, most), text) = (figure.range(), as_in_links(self.text(figure)));
        if text.is_empty() {
            return Ok(None);
        }
        match parse_count(&text) {
            Ok(number) if (least..=most).contains(&number) => Ok(Some(number)),
            Ok(_) | Err(NumberError::CountTooLarge) => {
                Err(SettingError::OutOfRange(friendly_count(least), friendly_count(most)))
            }
            Err(error) => Err(SettingError::NotANumber(error)),
        }
    }

    fn figure(&self, figure: MachineFigure) -> Option<u64> {
        self.read(figure).ok().flatten()
    }
}

impl State {
    /// The machine that predictions are for. What the reader doesn't say of it is as this machine's: how well all cores
    /// count at once, and how fast additions are beside counts.
    #[must_use]
    pub fn subject(&self) -> Machine {
        let cores = self.other.figure(MachineFigure::Cores).map_or(self.machine.cores, |cores| cores as u32);
        let of_cores = Machine { cores, ..self.machine };
        let Some(speed) = self.other.figure(MachineFigure::Speed) else { return of_cores };
        of_cores.times_as_fast(speed as f64 / 1000.0 / self.machine.pace.counts_per_ms)
    }

    /// Whether predictions are for another machine than this one.
    #[must_use]
    pub fn asks_for_another(&self) -> bool {
        self.subject() != self.machine
    }

    /// What tells a machine from this one, as “for 8 cores”; none if nothing does, or it is what this one was taken for.
    #[must_use]
    pub fn other_words(&self, machine: &Machine) -> Option<String> {
        if self.taken_for.contains(machine) {
            return None;
        }
        let cores = (machine.cores != self.machine.cores).then(|| cores_words(machine.cores));
        let is_other_pace = machine.pace.counts_per_ms.to_bits() != self.machine.pace.counts_per_ms.to_bits();
        match (cores, is_other_pace.then(|| speed_words(&machine.pace))) {
            (None, None) => None,
            (Some(one), None) | (None, Some(one)) => Some(format!("for {one}")),
            (Some(cores), Some(speed)) => Some(format!("for {cores} at {speed}")),
        }
    }

    /// Whether a prediction may be held against what is measured here: it is for this machine, and if tasks work, this one
    /// had been measured.
    pub(super) fn is_of_this_machine(&self, asked: &Forecasted, of: &Conditions) -> bool {
        let is_placeholder = asked.machine == Machine::default();
        self.other_words(&asked.machine).is_none() && !(is_placeholder && of.workload.works())
    }

    /// What is known of this machine.
    #[must_use]
    pub fn machine_words(&self) -> String {
        if !self.knows_machine() {
            return "This machine has not been measured yet.".to_owned();
        }
        let Machine { cores, pace, all_cores, .. } = &self.machine;
        let all = format!(", each at {:.0} % of that when all count", all_cores * 100.0);
        let all = if *cores > 1 { all } else { String::new() };
        format!("This machine: {}, {}{all}.", cores_words(*cores), speed_words(pace))
    }
}

fn cores_words(cores: u32) -> String {
    format!("{cores} {}", if cores == 1 { "core" } else { "cores" })
}

/// Three digits are more than enough.
fn speed_words(pace: &Pace) -> String {
    let a_second = (pace.counts_per_ms * 1000.0).round() as u64;
    let unit = 10_u64.pow(a_second.checked_ilog10().unwrap_or(0).saturating_sub(2));
    format!("{} counts a second", friendly_count((a_second + unit / 2) / unit * unit))
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::link::read;
    use crate::page::state::{Action, Forecast};
    use crate::trace::{Outcome, Record, RunId, Trace};
    use crate::workload::{Micros, Mode};

    fn measured() -> Rc<State> {
        let pace = Pace { counts_per_ms: 594_594.0, ..Pace::default() };
        let machine = Machine { cores: 2, pace, all_cores: 0.97, ..Machine::default() };
        Rc::new(State::of(read("modes=sync"))).reduced(Action::Calibrated(machine))
    }

    fn ask(state: &Rc<State>, figure: MachineFigure, text: &str) -> Rc<State> {
        Rc::clone(state).reduced(Action::AskFor(figure, text.to_owned()))
    }

    fn told(state: &Rc<State>, ms: u64) -> Rc<State> {
        let forecast = Forecast::Known(Rc::new(Trace::default()), Micros(ms * 1000), None);
        let asked = Forecasted { mode: Mode::Sync, machine: state.subject(), forecast };
        Rc::clone(state).reduced(Action::Forecast(Rc::clone(&state.conditions), asked))
    }

    #[test]
    fn another_machine_is_as_this_one_but_for_what_is_said_of_it() {
        let state = measured();
        assert!(!state.asks_for_another() && state.subject() == state.machine);
        let eight = ask(&state, MachineFigure::Cores, "8");
        assert_eq!(eight.subject(), Machine { cores: 8, ..state.machine });
        assert_eq!(eight.other_words(&eight.subject()).as_deref(), Some("for 8 cores"));
        let fast = ask(&eight, MachineFigure::Speed, "1.2G").subject();
        assert!((fast.pace.adds_per_ms / fast.pace.counts_per_ms - 10_000.0 / 594_594.0).abs() < 1e-9);
        assert_eq!(state.other_words(&fast).as_deref(), Some("for 8 cores at 1.2G counts a second"));
        assert_eq!(ask(&eight, MachineFigure::Speed, " 1,200,000,000 ").subject(), fast, "as people write it");
        assert!(!ask(&state, MachineFigure::Cores, "2").asks_for_another(), "it is this one");
        assert_eq!(ask(&eight, MachineFigure::Cores, "").subject(), state.machine);
        assert!(!eight.reduced(Action::AskForThis).asks_for_another());
    }

    #[test]
    fn what_can_t_be_read_says_so_at_its_field_and_counts_as_empty() {
        for (figure, text, why) in [
            (MachineFigure::Cores, "0", "The value must be from 1 to 128."),
            (MachineFigure::Cores, "129", "The value must be from 1 to 128."),
            (MachineFigure::Speed, "999K", "The value must be from 1M to 10G."),
            (MachineFigure::Speed, "11G", "The value must be from 1M to 10G."),
        ] {
            let state = ask(&measured(), figure, text);
            assert_eq!(state.other.error(figure).as_deref(), Some(why), "{text}");
            assert!(!state.asks_for_another());
        }
        assert!(ask(&measured(), MachineFigure::Cores, "many").other.error(MachineFigure::Cores).is_some());
    }

    #[test]
    fn what_this_machine_was_taken_for_is_no_other_machine() {
        let state = told(&measured(), 8);
        let better = Machine { pace: Pace { counts_per_ms: 700_000.0, ..state.machine.pace }, ..state.machine };
        let state = state.reduced(Action::Calibrated(better)).reduced(Action::RunAll);
        let record = Record { elapsed: Some(Micros(9000)), ..Record::without_run(Mode::Sync, Outcome::Finished) };
        let ended = state.reduced(Action::Ended(RunId(1), record));
        assert_eq!(ended.record(Mode::Sync).and_then(|record| record.predicted), Some(Micros(8000)));
        assert_eq!(ended.card(Mode::Sync).other, None);
    }

    #[test]
    fn this_machine_is_told_in_a_sentence() {
        let expected = "This machine: 2 cores, 595M counts a second, each at 97 % of that when all count.";
        assert_eq!(measured().machine_words(), expected);
        assert_eq!(State::of(read("")).machine_words(), "This machine has not been measured yet.");
    }

    #[test]
    fn work_is_not_held_against_a_machine_that_nobody_has_measured() {
        let run = |query| {
            let state = told(&Rc::new(State::of(read(query))), 8).reduced(Action::RunAll);
            let record = Record { elapsed: Some(Micros(9000)), ..Record::without_run(Mode::Sync, Outcome::Finished) };
            let ended = state.reduced(Action::Ended(RunId(1), record));
            ended.record(Mode::Sync).and_then(|record| record.predicted)
        };
        assert_eq!(run("modes=sync"), Some(Micros(8000)), "sleeping takes equally long anywhere");
        assert_eq!(run("modes=sync&steps=count:1M"), None);
    }

    #[test]
    fn predictions_for_another_machine_are_marked_and_never_mixed_with_what_was_measured() {
        let run = |state: Rc<State>| {
            let id = RunId(state.last_id.0 + 1);
            let record = Record { elapsed: Some(Micros(9000)), ..Record::without_run(Mode::Sync, Outcome::Finished) };
            state.reduced(Action::RunAll).reduced(Action::Ended(id, record)).reduced(Action::Over(id))
        };
        let own = run(told(&measured(), 8));
        let (card, record) = (own.card(Mode::Sync), own.record(Mode::Sync).cloned());
        assert_eq!((card.other, record.and_then(|record| record.predicted)), (None, Some(Micros(8000))));
        let other = ask(&own, MachineFigure::Cores, "8");
        assert_eq!(other.card(Mode::Sync).predicted(), None, "what was predicted for this machine is not for that one");
        let other = told(&other, 4);
        let card = other.card(Mode::Sync);
        assert_eq!((card.predicted(), card.other.as_deref()), (Some(Micros(4000)), Some("for 8 cores")));
        assert_eq!(card.elapsed(), Some(Micros(9000)), "what was measured stays");
        assert_eq!(card.predicted_trace(), None, "no outline of another machine below it");
        let again = run(other);
        assert_eq!(again.record(Mode::Sync).and_then(|record| record.predicted), None);
        let back = told(&again.reduced(Action::AskForThis), 8).card(Mode::Sync);
        assert_eq!((back.predicted(), back.other), (Some(Micros(8000)), None));
    }
}
