//! The workload in a sentence, Run all and Stop, and how far a run is.

use yew::prelude::*;

use super::app::Act;
use super::state::{Action, Going, State};

/// The bar above the results.
pub fn run_bar(state: &State, act: &Act) -> Html {
    let run = act.reform(|_: MouseEvent| Action::RunAll);
    let stop = act.reform(|_: MouseEvent| Action::Stop);
    let going = state.going.as_ref();
    let stopping = going.is_some_and(|going| going.stopping);
    html! {
        <section class="run-bar" aria-label="Run">
            <div class="what">
                <p class="workload" data-sentence="">{ state.sentence() }</p>
                <p class="progress small">{ progress(state) }</p>
            </div>
            <div class="buttons">
                <button type="button" class="primary" data-action="run-all" disabled={going.is_some()} onclick={run}>
                    { if state.setup.modes.len() == 1 { "Run" } else { "Run all" } }
                </button>
                <button type="button" data-action="stop" disabled={going.is_none() || stopping} onclick={stop}>
                    { if stopping { "Stopping…" } else { "Stop" } }
                </button>
            </div>
        </section>
    }
}

/// How far a run is and what comes next, or why there can be none.
fn progress(state: &State) -> Html {
    if let Some(going) = &state.going {
        return going_on(going);
    }
    if state.errors.is_empty() {
        return html! { <span class="muted">{ state.invitation() }</span> };
    }
    html! { <span class="error">{ "A field can’t be read. Put it right to run." }</span> }
}

fn going_on(going: &Going) -> Html {
    let at = going.ended.len() + usize::from(going.current.is_some());
    let now = going.current.as_ref().map_or("Starting", |current| current.mode.name());
    let next = going.next().map(|mode| format!(" Next: {}.", mode.name())).unwrap_or_default();
    html! { <span>{ format!("Running {now}, {} of {}.{next}", at.max(1), going.modes.len()) }</span> }
}
