//! Lines of output, with a bracket below those whose order is open.

use std::ops::Range;
use std::rc::Rc;

use yew::prelude::*;

use crate::page::state::{Card, Checked, Conditions, Times};
use crate::report::Scale;
use crate::timeline::Ink;
use crate::trace::{Event, Line, Trace};
use crate::workload::TaskId;

/// Where lines come from.
#[derive(Clone, Copy, PartialEq)]
pub enum Source {
    Measured(Option<Checked>),
    Predicted,
}

impl Source {
    /// What they are lines of.
    pub fn trace(self, card: &Card) -> Option<&Trace> {
        match self {
            Self::Measured(_) => card.trace(),
            Self::Predicted => card.predicted_trace().map(Rc::as_ref),
        }
    }

    /// Whether stretches whose order is open are where they are predicted to be.
    pub const fn is_in_order(self) -> bool {
        matches!(self, Self::Predicted | Self::Measured(Some(Ok(()))))
    }

    /// Whether the line at a place is the one that contradicts what is certain.
    fn contradicts(self, place: usize) -> bool {
        matches!(self, Self::Measured(Some(Err(found))) if found.place == place)
    }
}

#[derive(Properties)]
pub struct Props {
    pub events: Vec<Event>,
    /// The place of the first.
    pub first: usize,
    /// How many lines there are in all, if these are not all.
    pub of: Option<usize>,
    /// Where their order is open.
    pub open: Vec<Range<usize>>,
    /// Those from this place on only keep their room: at the moment that is replayed they are still to come.
    pub printed: usize,
    /// The places of those that were found, and of the one that is looked at.
    pub hits: Vec<usize>,
    pub current: Option<usize>,
    /// The places of those that are lit together with the timeline.
    pub lit: Vec<usize>,
    pub conditions: Rc<Conditions>,
    pub scale: Scale,
    pub times: Times,
    pub source: Source,
}

impl Props {
    /// What is shown of the conditions. So lines stay as they are where another step is edited, but for their times.
    fn texts(&self) -> impl Iterator<Item = Option<&str>> {
        self.conditions.workload.steps.iter().map(|(_, step)| step.text())
    }
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        let rest = |props: &Self| {
            (props.first, props.of, props.printed, props.current, props.scale, props.times, props.source)
        };
        rest(self) == rest(other)
            && self.hits == other.hits
            && self.lit == other.lit
            && self.texts().eq(other.texts())
            && self.open == other.open
            && self.events == other.events
    }
}

/// Lines of output. Mostly they stay as they are while others come behind them.
#[component]
pub fn Lines(props: &Props) -> Html {
    // Scripts are told of what was really printed.
    let is_measured = matches!(props.source, Source::Measured(_));
    let mut open = props.open.iter().peekable();
    let one = |(at, event): (usize, &Event)| {
        let line = Line::of(*event, &props.conditions.workload);
        while open.next_if(|stretch| stretch.end <= at).is_some() {}
        let stretch = open.peek().filter(|stretch| stretch.contains(&at));
        html! {
            <li key={at} data-place={at.to_string()} data-task={is_measured.then(|| line.task.to_string())}
                data-at={is_measured.then(|| format!("{:.3}", line.at.as_ms()))}
                aria-setsize={props.of.map(|of| of.to_string())} aria-posinset={props.of.map(|_| (at + 1).to_string())}
                class={classes!(line.failed.then_some("failed"), (at >= props.printed).then_some("to-come"), found(props, at), props.lit.contains(&at).then_some("lit"),
                    stretch.map(|stretch| bracket(at, stretch)))}>
                if props.source.contradicts(at) { <strong class="small error">{ "out of order" }</strong> }
                { words(&line, props) }
            </li>
        }
    };
    html! { <>{ for (props.first..).zip(&props.events).map(one) }</> }
}

/// Whether a line was found.
fn found(props: &Props, place: usize) -> Option<&'static str> {
    let is_current = props.current == Some(place);
    props.hits.contains(&place).then_some(if is_current { "hit current" } else { "hit" })
}

/// The part of the bracket below a line whose order is open.
fn bracket(at: usize, stretch: &Range<usize>) -> Classes {
    let (first, last) = (at == stretch.start, at + 1 == stretch.end);
    classes!("open", first.then_some("open-first"), last.then_some("open-last"))
}

fn words(line: &Line<'_>, props: &Props) -> Html {
    html! {
        <>
            { chip(line.task) }
            if line.failed { <strong class="small">{ "failed" }</strong> }
            <bdi class="text">{ line.text.to_owned() }</bdi>
            if props.times == Times::Shown { <span class="at">{ props.scale.write(line.at) }</span> }
        </>
    }
}

/// A task's number in its colour.
pub fn chip(task: TaskId) -> Html {
    let ink = Ink::of(task);
    html! { <span class={format!("chip task-{} shade-{}", ink.hue, ink.shade)}>{ task.to_string() }</span> }
}
