//! What hangs open over the page, and the bar of a replay: closed by Escape, and a menu by a click beside it.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};
use yew::prelude::*;

use crate::page::browser;

/// A menu that is open.
const OPEN: &str = "details.menu[open]";

/// What closes a replay, where there is one.
const CLOSES: &str = "[data-action=replay-close]";

/// Closes what hangs open, and puts the focus on what opened it. Tells whether there was anything to close.
pub fn close() -> bool {
    if let Some(menu) = browser::find(OPEN) {
        close_menu(&menu);
        return true;
    }
    let button = browser::find(CLOSES).and_then(|close| close.dyn_into::<HtmlElement>().ok());
    button.is_some_and(|close| {
        close.click();
        true
    })
}

/// Closes a menu, and puts the focus on what opens it.
pub fn close_menu(menu: &Element) {
    let _ = menu.remove_attribute("open");
    if let Ok(Some(summary)) = menu.query_selector("summary") {
        browser::focus_on(&summary);
    }
}

/// Closes a menu when something else is clicked. The focus goes where the click sends it.
#[hook]
pub fn use_menus() {
    use_effect_with((), |()| {
        let clicked = |event: &Event| {
            let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
            if let Some(menu) = browser::find(OPEN).filter(|menu| !menu.contains(target.as_ref())) {
                let _ = menu.remove_attribute("open");
            }
        };
        let listener = browser::document().map(|document| EventListener::new(&document, "click", clicked));
        move || drop(listener)
    });
}
