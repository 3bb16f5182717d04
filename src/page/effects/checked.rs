//! Holds what a run printed against the order that is certain, once nothing runs any more.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::pieces::in_pieces;
use crate::page::state::{Card, Certainty, Checked, Stage};

/// A run, and the order that it is held against.
type Held = (Stage, Option<Rc<Certainty>>);

/// What became of the measured order of a card; none as long as there is nothing to be said.
#[hook]
pub fn use_checked(card: &Card, busy: bool) -> Option<Checked> {
    let checked = use_state_eq(|| None::<(Held, Checked)>);
    let held = (card.stage.clone(), card.certainty().cloned());
    let set = checked.setter();
    use_effect_with((held.clone(), busy), move |(held, busy)| {
        let wanted = Rc::new(Cell::new(!busy));
        if let ((Stage::Ended(record), Some(certainty)), false) = (held, busy) {
            let (held, record, certainty) = (held.clone(), Rc::clone(record), Rc::clone(certainty));
            let wanted = Rc::clone(&wanted);
            spawn_local(async move {
                let check = in_pieces(certainty.check(&record), || wanted.get()).await;
                if let Some(found) = check {
                    set.set(Some((held, found)));
                }
            });
        }
        move || wanted.set(false)
    });
    checked.as_ref().filter(|(of, _)| *of == held).map(|(_, found)| *found)
}
