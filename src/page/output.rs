//! The output of a mode in its true order: the first lines of it, and how many more there are.

use std::rc::Rc;

use yew::prelude::*;

use super::state::{Card, Conditions};
use crate::report::{Scale, grouped};
use crate::timeline::Ink;
use crate::trace::{Event, Line, Trace};
use crate::workload::TaskId;

/// The most lines that are shown.
const SHOWN: usize = 200;
/// The most lines that come to the page at a time while a run goes on: more than the list is high.
const AT_ONCE: usize = 50;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub card: Card,
    pub scale: Scale,
}

#[component]
pub fn Output(props: &Props) -> Html {
    let Props { card, scale } = props;
    let shown = use_mut_ref(|| 0);
    let trace = card.trace();
    // Of what comes at once during a run, some lines are put on the page each time, for a frame's sake.
    let most = if card.record().is_some() { SHOWN } else { SHOWN.min(*shown.borrow() + AT_ONCE) };
    *shown.borrow_mut() = trace.map_or(0, |trace| most.min(trace.output_total()));
    html! {
        <div class="output">
            <h3 class="hidden-text">{ "Output" }</h3>
            { card.predicted_trace().map(|trace| predicted(card, trace, *scale)).unwrap_or_default() }
            { trace.map(|trace| measured(card, trace, *scale, most)).unwrap_or_default() }
        </div>
    }
}

/// What was really printed.
fn measured(card: &Card, trace: &Trace, scale: Scale, most: usize) -> Html {
    // Focusable, since it scrolls.
    html! {
        <ol class="lines" tabindex="0" aria-label={format!("Output of {}", card.mode.name())}>
            { lines(card, trace, most, scale, Source::Measured) }
            { more(trace, most) }
        </ol>
    }
}

/// What should be printed: seen while nothing was, and then it keeps the room.
fn predicted(card: &Card, trace: &Trace, scale: Scale) -> Html {
    let is_alone = card.trace().is_none();
    let class = classes!("lines", "promised-lines", (!is_alone).then_some("overtaken"));
    html! {
        <ol {class} aria-hidden={(!is_alone).then_some("true")} tabindex={is_alone.then_some("0")}
            aria-label={format!("Predicted output of {}", card.mode.name())}>
            { lines(card, trace, SHOWN, scale, Source::Predicted) }
            { more(trace, SHOWN) }
        </ol>
    }
}

/// The first lines, if there are any.
fn lines(card: &Card, trace: &Trace, most: usize, scale: Scale, source: Source) -> Html {
    let events: Vec<_> = trace.printed().take(most).collect();
    if events.is_empty() {
        return Html::default();
    }
    html! { <Lines {events} conditions={Rc::clone(&card.conditions)} {scale} {source} /> }
}

/// Where lines come from.
#[derive(Clone, Copy, PartialEq)]
enum Source {
    Measured,
    Predicted,
}

#[derive(PartialEq, Properties)]
struct LinesProps {
    events: Vec<Event>,
    conditions: Rc<Conditions>,
    scale: Scale,
    source: Source,
}

/// Lines of output. Mostly they stay as they are while others come behind them.
#[component]
fn Lines(props: &LinesProps) -> Html {
    // Scripts are told of what was really printed.
    let is_measured = props.source == Source::Measured;
    let one = |(at, event): (usize, &Event)| {
        let line = Line::of(*event, &props.conditions.workload);
        html! {
            <li key={at} data-task={is_measured.then(|| line.task.to_string())}
                data-at={is_measured.then(|| format!("{:.3}", line.at.as_ms()))}
                class={classes!(line.failed.then_some("failed"))}>
                { words(&line, props.scale) }
            </li>
        }
    };
    html! { <>{ for props.events.iter().enumerate().map(one) }</> }
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
fn more(trace: &Trace, shown: usize) -> Html {
    let more = trace.output_total().saturating_sub(shown);
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
