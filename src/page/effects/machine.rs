//! Gets to know the machine once the page is up: its cores, and how fast they count, alone and all at once. Warms up what
//! runs will need. A run is never disturbed: if one begins meanwhile, all that is done again after it.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::Page;
use crate::page::state::Action;
use crate::predict::Machine;
use crate::report;
use crate::run;
use crate::workload::Pace;

/// The page is drawn before anything is measured, in milliseconds.
const LATER_MS: u32 = 300;

thread_local! {
    /// Asking takes some milliseconds, and the answer doesn't change; but the counts are measured later.
    static BROWSER: run::Environment = run::Environment::of_this_browser();
    static PACE: std::cell::Cell<Option<Pace>> = const { std::cell::Cell::new(None) };
}

/// This browser on this machine, for the result.
pub fn environment() -> report::Environment {
    let counts_per_ms = PACE.get().map(|pace| pace.counts_per_ms);
    BROWSER.with(|browser| report::Environment {
        user_agent: browser.user_agent.clone(),
        cores: browser.cores,
        isolated: browser.is_isolated,
        // What is no number is null in the result.
        clock_resolution_ms: browser.clock_resolution_ms.unwrap_or(f64::NAN),
        counts_per_ms,
    })
}

/// Measures the machine, and has workers ready.
#[hook]
pub fn use_machine(page: &Page) {
    let setup = &page.setup;
    let lanes = run::lanes_from_pool(&setup.modes, &setup.settings, setup.workload.tasks);
    let dispatcher = page.dispatcher();
    let may_measure = !page.is_busy() && !page.knows_machine();
    use_effect_with(may_measure, move |may_measure| {
        let later = may_measure.then(|| {
            Timeout::new(LATER_MS, move || {
                run::warm_up(lanes);
                let cores = environment().cores;
                run::calibrate(cores, move |run::Speed { pace, lanes, each }| {
                    PACE.set(Some(pace));
                    dispatcher.dispatch(Action::Calibrated(Machine::measured(cores, pace, lanes, each)));
                });
            })
        });
        move || drop(later)
    });
}
