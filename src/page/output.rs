//! The output of a mode in its true order: the first lines of it, and how many more there are; lines whose order is open
//! with a bracket below them, and in words whether the order is certain.

use std::ops::Range;
use std::rc::Rc;

use yew::prelude::*;

use super::effects::use_checked;
use super::state::{Card, Checked, Conditions, SHOWN};
use crate::report::{Scale, grouped};
use crate::timeline::Ink;
use crate::trace::{Event, Line, Trace};
use crate::workload::TaskId;

/// The most lines that come to the page at a time while a run goes on: more than the list is high.
const AT_ONCE: usize = 50;
/// The most predicted lines: all are new at each edit of the form, and the page keeps up with who types.
const FORETOLD: usize = AT_ONCE;

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
    let shown = use_mut_ref(|| 0);
    let trace = card.trace();
    // Of what comes at once during a run, some lines are put on the page each time, for a frame's sake.
    let most = if card.record().is_some() { SHOWN } else { SHOWN.min(*shown.borrow() + AT_ONCE) };
    *shown.borrow_mut() = trace.map_or(0, |trace| most.min(trace.output_total()));
    html! {
        <div class="output">
            <h3 class="hidden-text">{ "Output" }</h3>
            { card.predicted_trace().map(|trace| predicted(card, trace, *scale, *printed)).unwrap_or_default() }
            { trace.map(|trace| measured(card, trace, *scale, (most, *printed), checked)).unwrap_or_default() }
            { certain(card, checked) }
        </div>
    }
}

/// What was really printed.
fn measured(
    card: &Card,
    trace: &Trace,
    scale: Scale,
    (most, printed): (usize, Option<usize>),
    checked: Option<Checked>,
) -> Html {
    // Focusable, since it scrolls.
    html! {
        <ol class="lines" tabindex="0" aria-label={format!("Output of {}", card.mode.name())}>
            { lines(card, trace, (most, printed), scale, Source::Measured(checked)) }
            { more(trace, most, "; Export has them") }
        </ol>
    }
}

/// What should be printed: seen while nothing was, and then it keeps the room.
fn predicted(card: &Card, trace: &Trace, scale: Scale, printed: Option<usize>) -> Html {
    let is_alone = card.trace().is_none();
    let class = classes!("lines", "promised-lines", (!is_alone).then_some("overtaken"));
    html! {
        <ol {class} aria-hidden={(!is_alone).then_some("true")} tabindex={is_alone.then_some("0")}
            aria-label={format!("Predicted output of {}", card.mode.name())}>
            { lines(card, trace, (FORETOLD, printed), scale, Source::Predicted) }
            { more(trace, FORETOLD, "") }
        </ol>
    }
}

/// The first lines, if there are any; those to come at the moment that is replayed only keep their room.
fn lines(card: &Card, trace: &Trace, (most, printed): (usize, Option<usize>), scale: Scale, source: Source) -> Html {
    let events: Vec<_> = trace.printed().take(most).collect();
    if events.is_empty() {
        return Html::default();
    }
    let open = card.certainty().filter(|_| source.is_in_order()).map(|certainty| Rc::clone(certainty.open()));
    let open = open.unwrap_or_default();
    html! { <Lines {events} {open} {printed} conditions={Rc::clone(&card.conditions)} {scale} {source} /> }
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

/// Where lines come from.
#[derive(Clone, Copy, PartialEq)]
enum Source {
    Measured(Option<Checked>),
    Predicted,
}

impl Source {
    /// Whether stretches whose order is open are where they are predicted to be.
    const fn is_in_order(self) -> bool {
        matches!(self, Self::Predicted | Self::Measured(Some(Ok(()))))
    }

    /// Whether the line at a place is the one that contradicts what is certain.
    fn contradicts(self, place: usize) -> bool {
        matches!(self, Self::Measured(Some(Err(found))) if found.place == place)
    }
}

#[derive(Properties)]
struct LinesProps {
    events: Vec<Event>,
    /// Where their order is open.
    open: Rc<[Range<usize>]>,
    printed: Option<usize>,
    conditions: Rc<Conditions>,
    scale: Scale,
    source: Source,
}

impl LinesProps {
    /// What is shown of the conditions. So lines stay as they are where another step is edited, but for their times.
    fn texts(&self) -> impl Iterator<Item = Option<&str>> {
        self.conditions.workload.steps.iter().map(|(_, step)| step.text())
    }
}

impl PartialEq for LinesProps {
    fn eq(&self, other: &Self) -> bool {
        let rest = |props: &Self| (props.scale, props.source, props.printed);
        rest(self) == rest(other)
            && self.texts().eq(other.texts())
            && self.open == other.open
            && self.events == other.events
    }
}

/// Lines of output. Mostly they stay as they are while others come behind them.
#[component]
fn Lines(props: &LinesProps) -> Html {
    // Scripts are told of what was really printed.
    let is_measured = matches!(props.source, Source::Measured(_));
    let mut open = props.open.iter().peekable();
    let one = |(at, event): (usize, &Event)| {
        let line = Line::of(*event, &props.conditions.workload);
        while open.next_if(|stretch| stretch.end <= at).is_some() {}
        let is_to_come = props.printed.is_some_and(|printed| at >= printed);
        let stretch = open.peek().filter(|stretch| stretch.contains(&at));
        html! {
            <li key={at} data-task={is_measured.then(|| line.task.to_string())}
                data-at={is_measured.then(|| format!("{:.3}", line.at.as_ms()))}
                class={classes!(line.failed.then_some("failed"), is_to_come.then_some("to-come"), stretch.map(|stretch| bracket(at, stretch)))}>
                if props.source.contradicts(at) { <strong class="small error">{ "out of order" }</strong> }
                { words(&line, props.scale) }
            </li>
        }
    };
    html! { <>{ for props.events.iter().enumerate().map(one) }</> }
}

/// The part of the bracket below a line whose order is open.
fn bracket(at: usize, stretch: &Range<usize>) -> Classes {
    let (first, last) = (at == stretch.start, at + 1 == stretch.end);
    classes!("open", first.then_some("open-first"), last.then_some("open-last"))
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

/// How many lines there are that aren't shown, and where they are.
fn more(trace: &Trace, shown: usize, place: &str) -> Html {
    let more = trace.output_total().saturating_sub(shown);
    if more == 0 {
        return Html::default();
    }
    html! { <li class="more" key="more">{ format!("and {} more{place}", grouped(more as u64)) }</li> }
}

/// A task's number in its colour.
pub fn chip(task: TaskId) -> Html {
    let ink = Ink::of(task);
    html! { <span class={format!("chip task-{} shade-{}", ink.hue, ink.shade)}>{ task.to_string() }</span> }
}
