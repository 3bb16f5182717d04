//! The lines of a mode's output, printed or predicted: few of them one after another, many in columns in a box, where
//! only those are on the page that are seen.

use std::ops::Range;

use yew::prelude::*;

use super::find::Found;
use super::lighting::{Lighting, Lit, use_lighting};
use super::lines::{Lines, Source};
use crate::explain::Stretch;
use crate::page::act::Act;
use crate::page::browser;
use crate::page::effects::{use_scrolled, use_style, use_width};
use crate::page::state::{Card, Times};
use crate::report::Scale;
use crate::timeline::{Pane, Pointed, Scrolled};
use crate::trace::{Event as TraceEvent, Line, Trace};
use crate::workload::grouped;

/// The most lines that need no box.
pub const FEW: usize = 12;
/// How many rows a box shows.
const ROWS: usize = 6;
/// How high a row is with the space below it, and how far columns are apart, in sizes of the page's text, as in the
/// style sheet.
const PITCH: f64 = 1.75;
const APART: f64 = 1.25;
/// At least so wide are, in such sizes, a character of a text, one of the other words, and what is around them.
const OF_TEXT: f64 = 0.57;
const OF_WORDS: f64 = 0.56;
const AROUND: f64 = 1.25;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub card: Card,
    pub source: Source,
    pub scale: Scale,
    /// How many lines are printed by the moment that is replayed; none: all of them.
    pub printed: Option<usize>,
    pub found: Option<Found>,
    /// What is pointed at on the timeline.
    pub pointed: Option<Pointed>,
    /// Told of the stretch of the timeline at which the line was printed that the reader is at.
    pub mark: Callback<Option<Stretch>>,
    pub act: Act,
}

#[component]
pub fn Listing(props: &Props) -> Html {
    let Props { card, source, scale, printed, found, mark, act, .. } = props;
    let Lighting { lit, over, press, leave } = use_lighting(card, *source, mark, act);
    let area = use_node_ref();
    let width = use_width(&area);
    let text_size = use_memo(width.to_bits(), |_| browser::text_size());
    let empty = Trace::default();
    let trace = source.trace(card).unwrap_or(&empty);
    let total = trace.output_total();
    let is_long = card.lines() > FEW;
    let (room, widest) = (width / *text_size, widest(card, trace, *scale));
    let columns = if is_long { columns(room, widest) } else { 1 };
    let pitch = PITCH * *text_size;
    let pane = Pane { rows: total.div_ceil(columns), pitch, height: ROWS as f64 * pitch };
    // The line that was gone to stays in sight, or the one that was found, or the last that is printed at the moment that
    // is replayed.
    let gone_to = lit.filter(|lit| lit.by_key).map(|lit| lit.place);
    let current = found.as_ref().and_then(|found| found.current);
    let sought = gone_to.or(current).or_else(|| printed.and_then(|printed| printed.checked_sub(1)));
    let (at, scroll) = use_scrolled(&area, pane, sought.filter(|_| is_long).map(|place| place / columns));
    let rows = pane.rows(at);
    let lines = if is_long { rows.start * columns..total.min(rows.end * columns) } else { 0..total };
    let list = use_style(if is_long { laid_out(pane, at, columns) } else { String::new() });
    let spoken = gone_to.and_then(|place| told(props, trace, place)).unwrap_or_default();
    let is_overtaken = *source == Source::Predicted && card.trace().is_some();
    let class = classes!("listing", is_long.then_some("long"), is_overtaken.then_some("overtaken"));
    let is_cut = widest > room || has_control(card);
    let list_class =
        classes!("lines", is_cut.then_some("cut"), (*source == Source::Predicted).then_some("promised-lines"));
    html! {
        <>
            // Focusable, since it scrolls, and since keys go through its lines.
            <div ref={area} {class} role="group" tabindex={(!is_overtaken).then_some("0")} onscroll={scroll}
                onmouseover={over} onmouseleave={leave.reform(|_: MouseEvent| ())}
                onkeydown={press} onblur={leave.reform(|_: FocusEvent| ())}
                aria-label={label(card, *source, total)} aria-hidden={is_overtaken.then_some("true")}>
                <ol ref={list} class={list_class}>
                    { shown(props, trace, &lines, is_long.then_some(total), lit) }
                </ol>
            </div>
            <p class="hidden-text" aria-live="polite" data-figure="lit">{ spoken }</p>
        </>
    }
}

