//! What is shown: which modes, what of their runs, and how times are written.

use std::rc::Rc;

use super::{Over, State};
use crate::explain::{Advice, advise};
use crate::report::Scale;
use crate::workload::{Micros, Mode};

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
        advise(&records, &self.conditions.workload, self.scale())
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
