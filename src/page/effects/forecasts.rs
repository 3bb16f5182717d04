//! Asks the model about what is set up: at once where that is quick, else one mode after another with the page free
//! in between.

use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Page;
use crate::page::state::{Action, Conditions, Forecast, State};
use crate::predict::{Budget, Machine, predict};
use crate::workload::Mode;

/// Up to so many steps of all tasks a prediction takes no time that one would notice.
const QUICK: u64 = 3000;
/// Larger ones wait until the user has stopped typing, in milliseconds.
const PAUSE_MS: u32 = 200;
/// What a prediction may cost while the page waits for it: some tenths of a second.
const BUDGET: Budget = Budget { turns: 1_500_000, events: 4_000_000 };

/// Keeps the forecasts those of the conditions.
#[hook]
pub fn use_forecasts(page: &Page) {
    let (machine, modes) = (page.machine, page.shown());
    let deps = (Rc::clone(&page.conditions), machine, modes);
    let dispatcher = page.dispatcher();
    use_effect_with(deps, move |(conditions, machine, modes)| {
        let (conditions, machine, modes) = (Rc::clone(conditions), *machine, modes.clone());
        let wanted = Rc::new(std::cell::Cell::new(true));
        let ask = Ask { conditions, machine, dispatcher, wanted: Rc::clone(&wanted) };
        if ask.is_quick() {
            modes.into_iter().for_each(|mode| ask.about(mode));
        } else {
            spawn_local(ask.about_each(modes));
        }
        move || wanted.set(false)
    });
}

/// Questions to the model.
struct Ask {
    conditions: Rc<Conditions>,
    machine: Machine,
    dispatcher: UseReducerDispatcher<State>,
    wanted: Rc<std::cell::Cell<bool>>,
}

impl Ask {
    fn is_quick(&self) -> bool {
        let workload = &self.conditions.workload;
        let waits = self.conditions.workload.longest_hold(self.machine.counts_per_ms).as_ms() < 1000.0;
        waits && u64::from(workload.tasks.get()) * workload.steps.len() as u64 <= QUICK
    }

    fn about(&self, mode: Mode) {
        let Conditions { workload, settings } = &*self.conditions;
        let forecast = match predict(workload, settings, mode, &self.machine, BUDGET) {
            Ok(prediction) => Forecast::Known(Rc::new(prediction.trace), prediction.elapsed),
            Err(error) => Forecast::Unknown(error.to_string()),
        };
        self.dispatcher.dispatch(Action::Forecast(Rc::clone(&self.conditions), mode, forecast));
    }

    async fn about_each(self, modes: Vec<Mode>) {
        TimeoutFuture::new(PAUSE_MS).await;
        for mode in modes {
            if !self.wanted.get() {
                return;
            }
            self.about(mode);
            TimeoutFuture::new(0).await;
        }
    }
}
