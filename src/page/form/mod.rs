//! The form: the task count, the steps, and under More what is seldom changed. It shows what the state holds as text
//! and tells what the user did; what is valid is not decided here.

pub mod field;
mod history;
mod modes;
mod more;
mod slider;
mod step_row;
mod steps;

use std::cell::Cell;
use std::rc::Rc;

use yew::prelude::*;

use field::said;
pub use field::{Said, TextField};
use history::{buttons, way_of};
use modes::modes;
use more::more;
use slider::slider;
use steps::steps;

use super::act::Act;
use super::state::{Action, Edit, Errors, Form, History, Spot};
use super::unfold::use_unfolded;
use crate::link::Notice;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub form: Form,
    pub history: Rc<History>,
    pub errors: Errors,
    pub notices: Vec<Notice>,
    pub act: Act,
}

/// What a part of the form needs.
pub struct Parts<'a> {
    form: &'a Form,
    errors: &'a Errors,
    notices: &'a [Notice],
    edit: Callback<Edit>,
}

impl Parts<'_> {
    /// What is said beneath a field: what is wrong in it, else what was wrong in the link, else what may be put in.
    fn said(&self, spot: Spot, hint: &'static str) -> Said {
        let notice = self.notices.iter().find(|notice| notice.parameter == spot.parameter());
        match (self.errors.at(spot), notice) {
            (Some(error), _) => Said::Error(error.to_owned()),
            (None, Some(notice)) => Said::Notice(notice.message.clone()),
            (None, None) => Said::Hint(hint),
        }
    }

    /// A field with its label.
    fn field(&self, spot: Spot, label: &'static str, value: &str, hint: &'static str) -> Html {
        let put = self.edit.reform(move |text| Edit::Put(spot, text));
        html! { <TextField id={spot.id()} {label} value={value.to_owned()} said={self.said(spot, hint)} {put} /> }
    }
}

#[component]
pub fn WorkloadForm(props: &Props) -> Html {
    let Props { form, history, errors, notices, act } = props;
    let (more_opened, more_unfolded) = (use_memo((), |()| Cell::new(false)), use_unfolded());
    let parts = Parts { form, errors, notices, edit: act.reform(Action::Edit) };
    let submit = act.reform(|event: SubmitEvent| {
        event.prevent_default();
        Action::RunAll
    });
    let press = {
        let (act, history) = (act.clone(), Rc::clone(history));
        move |event: KeyboardEvent| {
            if let Some(way) = way_of(&event, &history) {
                event.prevent_default();
                act.emit(Action::Travel(way));
            }
        }
    };
    let reset = parts.edit.reform(|_: MouseEvent| Edit::Reset);
    html! {
        <form class="form" onsubmit={submit} onkeydown={press} novalidate=true autocomplete="off" aria-label="Workload">
            <div class="tasks">
                { parts.field(Spot::Tasks, "Tasks", &form.tasks, "1 to 1,000,000, all with the same steps") }
                { slider(&parts) }
            </div>
            { steps(&parts) }
            { modes(&parts) }
            { more(&parts, &more_opened, more_unfolded) }
            <div class="form-foot">
                { buttons(history, act) }
                <button type="button" data-action="reset" onclick={reset}>{ "Back to the example" }</button>
                // Enter in a field presses it.
                <button type="submit" class="hidden-text" tabindex="-1">{ "Run all" }</button>
            </div>
        </form>
    }
}
