//! What the reader is to know before a run: what of the link was not taken as it stands, dismissible; and that a run will
//! freeze the page, with the way round it.

use std::rc::Rc;

use yew::prelude::*;

use super::act::Act;
use super::browser;
use super::state::{Action, Conditions, Edit, freeze_ahead};
use crate::link::Notice;
use crate::workload::{Mode, Pace, Place};

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
        <ul aria-label="Parts of the link that could not be read">
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
    let parameter = notice.parameter.name();
    html! {
        <li class="notice" key={format!("{at} {notice}")} data-parameter={parameter}>
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

#[derive(PartialEq, Properties)]
pub struct FreezeProps {
    pub conditions: Rc<Conditions>,
    pub modes: Vec<Mode>,
    pub pace: Pace,
    pub act: Act,
}

/// Which modes will freeze the page, and a button that has them run in a worker.
#[component]
pub fn FreezeNotice(props: &FreezeProps) -> Html {
    let of = (Rc::clone(&props.conditions), props.modes.clone(), props.pace);
    let words = use_memo(of, |(conditions, modes, pace)| freeze_ahead(conditions, modes, pace));
    let move_it = props.act.reform(|_: MouseEvent| {
        // The button goes with its reason, so the focus goes on to what is next.
        if let Some(run) = browser::find("[data-action=run-all]") {
            browser::focus_on(&run);
        }
        Action::Edit(Edit::Place(Place::Worker))
    });
    html! {
        <div class="notices freeze" role="status">
            if let Some(words) = &*words {
                <p class="small" data-freeze="">{ words.clone() }</p>
                <button type="button" data-action="in-worker" onclick={move_it}>{ "Run it in a worker instead" }</button>
            }
        </div>
    }
}
