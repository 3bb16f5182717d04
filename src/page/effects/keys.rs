//! Keys that work anywhere on the page: Escape closes a menu or ends a replay, or else stops a run. Enter in the form runs because it is a form.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::{Page, menus};
use crate::page::browser;
use crate::page::state::Action;

/// Listens for keys.
#[hook]
pub fn use_keys(page: &Page) {
    let dispatcher = page.dispatcher();
    use_effect_with((), move |()| {
        let pressed = move |event: &Event| {
            let escape = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape");
            // One Escape does one thing.
            if escape && !menus::close() {
                dispatcher.dispatch(Action::Stop);
            }
        };
        let listener = browser::document().map(|document| EventListener::new(&document, "keydown", pressed));
        move || drop(listener)
    });
}

/// Moves the focus to the field that keeps a run from beginning, and along with the steps of the form.
#[hook]
pub fn use_pointing(page: &Page) {
    use_effect_with(page.focus.clone(), |focus| {
        if let Some(id) = &focus.id {
            browser::focus(id);
        }
    });
    let first = page.errors.first();
    use_effect_with(page.refused, move |_| {
        if let Some(spot) = first {
            browser::focus(&spot.id());
        }
    });
}
