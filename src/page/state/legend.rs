//! What is to be explained: the states of tasks that occur in what is shown, and the GIL's strip. Not how they look.

use super::{Card, State};
use crate::trace::{self, Trace, What};
use crate::workload::Kind;

/// So many events of a trace are looked at: the page has to draw while a run goes on, and of a million tasks the
/// first show what the others do.
const LOOKED_AT: usize = 2000;

impl State {
    /// The states that occur in any trace that is shown, measured or predicted.
    #[must_use]
    pub fn states(&self) -> Vec<trace::State> {
        let cards: Vec<_> = self.shown().into_iter().map(|mode| self.card(mode)).collect();
        let promised = |state| match state {
            // A prediction has no start-up, but every run has: the legend shouldn't grow when one begins.
            trace::State::Starting | trace::State::Running => true,
            // These may come late in a long trace, but come they will.
            trace::State::Sleeping => self.setup.workload.has(|kind| matches!(kind, Kind::Sleep(_))),
            trace::State::Blocked => self.setup.workload.has(|kind| matches!(kind, Kind::Block(_))),
            _ => false,
        };
        let occurs = |state| cards.iter().any(|card| is_in(card, state));
        trace::State::ALL.into_iter().filter(|state| promised(*state) || occurs(*state)).collect()
    }

    /// Whether the GIL's strip is shown in any mode.
    #[must_use]
    pub fn has_strip(&self) -> bool {
        self.shown().into_iter().any(|mode| self.card(mode).has_strip())
    }
}

fn is_in(card: &Card, state: trace::State) -> bool {
    let enters = |trace: &Trace| trace.iter().take(LOOKED_AT).any(|event| event.what == What::Entered(state));
    card.trace().is_some_and(enters) || card.predicted_trace().is_some_and(|trace| enters(trace))
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::link::read;
    use crate::page::state::{Action, Forecast, Forecasted};
    use crate::predict::Machine;
    use crate::trace::Event;
    use crate::workload::{LaneId, Micros, Mode, TaskId};

    #[test]
    fn only_what_occurs_is_explained() {
        let state = Rc::new(State::of(read("modes=threads&steps=print:Hi,sleep:1s")));
        assert_eq!(state.states(), [trace::State::Starting, trace::State::Running, trace::State::Sleeping]);
        let mut waited = Trace::default();
        let what = What::Entered(trace::State::Gil);
        waited.push(Event { at: Micros(1), task: TaskId(1), lane: LaneId(1), step: 0, what });
        let forecast = Forecast::Known(Rc::new(waited), Micros(1), None);
        let asked = Forecasted { mode: Mode::Threads, machine: Machine::default(), forecast };
        let state = Rc::clone(&state).reduced(Action::Forecast(Rc::clone(&state.conditions), asked));
        assert!(state.states().contains(&trace::State::Gil) && !state.states().contains(&trace::State::Blocked));
    }
}
