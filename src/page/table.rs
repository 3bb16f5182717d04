//! All modes in one table: sorted by any of its figures, several runs with their median and range, and a pinned run
//! beside those that came later.

use std::cmp::Ordering;
use std::rc::Rc;

use yew::prelude::*;

use super::act::Act;
use super::copy::CopyButton;
use super::effects::environment;
use super::export::Format;
use super::figures::{FROZEN, OVERHEAD, PREDICTED, SPEED_UP, START_UP};
use super::state::{Action, Card, Compared, Comparing, Over, State};
use crate::report::{NONE, Repeated, Scale, clock_words, counted, ratio, signed_ms, times_as_fast, whole_ms};
use crate::trace::Status;
use crate::workload::Micros;

/// So many runs of each mode are asked for at once.
const ROUNDS: u32 = 5;

/// The figures of all modes under one another, once there is something to compare.
pub fn table(state: &State, runs: Option<&Rc<Over>>, act: &Act) -> Html {
    let cards: Vec<_> = state.shown().into_iter().map(|mode| state.card(mode)).collect();
    let Some(runs) = runs else {
        return html! { <div class="comparison">{ pinned(&state.compared, " Run this workload to compare it.") }</div> };
    };
    let clock = clock_words(environment().clock_resolution_ms, state.clock_error());
    html! {
        <section class="comparison" aria-labelledby="comparison" aria-busy={state.is_busy().then_some("true")}>
            <h2 id="comparison">{ "All modes" }</h2>
            <Comparison {cards} compared={state.compared.clone()} scale={state.scale()} all_finished={all_finished(runs)} />
            { for clock.map(|words| html! { <p class="clock small muted" data-figure="clock">{ words }</p> }) }
            { pinned(&state.compared, "") }
            { tools(state, runs, act) }
        </section>
    }
}

/// Whether all that is shown of runs came to its end. What goes on doesn't count: the table keeps its form meanwhile.
fn all_finished(runs: &Over) -> bool {
    runs.records.iter().all(|record| record.outcome.status() == Status::Finished)
}

/// What is pinned, in words, and what is to be said besides.
fn pinned(compared: &Compared, besides: &str) -> Html {
    let Some(pinned) = &compared.pinned else { return Html::default() };
    html! { <p class="small" data-figure="pinned">{ format!("Pinned: {}.{besides}", pinned.sentence) }</p> }
}

/// What can be done with what was measured.
fn tools(state: &State, runs: &Rc<Over>, act: &Act) -> Html {
    let comparing = |comparing: Comparing| act.reform(move |_: MouseEvent| Action::Compare(comparing));
    let (does, words) = match state.compared.pinned {
        None => (Comparing::Pin, "Pin this run"),
        Some(_) => (Comparing::Unpin, "Unpin"),
    };
    let copy = |format: Format| {
        let (runs, compared) = (Rc::clone(runs), state.compared.clone());
        Callback::from(move |()| format.write(&runs, &compared).unwrap_or_default())
    };
    let or_else = "The browser doesn’t let this page copy. Export, above, saves it as a file.";
    html! {
        <div class="comparison-tools">
            <button type="button" data-action="repeat" aria-disabled={state.is_busy().then_some("true")}
                title="See how much runs differ" onclick={comparing(Comparing::Repeat(ROUNDS))}>
                { format!("Run {ROUNDS} times") }
            </button>
            <button type="button" data-action="pin" title="Compare later runs with this one" onclick={comparing(does)}>{ words }</button>
            <CopyButton action="copy-markdown" words="Copy as Markdown" text={copy(Format::Markdown)} {or_else} />
            <CopyButton action="copy-csv" words="Copy as CSV" text={copy(Format::Csv)} {or_else} />
        </div>
    }
}

/// A figure of the table.
struct Cell {
    text: Option<String>,
    /// What it is sorted by; none stands last.
    key: Option<f64>,
}

