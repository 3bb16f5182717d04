//! What of the link was not taken as it stands, said once and dismissible.

use yew::prelude::*;

use super::act::Act;
use super::state::Action;
use crate::link::Notice;

/// All notices, in an element that is there without any too: a screen reader tells of what comes into it.
pub fn notices(notices: &[Notice], act: &Act) -> Html {
    html! {
        <div class="notices" role="status">
            if notices.len() > FEW { { folded(notices, act) } } else if !notices.is_empty() { { list(notices, act) } }
        </div>
    }
}

/// So many are shown without being asked for.
const FEW: usize = 2;

fn list(notices: &[Notice], act: &Act) -> Html {
    html! {
        <ul aria-label="What of the link could not be read">
            { for notices.iter().enumerate().map(|(at, notice)| one(at, notice, act)) }
        </ul>
    }
}

/// Many would push the page out of sight.
fn folded(notices: &[Notice], act: &Act) -> Html {
    let dismiss = act.reform(|_: MouseEvent| Action::DismissAll);
    html! {
        <div class="many">
            <details>
                <summary>{ format!("{} things in this link could not be read", notices.len()) }</summary>
                { list(notices, act) }
            </details>
            <button type="button" data-action="dismiss-all" onclick={dismiss}>{ "Dismiss all" }</button>
        </div>
    }
}

fn one(at: usize, notice: &Notice, act: &Act) -> Html {
    let onclick = act.reform(move |_: MouseEvent| Action::Dismiss(at));
    let parameter = notice.parameter.clone();
    html! {
        <li class="notice" key={format!("{at} {notice}")} data-parameter={parameter.clone()}>
            <p>
                <code class="quoted">{ format!("{parameter}={}", notice.value) }</code>
                { " " }
                <span class="message">{ notice.message.clone() }</span>
            </p>
            <button type="button" class="icon" {onclick} aria-label={format!("Dismiss the notice on {parameter}")}>
                { "✕" }
            </button>
        </li>
    }
}
