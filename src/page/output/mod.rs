//! The output of a mode in its true order, in words whether that is certain, and what can be done with it.

mod copy;
mod find;
mod lighting;
mod lines;
mod listing;

use yew::prelude::*;

pub use lines::chip;

use copy::Copy;
use find::{Find, Found};
use lines::Source;
use listing::{FEW, Listing};

use super::act::Act;
use super::effects::{use_checked, use_found};
use super::state::{Card, Checked};
use crate::explain::Stretch;
use crate::report::{Scale, Wanted};
use crate::timeline::Pointed;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub card: Card,
    pub scale: Scale,
    /// Whether a run is going on.
    pub busy: bool,
    /// How many lines are printed by the moment that is replayed; none: all of them.
    pub printed: Option<usize>,
    /// What is pointed at on the timeline.
    pub pointed: Option<Pointed>,
    /// Told of the stretch of the timeline at which the line was printed that the reader is at.
    pub mark: Callback<Option<Stretch>>,
    pub act: Act,
}

#[component]
pub fn Output(props: &Props) -> Html {
    let Props { card, scale, busy, printed, pointed, mark, act } = props;
    let checked = use_checked(card, *busy);
    let (text, place) = (use_state_eq(String::new), use_state_eq(|| 0));
    let source = if card.trace().is_some() { Source::Measured(checked) } else { Source::Predicted };
    let is_long = card.lines() > FEW;
    let wanted = Wanted::read(&text, &card.conditions.workload).filter(|_| is_long);
    let hits = use_found(card.basis(), wanted, source.trace(card), *busy);
    let found = hits.map(|hits| Found::at(hits, *place));
    let listing = |source: Source, found: Option<Found>| {
        html! { <Listing card={card.clone()} {source} scale={*scale} printed={*printed} {found} pointed={*pointed} mark={mark.clone()} act={act.clone()} /> }
    };
    let put = {
        let (text, place) = (text.setter(), place.setter());
        move |typed| {
            text.set(typed);
            place.set(0);
        }
    };
    let go = {
        let place = place.setter();
        move |to| place.set(to)
    };
    let is_measured = card.trace().is_some();
    html! {
        <div class="output">
            <h3 class="hidden-text">{ "Output" }</h3>
            // Seen while nothing was really printed, and then it keeps the room.
            if card.predicted_trace().is_some() { { listing(Source::Predicted, found.clone().filter(|_| !is_measured)) } }
            if is_measured { { listing(source, found.clone()) } }
            if card.conditions.workload.prints() {
                <div class="output-foot">
                    { certain(card, checked) }
                    if is_long {
                        <Find name={card.mode.name()} text={(*text).clone()} {found} busy={*busy} {put} {go} />
                    }
                    <Copy card={card.clone()} />
                </div>
            } else {
                <p class="small muted">{ "Nothing is printed." }</p>
            }
        </div>
    }
}

/// Whether the order is certain. While it isn't known, its place is kept.
fn certain(card: &Card, checked: Option<Checked>) -> Html {
    let words = card.order_words(checked.as_ref()).unwrap_or_default();
    let class = classes!("told", "small", if matches!(checked, Some(Err(_))) { "error" } else { "muted" });
    html! { <p {class} data-figure="order">{ words }</p> }
}
