//! The lines of a mode's output, printed or predicted: few of them one after another, many in columns in a box, where
//! only those are on the page that are seen.

use std::ops::Range;

use web_sys::Element;
use yew::prelude::*;

use super::find::Found;
use super::lines::{Lines, Source};
use crate::page::browser;
use crate::page::effects::{use_style, use_width};
use crate::page::state::Card;
use crate::report::{Scale, grouped};
use crate::timeline::{Pane, Scrolled};
use crate::trace::Trace;

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
}

#[component]
pub fn Listing(props: &Props) -> Html {
    let Props { card, source, scale, printed, found } = props;
    let area = use_node_ref();
    let width = use_width(&area);
    let scrolled = use_mut_ref(Scrolled::default);
    // What is on the page; that it changes is all that is asked of it.
    let seen = use_state_eq(|| (0..0, 0.0));
    let text_size = use_memo(width.to_bits(), |_| browser::text_size());
    let empty = Trace::default();
    let trace = source.trace(card).unwrap_or(&empty);
    let total = trace.output_total();
    let is_long = total > FEW;
    let columns = if is_long { columns(width / *text_size, widest(card, trace, *scale)) } else { 1 };
    let pitch = PITCH * *text_size;
    let pane = Pane { rows: total.div_ceil(columns), pitch, height: ROWS as f64 * pitch };
    let at = *scrolled.borrow();
    let rows = pane.rows(at);
    let (high, above) = (pane.laid_out(), pane.top(rows.start, at));
    let style = is_long.then(|| format!("--columns: {columns}; height: {high}px; padding-top: {above}px"));
    let list = use_style(style.unwrap_or_default());
    let lines = if is_long { rows.start * columns..total.min(rows.end * columns) } else { 0..total };
    // The line that was found stays in sight, or else the last that is printed at the moment that is replayed.
    let current = found.as_ref().and_then(|found| found.current);
    let sought = current.or_else(|| printed.and_then(|printed| printed.checked_sub(1)));
    use_effect_with(sought.filter(|_| is_long), {
        let (area, scrolled) = (area.clone(), scrolled.clone());
        move |place| {
            let shown = place.and_then(|place| pane.showing(*scrolled.borrow(), place / columns));
            if let (Some(to), Some(area)) = (shown, area.cast::<Element>()) {
                // What is on the page then follows from that it scrolls.
                scrolled.replace(to);
                area.set_scroll_top(to.past as i32);
            }
        }
    });
    let scroll = Callback::from(move |event: Event| {
        let past = event.target_dyn_into::<Element>().map_or(0, |area| area.scroll_top());
        let at = pane.scrolled(*scrolled.borrow(), f64::from(past));
        scrolled.replace(at);
        let rows = pane.rows(at);
        let above = pane.top(rows.start, at);
        seen.set((rows, above));
    });
    let is_overtaken = *source == Source::Predicted && card.trace().is_some();
    let class = classes!("listing", is_long.then_some("long"), is_overtaken.then_some("overtaken"));
    let list_class = classes!("lines", (*source == Source::Predicted).then_some("promised-lines"));
    html! {
        // Focusable, since it scrolls.
        <div ref={area} {class} role="group" tabindex={is_long.then_some("0")} onscroll={scroll}
            aria-label={label(card, *source, total)} aria-hidden={is_overtaken.then_some("true")}>
            <ol ref={list} class={list_class}>
                { shown(props, trace, &lines, is_long.then_some(total)) }
            </ol>
        </div>
    }
}

fn label(card: &Card, source: Source, total: usize) -> String {
    let what = if source == Source::Predicted { "Predicted output" } else { "Output" };
    let lines = if total == 1 { "line" } else { "lines" };
    format!("{what} of {}: {} {lines}", card.mode.name(), grouped(total as u64))
}

/// These lines.
fn shown(props: &Props, trace: &Trace, places: &Range<usize>, of: Option<usize>) -> Html {
    let Props { card, source, scale, printed, found } = props;
    let events: Vec<_> = trace.printed_from(places.start).take(places.len()).collect();
    if events.is_empty() {
        return Html::default();
    }
    let certainty = card.certainty().filter(|_| source.is_in_order());
    let open = certainty.map(|certainty| certainty.open_in(places).to_vec()).unwrap_or_default();
    let printed = printed.map_or(places.end, |printed| printed.clamp(places.start, places.end));
    let is_hit = |place: &usize| found.as_ref().is_some_and(|found| found.hits.contains(*place));
    let hits: Vec<_> = places.clone().filter(is_hit).collect();
    let current = found.as_ref().and_then(|found| found.current);
    html! {
        <Lines {events} {printed} {hits} {current} first={places.start} {of} {open} conditions={card.conditions.clone()} scale={*scale} source={*source} />
    }
}

/// How many columns there is room for, of lines that are so wide.
fn columns(width: f64, widest: f64) -> usize {
    (((width + APART) / (widest + APART)) as usize).max(1)
}

/// How wide a line is at most, in sizes of the page's text: mostly less.
fn widest(card: &Card, trace: &Trace, scale: Scale) -> f64 {
    let workload = &card.conditions.workload;
    // Many a character that is not ASCII is twice as wide.
    let of_text = |text: &str| text.chars().map(|one| if one.is_ascii() { 1.0 } else { 2.0 }).sum::<f64>();
    let texts = workload.steps.iter().filter_map(|(_, step)| step.text()).map(of_text);
    let words = workload.tasks.get().to_string().len() + scale.write(trace.until).len();
    texts.fold(0.0, f64::max) * OF_TEXT + words as f64 * OF_WORDS + AROUND
}
