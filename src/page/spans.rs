//! A timeline's spans as a table, folded away below it: those of the stretch that is seen, and of many only as many rows
//! on the page as the box shows.

use std::rc::Rc;

use yew::prelude::*;

use super::browser;
use super::effects::{use_answer, use_scrolled, use_style};
use super::state::Card;
use super::timeline::scale_of;
use super::unfold::use_unfolded;
use crate::report::Scale;
use crate::timeline::{HEADS, Listed, Lister, Pane, Scrolled, Window, cells};
use crate::trace::Span;
use crate::workload::Mode;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub card: Card,
    /// The part of the axis that is seen.
    pub seen: Window,
    pub scale: Scale,
    /// Whether a run is going on.
    pub busy: bool,
}

/// How many rows the box shows below the heads.
const ROWS: usize = 8;
/// How high a row is, in sizes of the page's text, as in the style sheet.
const PITCH: f64 = 1.75;

/// What folds the table out.
#[component]
pub fn Spans(props: &Props) -> Html {
    let (open, ontoggle) = use_unfolded();
    let Props { card, seen, scale, busy } = props;
    html! {
        <details class="spans" {ontoggle}>
            <summary class="muted" data-action="spans">
                { "As a table" }<span class="hidden-text">{ format!(": the timeline of {}", card.mode.name()) }</span>
            </summary>
            if open { <Table card={card.clone()} seen={*seen} scale={*scale} busy={*busy} /> }
        </details>
    }
}

#[component]
fn Table(props: &Props) -> Html {
    let Props { card, seen, scale, busy } = props;
    let of = card.basis();
    let mut lister = None;
    let (trace, tasks, window) = (card.replayed().cloned(), card.conditions.workload.tasks, *seen);
    let asked = (!busy && trace.is_some()).then(|| (of.clone(), window));
    let answer = use_answer(asked, move || {
        let begin = |trace| Lister::new(trace, tasks, window);
        lister.get_or_insert_with(|| begin(trace.clone().unwrap_or_default())).go_on()
    });
    // Until the spans of another stretch are known, the last ones are shown.
    let listed = answer.filter(|((listed, _), _)| *listed == of).map(|(_, listed)| listed);
    let words = match &listed {
        Some(listed) => {
            let which = if card.trace().is_some() { "Measured" } else { "Predicted" };
            format!("{which}. {}.", listed.words())
        }
        None if *busy => "Once the run is over.".to_owned(),
        None if card.replayed().is_none() => "There is nothing to tell yet.".to_owned(),
        None => "…".to_owned(),
    };
    html! {
        <>
            <p data-figure="spans">{ words }</p>
            if let Some(listed) = listed {
                <Rows mode={card.mode} {listed} scale={scale_of(*seen, *scale)} />
            }
        </>
    }
}

#[derive(Properties)]
struct RowsProps {
    mode: Mode,
    listed: Rc<Listed>,
    scale: Scale,
}

impl PartialEq for RowsProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.listed, &other.listed) && (self.mode, self.scale) == (other.mode, other.scale)
    }
}

/// The table, in a box where it is long.
#[component]
fn Rows(props: &RowsProps) -> Html {
    let RowsProps { mode, listed, scale } = props;
    let text_size = use_memo((), |()| browser::text_size());
    let pitch = PITCH * *text_size;
    let all = listed.spans.len();
    let pane = Pane { rows: all, pitch, height: ROWS as f64 * pitch };
    let area = use_node_ref();
    let (at, scroll) = use_scrolled(&area, pane, None);
    let rows = if all > ROWS { pane.rows(at) } else { 0..all };
    let laid = use_style(if all > ROWS { laid_out(pane, at) } else { String::new() });
    let row = |(place, span): (usize, &Span)| {
        let cells = cells(span, *mode, *scale).into_iter().enumerate();
        html! {
            <tr key={place} aria-rowindex={(place + 2).to_string()}>
                { for cells.map(|(column, cell)| html! { <td class={is_time(column).then_some("number")}>{ cell }</td> }) }
            </tr>
        }
    };
    let head = |(column, head): (usize, &'static str)| html! { <th scope="col" class={is_time(column).then_some("number")}>{ head }</th> };
    let shown = listed.spans.get(rows.clone()).unwrap_or_default();
    html! {
        // Focusable, since it scrolls.
        <div ref={area} class="scroll" tabindex="0" role="group" onscroll={scroll}
            aria-label={format!("Spans of {}", mode.name())}>
            <div ref={laid}>
                <table aria-rowcount={(all + 1).to_string()}>
                    <thead><tr aria-rowindex="1">{ for HEADS.into_iter().enumerate().map(head) }</tr></thead>
                    <tbody>{ for (rows.start..).zip(shown).map(row) }</tbody>
                </table>
            </div>
        </div>
    }
}

const fn is_time(column: usize) -> bool {
    column >= 3
}

/// The style of what is as high as all rows and the heads, with the rows that are on the page where they belong.
fn laid_out(pane: Pane, at: Scrolled) -> String {
    format!("height: {}px; padding-top: {}px", pane.laid_out() + pane.pitch, pane.top(pane.rows(at).start, at))
}
