//! `run=auto`: runs by itself what the link set up, once, when it is seen and predicted to be short. What CPU-bound work
//! takes can be predicted only when the machine has been measured.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverEntry};
use yew::prelude::*;

use super::Page;
use crate::link::RunWhen;
use crate::page::browser;
use crate::page::state::{Action, Forecast, Origin, State};
use crate::workload::Micros;

/// What is predicted to take longer in any mode waits for a click.
const SHORT: Micros = Micros(10_000_000);
/// A machine that can't be measured by then is taken to be as any other, in milliseconds.
const PATIENCE_MS: u32 = 5000;
/// A hidden tab is seen when it comes to the front: looked for so often, in milliseconds.
const LOOK_MS: u32 = 200;

/// Obeys `run=auto` of the address that the page was opened with, unless something else happened first.
#[hook]
pub fn use_auto_run(page: &Page) {
    let (seen, waited) = (use_state_eq(|| false), use_state_eq(|| false));
    let opened_with = use_memo((), |()| (page.setup.run == RunWhen::Auto).then(|| page.link()));
    let done = use_mut_ref(|| false);
    {
        let (asked, set, patience) = (opened_with.is_some(), seen.setter(), waited.setter());
        use_effect_with((), move |()| {
            let sight = if asked { Sight::of_root(move || set.set(true)) } else { None };
            let timeout = asked.then(|| Timeout::new(PATIENCE_MS, move || patience.set(true)));
            move || drop((sight, timeout))
        });
    }
    let is_as_opened = page.origin == Origin::Address && opened_with.as_ref().as_ref() == Some(&page.link());
    let untouched = is_as_opened && !page.is_busy() && page.over.is_none();
    let dispatcher = page.dispatcher();
    let is_known = *waited || page.knows_machine() || !page.conditions.workload.works();
    use_effect_with((*seen && untouched && is_known, is_short(page)), move |(may, is_short)| {
        // Decided once, as soon as all modes are predicted for this machine.
        let Some(is_short) = is_short.filter(|_| *may) else { return };
        if !done.replace(true) && is_short {
            dispatcher.dispatch(Action::RunAll);
        }
    });
}

/// Whether all modes are predicted to be short; none while one has not been predicted for the machine that is known.
fn is_short(state: &State) -> Option<bool> {
    let forecasts: Option<Vec<_>> = state.setup.modes.iter().map(|mode| state.answered(*mode)).collect();
    let is_short = |forecast: &Forecast| forecast.elapsed().is_some_and(|elapsed| elapsed < SHORT);
    forecasts.map(|forecasts| forecasts.into_iter().all(is_short))
}

/// Waits until the page is seen: on the screen and not in a hidden tab.
struct Sight {
    observer: IntersectionObserver,
    _crossed: Closure<dyn FnMut(js_sys::Array)>,
}

impl Sight {
    fn of_root(seen: impl Fn() + Clone + 'static) -> Option<Self> {
        let crossed = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let is_in_view = |entry: wasm_bindgen::JsValue| {
                entry.dyn_into::<IntersectionObserverEntry>().is_ok_and(|entry| entry.is_intersecting())
            };
            if entries.iter().any(is_in_view) {
                when_visible(seen.clone());
            }
        });
        let observer = IntersectionObserver::new(crossed.as_ref().unchecked_ref()).ok()?;
        observer.observe(browser::root()?.as_ref());
        Some(Self { observer, _crossed: crossed })
    }
}

impl Drop for Sight {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Calls `seen` as soon as the tab is not hidden.
fn when_visible(seen: impl Fn() + 'static) {
    if browser::document().is_some_and(|document| document.hidden()) {
        Timeout::new(LOOK_MS, move || when_visible(seen)).forget();
    } else {
        seen();
    }
}
