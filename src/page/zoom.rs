//! How much of the axis is seen, and buttons to see more or less of it: for all timelines at once.

use yew::prelude::*;

use super::act::Act;
use super::state::{Action, Look, State};
use super::timeline::CLOSER;
use crate::timeline::Window;
use crate::workload::Micros;

/// The buttons, and what is seen if it isn't all.
pub fn zoom(state: &State, axis: Micros, act: &Act) -> Html {
    let zoomed = state.seen(axis) != Window::whole(axis);
    let button = |action: &'static str, sign: &'static str, words: &'static str, look: Look, allowed: bool| {
        let onclick = act.reform(move |_: MouseEvent| Action::Look(look));
        html! {
            <button type="button" data-action={action} title={words} aria-label={words} {onclick}
                aria-disabled={(!allowed).then_some("true")}>{ sign }</button>
        }
    };
    html! {
        <div class="zoom" role="group" aria-label="Zoom of all timelines">
            <p class="small muted" data-figure="seen">{ state.seen_words(axis) }</p>
            { button("zoom-out", "−", "Zoom out", Look::Zoom { times: 1.0 / CLOSER, about: 0.5 }, zoomed) }
            { button("zoom-in", "+", "Zoom in", Look::Zoom { times: CLOSER, about: 0.5 }, true) }
            { button("zoom-fit", "Fit", "Fit: see all of the axis", Look::Fit, zoomed) }
        </div>
    }
}
