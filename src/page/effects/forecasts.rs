//! Asks the model about what is set up: with the very edit where that is quick, so that nothing is drawn twice; else a
//! little at a time with the page free in between, and never while a run goes on. How long each mode takes is asked first,
//! and then, where it is wanted, what should happen in it.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Page;
use super::pieces::in_pieces;
use crate::page::state::{Action, Certainty, Conditions, Depth, Forecast, Forecasted, NotWhole, State};
use crate::predict::{Budget, Machine, PredictError, at_once, predict, predict_elapsed};
use crate::workload::{Micros, Mode};

/// Up to so many steps of all tasks a prediction takes no time that one would notice.
const QUICK: u64 = 3000;
/// What takes long waits until the user has stopped typing, in milliseconds.
pub(super) const PAUSE_MS: u32 = 200;
/// How long a mode takes is asked to the end of what fits: some seconds at worst, and given up with the next edit.
const ELAPSED: Budget = Budget { turns: 10_000_000, events: 0 };
/// What a prediction may cost that nobody asked for: some tenths of a second.
pub(super) const BUDGET: Budget = Budget { turns: 3_000_000, events: 3_000_000 };

/// A state with all that is quick to be told, told.
pub fn told_at_once(mut state: Rc<State>) -> Rc<State> {
    let missing = state.to_forecast();
    if missing.is_empty() || !is_quick(&state) {
        return state;
    }
    let ask = Ask::of(&state);
    for (mode, _) in missing {
        state = state.reduced(ask.answer(mode, at_once(ask.at_once(mode))));
    }
    state
}

/// Keeps the forecasts those of the conditions, where that takes longer. It waits for the end of a run, which it would
/// disturb.
#[hook]
pub fn use_forecasts(page: &Page) {
    let (ask, missing, dispatcher) = (Ask::of(page), page.to_forecast(), page.dispatcher());
    let is_free = !page.is_busy();
    // What is missing gets less with each answer, and that is no reason to ask again.
    let deps = (Rc::clone(&page.conditions), ask.machine, page.shown(), ask.on_request.clone(), is_free);
    use_effect_with(deps, move |_| {
        let wanted = Rc::clone(&ask.wanted);
        if is_free && !missing.is_empty() {
            spawn_local(async move { _ = ask.about_each(missing, &dispatcher).await });
        }
        move || wanted.set(false)
    });
}

fn is_quick(state: &State) -> bool {
    // Long counts are many turns under the GIL. Of many tasks they are not looked for: this is asked often.
    let hold = || state.conditions.workload.longest_hold(&state.subject().pace);
    state.conditions.steps() <= QUICK && hold().as_ms() < 1000.0
}

/// Questions to the model.
struct Ask {
    conditions: Rc<Conditions>,
    machine: Machine,
    /// The modes of which the reader wants the whole.
    on_request: Vec<Mode>,
    /// The modes of which the whole is shown, though for what the machine was taken to be before: it stays until it comes
    /// anew.
    shown_whole: Vec<Mode>,
    wanted: Rc<Cell<bool>>,
}

impl Ask {
    fn of(state: &State) -> Self {
        let (conditions, on_request) = (Rc::clone(&state.conditions), state.whole.clone());
        let is_whole = |mode: &Mode| matches!(state.forecast(*mode), Some(Forecast::Known(..)));
        let shown_whole = state.shown().into_iter().filter(is_whole).collect();
        let wanted = Rc::new(Cell::new(true));
        Self { conditions, machine: state.subject(), on_request, shown_whole, wanted }
    }

    fn answer(&self, mode: Mode, forecast: Forecast) -> Action {
        Action::Forecast(Rc::clone(&self.conditions), Forecasted { mode, machine: self.machine, forecast })
    }

    async fn elapsed(&self, mode: Mode) -> Result<Micros, PredictError> {
        let Conditions { workload, settings } = &*self.conditions;
        predict_elapsed(workload, settings, mode, &self.machine, ELAPSED).await
    }

    async fn whole(&self, mode: Mode) -> Result<Forecast, PredictError> {
        let Conditions { workload, settings } = &*self.conditions;
        let budget = if self.on_request.contains(&mode) { Budget::default() } else { BUDGET };
        let prediction = predict(workload, settings, mode, &self.machine, budget).await?;
        let certainty = Certainty::of(&prediction, &self.conditions, mode, &self.machine).await;
        Ok(Forecast::Known(Rc::new(prediction.trace), prediction.elapsed, Some(certainty)))
    }

    /// All that is known of a mode.
    async fn at_once(&self, mode: Mode) -> Forecast {
        match self.whole(mode).await {
            Ok(forecast) => forecast,
            Err(_) => part(self.elapsed(mode).await, NotWhole::TooLarge),
        }
    }

    /// Asks about one mode after another, a little at a time, as long as the answers are wanted.
    async fn about_each(self, modes: Vec<(Mode, Depth)>, dispatcher: &UseReducerDispatcher<State>) -> Option<()> {
        let mut whole = Vec::new();
        for (mode, depth) in modes {
            let elapsed = in_pieces(self.elapsed(mode), || self.wanted.get()).await?;
            if !self.shown_whole.contains(&mode) {
                dispatcher.dispatch(self.answer(mode, part(elapsed, NotWhole::NotAsked)));
            }
            whole.extend((depth == Depth::Whole).then_some((mode, elapsed)));
        }
        if whole.iter().any(|(mode, _)| !self.on_request.contains(mode)) {
            TimeoutFuture::new(PAUSE_MS).await;
        }
        for (mode, elapsed) in whole {
            let answer = in_pieces(self.whole(mode), || self.wanted.get()).await?;
            let forecast = answer.unwrap_or_else(|_| part(elapsed, NotWhole::TooLarge));
            dispatcher.dispatch(self.answer(mode, forecast));
        }
        Some(())
    }
}

/// What is known where the whole isn't.
fn part(elapsed: Result<Micros, PredictError>, why: NotWhole) -> Forecast {
    elapsed.map_or_else(|error| Forecast::Unknown(error.to_string()), |elapsed| Forecast::Elapsed(elapsed, why))
}
