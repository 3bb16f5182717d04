//! What is to be explained: the states of tasks that can occur in what is shown, and the GIL's strip. Not how they look.
//!
//! What the workload and the modes promise is explained from the start: an item that came with a prediction or a run
//! would move all that stands below.

use super::{Card, State};
use crate::timeline::{By, takes_up};
use crate::trace::{self, Trace, What};
use crate::workload::{Kind, LaneId, Mode};

/// So many events of a trace are looked at: the page has to draw while a run goes on, and of a million tasks the
/// first show what the others do.
const LOOKED_AT: usize = 2000;

impl State {
    /// The states that the workload promises in the modes that are shown, and those that occur all the same in any
    /// trace that is shown, measured or predicted. By lane those are left out that take up none; and who only sleeps or
    /// blocks waits for the GIL too short for an explanation: pointed at, each stretch is told anyway.
    #[must_use]
    pub fn states(&self) -> Vec<trace::State> {
        let cards: Vec<_> = self.shown().into_iter().map(|mode| self.card(mode)).collect();
        let (workload, modes) = (&self.setup.workload, self.shown());
        let are_many = workload.tasks.get() > 1;
        let is_any = |is_such: fn(Mode) -> bool| modes.iter().any(|mode| is_such(*mode));
        // Of a loop and its threads, those wait for the GIL.
        let lane = |state| LaneId(if state == trace::State::Gil { 2 } else { 1 });
        let is_drawn = |state| self.by == By::Task || modes.iter().any(|mode| takes_up(*mode, state, lane(state)));
        let promised = |state| match state {
            // A prediction has no start-up, but every run has.
            trace::State::Starting | trace::State::Running => true,
            trace::State::Sleeping => workload.has(|kind| matches!(kind, Kind::Sleep(_))),
            trace::State::Blocked => workload.has(|kind| matches!(kind, Kind::Block(_))),
            trace::State::Gil => are_many && workload.works() && is_any(Mode::has_gil),
            // Where one task runs at a time, the others wait for their turn.
            trace::State::Ready => are_many && is_any(|mode| mode == Mode::Sync || mode.has_loop()),
        };
        let is_long = |state| state != trace::State::Gil || workload.works();
        let occurs = |state| is_long(state) && cards.iter().any(|card| is_in(card, state));
        trace::State::ALL.into_iter().filter(|state| is_drawn(*state) && (promised(*state) || occurs(*state))).collect()
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
    fn what_is_promised_is_explained_from_the_start() {
        use trace::State::{Blocked, Gil, Ready, Running, Sleeping, Starting};
        for (query, states) in [
            ("modes=sync&tasks=1&steps=print:Hi", vec![Starting, Running]),
            ("modes=sync,threads&steps=print:Hi,sleep:1s", vec![Starting, Ready, Running, Sleeping]),
            ("modes=sync,threads&steps=count:1M", vec![Starting, Ready, Running, Gil]),
            ("modes=sync,async&steps=count:1M,block:1s", vec![Starting, Ready, Running, Blocked]),
            ("modes=offload,threads&steps=count:1M&tasks=1", vec![Starting, Running]),
        ] {
            let told = State::of(read(query)).states();
            assert!(told.len() == states.len() && states.iter().all(|state| told.contains(state)), "{query}: {told:?}");
        }
    }

    #[test]
    fn by_lane_only_what_takes_one_up_is_explained() {
        use trace::State::{Blocked, Gil, Ready, Running, Sleeping, Starting};
        for (query, states) in [
            ("modes=async,offload&steps=sleep:1s,count:1M,block:1s", vec![Starting, Running, Blocked, Gil]),
            ("modes=async,sync&steps=sleep:1s", vec![Starting, Running, Sleeping]),
        ] {
            let state = Rc::new(State::of(read(query)));
            let told = Rc::clone(&state).reduced(Action::Arrange(By::Lane)).states();
            assert_eq!(told, states, "{query}");
            assert!(!told.contains(&Ready) && state.states().contains(&Sleeping));
        }
    }

    #[test]
    fn what_occurs_is_explained_though_nobody_promised_it() {
        let state = Rc::new(State::of(read("modes=threads&tasks=1&steps=print:Hi,sleep:1s")));
        assert!(!state.states().contains(&trace::State::Ready));
        let mut waited = Trace::default();
        let what = What::Entered(trace::State::Ready);
        waited.push(Event { at: Micros(1), task: TaskId(1), lane: LaneId(1), step: 0, what });
        let forecast = Forecast::Known(Rc::new(waited), Micros(1), None);
        let asked = Forecasted { mode: Mode::Threads, machine: Machine::default(), forecast };
        let state = Rc::clone(&state).reduced(Action::Forecast(Rc::clone(&state.conditions), asked));
        assert!(state.states().contains(&trace::State::Ready));
    }
}
