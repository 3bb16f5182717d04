//! The timeline of a mode: a canvas as wide as its card, told in words to who can't see it, and below it how the GIL is
//! shared. What is drawn is worked out in `crate::timeline`, how in `canvas`.

use web_sys::{HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

use super::canvas::{Drawing, Outline};
use super::effects::{Drawn, Pace, use_colours_changed, use_drawing, use_width};
use super::state::Card;
use crate::explain::Stretch;
use crate::link::Theme;
use crate::timeline::Sizes;
use crate::workload::Micros;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub card: Card,
    /// How far the axis goes.
    pub axis: Micros,
    /// Whether a run is going on.
    pub busy: bool,
    pub theme: Theme,
    /// A stretch that is spoken of.
    pub mark: Option<Stretch>,
}

#[component]
pub fn Timeline(props: &Props) -> Html {
    let canvas = use_node_ref();
    let width = use_width(&canvas);
    {
        let canvas = canvas.clone();
        // At once, while what is drawn waits for a frame: so nothing below it moves.
        let sizes = Sizes::of(&props.card.conditions.workload, props.card.mode);
        use_effect_with(sizes.height(), move |height| {
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                let _ = canvas.style().set_property("height", &format!("{height}px"));
            }
        });
    }
    let colours = use_colours_changed();
    let outline = use_memo((), |()| Outline::default());
    let label = use_state_eq(|| format!("Timeline of {}.", props.card.mode.name()));
    let gil = use_state_eq(|| None::<String>);
    {
        let (canvas, card, axis) = (canvas.clone(), props.card.clone(), props.axis);
        let (set_label, set_gil) = (label.setter(), gil.setter());
        let mut drawing = None;
        let pace = if props.busy { Pace::BesideARun } else { Pace::Brisk };
        use_drawing((card.clone(), axis, props.theme, width, colours), pace, move |until| {
            let Some(canvas) = canvas.cast::<HtmlCanvasElement>() else { return Drawn::Whole };
            let drawing = drawing.get_or_insert_with(|| Drawing::new(card.clone(), axis, width, (*outline).clone()));
            let drawn = drawing.go_on(&canvas, until);
            if drawn == Drawn::Whole {
                set_label.set(drawing.label());
                set_gil.set(drawing.gil_words());
            }
            drawn
        });
    }
    let mark = use_node_ref();
    {
        // Not as an attribute, which the page's content policy forbids.
        let (mark, place) = (mark.clone(), props.mark.map(|stretch| place(&props.card, props.axis, stretch)));
        use_effect_with(place, move |place| {
            if let (Some(place), Some(mark)) = (place, mark.cast::<HtmlElement>()) {
                mark.style().set_css_text(place);
            }
        });
    }
    html! {
        <>
            <div class="timeline-box">
                <canvas ref={canvas} class="timeline" role="img" aria-label={(*label).clone()} />
                <div ref={mark} class="marked" hidden={props.mark.is_none()} />
            </div>
            if props.card.has_strip() {
                <p class="told small muted" data-figure="gil">{ gil.as_deref().unwrap_or_default() }</p>
            } else {
                <p hidden=true />
            }
        </>
    }
}

/// Where a stretch is drawn: of one task in its row, else over all rows.
fn place(card: &Card, axis: Micros, stretch: Stretch) -> String {
    let sizes = Sizes::of(&card.conditions.workload, card.mode);
    let part = |time: Micros| time.0 as f64 / axis.0.max(1) as f64;
    let (from, length) = (part(stretch.from), part(stretch.to.since(stretch.from)));
    let row = stretch.task.map(|task| f64::from(sizes.rows.row(task)) * sizes.pitch);
    let (top, height) = row.map_or((0.0, sizes.rows_height()), |top| (top, sizes.pitch));
    let wide = format!("(100% - {}px)", sizes.gutter);
    format!(
        "left: calc({}px + {wide} * {from}); width: calc({wide} * {length}); top: {top}px; height: {height}px",
        sizes.gutter
    )
}
