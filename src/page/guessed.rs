//! What a guess came to, below the output: the guessed order with what can't be in it, and the time.

use yew::prelude::*;

use super::output::chip;
use super::state::Card;
use crate::report::{GuessedOrder, LineOf, Scale};

/// What the guess of a mode came to, if there was one.
pub fn guessed(card: &Card, scale: Scale) -> Html {
    let Some(came_to) = card.guess_came_to(scale) else { return Html::default() };
    let (order, time) = (came_to.order, came_to.time);
    html! {
        <section class="guessed" aria-label={format!("Your guess for {}", card.mode.name())}>
            <h3>{ "Your guess" }</h3>
            { order.as_ref().map(|(order, _)| lines(card, order)).unwrap_or_default() }
            <p class="small" data-guess="">
                { order.map(|(_, words)| words + " ").unwrap_or_default() }
                { time.map(|(_, words)| words).unwrap_or_default() }
            </p>
        </section>
    }
}

fn lines(card: &Card, order: &GuessedOrder) -> Html {
    let line = |(line, in_place): &(LineOf, bool)| {
        html! {
            <li class={classes!((!in_place).then_some("misplaced"))}>
                { chip(line.0) }
                <bdi class="text">{ card.conditions.workload.text(line.1).to_owned() }</bdi>
                if !in_place { <span class="cross" aria-hidden="true">{ "✗" }</span><span class="hidden-text">{ "would have to move" }</span> }
            </li>
        }
    };
    html! {
        <ol class="lines guess-lines" aria-label="Your order">
            { for order.lines.iter().map(line) }
        </ol>
    }
}
