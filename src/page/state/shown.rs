//! What is shown: which modes, what of their runs, and how times are written.

use std::rc::Rc;
use std::sync::LazyLock;

use super::{Over, State};
use crate::explain::{Advice, advise};
use crate::link::{self, Setup};
use crate::report::Scale;
use crate::workload::{Micros, Mode, PRESETS, Preset};

/// Whether an output has the time of each line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Times {
    /// It has.
    #[default]
    Shown,
    /// It has not: so more lines find room.
    Hidden,
}

impl State {
    /// What is shown of runs, as one, to be exported.
    #[must_use]
    pub fn shown_runs(&self) -> Option<Rc<Over>> {
        let id = self.over.as_ref()?.id;
        let records: Vec<_> = self.shown().into_iter().filter_map(|mode| self.record(mode).cloned()).collect();
        let (conditions, link) = (Rc::clone(&self.conditions), self.link().into());
        (!records.is_empty()).then(|| Rc::new(Over { id, conditions, link, records }))
    }

    /// Which mode to use, by what is shown of runs; none before a run of this workload is over.
    #[must_use]
    pub fn advice(&self) -> Option<Advice> {
        self.over.as_ref().filter(|over| over.conditions == self.conditions)?;
        let records: Vec<_> = self.shown().into_iter().filter_map(|mode| self.record(mode)).map(Rc::as_ref).collect();
        advise(&records, |record| self.typical(record.mode), &self.conditions.workload, self.scale())
    }

    /// How far the workers' clocks can be from the page's, over all that is shown of runs; none where none was in a
    /// worker.
    #[must_use]
    pub fn clock_error(&self) -> Option<Micros> {
        let records = self.shown().into_iter().filter_map(|mode| self.record(mode));
        records.filter_map(|record| record.clock_error).max().filter(|error| *error > Micros::ZERO)
    }

    /// How times are written, all modes alike.
    #[must_use]
    pub fn scale(&self) -> Scale {
        let cards = self.shown().into_iter().map(|mode| self.card(mode));
        Scale::of(cards.flat_map(|card| [card.elapsed(), card.predicted()]).flatten())
    }

    /// The preset that is set up, which is to show something; the article's example is told of anyway.
    #[must_use]
    pub fn preset(&self) -> Option<Preset> {
        static SETUPS: LazyLock<[Setup; PRESETS.len()]> =
            LazyLock::new(|| PRESETS.map(|preset| link::read(preset.link).setup));
        let is_own = |setup: &Setup| {
            let own = &self.setup;
            (&setup.workload, &setup.settings, &setup.modes) == (&own.workload, &own.settings, &own.modes)
        };
        let own = PRESETS.into_iter().zip(&*SETUPS).find(|(_, setup)| is_own(setup));
        own.filter(|_| !is_own(&Setup::default())).map(|(preset, _)| preset)
    }

    /// Whether a run can begin: none is going on, and the form is free of errors.
    #[must_use]
    pub fn can_run(&self) -> bool {
        !self.is_busy() && self.errors.is_empty()
    }

    /// The modes that are shown: those of the set-up, and among them, at its usual place, what runs now or was asked to
    /// run besides.
    #[must_use]
    pub fn shown(&self) -> Vec<Mode> {
        let mut shown = self.setup.modes.to_vec();
        let going = self.going.iter().flat_map(|going| going.modes.iter());
        for mode in going.chain(&self.besides) {
            if !shown.contains(mode) {
                let at = shown.iter().position(|other| other > mode).unwrap_or(shown.len());
                shown.insert(at, *mode);
            }
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::state::{Action, Edit, Spot};

    fn page(query: &str) -> Rc<State> {
        Rc::new(State::of(link::read(query)))
    }

    #[test]
    fn no_run_is_offered_while_one_goes_on_or_the_form_has_errors() {
        let state = page("");
        let wrong = Rc::clone(&state).reduced(Action::Edit(Edit::Put(Spot::Tasks, "ten".to_owned())));
        assert_eq!([state.can_run(), wrong.can_run(), state.reduced(Action::RunAll).can_run()], [true, false, false]);
        assert_eq!(wrong.reduced(Action::RunAll).refused, 1, "pressed all the same it says why");
    }

    #[test]
    fn what_can_not_share_memory_here_says_so_before_it_is_run() {
        let mut state = State::of(link::read("steps=add:1M&modes=sync,threads,processes,free-threads"));
        let refused =
            |state: &State| state.shown().into_iter().filter(|mode| state.card(*mode).refused.is_some()).collect();
        let isolated: Vec<Mode> = refused(&state);
        state.is_isolated = false;
        let plain: Vec<Mode> = refused(&state);
        assert_eq!((isolated, plain), (Vec::new(), vec![Mode::Threads, Mode::FreeThreads]));
        state.conditions = crate::page::state::Conditions::of(&link::read("steps=count:1M").setup);
        assert!(state.card(Mode::Threads).refused.is_none());
    }

    #[test]
    fn a_preset_is_known_until_its_workload_is_changed() {
        let id = |state: &State| state.preset().map(|preset| preset.id);
        for preset in &PRESETS[1..] {
            assert_eq!(id(&page(preset.link)), Some(preset.id));
            assert_eq!(id(&page(&format!("{}&theme=dark&title=Mine", preset.link))), Some(preset.id));
        }
        assert_eq!(id(&page("")), None, "the page tells of the article's example anyway");
        let state = page(PRESETS[1].link).reduced(Action::Edit(Edit::Put(Spot::Tasks, "4".to_owned())));
        assert_eq!(id(&state), None);
        assert_eq!(id(&state.reduced(Action::Edit(Edit::Put(Spot::Tasks, "3".to_owned())))), Some(PRESETS[1].id));
    }
}
