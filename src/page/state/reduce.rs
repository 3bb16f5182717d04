//! The reducer: from a state and an action to the next state.
//!
//! News of a run that is not the one going on is dropped here, whatever it says.

use std::rc::Rc;

use super::{Conditions, Errors, Forecasted, Form, Going, Progress, Spot, State};
use crate::link::{Reading, Setup, Theme};
use crate::predict::Machine;
use crate::trace::{Record, RunId, Trace};
use crate::workload::{Micros, Mode, Place};

/// What can happen to the page.
#[derive(Clone, Debug)]
pub enum Action {
    /// The user edited the form.
    Edit(Edit),
    /// Another link is to be shown; a run that is going on is given up.
    Load(Reading),
    /// The address has changed by itself. Nothing happens if it says what is set up.
    Visit(Reading),
    /// All modes of the set-up are to be run.
    RunAll,
    /// These modes are to be run. Nothing happens while a run is going on; it is refused while the form has errors.
    Run(Vec<Mode>),
    /// The run that is going on is to be stopped.
    Stop,
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
    /// The machine has been measured.
    Calibrated(Machine),
    /// A notice has been read.
    Dismiss(usize),
    /// Other colours are wanted.
    Theme(Theme),
}

/// What a user can do to the form.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Type into a field.
    Put(Spot, String),
    /// Make the step of a row another.
    Rename(u32, String),
    /// Add a step.
    AddStep,
    /// Remove the step of a row.
    RemoveStep(u32),
    /// Move the step of a row up, or down.
    MoveStep(u32, bool),
    /// Take a mode in or out.
    Choose(Mode, bool),
    /// Place sync and async.
    Place(Place),
    /// Offer steps of one task alone, or make all steps everyone's.
    OneTask(bool),
    /// Back to the article's example.
    Reset,
}

impl State {
    /// The next state; the same one where the action changes nothing.
    #[must_use]
    pub fn reduced(self: Rc<Self>, action: Action) -> Rc<Self> {
        if !self.heeds(&action) {
            return self;
        }
        let mut next = Rc::unwrap_or_clone(self);
        next.apply(action);
        Rc::new(next)
    }

