//! Where the reader guesses what a mode prints and how long it takes: each line is a button that puts it behind those that
//! are placed already, or takes it away again, so the focus never moves.

use yew::prelude::*;

use super::act::Act;
use super::form::field::{Said, TextField};
use super::output::chip;
use super::state::{Action, Card, Guess, Guessing};
use crate::report::LineOf;
use crate::workload::NumberError;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub card: Card,
    pub guess: Guess,
    pub act: Act,
}

#[component]
pub fn GuessForm(props: &Props) -> Html {
    let Props { card, guess, act } = props;
    let mode = card.mode;
    let put = act.reform(move |time| Action::Guess(Guessing::Time(mode, time)));
    let said = match guess.read_time() {
        Err(NumberError::Missing) => Said::Error("The time must be a number, as in 1.5s or 20ms.".to_owned()),
        Err(error) => Said::Error(format!("The time {error}.")),
        Ok(_) => Said::Hint("As in 1.5s or 20ms"),
    };
    html! {
        <section class="guess" aria-label={format!("Your guess for {}", mode.name())}>
            <div class="guess-order">{ order(card, guess, act) }</div>
            <TextField id={format!("guess-{mode}")} label="How long will it take?" value={guess.time.clone()} {said} {put} />
        </section>
    }
}

/// The lines to be put in order, and the order that they have.
fn order(card: &Card, guess: &Guess, act: &Act) -> Html {
    let words = |words: &'static str| html! { <p class="small muted">{ words }</p> };
    let Some(lines) = card.lines_to_order() else {
        return words("These are too many lines to put in order: guess only the time.");
    };
    if lines.is_empty() {
        return words("Nothing is printed: guess only the time.");
    }
    let mode = card.mode;
    let take_all = act.reform(move |_: MouseEvent| Action::Guess(Guessing::TakeAll(mode)));
    let text = |line: LineOf| card.conditions.workload.text(line.1).to_owned();
    html! {
        <>
            <p class="label" id={format!("order-{mode}")}>{ "Which line comes first, which next?" }</p>
            <div class="to-order" role="group" aria-labelledby={format!("order-{mode}")}>
                { for lines.iter().map(|(line, text)| button(card, guess, *line, text, act)) }
            </div>
            <div class="placed">
                <ol class="lines guess-lines" aria-label={format!("Your order for {}", mode.name())}>
                    { for guess.order.iter().map(|line| html! {
                        <li key={format!("{}-{}", line.0, line.1)}>{ chip(line.0) }<bdi class="text">{ text(*line) }</bdi></li>
                    }) }
                </ol>
                <button type="button" data-action="take-all" onclick={take_all}
                    aria-disabled={guess.order.is_empty().then_some("true")}>{ "Start over" }</button>
            </div>
        </>
    }
}

/// A line that can be placed, with its place if it has one.
fn button(card: &Card, guess: &Guess, line: LineOf, text: &str, act: &Act) -> Html {
    let (mode, place) = (card.mode, guess.place(line));
    let onclick = act.reform(move |_: MouseEvent| Action::Guess(Guessing::Place(mode, line)));
    html! {
        <button key={format!("{}-{}", line.0, line.1)} type="button" class="line" data-line={format!("{}-{}", line.0, line.1)}
            aria-pressed={place.is_some().to_string()} {onclick}>
            <span class="hidden-text">{ "task " }</span>{ chip(line.0) }
            <bdi class="text">{ text.to_owned() }</bdi>
            <span class="place">
                if let Some(place) = place { <span class="hidden-text">{ ", line " }</span>{ place } }
            </span>
        </button>
    }
}
