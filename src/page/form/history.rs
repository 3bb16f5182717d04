//! Undo and redo: their buttons, and which keys mean them. What there is to undo is the state's affair.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::page::act::Act;
use crate::page::state::{Action, History, Spot, Way};

/// Both buttons. One that leads nowhere keeps the focus.
pub fn buttons(history: &History, act: &Act) -> Html {
    let button = |(way, words, keys): (Way, &'static str, &'static str)| {
        let travel = act.reform(move |_: MouseEvent| Action::Travel(way));
        html! {
            <button type="button" id={way.id()} data-action={way.id()} title={keys} onclick={travel}
                aria-disabled={(!history.leads(way)).then_some("true")}>
                { words }
            </button>
        }
    };
    html! {
        <>
            { button((Way::Undo, "Undo", "Undo the last change (Ctrl+Z)")) }
            { button((Way::Redo, "Redo", "Redo it (Ctrl+Shift+Z, Ctrl+Y)")) }
        </>
    }
}

/// The way that a key means; none where a text field that was just typed into has an undo of its own.
pub fn way_of(event: &KeyboardEvent, history: &History) -> Option<Way> {
    let field = event.target_dyn_into::<HtmlInputElement>().filter(|field| field.type_() == "text");
    let typed = history.typing.map(Spot::id);
    if !(event.ctrl_key() || event.meta_key()) || field.is_some_and(|field| typed == Some(field.id())) {
        return None;
    }
    match (event.key().as_str(), event.shift_key()) {
        ("z" | "Z", false) => Some(Way::Undo),
        ("z" | "Z", true) | ("y" | "Y", _) => Some(Way::Redo),
        _ => None,
    }
}
