//! The output of a mode in its true order: the first lines of it, and how many more there are.

use yew::prelude::*;

use super::state::Card;
use crate::report::{Scale, grouped};
use crate::timeline::Ink;
use crate::trace::{Line, Trace};
use crate::workload::TaskId;

/// The most lines that are shown.
const SHOWN: usize = 200;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub card: Card,
    pub scale: Scale,
}

#[component]
pub fn Output(props: &Props) -> Html {
    let Props { card, scale } = props;
    html! {
        <div class="output">
            <h3 class="hidden-text">{ "Output" }</h3>
            { card.predicted_trace().map(|trace| predicted(card, trace, *scale)).unwrap_or_default() }
            { card.trace().map(|trace| measured(card, trace, *scale)).unwrap_or_default() }
        </div>
    }
}

/// What was really printed.
fn measured(card: &Card, trace: &Trace, scale: Scale) -> Html {
    let one = |(at, line): (usize, Line<'_>)| {
        html! {
            <li key={at} data-task={line.task.to_string()} data-at={format!("{:.3}", line.at.as_ms())}
                class={classes!(line.failed.then_some("failed"))}>
                { words(&line, scale) }
            </li>
        }
    };
    let lines = trace.output(&card.conditions.workload).take(SHOWN).enumerate();
    // Focusable, since it scrolls.
    html! {
        <ol class="lines" tabindex="0" aria-label={format!("Output of {}", card.mode.name())}>
            { for lines.map(one) }
            { more(trace) }
        </ol>
    }
}

/// What should be printed: seen while nothing was, and then it keeps the room.
fn predicted(card: &Card, trace: &Trace, scale: Scale) -> Html {
    let is_alone = card.trace().is_none();
    let lines = trace.output(&card.conditions.workload).take(SHOWN).enumerate();
    let class = classes!("lines", "promised-lines", (!is_alone).then_some("overtaken"));
    html! {
        <ol {class} aria-hidden={(!is_alone).then_some("true")} tabindex={is_alone.then_some("0")}
            aria-label={format!("Predicted output of {}", card.mode.name())}>
            { for lines.map(|(at, line)| html! { <li key={at}>{ words(&line, scale) }</li> }) }
            { more(trace) }
        </ol>
    }
}

fn words(line: &Line<'_>, scale: Scale) -> Html {
    html! {
        <>
            { chip(line.task) }
            if line.failed { <strong class="small">{ "failed" }</strong> }
            <bdi class="text">{ line.text.to_owned() }</bdi>
            <span class="at">{ scale.write(line.at) }</span>
        </>
    }
}

/// How many lines there are that aren't shown.
fn more(trace: &Trace) -> Html {
    let more = trace.output_total().saturating_sub(SHOWN);
    if more == 0 {
        return Html::default();
    }
    html! { <li class="more" key="more">{ format!("and {} more; Export has them", grouped(more as u64)) }</li> }
}

/// A task's number in its colour.
pub fn chip(task: TaskId) -> Html {
    let ink = Ink::of(task);
    html! { <span class={format!("chip task-{} shade-{}", ink.hue, ink.shade)}>{ task.to_string() }</span> }
}
