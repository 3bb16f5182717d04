//! The view in another page's frame: the picture, the figures, Run and Stop. The form is folded away.

use yew::prelude::*;

use super::act::Act;
use super::browser;
use super::form::WorkloadForm;
use super::live::Live;
use super::notices::{FreezeNotice, notices};
use super::results::results;
use super::run_bar::run_bar;
use super::state::State;
use crate::link::{self, Setup};

/// The embedded view.
pub fn view(state: &State, act: &Act) -> Html {
    let title = state.setup.title.as_ref().map_or("Interleave", |title| title.as_str());
    html! {
        <div class="page embedded">
            <main>
                <h1 class={if state.setup.title.is_some() { "title" } else { "hidden-text" }}>{ title }</h1>
                { notices(&state.notices, act) }
                <FreezeNotice conditions={state.conditions.clone()} modes={state.setup.modes.to_vec()}
                    pace={state.machine.pace} act={act.clone()} />
                { run_bar(state, act) }
                { results(state, act) }
                <div class="embed-foot">
                    <details>
                        <summary class="small">{ "Change the workload" }</summary>
                        <WorkloadForm form={state.form.clone()} history={state.history.clone()} errors={state.errors.clone()}
                            notices={state.notices.clone()} act={act.clone()} />
                    </details>
                    <a class="small" href={full_address(&state.setup)} target="_blank" rel="noopener">
                        { "Open in Interleave" }
                    </a>
                </div>
            </main>
            <Live text={state.announcement()} />
        </div>
    }
}

/// The address of the same set-up on the whole page.
fn full_address(setup: &Setup) -> String {
    let setup = Setup { embed: false, ..setup.clone() };
    browser::path() + &link::write(&setup)
}
