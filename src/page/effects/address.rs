//! The address bar says what is set up, and what it is made to say is set up. Not in a frame: an embedded view never
//! changes its address.

use gloo_events::EventListener;
use yew::prelude::*;

use super::Page;
use crate::link;
use crate::page::browser;
use crate::page::state::Action;

/// Keeps the address and the set-up the same.
#[hook]
pub fn use_address(page: &Page) {
    let embedded = page.embedded;
    use_effect_with((page.link(), embedded), |(link, embedded)| {
        if !embedded && browser::query() != *link {
            browser::replace_query(link);
        }
    });
    let dispatcher = page.dispatcher();
    use_effect_with(embedded, move |embedded| {
        let went = move |_: &Event| {
            // What the page wrote there itself it need not read: a step to another fragment changes nothing.
            let reading = link::read(&browser::query());
            dispatcher.dispatch(Action::Visit(reading));
        };
        let window = browser::window().filter(|_| !embedded);
        let listener = window.map(|window| EventListener::new(&window, "popstate", went));
        move || drop(listener)
    });
}