    /// Whether an action concerns what there is now.
    fn heeds(&self, action: &Action) -> bool {
        match action {
            Action::RunAll => self.going.is_none(),
            Action::Run(modes) => self.going.is_none() && !modes.is_empty(),
            Action::Stop => self.going.as_ref().is_some_and(|going| !going.stopping),
            Action::Began(id, _) | Action::Went(id, ..) | Action::Ended(id, _) | Action::Over(id) => {
                self.going.as_ref().is_some_and(|going| going.id == *id)
            }
            Action::Forecast(conditions, _) => *conditions == self.conditions,
            Action::Calibrated(machine) => *machine != self.machine,
            Action::Dismiss(at) => *at < self.notices.len(),
            Action::Theme(theme) => *theme != self.theme,
            Action::Visit(reading) => reading.setup != self.setup,
            Action::Edit(_) | Action::Load(_) => true,
        }
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Edit(edit) => self.edit(edit),
            Action::Load(reading) | Action::Visit(reading) => self.load(reading),
            Action::RunAll => self.run(self.setup.modes.to_vec()),
            Action::Run(modes) => self.run(modes),
            Action::Began(_, mode) => self.went(mode, Trace::default(), Micros::ZERO),
            Action::Went(_, mode, trace, elapsed) => self.went(mode, trace, elapsed),
            Action::Ended(_, record) => self.ended(record),
            Action::Over(_) => self.be_over(),
            Action::Forecast(_, asked) => {
                self.forecasts.retain(|other| other.mode != asked.mode);
                self.forecasts.push(asked);
            }
            // The old forecasts stay until the new ones come: nothing flickers.
            Action::Calibrated(machine) => self.machine = machine,
            Action::Dismiss(at) => {
                self.notices.remove(at);
            }
            Action::Theme(theme) => self.theme = theme,
            Action::Stop => {
                if let Some(going) = &mut self.going {
                    going.stopping = true;
                }
            }
        }
    }

    fn edit(&mut self, edit: Edit) {
        let touched = match &edit {
            Edit::Put(spot, _) => Some(spot.parameter()),
            Edit::Choose(..) => Some("modes"),
            Edit::Place(_) => Some("place"),
            _ => Some("steps"),
        };
        if matches!(edit, Edit::Reset) {
            self.notices.clear();
        }
        self.notices.retain(|notice| Some(notice.parameter.as_str()) != touched);
        let form = &mut self.form;
        match edit {
            Edit::Put(spot, text) => form.put(spot, text),
            Edit::Rename(key, name) => form.rename_step(key, &name),
            Edit::AddStep => form.add_step(),
            Edit::RemoveStep(key) => form.remove_step(key),
            Edit::MoveStep(key, down) => form.move_step(key, down),
            Edit::Choose(mode, chosen) => form.choose_mode(mode, chosen),
            Edit::Place(place) => form.place = place,
            Edit::OneTask(offered) => form.offer_one_task(offered),
            Edit::Reset => self.reset(),
        }
        self.errors = self.form.read(&mut self.setup);
        self.conditions_changed();
    }

    /// Back to the article's example, in the view and the colours that there are.
    fn reset(&mut self) {
        let Setup { embed, run, theme, .. } = self.setup;
        self.setup = Setup { embed, run, theme, ..Setup::default() };
        self.form = Form::of(&self.setup);
    }

    fn load(&mut self, reading: Reading) {
        if let Some(going) = self.going.take() {
            self.over = Some(Rc::new(going.given_up("Another workload was loaded.")));
        }
        self.form = Form::of(&reading.setup);
        self.errors = Errors::default();
        self.theme = reading.setup.theme;
        self.setup = reading.setup;
        self.notices = reading.notices;
        self.conditions_changed();
    }

    fn conditions_changed(&mut self) {
        let conditions = Conditions::of(&self.setup);
        if conditions != self.conditions {
            self.conditions = conditions;
            self.forecasts.clear();
        }
    }

    fn run(&mut self, modes: Vec<Mode>) {
        if !self.errors.is_empty() {
            self.refused += 1;
            return;
        }
        self.last_id = RunId(self.last_id.0 + 1);
        let conditions = Rc::clone(&self.conditions);
        let (id, link) = (self.last_id, self.link().into());
        let (modes, ended) = (modes.into(), Vec::new());
        self.going = Some(Going { id, conditions, link, modes, current: None, ended, stopping: false });
    }

    fn went(&mut self, mode: Mode, mut trace: Trace, elapsed: Micros) {
        // What is open now lasts until now.
        trace.until = trace.until.max(elapsed);
        if let Some(going) = &mut self.going {
            going.current = Some(Progress { mode, trace: Rc::new(trace), elapsed });
        }
    }

    fn ended(&mut self, mut record: Record) {
        let Some(going) = &self.going else { return };
        let conditions = Rc::clone(&going.conditions);
        if record.predicted.is_none() && record.elapsed.is_some() && conditions == self.conditions {
            record.predicted = self.predicted(record.mode);
        }
        let record = Rc::new(record);
        self.done.retain(|(_, other)| other.mode != record.mode);
        self.done.push((conditions, Rc::clone(&record)));
        if let Some(going) = &mut self.going {
            going.current = going.current.take().filter(|current| current.mode != record.mode);
            going.ended.push(record);
        }
    }

    fn be_over(&mut self) {
        if let Some(going) = self.going.take() {
            self.over = Some(Rc::new(going.over()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::read;
    use crate::page::state::{Forecast, Stage};
    use crate::trace::{Event, Outcome, What};
    use crate::workload::{LaneId, TaskId};

    fn page(query: &str) -> Rc<State> {
        Rc::new(State::of(read(query)))
    }

    fn after(state: Rc<State>, actions: Vec<Action>) -> Rc<State> {
        actions.into_iter().fold(state, State::reduced)
    }

    fn trace(until: u64) -> Trace {
        let mut trace = Trace::default();
        let (task, lane) = (TaskId(1), LaneId(1));
        trace.push(Event { at: Micros(until), task, lane, step: 0, what: What::Printed });
        trace
    }

    fn record(mode: Mode, elapsed: u64) -> Record {
        let elapsed = Some(Micros(elapsed));
        Record { elapsed, trace: trace(1), ..Record::without_run(mode, Outcome::Finished) }
    }

    fn statuses(state: &State) -> Vec<&'static str> {
        state.setup.modes.iter().map(|mode| state.card(*mode).status()).collect()
    }

    const RUN: RunId = RunId(1);

    fn run_all(state: Rc<State>) -> Rc<State> {
        state.reduced(Action::RunAll)
    }

    #[test]
    fn a_run_goes_through_its_modes_and_leaves_their_records() {
        let mut state = run_all(page("modes=sync,async"));
        assert_eq!(statuses(&state), ["waiting", "waiting"]);
        state = after(state, vec![Action::Began(RUN, Mode::Sync), Action::Went(RUN, Mode::Sync, trace(1), Micros(9))]);
        assert_eq!(statuses(&state), ["running", "waiting"]);
        assert_eq!(state.card(Mode::Sync).trace().map(|trace| trace.until), Some(Micros(9)));
        let going = state.going.as_ref().unwrap();
        assert_eq!((going.next(), &*going.link), (Some(Mode::Async), "?v=1&modes=sync,async"));
        let ended = |mode, elapsed| Action::Ended(RUN, record(mode, elapsed));
        state = after(state, vec![ended(Mode::Sync, 30), ended(Mode::Async, 10), Action::Over(RUN)]);
        assert_eq!(statuses(&state), ["finished", "finished"]);
        assert!(state.going.is_none() && state.over.as_ref().is_some_and(|over| over.records.len() == 2));
        let speed_up = state.card(Mode::Async).figures().speed_up;
        assert!(speed_up.is_some_and(|times| (times - 3.0).abs() < 1e-9));
        assert_eq!(state.axis(), Micros(30));
    }

    #[test]
    fn news_of_another_run_is_dropped() {
        let state = run_all(page("modes=sync"));
        let late = RunId(0);
        let news = [Action::Began(late, Mode::Sync), Action::Ended(late, record(Mode::Sync, 1)), Action::Over(late)];
        for action in news {
            assert!(Rc::ptr_eq(&state, &Rc::clone(&state).reduced(action)));
        }
        let over = after(state, vec![Action::Over(RUN)]);
        assert!(Rc::ptr_eq(&over, &Rc::clone(&over).reduced(Action::Went(RUN, Mode::Sync, trace(1), Micros(2)))));
    }

    #[test]
    fn only_one_run_at_a_time_and_none_of_a_form_with_errors() {
        let state = run_all(page(""));
        assert!(Rc::ptr_eq(&state, &run_all(Rc::clone(&state))));
        let bad = after(page(""), vec![Action::Edit(Edit::Put(Spot::Tasks, "three".to_owned()))]);
        let refused = run_all(bad);
        assert!(refused.going.is_none() && refused.refused == 1);
    }

    #[test]
    fn a_stop_is_told_once() {
        let state = run_all(page("")).reduced(Action::Stop);
        assert!(state.going.as_ref().is_some_and(|going| going.stopping));
        assert!(Rc::ptr_eq(&state, &Rc::clone(&state).reduced(Action::Stop)));
    }

    #[test]
    fn an_edited_workload_has_no_record_until_it_is_as_it_was() {
        let state = after(
            run_all(page("modes=sync")),
            vec![
                Action::Ended(RUN, record(Mode::Sync, 30)),
                Action::Over(RUN),
                Action::Edit(Edit::Put(Spot::Tasks, "4".to_owned())),
            ],
        );
        assert_eq!((statuses(&state), state.link().as_str()), (vec!["idle"], "?v=1&tasks=4&modes=sync"));
        let back = state.reduced(Action::Edit(Edit::Put(Spot::Tasks, "3".to_owned())));
        assert_eq!(statuses(&back), ["finished"]);
    }

    #[test]
    fn another_link_gives_up_the_run_with_what_it_has() {
        let state = after(
            run_all(page("modes=sync,async")),
            vec![Action::Went(RUN, Mode::Sync, trace(5), Micros(9)), Action::Load(read("tasks=5&tasks=6"))],
        );
        let over = state.over.as_ref().unwrap();
        assert!(over.records.iter().all(|record| record.outcome.status() == "cancelled"));
        assert_eq!(over.records.iter().map(|record| record.trace.len()).collect::<Vec<_>>(), [1, 0]);
        assert_eq!((state.form.tasks.as_str(), state.notices.len()), ("5", 1));
        assert!(matches!(state.card(Mode::Sync).stage, Stage::Idle));
    }

    #[test]
    fn forecasts_of_other_conditions_are_dropped_and_a_record_keeps_its_own() {
        let state = page("modes=sync");
        let forecast = |ms| {
            let forecast = Forecast::Known(Rc::new(trace(1)), Micros(ms));
            Forecasted { mode: Mode::Sync, machine: Machine::default(), forecast }
        };
        let old = Rc::clone(&state.conditions);
        let state = after(
            state,
            vec![Action::Edit(Edit::Put(Spot::Tasks, "4".to_owned())), Action::Forecast(old, forecast(3))],
        );
        assert_eq!((state.predicted(Mode::Sync), state.to_forecast()), (None, vec![Mode::Sync]));
        let own = Rc::clone(&state.conditions);
        let state = run_all(state.reduced(Action::Forecast(own, forecast(4))));
        let state = state.reduced(Action::Ended(RUN, record(Mode::Sync, 9)));
        assert_eq!(state.record(Mode::Sync).and_then(|record| record.predicted), Some(Micros(4)));
    }

    #[test]
    fn the_axis_reaches_to_the_longest_but_not_to_what_is_far() {
        let state = page("modes=sync,async");
        let known = |mode, ms| {
            let forecast = Forecast::Known(Rc::default(), Micros(ms));
            let asked = Forecasted { mode, machine: Machine::default(), forecast };
            Action::Forecast(Rc::clone(&state.conditions), asked)
        };
        let forecasts = vec![known(Mode::Sync, 1_000_000), known(Mode::Async, 900)];
        let state = after(Rc::clone(&state), forecasts);
        assert_eq!(state.axis(), Micros(1_000_000));
        let state = run_all(state).reduced(Action::Went(RUN, Mode::Sync, trace(1), Micros(1000)));
        assert_eq!(state.axis(), Micros(16_384));
        assert_eq!(state.reduced(Action::Went(RUN, Mode::Sync, trace(1), Micros(100_000))).axis(), Micros(1_000_000));
    }

    #[test]
    fn a_notice_goes_when_its_field_is_edited_or_it_is_dismissed() {
        let state = page("tasks=0&steps=nap:1s&modes=fibers");
        let state = state.reduced(Action::Edit(Edit::Put(Spot::Tasks, "4".to_owned())));
        let state = after(state, vec![Action::Dismiss(0), Action::Dismiss(7)]);
        assert_eq!(state.notices.iter().map(|notice| notice.parameter.as_str()).collect::<Vec<_>>(), ["modes"]);
    }

    #[test]
    fn reset_is_the_article_s_example_in_the_same_view() {
        let state = page("tasks=9&title=T&embed=1&theme=dark").reduced(Action::Edit(Edit::Reset));
        assert_eq!((state.link().as_str(), state.form.tasks.as_str()), ("?v=1&embed=1&theme=dark", "3"));
    }
}
