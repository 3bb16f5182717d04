//! Guess first: whether the reader guesses before each run, and what all guesses came to.

use yew::prelude::*;

use super::act::Act;
use super::state::{Action, Guessing, State};

/// The button above the cards, and what there is to be said.
pub fn guess_bar(state: &State, act: &Act) -> Html {
    let guessing = state.is_guessing();
    let toggle = act.reform(move |_: MouseEvent| Action::Guess(if guessing { Guessing::End } else { Guessing::Begin }));
    let disabled = !guessing && state.is_busy();
    html! {
        <div class="guess-bar">
            <button type="button" data-action="guess" aria-pressed={guessing.to_string()}
                title="Say what is printed, and how long it takes, before you run"
                aria-disabled={disabled.then_some("true")} onclick={toggle}>
                { "Guess first" }
            </button>
            <p class="small muted" data-guesses="">{ state.guessing_words() }</p>
        </div>
    }
}
