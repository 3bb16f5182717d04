//! One mode: its figures, its timeline, its output, and why it came out so.

use yew::prelude::*;

use super::act::Act;
use super::code::CodeFold;
use super::explained::Explained;
use super::figures::figures;
use super::guess::GuessForm;
use super::guessed::guessed;
use super::output::Output;
use super::replay::use_moment;
use super::spans::Spans;
use super::state::{Action, Card, Forecast, Partly, Playhead, Skip};
use super::timeline::Timeline;
use crate::link::Theme;
use crate::report::{Scale, counter_words};
use crate::timeline::Window;
use crate::trace::Status;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub card: Card,
    /// The part of the axis that is seen in all cards.
    pub seen: Window,
    /// The playhead of what is replayed; none: all of it is shown.
    pub playhead: Option<Playhead>,
    /// How times are written in all cards.
    pub scale: Scale,
    /// Whether a run is going on.
    pub busy: bool,
    /// Whether the form is free of errors.
    pub can_run: bool,
    pub theme: Theme,
    pub act: Act,
}

#[component]
pub fn ModeCard(props: &Props) -> Html {
    let Props { card, seen, playhead, scale, busy, can_run, theme, act } = props;
    let mark = use_state_eq(|| None);
    let set_mark = use_callback((), {
        let set = mark.setter();
        move |stretch, ()| set.set(stretch)
    });
    let pointed = use_state_eq(|| None);
    let set_pointed = use_callback((), {
        let set = pointed.setter();
        move |stretch, ()| set.set(stretch)
    });
    // A stretch belongs to what is drawn now.
    use_effect_with(card.stage.clone(), {
        let set = mark.setter();
        move |_| set.set(None)
    });
    let moment = use_moment(card, *playhead);
    let printed = moment.as_ref().map(|moment| moment.printed);
    let mode = card.mode;
    let heading = format!("mode-{mode}");
    html! {
        <article class="card" data-mode={mode.id()} data-status={card.status()} aria-labelledby={heading.clone()}>
            <header class="card-head">
                <div class="name">
                    <h2 id={heading}>{ mode.name() }</h2>
                    <p class="small muted">{ mode.is_like() }</p>
                </div>
                { figures(card, *scale) }
                { button(card, !*busy && *can_run, act) }
            </header>
            { reason(card) }
            <Timeline card={card.clone()} seen={*seen} playhead={playhead.map(|playhead| playhead.at)} scale={*scale} busy={*busy} theme={*theme} mark={*mark} pointed={set_pointed} act={act.clone()} />
            <div class="folds small">
                if card.open_guess().is_none() {
                    <Spans card={card.clone()} seen={*seen} scale={*scale} busy={*busy} />
                }
                <CodeFold mode={card.mode} conditions={card.conditions.clone()} language={card.language} act={act.clone()} />
            </div>
            if let Some(moment) = moment {
                <p class="moment told small" data-figure="moment">{ moment.words }</p>
            }
            { partly(card, act) }
            <Explained card={card.clone()} scale={*scale} busy={*busy} mark={set_mark.clone()} />
            if let Some(guess) = card.open_guess() {
                <GuessForm card={card.clone()} guess={guess.clone()} act={act.clone()} />
            } else {
                <Output card={card.clone()} scale={*scale} busy={*busy} {printed} pointed={*pointed} mark={set_mark} act={act.clone()} />
                { guessed(card, *scale) }
            }
            { counter(card) }
            { notes(card) }
        </article>
    }
}

/// Runs the mode alone; while it runs before others, skips it. One button, so that it keeps the focus.
fn button(card: &Card, can_run: bool, act: &Act) -> Html {
    let (mode, name) = (card.mode, card.mode.name());
    let (id, title, does) = if card.skip.is_some() {
        ("skip-mode", format!("End {name} here and go on with the next mode"), Action::Skip(mode))
    } else {
        ("run-mode", format!("Run {name} alone"), Action::Run(vec![mode]))
    };
    let (words, can_press) = match card.skip {
        Some(Skip::Offered) => (format!("Skip {name}"), true),
        Some(Skip::Asked) => ("Skipping…".to_owned(), false),
        None => (format!("Run {name}"), can_run),
    };
    let press = act.reform(move |_: MouseEvent| does.clone());
    html! {
        <button type="button" data-action={id} onclick={press} {title} aria-disabled={(!can_press).then_some("true")}>
            { words }
        </button>
    }
}

/// That only the time is predicted, and where more can be had, a button for it.
fn partly(card: &Card, act: &Act) -> Html {
    let Some(partly) = card.partly else { return Html::default() };
    let mode = card.mode;
    let words = match partly {
        Partly::MayBeAsked => "With so many tasks, only the elapsed time is predicted.",
        Partly::Asked => "Predicting the whole timeline …",
        Partly::TooLarge => "Only the elapsed time is predicted: the whole timeline would take too many turns.",
    };
    let ask = act.reform(move |_: MouseEvent| Action::PredictWhole(mode));
    html! {
        <div class="partly small muted" data-partly="">
            <p>{ words }</p>
            if partly == Partly::MayBeAsked {
                <button type="button" data-action="predict-whole" onclick={ask}
                    aria-label={format!("Predict the whole timeline of {}", mode.name())}>
                    { "Predict the whole timeline" }
                </button>
            }
        </div>
    }
}

/// What the shared counter came to. Its place is kept while there is nothing to say.
fn counter(card: &Card) -> Html {
    if !card.conditions.workload.adds() {
        return Html::default();
    }
    let words = card.record().and_then(counter_words).map(|words| format!("Counter: {words}."));
    html! { <p class="told" data-figure="counter">{ words.unwrap_or_default() }</p> }
}

/// What became of it, where it isn't simply finished, or that it can't run.
fn reason(card: &Card) -> Html {
    let word = match card.ended() {
        // That it failed, or was stopped, its reason says itself.
        Some(Status::Cancelled | Status::Failed) => "",
        Some(Status::Unavailable) => "Not available here. ",
        None if card.refused.is_some() => "Not available here. ",
        Some(Status::Finished) | None => return Html::default(),
    };
    let refused = || card.refused.map(str::to_owned);
    let why = card.record().map_or_else(refused, |record| record.outcome.reason()).unwrap_or_default();
    html! { <p class="reason" data-reason=""><strong>{ word }</strong>{ why }</p> }
}

/// What is to be known of this run.
fn notes(card: &Card) -> Html {
    let notes = card.record().map(|record| record.notes.as_slice()).unwrap_or_default();
    let unknown = match &card.forecast {
        Some(Forecast::Unknown(reason)) => Some(format!("Not predicted: {reason}")),
        _ => None,
    };
    if notes.is_empty() && unknown.is_none() {
        return Html::default();
    }
    html! {
        <div class="notes small muted">
            { for unknown.map(|reason| html! { <p>{ reason }</p> }) }
            { for notes.iter().map(|note| html! { <p data-note="">{ note.clone() }</p> }) }
        </div>
    }
}
