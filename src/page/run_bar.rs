//! The workload in a sentence, Run all and Stop, and how far a run is.

use yew::prelude::*;

use super::act::Act;
use super::heartbeat::heartbeat;
use super::state::{Action, State};

/// The bar above the results.
pub fn run_bar(state: &State, act: &Act) -> Html {
    let run = act.reform(|_: MouseEvent| Action::RunAll);
    let stop = act.reform(|_: MouseEvent| Action::Stop);
    let order = state.order();
    let stopping = order.as_ref().is_some_and(|order| order.stopping);
    html! {
        <section class="run-bar" aria-label="Run">
            <div class="what">
                <p class="workload" data-sentence="">{ state.sentence() }</p>
                <p class="progress small">{ progress(state) }</p>
            </div>
            // A button that can't be pressed now is told to be so, not disabled: it would lose the focus. Pressed all
            // the same while the form has errors, it moves the focus to the first.
            <div class="buttons">
                <button type="button" class="primary" data-action="run-all" onclick={run}
                    aria-disabled={(!state.can_run()).then_some("true")}>
                    { if state.setup.modes.len() == 1 { "Run" } else { "Run all" } }
                </button>
                <button type="button" data-action="stop" onclick={stop}
                    aria-disabled={(order.is_none() || stopping).then_some("true")}>
                    { if stopping { "Stopping…" } else { "Stop" } }
                </button>
            </div>
            { heartbeat(&state.heartbeat()) }
        </section>
    }
}

/// How far a run is and what comes next, or why there can be none.
fn progress(state: &State) -> Html {
    if let Some(words) = state.progress() {
        return html! { <span>{ words }</span> };
    }
    match state.errors.words() {
        Some(words) => html! { <span class="error">{ words }</span> },
        None => html! { <span class="muted">{ state.invitation() }</span> },
    }
}
