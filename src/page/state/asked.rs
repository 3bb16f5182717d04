//! What the model is to be asked: about which modes, and how much of each. Not what it answers.

use super::{Conditions, Forecast, NotWhole, State, forecast_in};
use crate::workload::Mode;

/// How much the model is asked of a mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// How long it should take.
    Elapsed,
    /// Everything that should happen.
    Whole,
}

/// What is to be said of a prediction of which only the time is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Partly {
    /// The reader may ask for the whole.
    MayBeAsked,
    /// The reader did, and the answer is yet to come.
    Asked,
    /// It is too large to be had.
    TooLarge,
}

/// Up to so many steps of all tasks the whole is asked for; past them only on request.
const WHOLE: u64 = 300_000;

impl Conditions {
    /// The steps of all tasks.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.workload.tasks.steps_in_all(self.workload.steps.len())
    }
}

impl State {
    /// The modes that are shown and that the model has not yet answered about, for the machine that is asked about, and
    /// how much it is asked.
    #[must_use]
    pub fn to_forecast(&self) -> Vec<(Mode, Depth)> {
        let is_missing = |(mode, depth): &(Mode, Depth)| match self.answered(*mode) {
            None => true,
            Some(Forecast::Elapsed(_, NotWhole::NotAsked)) => *depth == Depth::Whole,
            Some(_) => false,
        };
        self.shown().into_iter().map(|mode| (mode, self.depth(mode))).filter(is_missing).collect()
    }

    /// What the model has answered about a mode, for the machine that is asked about.
    #[must_use]
    pub fn answered(&self, mode: Mode) -> Option<&Forecast> {
        let asked = forecast_in(&self.forecasts, mode)?;
        (asked.machine == self.subject()).then_some(&asked.forecast)
    }

    /// What is to be said of the prediction of a mode, if it isn't whole, and of one so large that it won't be at once.
    #[must_use]
    pub fn partly(&self, mode: Mode) -> Option<Partly> {
        match (self.forecast(mode)?, self.whole.contains(&mode)) {
            (Forecast::Elapsed(_, NotWhole::TooLarge), _) => Some(Partly::TooLarge),
            (Forecast::Elapsed(_, NotWhole::NotAsked), true) => Some(Partly::Asked),
            (Forecast::Elapsed(_, NotWhole::NotAsked), false) => {
                (self.depth(mode) == Depth::Elapsed).then_some(Partly::MayBeAsked)
            }
            _ => None,
        }
    }

    fn depth(&self, mode: Mode) -> Depth {
        let is_small = self.conditions.steps() <= WHOLE;
        if is_small || self.whole.contains(&mode) { Depth::Whole } else { Depth::Elapsed }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::link::read;
    use crate::page::state::{Action, Forecasted};
    use crate::workload::Micros;

    fn told(state: &Rc<State>, forecast: Forecast) -> Rc<State> {
        let asked = Forecasted { mode: Mode::Sync, machine: state.machine, forecast };
        Rc::clone(state).reduced(Action::Forecast(Rc::clone(&state.conditions), asked))
    }

    #[test]
    fn of_a_large_workload_the_whole_is_asked_for_only_on_request() {
        let state = Rc::new(State::of(read("modes=sync&tasks=1000000")));
        assert_eq!(state.to_forecast(), [(Mode::Sync, Depth::Elapsed)]);
        let state = told(&state, Forecast::Elapsed(Micros(1), NotWhole::NotAsked));
        assert_eq!((state.to_forecast(), state.partly(Mode::Sync)), (vec![], Some(Partly::MayBeAsked)));
        let asked = Rc::clone(&state).reduced(Action::PredictWhole(Mode::Sync));
        assert_eq!(asked.to_forecast(), [(Mode::Sync, Depth::Whole)]);
        assert_eq!(asked.partly(Mode::Sync), Some(Partly::Asked));
        let whole = told(&asked, Forecast::Known(Rc::default(), Micros(1), None));
        assert_eq!((whole.to_forecast(), whole.partly(Mode::Sync)), (vec![], None));
        let too_large = told(&asked, Forecast::Elapsed(Micros(1), NotWhole::TooLarge));
        assert_eq!((too_large.to_forecast(), too_large.partly(Mode::Sync)), (vec![], Some(Partly::TooLarge)));
        let edited = asked.reduced(Action::Load(read("modes=sync&tasks=999999")));
        assert_eq!(edited.to_forecast(), [(Mode::Sync, Depth::Elapsed)], "another workload is another question");
    }

    #[test]
    fn of_a_small_workload_the_whole_is_asked_for_at_once_though_the_time_may_come_first() {
        let state = Rc::new(State::of(read("modes=sync&tasks=50000")));
        assert_eq!(state.to_forecast(), [(Mode::Sync, Depth::Whole)]);
        let state = told(&state, Forecast::Elapsed(Micros(1), NotWhole::NotAsked));
        assert_eq!((state.to_forecast(), state.partly(Mode::Sync)), (vec![(Mode::Sync, Depth::Whole)], None));
    }
}
