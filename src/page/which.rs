//! Which mode to use for this workload, below all cards, once it has run in several. The choice is `crate::explain`'s.

use yew::prelude::*;

use super::act::Act;
use super::code::CodeFold;
use super::state::State;
use crate::explain::Pointer;

/// The advice, where there is one. While a run goes on, what was said last keeps its place.
pub fn which(state: &State, act: &Act) -> Html {
    let Some(advice) = state.advice() else { return html! { <div hidden=true /> } };
    let is_current = state.going.is_none();
    html! {
        <section class={classes!("which", (!is_current).then_some("muted"))} aria-labelledby="which">
            <h2 id="which">{ "Which should I use?" }</h2>
            <p data-advice={advice.mode.id()}>{ advice.reason }{ " " }{ advice.cost }</p>
            <ul class="small">{ for advice.pointers.iter().map(pointer) }</ul>
            <div class="folds small">
                <CodeFold mode={advice.mode} conditions={state.conditions.clone()} language={state.language} act={act.clone()} />
            </div>
        </section>
    }
}

fn pointer(pointer: &Pointer) -> Html {
    html! { <li><a href={pointer.address} target="_blank" rel="noopener">{ pointer.title }</a></li> }
}
