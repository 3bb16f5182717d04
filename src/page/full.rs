//! The whole page.

use yew::prelude::*;

use super::act::Act;
use super::fold::Fold;
use super::form::WorkloadForm;
use super::header::Header;
use super::help::Help;
use super::live::Live;
use super::machine::machine;
use super::notices::{FreezeNotice, notices};
use super::results::results;
use super::run_bar::run_bar;
use super::state::State;
use super::sweep::SweepFold;
use super::table::table;
use super::which::which;

/// The whole page.
pub fn view(state: &State, act: &Act) -> Html {
    let runs = state.shown_runs();
    html! {
        <div class="page">
            <Header titled={state.setup.title.is_some()} link={state.link()} theme={state.theme} over={runs.clone()} compared={state.compared.clone()} act={act.clone()} />
            <main>
                { intro(state) }
                { notices(&state.notices, act) }
                <FreezeNotice conditions={state.conditions.clone()} modes={state.setup.modes.to_vec()}
                    pace={state.machine.pace} act={act.clone()} />
                { run_bar(state, act) }
                <div class="columns">
                    <Fold must_open={!state.errors.is_empty()}>
                        <WorkloadForm form={state.form.clone()} history={state.history.clone()} errors={state.errors.clone()}
                            notices={state.notices.clone()} act={act.clone()} />
                    </Fold>
                    <div class="wide">
                        { results(state, act) }
                        { which(state, act) }
                        { table(state, runs.as_ref(), act) }
                        { machine(state, act) }
                        // It would tell what is to be guessed.
                        if !state.hides_predictions() {
                            <SweepFold sweep={state.sweep.clone()} busy={state.is_busy()} act={act.clone()} />
                        }
                        <Help />
                    </div>
                </div>
            </main>
            <Live text={state.announcement()} />
        </div>
    }
}

/// What this is, in a sentence, and what a preset is to show; and the title, if the link has one.
fn intro(state: &State) -> Html {
    let title = state.setup.title.as_ref().map(|title| html! { <h1 class="title">{ title.as_str() }</h1> });
    html! {
        <div class="intro">
            { title.unwrap_or_default() }
            <p>
                { "The same small tasks, run for real in your browser in several ways. " }
                <span class="asks">{ "Who prints first, and how long does it take? " }</span>
                { point(state) }
            </p>
        </div>
    }
}

/// What the preset that is set up is to show. It would tell what is to be guessed.
fn point(state: &State) -> Html {
    match state.preset().filter(|_| !state.hides_predictions()) {
        Some(preset) => html! {
            <span data-point={preset.id}><strong>{ preset.name }</strong>{ ": " }{ preset.point }</span>
        },
        None => html! {
            <span class="usual">
                { "The example is from the article " }
                <cite>{ "Introduction to Async Django" }</cite>
                <span class="hint">{ "; change it and run it again" }</span>
                { "." }
            </span>
        },
    }
}
