//! The machine that predictions are for: what is known of this one, and another that the reader may ask about.

use yew::prelude::*;

use super::act::Act;
use super::form::{Said, TextField};
use super::state::{Action, MachineFigure, State};

/// This machine in a sentence, and folded away, the figures of another one to ask about.
pub fn machine(state: &State, act: &Act) -> Html {
    let asks = state.asks_for_another();
    let other = state.other_words(&state.subject());
    let words = other.map(|other| format!("The modes are predicted {other}, not for this machine. "));
    let reset = act.reform(|_: MouseEvent| Action::AskForThis);
    html! {
        <details class={classes!("machine", "small", asks.then_some("asks"))} data-machine="">
            <summary>
                { words.unwrap_or_default() }
                <span class="muted">{ state.machine_words() }</span>
                { if asks { "" } else { " Ask about another" } }
            </summary>
            <div class="form">
                { field(state, act, MachineFigure::Cores, "machine-cores", "Cores", "1 to 128; empty: as this machine") }
                { field(state, act, MachineFigure::Speed, "machine-speed", "Counts a second",
                    "1M to 10G, on one core; empty: as this machine") }
                <p class="muted">
                    { "It changes what is predicted of the modes, nothing else: runs are real, on this machine, and aren’t \
                       compared with what is predicted for another. A sweep stays with this machine." }
                </p>
                <button type="button" data-action="this-machine" onclick={reset}>{ "Back to this machine" }</button>
            </div>
        </details>
    }
}

fn field(
    state: &State,
    act: &Act,
    figure: MachineFigure,
    id: &'static str,
    label: &'static str,
    hint: &'static str,
) -> Html {
    let put = act.reform(move |text| Action::AskFor(figure, text));
    let said = state.other.error(figure).map_or(Said::Hint(hint), Said::Error);
    html! { <TextField {id} {label} value={state.other.text(figure).to_owned()} {said} {put} /> }
}
