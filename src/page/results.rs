//! The legend, what is seen of the axis, and the cards of all modes, on one axis and in one scale.

use yew::prelude::*;

use super::act::Act;
use super::card::ModeCard;
use super::guess_bar::guess_bar;
use super::legend::Legend;
use super::replay::{replay_bar, replay_button};
use super::state::State;
use super::views::views;
use super::zoom::zoom;
use crate::timeline::Window;
use crate::workload::Mode;

/// What keys do on a timeline that has the focus.
const KEYS: &str = "Arrow keys go from stretch to stretch and from row to row, Home and End to the ends of a row. W and S zoom, \
                    A and D move, 0 shows all. Space plays and pauses a replay, comma and full stop go back and on by one \
                    event.";

/// The cards of all modes, under one another.
pub fn results(state: &State, act: &Act) -> Html {
    let (axis, scale) = (state.axis(), state.scale());
    let seen = state.seen(axis);
    let card = |mode: Mode| {
        html! {
            <ModeCard key={mode.id()} card={state.card(mode)} {seen} playhead={state.playhead(mode)} {scale} busy={state.is_busy()}
                can_run={state.errors.is_empty()} theme={state.theme} act={act.clone()} />
        }
    };
    html! {
        <section class="results" aria-label="Results">
            if !state.embedded { { legend(state) } }
            <div class="results-bar">
                if state.embedded { { legend(state) } } else { { guess_bar(state, act) } }
                { replay_button(state, act) }
                if !state.embedded { <div class="views">{ views(state, act) }</div> }
                // In a frame one looks closer by fingers, and before one knows.
                if !state.embedded || seen != Window::whole(axis) { { zoom(state, axis, act) } }
            </div>
            <p id="timeline-keys" class="hidden-text">{ KEYS }</p>
            { replay_bar(state, axis, act) }
            <div class="cards">{ for state.shown().into_iter().map(card) }</div>
        </section>
    }
}

/// Folded away where there is little room.
fn legend(state: &State) -> Html {
    html! {
        <Legend states={state.states()} strip={state.has_strip()} open={state.has_open_order()}
            folded={state.embedded || state.is_narrow} tasks={state.conditions.workload.tasks} theme={state.theme} />
    }
}