impl Cell {
    fn new<T: Copy>(value: Option<T>, write: impl Fn(T) -> String, key: impl Fn(T) -> f64) -> Self {
        Self { text: value.map(write), key: value.map(key) }
    }

    fn time(time: Option<Micros>, scale: Scale) -> Self {
        Self::new(time, |time| scale.write(time), Micros::as_ms)
    }
}

/// What stands over a figure: a name, and what it means.
type Head = (String, &'static str);

#[derive(PartialEq, Properties)]
struct Props {
    cards: Vec<Card>,
    compared: Compared,
    scale: Scale,
    all_finished: bool,
}

/// By which of the figures the modes are sorted, and whether the largest is first.
#[derive(Clone, Copy, PartialEq)]
struct Sorted {
    by: usize,
    largest_first: bool,
}

#[component]
fn Comparison(props: &Props) -> Html {
    let sorted = use_state_eq(|| None::<Sorted>);
    let heads = heads(props);
    let mut rows: Vec<_> = props.cards.iter().map(|card| (card, figures(card, props))).collect();
    if let Some(Sorted { by, largest_first }) = *sorted {
        rows.sort_by(|(_, one), (_, other)| by_key(key(one, by), key(other, by), largest_first));
    }
    let head = |(at, (name, title)): (usize, Head)| {
        let now = sorted.filter(|sorted| sorted.by == at);
        // Smallest first, then largest first, then as the modes stand.
        let next = match now {
            None => Some(Sorted { by: at, largest_first: false }),
            Some(Sorted { largest_first: false, .. }) => Some(Sorted { by: at, largest_first: true }),
            Some(_) => None,
        };
        let (order, sign) = match now {
            None => (None, ""),
            Some(Sorted { largest_first: false, .. }) => (Some("ascending"), " ↑"),
            Some(_) => (Some("descending"), " ↓"),
        };
        let set = sorted.setter();
        html! {
            <th scope="col" class="number" {title} aria-sort={order}>
                <button type="button" class="sort" onclick={move |_| set.set(next)}>{ name }<span aria-hidden="true">{ sign }</span></button>
            </th>
        }
    };
    html! {
        // Focusable, since it scrolls.
        <div class="scroll" tabindex="0" role="group" aria-label="Table of all modes">
            <table class={(!props.has_output()).then_some("compared")}>
                <thead>
                    <tr>
                        <th scope="col">{ "Mode" }</th>
                        { for heads.into_iter().enumerate().map(head) }
                        { for props.has_output().then(|| html! { <th scope="col" class="order">{ "Output" }</th> }) }
                    </tr>
                </thead>
                <tbody>{ for rows.into_iter().map(|(card, figures)| row(card, figures, props.has_output())) }</tbody>
            </table>
        </div>
    }
}

fn key(figures: &[Cell], at: usize) -> Option<f64> {
    figures.get(at).and_then(|cell| cell.key)
}

/// Which of two figures is first. None is last, either way.
fn by_key(one: Option<f64>, other: Option<f64>, largest_first: bool) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) if largest_first => other.total_cmp(&one),
        (Some(one), Some(other)) => one.total_cmp(&other),
        (one, other) => other.is_some().cmp(&one.is_some()),
    }
}

/// What the table has besides its usual columns.
impl Props {
    fn adds(&self) -> bool {
        self.cards.iter().any(|card| card.conditions.workload.adds())
    }

    fn repeats(&self) -> bool {
        self.cards.iter().any(|card| self.compared.repeated(card.mode).is_some())
    }

    /// Whether each mode has its output here too. Figures of other runs have its room, unless one did not finish.
    fn has_output(&self) -> bool {
        let compares = self.repeats() || self.compared.pinned.is_some();
        !compares || !self.all_finished
    }
}

