//! The field that finds lines in a long output, and what goes from one to the next.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::page::form::field::typed;
use crate::report::Hits;
use crate::workload::grouped;

/// Lines that were found, and the place of the one that is looked at.
#[derive(Clone)]
pub struct Found {
    pub hits: Rc<Hits>,
    pub current: Option<usize>,
}

/// What is found lately is another, though it may be the same.
impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.hits, &other.hits) && self.current == other.current
    }
}

impl Found {
    /// The first from this place on is looked at, or else the first of all.
    pub fn at(hits: Rc<Hits>, place: usize) -> Self {
        let current = hits.from(place).or_else(|| hits.from(0));
        Self { hits, current }
    }

    /// The place of the next, or of the one before; from the last on to the first.
    fn beside(&self, step: Step) -> Option<usize> {
        let (hits, current) = (&self.hits, self.current?);
        match step {
            Step::Next => hits.from(current + 1).or_else(|| hits.from(0)),
            Step::Back => hits.before(current).or_else(|| hits.before(usize::MAX)),
        }
    }

    fn words(&self) -> String {
        let all = grouped(self.hits.len() as u64);
        match self.current {
            Some(current) => format!("{} of {all}", grouped(self.hits.count_before(current) as u64 + 1)),
            None => "not found".to_owned(),
        }
    }
}

#[derive(Clone, Copy)]
enum Step {
    Next,
    Back,
}

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The name of the mode.
    pub name: &'static str,
    /// What is looked for.
    pub text: String,
    pub found: Option<Found>,
    /// Whether a run is going on.
    pub busy: bool,
    /// Told of what is typed.
    pub put: Callback<String>,
    /// Told of the place that is to be looked at.
    pub go: Callback<usize>,
}

#[component]
pub fn Find(props: &Props) -> Html {
    let Props { name, text, found, busy, put, go } = props;
    // Several keys may come before the page is drawn anew.
    let latest = use_mut_ref(|| None);
    latest.replace(found.clone());
    let step = {
        let go = go.clone();
        Callback::from(move |step| {
            let place = latest.borrow().as_ref().and_then(|found: &Found| found.beside(step));
            if let Some(place) = place {
                latest.borrow_mut().iter_mut().for_each(|found| found.current = Some(place));
                go.emit(place);
            }
        })
    };
    let onkeydown = {
        let (step, put) = (step.clone(), put.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => step.emit(if event.shift_key() { Step::Back } else { Step::Next }),
            // It stops no run as long as there is something to clear.
            "Escape" if !event.target_unchecked_into::<HtmlInputElement>().value().is_empty() => {
                event.stop_propagation();
                put.emit(String::new());
            }
            _ => {}
        })
    };
    let words = match found {
        _ if text.trim().is_empty() => String::new(),
        Some(found) => found.words(),
        None if *busy => "once the run is over".to_owned(),
        None => "…".to_owned(),
    };
    let button = |to: Step, words: &str, sign: &'static str| {
        let onclick = step.reform(move |_: MouseEvent| to);
        html! {
            <button type="button" class="icon" {onclick} aria-label={format!("{words} line found in the output of {name}")}
                title={format!("{words} line found")}>{ sign }</button>
        }
    };
    html! {
        <div class="find">
            <input type="search" value={text.clone()} placeholder="Find a text, or task 3" spellcheck="false"
                aria-label={format!("Find in the output of {name}: a text, or a task by its number")}
                oninput={typed(put)} {onkeydown} />
            <span class="small muted" role="status" data-figure="found">{ words }</span>
            if !text.trim().is_empty() {
                { button(Step::Back, "Previous", "↑") }
                { button(Step::Next, "Next", "↓") }
            }
        </div>
    }
}
