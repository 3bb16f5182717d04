//! The legend, what is seen of the axis, and the cards of all modes, on one axis and in one scale.

use yew::prelude::*;

use super::act::Act;
use super::card::ModeCard;
use super::guess_bar::guess_bar;
use super::legend::Legend;
use super::replay::{replay_bar, replay_button};
use super::state::State;
use super::zoom::zoom;
use crate::workload::Mode;

/// The cards of all modes, under one another.
pub fn results(state: &State, act: &Act) -> Html {
    let (axis, scale) = (state.axis(), state.scale());
    let seen = state.seen(axis);
    let card = |mode: Mode| {
        html! {
            <ModeCard key={mode.id()} card={state.card(mode)} {seen} playhead={state.playhead(mode)} {scale} busy={state.is_busy()}
                can_run={state.errors.is_empty()} machine={state.machine} theme={state.theme} act={act.clone()} />
        }
    };
    html! {
        <section class="results" aria-label="Results">
            <Legend states={state.states()} strip={state.has_strip()} open={state.has_open_order()} tasks={state.conditions.workload.tasks} theme={state.theme} />
            <div class="results-bar">
                if !state.embedded { { guess_bar(state, act) } }
                { zoom(seen, axis, act) }
                { replay_button(state, act) }
            </div>
            { replay_bar(state, axis, act) }
            <div class="cards">{ for state.shown().into_iter().map(card) }</div>
        </section>
    }
}
