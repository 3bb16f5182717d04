//! The sweep, folded away below the results: how far it goes and how long it may take, its plot and its table.

mod chart;
mod mark;
mod table;

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::act::Act;
use super::browser;
use super::state::{Action, Sweep, SweepAction};
use super::unfold::is_unfolded;
use crate::report::sweep::{csv, markdown};
use crate::workload::{Micros, TaskCount, grouped};
use chart::Chart;
use table::table;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub sweep: Rc<Sweep>,
    /// Whether anything runs.
    pub busy: bool,
    pub act: Act,
}

#[component]
pub fn SweepFold(props: &Props) -> Html {
    let Props { sweep, act, .. } = props;
    let ontoggle = act.reform(|event: Event| Action::Sweep(SweepAction::Open(is_unfolded(&event))));
    html! {
        <details class="sweep" {ontoggle} open={sweep.open}>
            <summary data-action="sweep"><h2>{ "Sweep: elapsed against the task count" }</h2></summary>
            if sweep.open { { unfolded(props) } }
        </details>
    }
}

fn unfolded(props: &Props) -> Html {
    let Props { sweep, .. } = props;
    html! {
        <div class="sweep-inner">
            <p class="muted">
                { "The same steps with one task, three, ten and so on, each count in each mode: lines are what is \
                   predicted for this machine, marks what is measured. A measured time has its start-up in it, a predicted \
                   one has not." }
            </p>
            { controls(props) }
            <p class="small" data-sweep="words">{ sweep.words() }</p>
            <p class="told" role="status" data-sweep="ending">{ sweep.ending() }</p>
            <div class="sweep-shown">
                <Chart points={sweep.points.clone()} modes={sweep.modes.clone()} />
                { table(sweep) }
            </div>
            { exports(sweep) }
        </div>
    }
}

/// How far, how long, and Run and Stop.
fn controls(Props { sweep, busy, act }: &Props) -> Html {
    let cant_begin = *busy || sweep.to_foresee().next().is_some() || sweep.chosen().runs.is_empty();
    let cant_stop = sweep.going.as_ref().is_none_or(|going| going.stopping);
    let begin = act.reform(|_: MouseEvent| Action::Sweep(SweepAction::Begin));
    let stop = act.reform(|_: MouseEvent| Action::Stop);
    html! {
        <div class="sweep-controls">
            { most(sweep, act) }
            { time(sweep, act) }
            <div class="buttons">
                <button type="button" class="primary" data-action="begin-sweep" onclick={begin}
                    aria-disabled={cant_begin.then_some("true")}>
                    { "Run the sweep" }
                </button>
                <button type="button" data-action="stop-sweep" onclick={stop}
                    aria-disabled={cant_stop.then_some("true")}>
                    { "Stop" }
                </button>
            </div>
        </div>
    }
}

fn most(sweep: &Sweep, act: &Act) -> Html {
    let onchange = act.reform(|event: Event| {
        let most = TaskCount::parse(&event.target_unchecked_into::<HtmlSelectElement>().value());
        Action::Sweep(SweepAction::Most(most.unwrap_or_default()))
    });
    let option = |most: u64| {
        let selected = u64::from(sweep.most.get()) == most;
        html! { <option value={most.to_string()} {selected}>{ grouped(most) }</option> }
    };
    html! {
        <div class="field">
            <label for="sweep-most">{ "Up to this many tasks" }</label>
            <select id="sweep-most" disabled={sweep.going.is_some()} {onchange}>{ for Sweep::MOST.map(option) }</select>
        </div>
    }
}

fn time(sweep: &Sweep, act: &Act) -> Html {
    let onchange = act.reform(|event: Event| {
        let seconds: u64 = event.target_unchecked_into::<HtmlSelectElement>().value().parse().unwrap_or_default();
        Action::Sweep(SweepAction::Time(Micros(1_000_000 * seconds)))
    });
    let option = |time: Micros| {
        let seconds = time.0 / 1_000_000;
        html! { <option value={seconds.to_string()} selected={sweep.time == time}>{ format!("{seconds} s") }</option> }
    };
    html! {
        <div class="field">
            <label for="sweep-time">{ "In at most" }</label>
            <select id="sweep-time" disabled={sweep.going.is_some()} {onchange}>{ for Sweep::TIMES.map(option) }</select>
        </div>
    }
}

/// What hands out the table, once something was measured.
fn exports(sweep: &Rc<Sweep>) -> Html {
    if sweep.points.iter().all(|point| point.elapsed().is_none()) {
        return html! { <div class="sweep-exports" /> };
    }
    let button = |id: &'static str, words: &'static str| {
        let sweep = Rc::clone(sweep);
        let onclick = move |_: MouseEvent| {
            let _ = match id {
                "csv" => browser::download("interleave-sweep.csv", "text/csv", &csv(&sweep.points)),
                _ => browser::download("interleave-sweep.md", "text/markdown", &markdown(&sweep.points)),
            };
        };
        html! { <button type="button" data-export-sweep={id} {onclick}>{ words }</button> }
    };
    html! {
        <div class="sweep-exports">
            { button("markdown", "The table, as Markdown") }
            { button("csv", "The table, as CSV") }
        </div>
    }
}
