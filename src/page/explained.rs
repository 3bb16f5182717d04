//! Why a run came out as it did, in at most two sentences below its timeline; until there is something to be said of it,
//! the mode's rule. What the sentences say is `crate::explain`'s affair.

use yew::prelude::*;

use super::effects::use_explained;
use super::state::Card;
use crate::explain::{Explanation, Stretch};
use crate::report::Scale;
use crate::workload::Mode;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub card: Card,
    pub scale: Scale,
    /// Whether a run is going on.
    pub busy: bool,
    /// Told of the stretch that is pointed at.
    pub mark: Callback<Option<Stretch>>,
}

/// While the mode runs again, what was said last keeps its place.
#[component]
pub fn Explained(props: &Props) -> Html {
    let said = use_explained(&props.card, props.scale, props.busy);
    let is_current = said.is_of(&props.card);
    let is_overtaken = !is_current && !said.explanations.is_empty();
    let class = classes!("told", "explained", "small", "muted", is_overtaken.then_some("overtaken"));
    html! {
        <ul {class} aria-hidden={is_overtaken.then_some("true")}>
            { for said.explanations.iter().map(|one| sentence(one, is_current.then_some(&props.mark))) }
            // It would tell what is to be guessed.
            if said.explanations.is_empty() && props.card.open_guess().is_none() {
                <li data-rule="">{ rule(props.card.mode) }</li>
            }
        </ul>
    }
}

/// A sentence; where it has its place on the timeline, it marks it while it is pointed at, as long as it holds.
fn sentence(said: &Explanation, mark: Option<&Callback<Option<Stretch>>>) -> Html {
    let words = said.sentence.clone();
    let (Some(stretch), Some(mark)) = (said.stretch, mark) else {
        return html! { <li data-explanation="">{ words }</li> };
    };
    let (on, off) = (mark.reform(move |()| Some(stretch)), mark.reform(|()| None));
    let (over, focus) = (on.reform(|_: MouseEvent| ()), on.reform(|_: FocusEvent| ()));
    let (out, blur) = (off.reform(|_: MouseEvent| ()), off.reform(|_: FocusEvent| ()));
    html! {
        <li data-explanation="" tabindex="0" onmouseenter={over} onmouseleave={out} onfocus={focus} onblur={blur}>
            { words }
        </li>
    }
}

/// Who may run when, in a sentence.
const fn rule(mode: Mode) -> &'static str {
    match mode {
        Mode::Sync => "One task after another: while one waits, all the tasks behind it wait too.",
        Mode::Async => "One event loop: a task that sleeps lets the next one run; block and count hold up every task.",
        Mode::Threads => {
            "Only the thread that holds the GIL runs: for one switch interval, or until it sleeps or blocks."
        }
        Mode::Processes => {
            "Each process has its own memory and takes time to start; then all run at once, one per core."
        }
        Mode::Offload => "One event loop that hands block and count to threads, so that the loop stays free.",
        Mode::FreeThreads => "Threads without the GIL: all run at once, and nothing guards what they share.",
    }
}
