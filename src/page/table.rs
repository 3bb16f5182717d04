//! All modes in one table.

use yew::prelude::*;

use super::effects::environment;
use super::figures::{FROZEN, OVERHEAD, PREDICTED, SPEED_UP, START_UP};
use super::state::{Card, State};
use crate::report::{NONE, Scale, clock_words, counted, ratio, signed_ms, whole_ms, words};

/// The most texts of an output's order that the table has.
const WORDS: usize = 12;
/// The most characters of each.
const LONGEST: usize = 20;

/// The figures of all modes under one another, once there is something to compare.
pub fn table(state: &State) -> Html {
    let cards: Vec<_> = state.shown().into_iter().map(|mode| state.card(mode)).collect();
    if cards.iter().all(|card| card.record().is_none()) {
        return html! { <div class="comparison" /> };
    }
    let scale = state.scale();
    let clock = clock_words(environment().clock_resolution_ms, state.clock_error());
    let adds = cards.iter().any(|card| card.conditions.workload.adds());
    let other = cards.iter().find_map(|card| card.other.clone());
    let head = |head: &str| match &other {
        Some(other) if head == PREDICTED_HEAD => format!("{head} {other}"),
        _ => head.to_owned(),
    };
    let heads = HEADS.into_iter().chain(adds.then_some(COUNTER));
    html! {
        <section class="comparison" aria-labelledby="comparison">
            <h2 id="comparison">{ "All modes" }</h2>
            // Focusable, since it scrolls.
            <div class="scroll" tabindex="0" role="group" aria-label="Table of all modes">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{ "Mode" }</th>
                            { for heads.map(|(name, title)| html! { <th scope="col" class="number" {title}>{ head(name) }</th> }) }
                            <th scope="col">{ "Output" }</th>
                        </tr>
                    </thead>
                    <tbody>{ for cards.iter().map(|card| row(card, scale, adds)) }</tbody>
                </table>
            </div>
            { for clock.map(|words| html! { <p class="clock small muted" data-figure="clock">{ words }</p> }) }
        </section>
    }
}

/// Over what is predicted; of another machine it says so.
const PREDICTED_HEAD: &str = "Predicted";

const HEADS: [(&str, &str); 6] = [
    ("Elapsed", "From the start of the mode to the end of its last task, the start-up included"),
    ("Start-up", START_UP),
    (PREDICTED_HEAD, PREDICTED),
    ("Overhead", OVERHEAD),
    ("Speed-up", SPEED_UP),
    ("Page frozen", FROZEN),
];

/// Where the workload adds.
const COUNTER: (&str, &str) = ("Counter", "What the shared counter came to, of all that was to be added");

fn row(card: &Card, scale: Scale, adds: bool) -> Html {
    let figures = card.figures();
    let cells = [
        figures.elapsed.map(|time| scale.write(time)),
        figures.startup.map(|time| Scale::Milliseconds.write(time)),
        figures.predicted.map(|time| scale.write(time)),
        figures.overhead.map(signed_ms),
        figures.speed_up.filter(|_| card.record().is_some()).map(ratio),
        figures.frozen.map(whole_ms),
    ];
    let counter = adds.then(|| card.record().and_then(|record| record.counter).map(counted));
    let cell = |cell: Option<String>| html! { <td class="number">{ cell.unwrap_or_else(|| NONE.to_owned()) }</td> };
    let output = match (card.status(), card.trace()) {
        ("finished", Some(trace)) => words(trace, &card.conditions.workload, WORDS, LONGEST),
        ("idle", _) => vec!["not run".to_owned()],
        ("cancelled", _) => vec!["stopped".to_owned()],
        ("unavailable", _) => vec!["not available here".to_owned()],
        (status, _) => vec![status.to_owned()],
    };
    html! {
        <tr key={card.mode.id()}>
            <th scope="row">{ card.mode.name() }</th>
            { for cells.into_iter().chain(counter).map(cell) }
            <td class="order">{ for output.into_iter().map(|word| html! { <><bdi>{ word }</bdi>{ " " }</> }) }</td>
        </tr>
    }
}
