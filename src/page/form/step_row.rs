//! One step: what it is, its value, and its place among the others.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::field::{Said, said, typed};
use crate::page::state::{Edit, Move, Row, Spot};
use crate::workload::{StepName, ValueKind};

#[derive(PartialEq, Properties)]
pub struct Props {
    pub row: Row,
    /// Its place, counted from 0.
    pub at: usize,
    pub is_last: bool,
    pub value_error: Option<String>,
    pub task_error: Option<String>,
    pub edit: Callback<Edit>,
}

#[component]
pub fn StepRow(props: &Props) -> Html {
    let Props { row, at, is_last, value_error, task_error, edit } = props;
    let (key, number) = (row.key, at + 1);
    // The focus is sent there by these (`state/focus.rs`).
    let id = |part| format!("step-{key}-{part}");
    let edits = |make: fn(u32) -> Edit| edit.reform(move |_: MouseEvent| make(key));
    html! {
        <li class="step" data-step={number.to_string()}>
            <div class="step-line">
                { kind(row, number, edit) }
                { value(row, number, value_error.is_some(), edit) }
                <span class="step-buttons">
                    { button("↑", id("up"), format!("Move step {number} up"), *at == 0, edits(|key| Edit::MoveStep(key, Move::Up))) }
                    { button("↓", id("down"), format!("Move step {number} down"), *is_last, edits(|key| Edit::MoveStep(key, Move::Down))) }
                    { button("✕", id("remove"), format!("Remove step {number}"), *at == 0 && *is_last, edits(Edit::RemoveStep)) }
                </span>
            </div>
            if let Some(error) = value_error {
                { said(&format!("step-{key}-note"), &Said::Error(error.clone())) }
            }
            if row.alone { { only_task(row, number, task_error.as_deref(), edit) } }
        </li>
    }
}

fn kind(row: &Row, number: usize, edit: &Callback<Edit>) -> Html {
    let key = row.key;
    let now = row.name;
    let onchange = edit.reform(move |event: Event| {
        let chosen = event.target_unchecked_into::<HtmlSelectElement>().value();
        Edit::Rename(key, StepName::parse(&chosen).unwrap_or(now))
    });
    // Both: `selected` when there are no options yet, the value when the user has chosen and that is undone.
    let option = |name: StepName| html! { <option value={name.id()} selected={name == now}>{ name.id() }</option> };
    html! {
        <select aria-label={format!("What step {number} does")} ~value={now.id()} {onchange}>{ for StepName::ALL.map(option) }</select>
    }
}

fn value(row: &Row, number: usize, is_wrong: bool, edit: &Callback<Edit>) -> Html {
    let spot = Spot::StepValue(row.key);
    let put = edit.reform(move |text| Edit::Put(spot, text));
    let words = match row.name.value_kind() {
        ValueKind::Text => "text",
        ValueKind::Time => "duration, as in 1.5s or 20ms",
        ValueKind::Number => "count, as in 20M or 500K",
    };
    html! {
        <input id={spot.id()} type="text" value={row.value.clone()} spellcheck="false" oninput={typed(&put)}
            aria-label={format!("Step {number}: {words}")} title={words} aria-invalid={is_wrong.then_some("true")}
            aria-describedby={is_wrong.then(|| format!("step-{}-note", row.key))} />
    }
}

fn only_task(row: &Row, number: usize, error: Option<&str>, edit: &Callback<Edit>) -> Html {
    let field = Spot::StepTask(row.key);
    let put = edit.reform(move |text| Edit::Put(field, text));
    let id = field.id();
    let beneath = format!("{id}-note");
    html! {
        <div class="only-task">
            <span class="small muted">{ "only task" }</span>
            <input {id} type="text" inputmode="numeric" placeholder="all" value={row.task.clone()}
                aria-label={format!("Step {number}: only task, or all")} aria-invalid={error.map(|_| "true")}
                aria-describedby={error.map(|_| beneath.clone())} oninput={typed(&put)} />
            if let Some(error) = error { { said(&beneath, &Said::Error(error.to_owned())) } }
        </div>
    }
}

fn button(sign: &'static str, id: String, words: String, disabled: bool, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="icon" {id} {disabled} {onclick} title={words.clone()} aria-label={words}>{ sign }</button>
    }
}
