//! The timeline of a mode: a canvas as wide as its card, told in words to who can't see it. What is drawn is worked
//! out in `crate::timeline`, how in `canvas`.

use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use super::canvas::{Scene, draw};
use super::effects::{use_colours_changed, use_drawing, use_width};
use super::state::{Card, Stage};
use crate::link::Theme;
use crate::timeline::{Sizes, words};
use crate::workload::Micros;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub card: Card,
    /// How far the axis goes.
    pub axis: Micros,
    pub theme: Theme,
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
    {
        let (canvas, card, axis) = (canvas.clone(), props.card.clone(), props.axis);
        use_drawing((card.clone(), axis, props.theme, width, colours), move || {
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                draw(&canvas, &Scene { card: &card, axis, width });
            }
        });
    }
    let card = &props.card;
    let label = use_memo((card.stage.clone(), card.forecast.clone()), |_| label(card));
    html! { <canvas ref={canvas} class="timeline" role="img" aria-label={(*label).clone()} /> }
}

/// The timeline in words.
fn label(card: &Card) -> String {
    let (name, tasks) = (card.mode.name(), card.conditions.workload.tasks);
    match (&card.stage, card.trace(), card.predicted_trace()) {
        // While it grows nobody could follow.
        (Stage::Running(_), ..) => format!("Timeline of {name}, running."),
        (_, Some(trace), _) => format!("Timeline of {name}, measured. {}", words(trace, tasks)),
        (_, None, Some(trace)) => format!("Timeline of {name}, predicted. {}", words(trace, tasks)),
        _ => format!("Timeline of {name}, empty."),
    }
}