/// The style of a list that is as high as all its rows, with those that are on the page where they belong.
fn laid_out(pane: Pane, at: Scrolled, columns: usize) -> String {
    let (high, above) = (pane.laid_out(), pane.top(pane.rows(at).start, at));
    format!("--columns: {columns}; height: {high}px; padding-top: {above}px")
}

fn label(card: &Card, source: Source, total: usize) -> String {
    let what = if source == Source::Predicted { "Predicted output" } else { "Output" };
    let lines = if total == 1 { "line" } else { "lines" };
    format!("{what} of {}: {} {lines}", card.mode.name(), grouped(total as u64))
}

/// A line in words.
fn told(props: &Props, trace: &Trace, place: usize) -> Option<String> {
    let line = Line::of(trace.printed_from(place).next()?, &props.card.conditions.workload);
    let (number, task, at) = (grouped(place as u64 + 1), line.task, props.scale.write(line.at));
    Some(format!("Line {number}, {at}: task {task}, {}{}", if line.failed { "failed, " } else { "" }, line.text))
}

/// These lines.
fn shown(props: &Props, trace: &Trace, places: &Range<usize>, of: Option<usize>, lit: Option<Lit>) -> Html {
    let Props { card, source, scale, printed, found, pointed, .. } = props;
    let events: Vec<_> = trace.printed_from(places.start).take(places.len()).collect();
    if events.is_empty() {
        return Html::default();
    }
    let certainty = card.certainty().filter(|_| source.is_in_order());
    let open = certainty.map(|certainty| certainty.open_in(places).to_vec()).unwrap_or_default();
    let printed = printed.map_or(places.end, |printed| printed.clamp(places.start, places.end));
    let at_pointed = |line: &TraceEvent| pointed.is_some_and(|pointed| pointed.has(line));
    let is_lit = |(place, line): (usize, &TraceEvent)| lit.is_some_and(|lit| lit.place == place) || at_pointed(line);
    let lit: Vec<_> = places.clone().zip(&events).filter(|one| is_lit(*one)).map(|(place, _)| place).collect();
    let was_found = |place: &usize| found.as_ref().is_some_and(|found| found.hits.contains(*place));
    let hits: Vec<_> = places.clone().filter(was_found).collect();
    let current = found.as_ref().and_then(|found| found.current);
    html! {
        <Lines {events} {printed} {hits} {current} {lit} first={places.start} {of} {open} conditions={card.conditions.clone()} scale={*scale} times={card.times} source={*source} />
    }
}

/// How many columns there is room for, of lines that are so wide.
fn columns(width: f64, widest: f64) -> usize {
    (((width + APART) / (widest + APART)) as usize).max(1)
}

/// Whether any text has a character that is no letter to see, as a tab: how wide such are is the browser's to say.
fn has_control(card: &Card) -> bool {
    let mut texts = card.conditions.workload.steps.iter().filter_map(|(_, step)| step.text());
    texts.any(|text| text.contains(char::is_control))
}

/// How wide a line is at most, in sizes of the page's text: mostly less.
fn widest(card: &Card, trace: &Trace, scale: Scale) -> f64 {
    let workload = &card.conditions.workload;
    // Many a character that is not ASCII is twice as wide.
    let of_text = |text: &str| text.chars().map(|one| if one.is_ascii() { 1.0 } else { 2.0 }).sum::<f64>();
    let texts = workload.steps.iter().filter_map(|(_, step)| step.text()).map(of_text);
    let time = if card.times == Times::Shown { scale.write(trace.until).len() } else { 0 };
    let words = workload.tasks.get().to_string().len() + time;
    texts.fold(0.0, f64::max) * OF_TEXT + words as f64 * OF_WORDS + AROUND
}
