//! Asks the model about what is set up: at once where that is quick, else a little at a time with the page free in
//! between, and never while a run goes on. How long each mode takes is asked first, and then, where it is wanted, what
//! should happen in it.

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
const PAUSE_MS: u32 = 200;
/// What a prediction may cost that nobody asked for: some tenths of a second.
pub(super) const BUDGET: Budget = Budget { turns: 3_000_000, events: 3_000_000 };

/// Keeps the forecasts those of the conditions. A large one waits for the end of a run, which it would disturb.
#[hook]
pub fn use_forecasts(page: &Page) {
    let ask = Ask {
        conditions: Rc::clone(&page.conditions),
        machine: page.subject(),
        on_request: page.whole.clone(),
        dispatcher: page.dispatcher(),
        wanted: Rc::new(Cell::new(true)),
    };
    let missing = page.to_forecast();
    let is_free = !page.is_busy() || ask.is_quick();
    // What is missing gets less with each answer, and that is no reason to ask again.
    let deps = (Rc::clone(&page.conditions), ask.machine, page.shown(), ask.on_request.clone(), is_free);
    use_effect_with(deps, move |_| {
        let wanted = Rc::clone(&ask.wanted);
        match (is_free, ask.is_quick()) {
            (false, _) => {}
            (true, true) => ask.about_all(missing),
            (true, false) => spawn_local(async move { _ = ask.about_each(missing).await }),
        }
        move || wanted.set(false)
    });
}

/// Questions to the model.
struct Ask {
    conditions: Rc<Conditions>,
    machine: Machine,
    /// The modes of which the reader wants the whole.
    on_request: Vec<Mode>,
    dispatcher: UseReducerDispatcher<State>,
    wanted: Rc<Cell<bool>>,
}

impl Ask {
    fn is_quick(&self) -> bool {
        // Long counts are many turns under the GIL. Of many tasks they are not looked for: this is asked often.
        let hold = || self.conditions.workload.longest_hold(&self.machine.pace);
        self.conditions.steps() <= QUICK && hold().as_ms() < 1000.0
    }

    fn tell(&self, mode: Mode, forecast: Forecast) {
        let asked = Forecasted { mode, machine: self.machine, forecast };
        self.dispatcher.dispatch(Action::Forecast(Rc::clone(&self.conditions), asked));
    }

    async fn elapsed(&self, mode: Mode) -> Result<Micros, PredictError> {
        let Conditions { workload, settings } = &*self.conditions;
        predict_elapsed(workload, settings, mode, &self.machine, BUDGET).await
    }

    async fn whole(&self, mode: Mode) -> Result<Forecast, PredictError> {
        let Conditions { workload, settings } = &*self.conditions;
        let budget = if self.on_request.contains(&mode) { Budget::default() } else { BUDGET };
        let prediction = predict(workload, settings, mode, &self.machine, budget).await?;
        let certainty = Certainty::of(&prediction, &self.conditions, mode, &self.machine).await;
        Ok(Forecast::Known(Rc::new(prediction.trace), prediction.elapsed, Some(certainty)))
    }

    /// Asks about all modes here and now.
    fn about_all(&self, modes: Vec<(Mode, Depth)>) {
        for (mode, _) in modes {
            let whole = at_once(self.whole(mode));
            self.tell(mode, whole.unwrap_or_else(|_| part(at_once(self.elapsed(mode)), NotWhole::TooLarge)));
        }
    }

    /// Asks about one mode after another, a little at a time, as long as the answers are wanted.
    async fn about_each(self, modes: Vec<(Mode, Depth)>) -> Option<()> {
        let mut whole = Vec::new();
        for (mode, depth) in modes {
            let elapsed = in_pieces(self.elapsed(mode), || self.wanted.get()).await?;
            self.tell(mode, part(elapsed, NotWhole::NotAsked));
            whole.extend((depth == Depth::Whole).then_some((mode, elapsed)));
        }
        if whole.iter().any(|(mode, _)| !self.on_request.contains(mode)) {
            TimeoutFuture::new(PAUSE_MS).await;
        }
        for (mode, elapsed) in whole {
            let answer = in_pieces(self.whole(mode), || self.wanted.get()).await?;
            self.tell(mode, answer.unwrap_or_else(|_| part(elapsed, NotWhole::TooLarge)));
        }
        Some(())
    }
}

/// What is known where the whole isn't.
fn part(elapsed: Result<Micros, PredictError>, why: NotWhole) -> Forecast {
    elapsed.map_or_else(|error| Forecast::Unknown(error.to_string()), |elapsed| Forecast::Elapsed(elapsed, why))
}
