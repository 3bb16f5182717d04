//! The plot of a sweep, drawn as SVG. Where everything goes is worked out in `crate::timeline`.

use yew::prelude::*;

use super::mark::{class, dashes, mark};
use crate::page::effects::use_width;
use crate::report::sweep::Point;
use crate::timeline::{Curve, Grid, Plot, plot};
use crate::workload::Mode;

/// How high it is, in pixels.
const HEIGHT: f64 = 340.0;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub points: Vec<Point>,
    pub modes: Vec<Mode>,
}

#[component]
pub fn Chart(props: &Props) -> Html {
    let node = use_node_ref();
    let width = use_width(&node);
    let plot = plot(&props.points, &props.modes, width, HEIGHT);
    let label = "Plot of the sweep: elapsed time up, task count across. The table has all of it.";
    html! {
        <figure class="plot" ref={node}>
            <svg role="img" aria-label={label} width="100%" height={HEIGHT.to_string()}>
                { grid(&plot) }
                { for plot.curves.iter().map(line) }
                { for plot.curves.iter().map(marks) }
            </svg>
            <ul class="plot-legend small" aria-label="Legend: the mark and the line of each mode">
                { for props.modes.iter().map(|mode| html! { <li key={mode.id()}>{ sample(*mode) }{ mode.name() }</li> }) }
            </ul>
        </figure>
    }
}

/// The lines of the grid with what stands at them.
fn grid(Plot { field, counts, times, .. }: &Plot) -> Html {
    let middle = f64::midpoint(field.left, field.right);
    let count = |Grid { at, label }: &Grid| {
        html! {
            <g key={label.clone()}>
                <line class="grid" x1={px(*at)} x2={px(*at)} y1={px(field.top)} y2={px(field.bottom)} />
                <text x={px(*at)} y={px(field.bottom + 19.0)} text-anchor="middle">{ label }</text>
            </g>
        }
    };
    let time = |Grid { at, label }: &Grid| {
        html! {
            <g key={label.clone()}>
                <line class="grid" x1={px(field.left)} x2={px(field.right)} y1={px(*at)} y2={px(*at)} />
                <text x={px(field.left - 8.0)} y={px(at + 5.0)} text-anchor="end">{ label }</text>
            </g>
        }
    };
    html! {
        <g class="axes">
            <g>{ for times.iter().map(time) }</g>
            <g>{ for counts.iter().map(count) }</g>
            <text class="axis-name" x={px(middle)} y={px(field.bottom + 40.0)} text-anchor="middle" hidden={counts.is_empty()}>
                { "tasks" }
            </text>
        </g>
    }
}

/// What is predicted of a mode.
fn line(curve: &Curve) -> Html {
    let points: Vec<_> = curve.line.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let mode = curve.mode;
    html! {
        <polyline key={mode.id()} class={class(mode)} data-line={mode.id()} points={points.join(" ")}
            stroke-dasharray={dashes(mode)} />
    }
}

/// What was measured of a mode.
fn marks(curve: &Curve) -> Html {
    html! { <g key={curve.mode.id()}>{ for curve.marks.iter().map(|at| mark(curve.mode, *at)) }</g> }
}

/// A piece of a mode's line with its mark on it.
fn sample(mode: Mode) -> Html {
    html! {
        <svg aria-hidden="true" width="44" height="16">
            <line class={class(mode)} x1="1" x2="43" y1="8" y2="8" stroke-dasharray={dashes(mode)} />
            { mark(mode, (22.0, 8.0)) }
        </svg>
    }
}

/// Pixels as an attribute.
fn px(at: f64) -> String {
    format!("{at:.1}")
}
