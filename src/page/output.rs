//! The output of a mode in its true order: the first lines of it, and how many more there are.

use yew::prelude::*;

use super::state::Card;
use crate::report::{Scale, grouped};
use crate::timeline::Ink;
use crate::trace::Line;
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
    let Some(trace) = card.trace() else { return html! { <div class="output" /> } };
    let lines = trace.output(&card.conditions.workload).take(SHOWN).enumerate();
    let more = trace.output_total().saturating_sub(SHOWN);
    html! {
        <div class="output">
            <h3 class="hidden-text">{ "Output" }</h3>
            // Focusable, since it scrolls.
            <ol class="lines" tabindex="0" aria-label={format!("Output of {}", card.mode.name())}>
                { for lines.map(|(at, line)| one(at, &line, *scale)) }
                if more > 0 {
                    <li class="more" key="more">{ format!("and {} more, in Export", grouped(more as u64)) }</li>
                }
            </ol>
        </div>
    }
}

fn one(at: usize, line: &Line<'_>, scale: Scale) -> Html {
    let task = line.task;
    html! {
        <li key={at} data-task={task.to_string()} data-at={format!("{:.3}", line.at.as_ms())}
            class={classes!(line.failed.then_some("failed"))}>
            { chip(task) }
            if line.failed { <strong class="small">{ "failed " }</strong> }
            <span class="text">{ line.text.to_owned() }</span>
            <span class="at">{ scale.write(line.at) }</span>
        </li>
    }
}

/// A task's number in its colour.
pub fn chip(task: TaskId) -> Html {
    let ink = Ink::of(task);
    html! { <span class={format!("chip task-{} shade-{}", ink.hue, ink.shade)}>{ task.to_string() }</span> }
}
