//! The reducer: from a state and an action to the next state.
//!
//! News of a run that is not the one going on is dropped here, whatever it says.

use std::rc::Rc;

use super::runs::Done;
use super::{
    Action, Conditions, Edit, Errors, Focus, Forecasted, Form, Going, Origin, OtherMachine, Progress, Skip, State,
    forecast_in,
};
use crate::link::{Reading, Setup, Theme};
use crate::trace::{Record, RunId, Trace};
use crate::workload::{Micros, Mode};

impl State {
    /// The next state; the same one where the action changes nothing.
    #[must_use]
    pub fn reduced(self: Rc<Self>, action: Action) -> Rc<Self> {
        if !self.heeds(&action) {
            return self;
        }
        let mut next = Rc::unwrap_or_clone(self);
        if let Some(action) = next.told_to_sweep(action) {
            next.apply(action);
        }
        next.let_sweep_follow();
        Rc::new(next)
    }

    /// Whether an action concerns what there is now.
    fn heeds(&self, action: &Action) -> bool {
        match action {
            Action::RunAll => !self.is_busy(),
            Action::Run(modes) => !self.is_busy() && !modes.is_empty(),
            Action::Stop => self.order().is_some_and(|order| !order.stopping),
            Action::Skip(mode) => self.going.as_ref().is_some_and(|going| going.skip(*mode) == Some(Skip::Offered)),
            Action::Began(id, _) | Action::Went(id, ..) | Action::Ended(id, _) | Action::Over(id) => {
                self.order().is_some_and(|order| order.id == *id)
            }
            Action::Forecast(conditions, _) => *conditions == self.conditions,
            Action::PredictWhole(mode) => !self.whole.contains(mode),
            Action::Guess(guessing) => self.allows(guessing),
            Action::Compare(comparing) => self.can_compare(*comparing),
            Action::Replay(replaying) => self.can_replay(replaying),
            Action::Travel(way) => self.history.leads(*way),
            Action::Calibrated(machine) => *machine != self.machine,
            Action::AskFor(figure, text) => text != self.other.text(*figure),
            Action::AskForThis => self.other != OtherMachine::default(),
            Action::Dismiss(at) => *at < self.notices.len(),
            Action::DismissAll => !self.notices.is_empty(),
            Action::Theme(theme) => *theme != self.theme,
            Action::Arrange(by) => *by != self.by,
            Action::Time(times) => *times != self.times,
            Action::Speak(language) => *language != self.language,
            Action::Visit(reading) => reading.setup != self.setup,
            Action::Sweep(action) => self.sweep_heeds(action),
            Action::Edit(_) | Action::Load(_) | Action::Look(_) => true,
        }
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Edit(edit) => self.edit(edit),
            Action::Travel(way) => self.travel(way),
            Action::Load(reading) => {
                self.load(reading);
                self.history = Rc::default();
            }
            Action::Visit(reading) => self.visit(reading),
            Action::RunAll => self.run(self.setup.modes.to_vec()),
            Action::Run(modes) => self.run(modes),
            Action::Began(_, mode) => self.went(mode, Trace::default(), Micros::ZERO),
            Action::Went(_, mode, trace, elapsed) => self.went(mode, trace, elapsed),
            Action::Ended(_, record) => self.ended(record),
            Action::Over(_) => self.be_over(),
            Action::Forecast(conditions, asked) => {
                let going = self.going.as_mut().filter(|going| going.conditions == conditions);
                for forecasts in going.map(|going| &mut going.forecasts).into_iter().chain([&mut self.forecasts]) {
                    forecasts.retain(|other| other.mode != asked.mode);
                    forecasts.push(asked.clone());
                }
                self.let_replay_follow();
            }
            Action::PredictWhole(mode) => self.whole.push(mode),
            Action::Look(look) => self.look(look),
            Action::Arrange(by) => self.by = by,
            Action::Time(times) => self.times = times,
            Action::Speak(language) => self.language = language,
            Action::Guess(guessing) => {
                self.replay = None;
                self.guess(guessing);
            }
            Action::Compare(comparing) => self.compare(comparing),
            Action::Replay(replaying) => self.replay(replaying),
            // The old forecasts stay until the new ones come: nothing flickers.
            Action::Calibrated(machine) => self.taken_for.push(std::mem::replace(&mut self.machine, machine)),
            Action::AskFor(figure, text) => self.ask_for(|other| other.put(figure, text)),
            Action::AskForThis => self.ask_for(|other| *other = OtherMachine::default()),
            Action::Dismiss(at) => {
                self.notices.remove(at);
            }
            Action::DismissAll => self.notices.clear(),
            Action::Theme(theme) => self.theme = theme,
            Action::Sweep(action) => self.act_on_sweep(action),
            Action::Skip(mode) => {
                if let Some(going) = &mut self.going {
                    going.skipping = Some(mode);
                }
            }
            Action::Stop => {
                self.compared.end_rounds();
                if let Some(going) = &mut self.going {
                    going.stopping = true;
                }
            }
        }
    }

    /// Forecasts for the machine that was asked about before are no answers.
    fn ask_for(&mut self, change: impl FnOnce(&mut OtherMachine)) {
        let before = self.subject();
        change(&mut self.other);
        if self.subject() != before {
            self.forecasts.clear();
        }
    }

    fn edit(&mut self, edit: Edit) {
        self.replay = None;
        if matches!(edit, Edit::Reset) {
            self.notices.clear();
        }
        self.notices.retain(|notice| Some(notice.parameter) != edit.touches());
        let (before, done, was) = (self.form.clone(), edit.clone(), self.moment());
        let form = &mut self.form;
        match edit {
            Edit::Put(spot, text) => form.put(spot, text),
            Edit::Rename(key, name) => form.rename_step(key, name),
            Edit::AddStep => form.add_step(),
            Edit::RemoveStep(key) => form.remove_step(key),
            Edit::MoveStep(key, by) => form.move_step(key, by),
            Edit::Choose(mode, chosen) => form.choose_mode(mode, chosen),
            Edit::Sensitive(sensitive) => form.sensitive = sensitive,
            Edit::Place(place) => form.place = place,
            Edit::OneTask(offered) => form.offer_one_task(offered),
            Edit::Reset => self.reset(),
        }
        if let Edit::Choose(mode, _) = done {
            self.besides.retain(|other| *other != mode);
        }
        self.focus.follow(Focus::after(&done, &before, &self.form));
        self.errors = self.form.read(&mut self.setup);
        self.conditions_changed();
        let typing = if let Edit::Put(spot, _) = done { Some(spot) } else { None };
        self.remember(was, typing);
    }

    /// Back to the article's example, in the view and the colours that there are.
    fn reset(&mut self) {
        let Setup { embed, run, theme, .. } = self.setup;
        self.setup = Setup { embed, run, theme, ..Setup::default() };
        self.form = Form::of(&self.setup);
    }

    fn load(&mut self, reading: Reading) {
        self.origin = Origin::Later;
        self.compared.end_rounds();
        if let Some(going) = self.going.take() {
            let current = going.current.as_ref().and_then(|current| self.own_forecast(&going, current.mode));
            let predicted = current.and_then(|own| own.forecast.elapsed());
            self.over = Some(Rc::new(going.given_up(predicted)));
        }
        self.besides.clear();
        self.form = Form::of(&reading.setup);
        self.errors = Errors::default();
        self.theme = reading.setup.theme;
        self.setup = reading.setup;
        self.notices = reading.notices;
        self.conditions_changed();
    }

    /// As [`Self::load`], in the colours that there are if the link has none.
    fn visit(&mut self, reading: Reading) {
        let (theme, was) = (self.theme, self.moment());
        self.load(reading);
        self.remember(was, None);
        if self.setup.theme == Theme::Auto {
            self.theme = theme;
        }
    }

    pub(super) fn conditions_changed(&mut self) {
        let conditions = Conditions::of(&self.setup);
        if conditions != self.conditions {
            self.conditions = conditions;
            self.forecasts.clear();
            self.whole.clear();
            (self.window, self.replay) = (None, None);
            self.compared.forget();
            self.besides.clear();
            self.guesses.iter_mut().for_each(Vec::clear);
        }
    }

    pub(super) fn run(&mut self, modes: Vec<Mode>) {
        if !self.errors.is_empty() {
            self.refused += 1;
            return;
        }
        self.end_typing();
        let id = self.next_id();
        self.replay = None;
        self.besides = modes.iter().copied().filter(|mode| !self.setup.modes.contains(mode)).collect();
        let conditions = Rc::clone(&self.conditions);
        let link = self.link().into();
        let (modes, forecasts, ended) = (modes.into(), self.forecasts.clone(), Vec::new());
        self.going = Some(Going {
            id,
            conditions,
            link,
            modes,
            current: None,
            forecasts,
            ended,
            skipping: None,
            stopping: false,
        });
    }

    pub(super) fn next_id(&mut self) -> RunId {
        self.last_id = RunId(self.last_id.0 + 1);
        self.last_id
    }

    fn went(&mut self, mode: Mode, mut trace: Trace, elapsed: Micros) {
        // What is open now lasts until now.
        trace.until = trace.until.max(elapsed);
        if let Some(going) = &mut self.going {
            going.current = Some(Progress { mode, trace: Rc::new(trace), elapsed });
        }
    }

    /// What is predicted of a mode of a run, for this machine.
    fn own_forecast<'a>(&self, going: &'a Going, mode: Mode) -> Option<&'a Forecasted> {
        forecast_in(&going.forecasts, mode).filter(|asked| self.is_of_this_machine(asked, &going.conditions))
    }

    fn ended(&mut self, mut record: Record) {
        let Some(going) = &self.going else { return };
        let conditions = Rc::clone(&going.conditions);
        let own = self.own_forecast(going, record.mode).filter(|_| record.elapsed.is_some());
        record.predicted = own.and_then(|asked| asked.forecast.elapsed());
        let machine = own.filter(|_| record.predicted.is_some()).map(|asked| asked.machine);
        self.add_to_compared(&conditions, &record);
        let record = Rc::new(record);
        self.done.retain(|done| done.record.mode != record.mode);
        self.done.push(Done { conditions, record: Rc::clone(&record), machine });
        if let Some(going) = &mut self.going {
            going.current = going.current.take().filter(|current| current.mode != record.mode);
            going.ended.push(record);
        }
    }

    fn be_over(&mut self) {
        if let Some(going) = self.going.take() {
            self.over = Some(Rc::new(going.over()));
        }
        self.next_round();
    }
}

#[cfg(test)]
mod tests;
