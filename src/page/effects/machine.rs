//! Gets to know the machine once the page is up: its cores, and how fast they count, alone and all at once. Warms up what
//! runs will need. A run is never disturbed: if one begins meanwhile, all that is done again after it.
//!
//! Whatever else the machine does makes it seem slower, and nothing makes it seem faster: so the best of all measurements
//! counts, and they are repeated until one comes to as much as the best. No longer: what is measured here may disturb a run
//! in another tab.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Page;
use crate::page::state::{Action, State};
use crate::predict::Machine;
use crate::report;
use crate::run;

/// How long the machine is let alone before each measurement, in milliseconds: the page is drawn before the first, and what
/// disturbed one may be over before the next.
const PAUSES_MS: [u32; 5] = [300, 700, 2000, 4000, 8000];
/// How long others have the machine before this page looks again, in milliseconds.
const LOOK_MS: u32 = 500;

thread_local! {
    /// Asking takes some milliseconds, and the answer doesn't change; but the counts are measured later.
    static BROWSER: run::Environment = run::Environment::of_this_browser();
    static KNOWN: Cell<Option<run::Known>> = const { Cell::new(None) };
}

/// This browser on this machine, for the result.
pub fn environment() -> report::Environment {
    let counts_per_ms = KNOWN.get().map(|known| known.speed.alone.counts_per_ms);
    BROWSER.with(|browser| report::Environment {
        user_agent: browser.user_agent.clone(),
        cores: browser.cores,
        isolated: browser.is_isolated,
        clock_resolution_ms: browser.clock_resolution_ms,
        counts_per_ms,
    })
}

/// Measures the machine, and has workers ready.
#[hook]
pub fn use_machine(page: &Page) {
    let setup = &page.setup;
    let lanes = run::lanes_from_pool(&setup.modes, &setup.settings, setup.workload.tasks);
    let dispatcher = page.dispatcher();
    use_effect_with(!page.is_busy(), move |is_free| {
        let wanted = Rc::new(Cell::new(*is_free));
        spawn_local(get_to_know(lanes, Rc::clone(&wanted), dispatcher));
        move || wanted.set(false)
    });
}

/// Measures the machine until two measurements agree: as often as they are disturbed.
async fn get_to_know(lanes: u8, wanted: Rc<Cell<bool>>, dispatcher: UseReducerDispatcher<State>) {
    for pause in PAUSES_MS {
        TimeoutFuture::new(pause).await;
        if !wanted.get() {
            return;
        }
        run::warm_up(lanes);
        if KNOWN.get().is_some_and(|known| known.is_certain) {
            return;
        }
        let Some(alone) = alone(&wanted).await else { return };
        let cores = environment().cores;
        let Some(speed) = run::calibrate(cores, &alone).await else { continue };
        let known = KNOWN.get().map_or_else(|| run::Known::first(speed), |known| known.and(speed));
        KNOWN.set(Some(known));
        let run::Speed { alone, lanes, together } = known.speed;
        dispatcher.dispatch(Action::Calibrated(Machine::measured(cores, alone, lanes, together)));
    }
}

/// Waits until the page is seen, since a browser lets others go first, and no other frame or tab of it runs or measures;
/// none: it is not wanted any more.
async fn alone(wanted: &Cell<bool>) -> Option<run::Pledge> {
    while wanted.get() {
        if run::is_on_screen()
            && let Some(alone) = run::measure_alone().await
            && wanted.get()
        {
            return Some(alone);
        }
        TimeoutFuture::new(LOOK_MS).await;
    }
    None
}
