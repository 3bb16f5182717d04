//! The task count on a slider, beside its field: both say the same, and either can be used. Where it stops is the state's
//! affair.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::Parts;
use crate::page::state::slider::{stop_for, stops};
use crate::page::state::{Edit, Spot};
use crate::workload::{TaskCount, grouped, ungrouped};

/// The slider. While the field has an error it stays at the example's count.
pub fn slider(parts: &Parts<'_>) -> Html {
    let tasks = TaskCount::parse(&ungrouped(parts.form.tasks.trim())).unwrap_or_default();
    let last = stops().len() - 1;
    let slid = parts.edit.reform(|event: InputEvent| {
        let place = event.target_unchecked_into::<HtmlInputElement>().value_as_number();
        let stop = stops().get(place as usize).copied().unwrap_or(TaskCount::MAX);
        Edit::Put(Spot::Tasks, stop.to_string())
    });
    html! {
        <input type="range" class="slider" data-action="slide" min="0" max={last.to_string()}
            value={stop_for(tasks).to_string()} oninput={slid} aria-label="Tasks, on a logarithmic slider"
            aria-valuetext={format!("{} tasks", grouped(tasks.get().into()))} />
    }
}
