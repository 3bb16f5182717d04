//! The output of a mode in its true order, and in words whether that is certain.

mod lines;
mod listing;

use yew::prelude::*;

use lines::Source;
pub use lines::chip;
use listing::Listing;

use super::effects::use_checked;
use super::state::{Card, Checked};
use crate::report::Scale;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub card: Card,
    pub scale: Scale,
    /// Whether a run is going on.
    pub busy: bool,
    /// How many lines are printed by the moment that is replayed; none: all of them.
    pub printed: Option<usize>,
}

#[component]
pub fn Output(props: &Props) -> Html {
    let Props { card, scale, busy, printed } = props;
    let checked = use_checked(card, *busy);
    let listing = |source: Source| {
        html! { <Listing card={card.clone()} {source} scale={*scale} printed={*printed} /> }
    };
    html! {
        <div class="output">
            <h3 class="hidden-text">{ "Output" }</h3>
            // Seen while nothing was really printed, and then it keeps the room.
            if card.predicted_trace().is_some() { { listing(Source::Predicted) } }
            if card.trace().is_some() { { listing(Source::Measured(checked)) } }
            { certain(card, checked) }
        </div>
    }
}

/// Whether the order is certain. While it isn't known, its place is kept.
fn certain(card: &Card, checked: Option<Checked>) -> Html {
    if !card.conditions.workload.prints() {
        return Html::default();
    }
    let words = card.order_words(checked.as_ref()).unwrap_or_default();
    let class = classes!("told", "small", if matches!(checked, Some(Err(_))) { "error" } else { "muted" });
    html! { <p {class} data-figure="order">{ words }</p> }
}
