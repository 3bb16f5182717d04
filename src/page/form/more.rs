//! What is seldom changed: caps, the switch interval, how tasks differ, where calls go, and where sync and async run.

use std::cell::Cell;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::{Parts, Said, said};
use crate::page::state::{Edit, Form, Spot};
use crate::workload::Place;

/// The rest of the form, folded away until something in it is not as usual.
///
/// `opened` remembers that it was: what is typed may open it, but never folds it away under the fingers that type.
/// `unfolded` is whether the user sees it, and told when that changes.
pub fn more(parts: &Parts<'_>, opened: &Cell<bool>, (unfolded, ontoggle): (bool, Callback<Event>)) -> Html {
    opened.set(opened.get() || is_worth_a_look(parts));
    html! {
        <details class="more" open={opened.get()} {ontoggle}>
            <summary>{ "More" }</summary>
            if unfolded || opened.get() { { fields(parts) } }
        </details>
    }
}

fn fields(parts: &Parts<'_>) -> Html {
    let form = parts.form;
    html! {
        <>
            { parts.field(Spot::Workers, "Workers", &form.workers, "The most threads or processes, 1 to 32; empty: one per task, up to 32") }
            { parts.field(Spot::Limit, "Limit", &form.limit, "The most tasks at once on a loop; empty: no limit") }
            { parts.field(Spot::Switch, "Switch interval", &form.switch, "How long a thread keeps the GIL while others want it") }
            { parts.field(Spot::Spread, "Spread", &form.spread, "How much tasks differ: 0, all alike; 1, from nothing to twice as long") }
            { parts.field(Spot::Seed, "Seed", &form.seed, "Another seed, other differences; the same seed, the same ones") }
            { sensitive(form, &parts.edit) }
            { place(form, &parts.edit) }
            { one_task(form, &parts.edit) }
        </>
    }
}

/// Whether something in it is not as usual, or wrong.
fn is_worth_a_look(parts: &Parts<'_>) -> bool {
    let usual = Form::of(&crate::link::Setup::default());
    let form = parts.form;
    let texts = |form: &Form| [&form.workers, &form.limit, &form.switch, &form.spread, &form.seed].map(Clone::clone);
    let spots = [Spot::Workers, Spot::Limit, Spot::Switch, Spot::Spread, Spot::Seed];
    texts(form) != texts(&usual)
        || (form.sensitive, form.place) != (usual.sensitive, usual.place)
        || spots.iter().any(|spot| parts.said(*spot, "") != Said::Hint(""))
}

fn sensitive(form: &Form, edit: &Callback<Edit>) -> Html {
    let onchange =
        edit.reform(|event: Event| Edit::Sensitive(event.target_unchecked_into::<HtmlInputElement>().checked()));
    let hint = Said::Hint("In Offload. This is Django’s default; without it, calls go to a pool");
    html! {
        <div class="field">
            <label class="tick">
                <input type="checkbox" id="sensitive" aria-describedby="sensitive-note" checked={form.sensitive}
                    {onchange} />
                { "All calls to one thread (thread_sensitive)" }
            </label>
            { said("sensitive-note", &hint) }
        </div>
    }
}

fn place(form: &Form, edit: &Callback<Edit>) -> Html {
    let onchange = edit.reform(|event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        Edit::Place(Place::parse(&value).unwrap_or_default())
    });
    let option = |(place, words): (Place, &'static str)| {
        html! { <option value={place.id()} selected={form.place == place}>{ words }</option> }
    };
    let options = [
        (Place::Split, "Sync in a worker, async here"),
        (Place::Page, "Both on this page"),
        (Place::Worker, "Both in a worker"),
    ];
    html! {
        <div class="field">
            <label for="place">{ "Sync and async run" }</label>
            <select id="place" ~value={form.place.id()} {onchange}>{ for options.map(option) }</select>
        </div>
    }
}

fn one_task(form: &Form, edit: &Callback<Edit>) -> Html {
    let onchange =
        edit.reform(|event: Event| Edit::OneTask(event.target_unchecked_into::<HtmlInputElement>().checked()));
    html! {
        <label class="tick">
            <input type="checkbox" checked={form.one_task} {onchange} />{ "Let a step be for one task only" }
        </label>
    }
}
