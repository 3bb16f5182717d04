//! The figures of a mode: the elapsed time big, the others beside it.

use yew::prelude::*;

use super::state::{Card, Figures};
use crate::report::{NONE, Scale, ratio, whole_ms};
use crate::workload::Micros;

/// The figures of a card: before there is an elapsed time, what is predicted stands in its place.
pub fn figures(card: &Card, scale: Scale) -> Html {
    let mut all = card.figures();
    if card.status() == "unavailable" {
        // Nothing can be held against what was predicted.
        all.predicted = None;
    }
    let has_ended = card.record().is_some();
    let time = |time: Option<Micros>| time.map(|time| scale.write(time));
    // What can't be had is told only where it is missed.
    let shown = |text: Option<String>, missed: bool| text.or_else(|| missed.then(|| NONE.to_owned()));
    let predicted = shown(time(all.predicted), has_ended).filter(|_| all.elapsed.is_some());
    let compared = card.status() == "finished" && card.sync.is_some();
    html! {
        <div class={classes!("figures", all.elapsed.is_none().then_some("not-run"))}>
            { if all.elapsed.is_some() { elapsed(&all, scale) } else { promise(&all, scale) } }
            <dl>
                { pair("predicted", "predicted", predicted, ms(all.predicted)) }
                { pair("speed-up", "speed-up", shown(all.speed_up.map(ratio), compared), all.speed_up.map(plain)) }
                { pair("startup", "start-up", all.startup.map(short), ms(all.startup)) }
                { pair("frozen", "page frozen", all.frozen.map(whole_ms), ms(all.frozen)) }
            </dl>
        </div>
    }
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
fn promise(all: &Figures, scale: Scale) -> Html {
    let Some(predicted) = all.predicted else {
        return html! { <p class="elapsed promised">{ NONE }</p> };
    };
    html! {
        <p class="elapsed promised" data-figure="predicted" data-ms={ms(Some(predicted))}>
            { scale.write(predicted) }<span class="small">{ " predicted" }</span>
        </p>
    }
}

/// A figure with its name, if there is one.
fn pair(name: &'static str, words: &'static str, value: Option<String>, data: Option<String>) -> Html {
    let Some(value) = value else { return Html::default() };
    html! {
        <div class="pair">
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
