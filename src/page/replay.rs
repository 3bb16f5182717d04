//! The replay of what is shown: the button that begins it, the bar that moves the playhead, and how things stand in a
//! mode at that moment. Where the playhead is, is the state's affair.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::act::Act;
use super::browser;
use super::state::{Action, Basis, Card, Direction, Playhead, Replay, Replaying, SLOWER, State};
use crate::timeline::Moment;
use crate::workload::Micros;

/// The playhead can be dragged to so many places.
const PLACES: u64 = 500;

/// The id of the button that begins a replay.
const BUTTON: &str = "replay";

/// The button that begins a replay, and ends it.
pub fn replay_button(state: &State, act: &Act) -> Html {
    let is_open = state.replay.is_some();
    let does = if is_open { Replaying::Close } else { Replaying::Toggle };
    html! {
        <button type="button" id={BUTTON} data-action="replay" aria-pressed={is_open.to_string()}
            aria-disabled={(!is_open && !state.is_replayable()).then_some("true")}
            title="Go through what is shown again, as slowly as you like"
            onclick={act.reform(move |_: MouseEvent| Action::Replay(does))}>
            { "Replay" }
        </button>
    }
}

/// What moves the playhead, while there is one.
pub fn replay_bar(state: &State, axis: Micros, act: &Act) -> Html {
    let Some(replay) = &state.replay else { return Html::default() };
    let scale = state.scale();
    let (now, end) = (scale.write(replay.at), scale.write(axis));
    let button = |action: &'static str, words: &'static str, label: &'static str, does: Replaying| {
        let onclick = act.reform(move |_: MouseEvent| Action::Replay(does));
        html! { <button type="button" data-action={action} title={label} aria-label={label} {onclick}>{ words }</button> }
    };
    let close = act.reform(|_: MouseEvent| {
        browser::focus(BUTTON);
        Action::Replay(Replaying::Close)
    });
    let (words, label) = if replay.playing { ("Pause", "Pause the replay") } else { ("Play", "Play the replay") };
    html! {
        <div class="replay" role="group" aria-label="Replay">
            { button("replay-toggle", words, label, Replaying::Toggle) }
            { button("replay-back", "‹", "Back by one event", Replaying::Step(Direction::Back)) }
            { button("replay-forward", "›", "Forward by one event", Replaying::Step(Direction::Forward)) }
            { speed(replay, act) }
            { scrubber(replay, axis, &now, act) }
            <p class="small" data-figure="replay">{ format!("{now} of {end}") }</p>
            <button type="button" class="icon" data-action="replay-close" title="End the replay" aria-label="End the replay"
                onclick={close}>{ "✕" }</button>
            <p class="hidden-text" aria-live="polite">{ state.stepped_to() }</p>
        </div>
    }
}

/// How slowly it goes.
fn speed(replay: &Replay, act: &Act) -> Html {
    let onchange = act.reform(|event: Event| {
        let chosen = event.target_unchecked_into::<HtmlSelectElement>().value();
        Action::Replay(Replaying::Slower(chosen.parse().unwrap_or(1)))
    });
    let option = |slower: u32| {
        let words = if slower == 1 { "full speed".to_owned() } else { format!("1/{slower} speed") };
        html! { <option value={slower.to_string()} selected={replay.slower == slower}>{ words }</option> }
    };
    html! { <select data-action="replay-speed" aria-label="Speed of the replay" {onchange}>{ for SLOWER.map(option) }</select> }
}

/// The playhead, to be dragged.
fn scrubber(replay: &Replay, axis: Micros, now: &str, act: &Act) -> Html {
    let step = axis.0.div_ceil(PLACES).max(1);
    let oninput = act.reform(move |event: InputEvent| {
        let place = event.target_unchecked_into::<HtmlInputElement>().value_as_number();
        Action::Replay(Replaying::Seek(Micros(place as u64 * step)))
    });
    html! {
        <input type="range" class="slider" data-action="replay-seek" min="0" max={axis.0.div_ceil(step).to_string()}
            value={(replay.at.0 / step).to_string()} {oninput} aria-label="Playhead" aria-valuetext={now.to_owned()} />
    }
}

/// How a mode stands where the playhead is.
#[derive(Clone, PartialEq)]
pub struct Standing {
    /// How many lines are printed.
    pub printed: usize,
    pub words: String,
}

/// What is gone through, kept from one moment to the next: on from there is quick.
struct Kept {
    of: Basis,
    moment: Moment,
}

/// How a mode stands where the playhead is; none where it isn't replayed.
#[hook]
pub fn use_moment(card: &Card, playhead: Option<Playhead>) -> Option<Standing> {
    let kept = use_mut_ref(|| None::<Kept>);
    let mut kept = kept.borrow_mut();
    let replayed = playhead.zip(card.replayed());
    let Some((playhead, trace)) = replayed else {
        *kept = None;
        return None;
    };
    let (of, workload) = (card.basis(), &card.conditions.workload);
    let of_card = kept.take().filter(|kept| kept.of == of);
    let anew = || Kept { of, moment: Moment::new(trace.clone(), workload.tasks) };
    let kept = kept.insert(of_card.unwrap_or_else(anew));
    kept.moment.go_to(playhead.happened);
    Some(Standing { printed: kept.moment.printed(), words: kept.moment.words(card.mode, workload) })
}
