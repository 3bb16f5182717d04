//! Which line of an output the reader is at, by pointer or by keys, and where that is on the timeline. Who goes by keys
//! sees it there: the timeline follows.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::lines::Source;
use crate::explain::Stretch;
use crate::page::act::Act;
use crate::page::state::{Action, Card, Look};
use crate::trace::Trace;

/// The line that the reader is at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lit {
    pub place: usize,
    pub by_key: bool,
}

/// What the reader does to come to a line.
pub struct Lighting {
    pub lit: Option<Lit>,
    pub over: Callback<MouseEvent>,
    pub press: Callback<KeyboardEvent>,
    pub leave: Callback<()>,
}

/// Tells the timeline, by `mark`, of the line that the reader is at.
#[hook]
pub fn use_lighting(card: &Card, source: Source, mark: &Callback<Option<Stretch>>, act: &Act) -> Lighting {
    let lit = use_state_eq(|| None::<Lit>);
    // Several keys may come before the page is drawn anew.
    let latest = use_mut_ref(|| None::<Lit>);
    let light = {
        let (card, mark, act) = (card.clone(), mark.clone(), act.clone());
        let (lit, latest) = (lit.setter(), latest.clone());
        Callback::from(move |to: Option<Lit>| {
            let line = to.and_then(|to| source.trace(&card)?.printed_from(to.place).next());
            let to = to.filter(|_| line.is_some());
            latest.replace(to);
            lit.set(to);
            if let Some(line) = line.filter(|_| to.is_some_and(|to| to.by_key)) {
                act.emit(Action::Look(Look::Turn(line.at)));
            }
            mark.emit(line.map(|line| Stretch { from: line.at, to: line.at, task: Some(line.task) }));
        })
    };
    // A line belongs to what is shown now.
    use_effect_with(card.basis(), {
        let (light, is_lit) = (light.clone(), lit.is_some());
        move |_| {
            if is_lit {
                light.emit(None);
            }
        }
    });
    let total = source.trace(card).map_or(0, Trace::output_total);
    let press = light.clone();
    Lighting {
        lit: *lit,
        over: light.reform(|event: MouseEvent| pointed_at(&event).map(|place| Lit { place, by_key: false })),
        press: Callback::from(move |event: KeyboardEvent| {
            let place = match (event.key().as_str(), *latest.borrow()) {
                ("ArrowLeft" | "ArrowRight", None) => 0,
                ("ArrowLeft", Some(now)) => now.place.saturating_sub(1),
                ("ArrowRight", Some(now)) => total.saturating_sub(1).min(now.place + 1),
                _ => return,
            };
            event.prevent_default();
            press.emit(Some(Lit { place, by_key: true }));
        }),
        leave: light.reform(|()| None),
    }
}

/// The place of the line that a pointer is on.
fn pointed_at(event: &MouseEvent) -> Option<usize> {
    let on: Element = event.target()?.dyn_into().ok()?;
    let line: HtmlElement = on.closest("li").ok()??.dyn_into().ok()?;
    line.get_attribute("data-place")?.parse().ok()
}
