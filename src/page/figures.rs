//! The figures of a mode: the elapsed time big, the others beside it.

use gloo_timers::callback::Interval;
use yew::prelude::*;

use super::browser;
use super::state::{Card, Figures};
use crate::report::{NONE, Scale, ratio, signed_ms, whole_ms};
use crate::trace::Status;
use crate::workload::Micros;

/// What the figures mean.
pub const PREDICTED: &str = "How long the model says it should take, start-up apart";
pub const OVERHEAD: &str = "The elapsed time, less the start-up and what was predicted";
pub const SPEED_UP: &str =
    "How many times as fast as sync, start-up included, of several runs by their medians; not told of runs under 5 ms";
pub const START_UP: &str = "How long its workers took to be ready";
pub const FROZEN: &str = "How long the page could not draw: all pauses over 50 ms";

/// The figures of a card: before there is an elapsed time, what is predicted stands in its place.
pub fn figures(card: &Card, scale: Scale) -> Html {
    let mut all = card.figures();
    if card.ended() == Some(Status::Unavailable) {
        // Nothing can be held against what was predicted.
        all.predicted = None;
    }
    let has_ended = card.record().is_some();
    // Whatever is predicted says for which machine, if it isn't this one.
    let words = card.predicted_words();
    let speed_up = match &card.other {
        Some(other) if !has_ended => format!("speed-up {other}"),
        _ => "speed-up".to_owned(),
    };
    let time = |time: Option<Micros>| time.map(|time| scale.write(time));
    // What can't be had is told only where it is missed.
    let shown = |text: Option<String>, missed: bool| text.or_else(|| missed.then(|| NONE.to_owned()));
    let predicted = shown(time(all.predicted), has_ended).filter(|_| all.elapsed.is_some());
    let overhead = all.overhead.map(|micros| plain(micros as f64 / 1000.0));
    let compared = card.ended() == Some(Status::Finished) && card.sync.is_some();
    let big = match all.elapsed {
        Some(elapsed) if !has_ended => html! { <Ticking {elapsed} {scale} /> },
        Some(_) => elapsed(&all, scale),
        None => promise(&all, scale, &words),
    };
    html! {
        <div class={classes!("figures", all.elapsed.is_none().then_some("not-run"))}>
            { big }
            <dl>
                { pair("predicted", words.clone(), PREDICTED, predicted, ms(all.predicted)) }
                { pair("startup", "start-up".to_owned(), START_UP, all.startup.map(short), ms(all.startup)) }
                { pair("overhead", "overhead".to_owned(), OVERHEAD, all.overhead.map(signed_ms), overhead) }
                { pair("speed-up", speed_up, SPEED_UP, shown(all.speed_up.map(ratio), compared), all.speed_up.map(plain)) }
                { pair("frozen", "frozen".to_owned(), FROZEN, all.frozen.map(whole_ms), ms(all.frozen)) }
            </dl>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct TickingProps {
    elapsed: Micros,
    scale: Scale,
}

/// How often it is looked whether there is news, in milliseconds; and how long it may be missing.
const LOOK_MS: u32 = 100;
const MISSED_MS: f64 = 300.0;

/// The elapsed time of a run that goes on. Where news of the run is shown seldom, since it takes long to draw, it goes
/// on by itself.
#[component]
fn Ticking(props: &TickingProps) -> Html {
    let told_at = use_memo(props.elapsed, |_| browser::now());
    let again = use_force_update();
    use_effect_with((), move |()| {
        let look = Interval::new(LOOK_MS, move || again.force_update());
        move || drop(look)
    });
    let missing = browser::now() - *told_at;
    let ahead = if missing < MISSED_MS { Micros::ZERO } else { Micros((missing * 1000.0) as u64) };
    let shown = Figures { elapsed: Some(props.elapsed + ahead), ..Figures::default() };
    elapsed(&shown, props.scale)
}

fn elapsed(all: &Figures, scale: Scale) -> Html {
    html! {
        <p class="elapsed" data-figure="elapsed" data-ms={ms(all.elapsed)}>
            <span class="hidden-text">{ "Elapsed: " }</span>
            { all.elapsed.map(|time| scale.write(time)).unwrap_or_default() }
        </p>
    }
}

/// What stands in the place of the elapsed time before there is one.
fn promise(all: &Figures, scale: Scale, words: &str) -> Html {
    let Some(predicted) = all.predicted else {
        return html! { <p class="elapsed promised">{ NONE }</p> };
    };
    html! {
        <p class="elapsed promised" data-figure="predicted" data-ms={ms(Some(predicted))}>
            { scale.write(predicted) }<span class="small">{ format!(" {words}") }</span>
        </p>
    }
}

/// A figure with its name, if there is one.
fn pair(name: &'static str, words: String, title: &'static str, value: Option<String>, data: Option<String>) -> Html {
    let Some(value) = value else { return Html::default() };
    html! {
        <div class="pair" {title}>
            <dt>{ words }</dt>
            <dd data-figure={name} data-ms={data}>{ value }</dd>
        </div>
    }
}

/// A start-up is short, so it has a scale of its own.
fn short(time: Micros) -> String {
    Scale::Milliseconds.write(time)
}

fn ms(time: Option<Micros>) -> Option<String> {
    time.map(|time| plain(time.as_ms()))
}

fn plain(number: f64) -> String {
    format!("{number:.3}")
}
