//! The list of steps.

use yew::prelude::*;

use super::step_row::StepRow;
use super::{Parts, said};
use crate::page::state::{Edit, Spot};
use crate::workload::Steps;

/// All steps with the button that adds one.
pub fn steps(parts: &Parts<'_>) -> Html {
    let form = parts.form;
    let rows = &form.steps;
    let add = parts.edit.reform(|_: MouseEvent| Edit::AddStep);
    let row = |(at, row): (usize, &crate::page::state::Row)| {
        let error = |spot| parts.errors.at(spot).map(str::to_owned);
        html! {
            <StepRow key={row.key} row={row.clone()} at={at} is_last={at + 1 == rows.len()}
                value_error={error(Spot::StepValue(row.key))} task_error={error(Spot::StepTask(row.key))}
                edit={parts.edit.clone()} />
        }
    };
    html! {
        <fieldset class="steps" id="steps" tabindex="-1">
            <legend>{ "Steps of each task" }</legend>
            <ol>{ for rows.iter().enumerate().map(row) }</ol>
            // What the link had to say of its steps is not about any one row.
            { said("steps-note", &parts.said(Spot::Steps, "")) }
            <button type="button" id="add-step" data-action="add-step" disabled={rows.len() >= Steps::MAX} onclick={add}>
                { "+ Step" }
            </button>
        </fieldset>
    }
}