fn heads(props: &Props) -> Vec<Head> {
    let other = props.cards.iter().find_map(|card| card.other.clone());
    let predicted = other.map_or_else(|| "Predicted".to_owned(), |other| format!("Predicted {other}"));
    let elapsed = "From the start of the mode to the end of its last task, the start-up included";
    let repeated = [
        ("Runs", "How many runs of this workload have finished, up to the last hundred"),
        ("Median", "The median elapsed time of these runs"),
        ("Range", "The shortest and the longest elapsed time of these runs"),
    ];
    let pinned = [
        ("Pinned", "The elapsed time of the pinned run, or the median of several"),
        ("Against pinned", "How many times as fast as the pinned run"),
    ];
    let usual = [("Start-up", START_UP), (&predicted, PREDICTED), ("Overhead", OVERHEAD)];
    let counter = ("Counter", "What the shared counter came to, out of all that was to be added");
    // What most come for is seen first, where not all of it has room.
    let heads = [("Elapsed", elapsed), ("Speed-up", SPEED_UP)].into_iter();
    let heads = heads.chain(repeated.into_iter().filter(|_| props.repeats()));
    let heads = heads.chain(pinned.into_iter().filter(|_| props.compared.pinned.is_some()));
    let heads = heads.chain(usual).chain([("Page frozen", FROZEN)]).chain(props.adds().then_some(counter));
    heads.map(|(name, title)| (name.to_owned(), title)).collect()
}

/// The figures of a mode, in the order of the heads.
fn figures(card: &Card, props: &Props) -> Vec<Cell> {
    let (figures, scale) = (card.figures(), props.scale);
    let speed_up = figures.speed_up.filter(|_| card.record().is_some());
    let mut cells = vec![Cell::time(figures.elapsed, scale), Cell::new(speed_up, ratio, |times| times)];
    let repeated = props.compared.repeated(card.mode);
    if props.repeats() {
        let apart = |repeated: Repeated| repeated.most.since(repeated.least).as_ms();
        cells.push(Cell::new(repeated, |repeated| repeated.runs.to_string(), |repeated| repeated.runs as f64));
        cells.push(Cell::time(repeated.map(|repeated| repeated.median), scale));
        cells.push(Cell::new(repeated, |repeated| repeated.range(scale), apart));
    }
    if let Some(pinned) = &props.compared.pinned {
        let pinned = pinned.time(card.mode);
        let times = card.took.zip(pinned).and_then(|(own, pinned)| times_as_fast(own, pinned));
        cells.push(Cell::time(pinned, scale));
        cells.push(Cell::new(times, ratio, |times| times));
    }
    cells.extend([
        Cell::time(figures.startup, Scale::Milliseconds),
        Cell::time(figures.predicted, scale),
        Cell::new(figures.overhead, signed_ms, |micros| micros as f64),
        Cell::new(figures.frozen, whole_ms, Micros::as_ms),
    ]);
    if props.adds() {
        let counter = card.record().and_then(|record| record.counter);
        cells.push(Cell::new(counter, counted, |counter| counter.actual as f64));
    }
    cells
}

fn row(card: &Card, figures: Vec<Cell>, has_output: bool) -> Html {
    let cell = |cell: Cell| html! { <td class="number">{ cell.text.unwrap_or_else(|| NONE.to_owned()) }</td> };
    html! {
        <tr key={card.mode.id()}>
            <th scope="row">{ card.mode.name() }</th>
            { for figures.into_iter().map(cell) }
            { for has_output.then(|| output(card)) }
        </tr>
    }
}

/// The beginning of what a mode printed, and how it ended.
fn output(card: &Card) -> Html {
    let words = card.output_words();
    let dot = if words.is_empty() { "" } else { "· " };
    html! {
        <td class="order">
            <div>
                { for words.into_iter().map(|word| html! { <><bdi>{ word }</bdi>{ " " }</> }) }
                { for card.end_words().map(|words| html! { <span class="muted">{ dot }{ words }</span> }) }
            </div>
        </td>
    }
}
