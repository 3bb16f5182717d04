//! How all modes are shown: buttons for the rows of their timelines and the times of their output.

use yew::prelude::*;

use super::act::Act;
use super::state::{Action, State, Times};
use crate::timeline::By;

/// The buttons. On the page a lane is called a worker, as in the form.
pub fn views(state: &State, act: &Act) -> Html {
    let (rows, by_lane) = if state.by == By::Lane { (By::Task, true) } else { (By::Lane, false) };
    let (times, are_shown) = match state.times {
        Times::Shown => (Times::Hidden, true),
        Times::Hidden => (Times::Shown, false),
    };
    let button = |action: &'static str, words: &'static str, title: &'static str, pressed: bool, does: Action| {
        let onclick = act.reform(move |_: MouseEvent| does.clone());
        html! { <button type="button" data-action={action} aria-pressed={pressed.to_string()} {title} {onclick}>{ words }</button> }
    };
    html! {
        <>
            { button("by-worker", "By worker", "A row for each loop, thread or process, not for each task", by_lane, Action::Arrange(rows)) }
            { button("times", "Times", "When each line of the output was printed", are_shown, Action::Time(times)) }
        </>
    }
}
