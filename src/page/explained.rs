//! Why a run came out as it did, in at most two sentences below its timeline. What they say is `crate::explain`'s affair.

use yew::prelude::*;

use super::effects::use_explained;
use super::state::Card;
use crate::explain::{Explanation, Stretch};
use crate::predict::Machine;
use crate::report::Scale;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub card: Card,
    pub machine: Machine,
    pub scale: Scale,
    /// Whether a run is going on.
    pub busy: bool,
    /// Told of the stretch that is pointed at.
    pub mark: Callback<Option<Stretch>>,
}

/// While the mode runs again, what was said last keeps its place.
#[component]
pub fn Explained(props: &Props) -> Html {
    let said = use_explained(&props.card, props.machine, props.scale, props.busy);
    let is_current = said.is_of(&props.card);
    let class = classes!("told", "explained", "small", "muted", (!is_current).then_some("overtaken"));
    html! {
        <ul {class} aria-hidden={(!is_current).then_some("true")}>
            { for said.explanations.iter().map(|one| sentence(one, is_current.then_some(&props.mark))) }
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
