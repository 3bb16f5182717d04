//! How the GIL is shared, as figures below the strip that shows it.

use yew::prelude::*;

use super::state::{Card, Stage};

#[derive(PartialEq, Properties)]
pub struct Props {
    pub card: Card,
}

#[component]
pub fn GilFigures(props: &Props) -> Html {
    let card = &props.card;
    // Nothing is said of a run that goes on, so its news is no reason to look again.
    let stage = if matches!(card.stage, Stage::Running(_)) { Stage::Waiting } else { card.stage.clone() };
    let words = use_memo((card.mode, stage, card.forecast.clone()), |_| card.gil_words());
    html! {
        if card.has_strip() {
            <p class="told small muted" data-figure="gil">{ words.as_deref().unwrap_or_default() }</p>
        } else {
            <p hidden=true />
        }
    }
}
