//! The legend: colour is the task, pattern is the state. Drawn by the same hand as the timelines.

use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use super::canvas::{Sample, draw_sample};
use super::effects::{Drawn, Pace, use_colours_changed, use_drawing};
use super::output::chip;
use crate::link::Theme;
use crate::trace::State;
use crate::workload::TaskCount;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub tasks: TaskCount,
    /// The states that occur in what is shown.
    pub states: Vec<State>,
    /// Whether the GIL's strip does.
    pub strip: bool,
    /// Whether the order of any output is open somewhere.
    pub open: bool,
    /// Whether it is folded away: there is little room.
    pub folded: bool,
    pub theme: Theme,
}

/// So many tasks' colours are shown.
const CHIPS: usize = 3;

/// The states in the order in which they are explained.
const STATES: [State; 6] = [State::Running, State::Sleeping, State::Blocked, State::Gil, State::Ready, State::Starting];

#[component]
pub fn Legend(props: &Props) -> Html {
    let more = props.tasks.get() as usize > CHIPS;
    let states = STATES.into_iter().filter(|state| props.states.contains(state)).map(Sample::State);
    let strip = props.strip.then_some(Sample::Gil);
    let samples = states.chain([Sample::Printed]).chain(strip).chain([Sample::Predicted]);
    let list = html! {
        <ul aria-label="Legend: colour is the task, pattern is what it does">
            <li>
                { for props.tasks.ids().take(CHIPS).map(chip) }
                { if more { " … colour: task" } else { " colour: task" } }
            </li>
            { for samples.map(|sample| html! {
                <li key={sample.words()}><Swatch {sample} theme={props.theme} />{ sample.words() }</li>
            }) }
            if props.open {
                <li><span class="bracket" aria-hidden="true" />{ "order open" }</li>
            }
        </ul>
    };
    if props.folded {
        html! { <details class="legend small"><summary>{ "Legend" }</summary>{ list }</details> }
    } else {
        html! { <div class="legend small">{ list }</div> }
    }
}

#[derive(PartialEq, Properties)]
struct SwatchProps {
    sample: Sample,
    theme: Theme,
}

/// A piece of timeline in one state.
#[component]
fn Swatch(props: &SwatchProps) -> Html {
    let canvas = use_node_ref();
    let colours = use_colours_changed();
    {
        let (canvas, sample) = (canvas.clone(), props.sample);
        use_drawing((sample, props.theme, colours), Pace::Brisk, move |_| {
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                draw_sample(&canvas, sample);
            }
            Drawn::Whole
        });
    }
    html! { <canvas ref={canvas} class="swatch" aria-hidden="true" /> }
}
