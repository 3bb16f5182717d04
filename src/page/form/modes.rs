//! Which modes are shown and run.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{Parts, said};
use crate::page::state::{Edit, Spot};
use crate::workload::Mode;

/// A box to tick for each mode.
pub fn modes(parts: &Parts<'_>) -> Html {
    let one = |mode: Mode| {
        let checked = parts.form.modes.contains(&mode);
        let onchange = parts.edit.reform(move |event: Event| {
            Edit::Choose(mode, event.target_unchecked_into::<HtmlInputElement>().checked())
        });
        html! {
            <label class="tick">
                <input type="checkbox" data-choose={mode.id()} {checked} {onchange} />
                <span>{ mode.name() }</span>
            </label>
        }
    };
    html! {
        <fieldset class="modes" id="modes" tabindex="-1">
            <legend>{ "Modes" }</legend>
            <div class="ticks">{ for Mode::ALL.map(one) }</div>
            { said("modes-note", &parts.said(Spot::Modes, "")) }
        </fieldset>
    }
}
