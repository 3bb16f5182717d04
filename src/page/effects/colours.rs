//! Tells when the system changes its colours, for canvases that have to be drawn anew.

use gloo_events::EventListener;
use yew::prelude::*;

use crate::page::browser;

/// A number that is another after each change.
#[hook]
pub fn use_colours_changed() -> u32 {
    let changes = use_state(|| 0_u32);
    let now = *changes;
    let set = changes.setter();
    use_effect_with((), move |()| {
        let query = browser::window().and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok()?);
        let count = std::cell::Cell::new(0_u32);
        let listener = query.map(|query| {
            EventListener::new(&query, "change", move |_| {
                count.set(count.get() + 1);
                set.set(count.get());
            })
        });
        move || drop(listener)
    });
    now
}
