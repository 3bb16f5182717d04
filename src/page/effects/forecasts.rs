//! Asks the model about what is set up: at once where that is quick, else a little at a time with the page free in
//! between, and never while a run goes on.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Page;
use super::pieces::in_pieces;
use crate::page::state::{Action, Certainty, Conditions, Forecast, Forecasted, State};
use crate::predict::{Budget, Machine, PredictError, at_once, predict, predict_elapsed};
use crate::workload::Mode;

/// Up to so many steps of all tasks a prediction takes no time that one would notice.
const QUICK: u64 = 3000;
/// Up to so many the whole of it is asked for, past them how long it takes.
const WHOLE: u64 = 300_000;
/// Large ones wait until the user has stopped typing, in milliseconds.
const PAUSE_MS: u32 = 200;
/// What a prediction may cost: some tenths of a second.
pub(super) const BUDGET: Budget = Budget { turns: 3_000_000, events: 3_000_000 };

/// Keeps the forecasts those of the conditions. A large one waits for the end of a run, which it would disturb.
#[hook]
pub fn use_forecasts(page: &Page) {
    let ask = Ask {
        conditions: Rc::clone(&page.conditions),
        machine: page.machine,
        dispatcher: page.dispatcher(),
        wanted: Rc::new(Cell::new(true)),
    };
    let missing = page.to_forecast();
    let is_free = !page.is_busy() || ask.is_quick();
    // What is missing gets less with each answer, and that is no reason to ask again.
    let deps = (Rc::clone(&page.conditions), page.machine, page.shown(), is_free);
    use_effect_with(deps, move |_| {
        let wanted = Rc::clone(&ask.wanted);
        match (is_free, ask.is_quick()) {
            (false, _) => {}
            (true, true) => ask.about_all(missing),
            (true, false) => spawn_local(ask.about_each(missing)),
        }
        move || wanted.set(false)
    });
}

/// Questions to the model.
struct Ask {
    conditions: Rc<Conditions>,
    machine: Machine,
    dispatcher: UseReducerDispatcher<State>,
    wanted: Rc<Cell<bool>>,
}

impl Ask {
    /// The steps of all tasks.
    fn steps(&self) -> u64 {
        u64::from(self.conditions.workload.tasks.get()) * self.conditions.workload.steps.len() as u64
    }

    fn is_quick(&self) -> bool {
        // Long counts are many turns under the GIL. Of many tasks they are not looked for: this is asked often.
        let hold = || self.conditions.workload.longest_hold(&self.machine.pace);
        self.steps() <= QUICK && hold().as_ms() < 1000.0
    }

    fn tell(&self, mode: Mode, forecast: Forecast) {
        let asked = Forecasted { mode, machine: self.machine, forecast };
        self.dispatcher.dispatch(Action::Forecast(Rc::clone(&self.conditions), asked));
    }

    async fn forecast(&self, mode: Mode) -> Forecast {
        let Conditions { workload, settings } = &*self.conditions;
        if self.steps() > WHOLE {
            let elapsed = predict_elapsed(workload, settings, mode, &self.machine, BUDGET).await;
            return elapsed.map_or_else(unknown, |elapsed| Forecast::Known(Rc::default(), elapsed, None));
        }
        match predict(workload, settings, mode, &self.machine, BUDGET).await {
            Ok(prediction) => {
                let certainty = Certainty::of(&prediction, &self.conditions, mode, &self.machine).await;
                Forecast::Known(Rc::new(prediction.trace), prediction.elapsed, Some(certainty))
            }
            Err(error) => unknown(error),
        }
    }

    /// Asks about all modes here and now.
    fn about_all(&self, modes: Vec<Mode>) {
        for mode in modes {
            self.tell(mode, at_once(self.forecast(mode)));
        }
    }

    /// Asks about one mode after another, a little at a time, as long as the answers are wanted.
    async fn about_each(self, modes: Vec<Mode>) {
        TimeoutFuture::new(PAUSE_MS).await;
        for mode in modes {
            match in_pieces(self.forecast(mode), || self.wanted.get()).await {
                Some(forecast) => self.tell(mode, forecast),
                None => return,
            }
        }
    }
}

fn unknown(error: PredictError) -> Forecast {
    Forecast::Unknown(error.to_string())
}
