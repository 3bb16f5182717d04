//! Works out why a run came out as it did, once nothing runs any more: a little at a time, with the page free in between.

use std::cell::Cell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::pieces::in_pieces;
use crate::explain::{Case, Explanation, Walk, explain};
use crate::page::state::{Card, Conditions, Stage};
use crate::report::Scale;
use crate::trace::Record;

/// What is said of a run.
#[derive(Clone, Default, PartialEq)]
pub struct Said {
    of: Option<Stage>,
    /// The explanations, what weighs most first.
    pub explanations: Rc<[Explanation]>,
}

impl Said {
    /// Whether it is said of the run that a card shows.
    pub fn is_of(&self, card: &Card) -> bool {
        self.of.as_ref() == Some(&card.stage)
    }
}

/// What is to be said of a card's run. Until there is something new to be said, what was said last.
#[hook]
pub fn use_explained(card: &Card, scale: Scale, busy: bool) -> UseStateHandle<Said> {
    let said = use_state_eq(Said::default);
    let (card, set) = (card.clone(), said.setter());
    use_effect_with((card.stage.clone(), card.machine, scale, busy), move |(stage, _, scale, busy)| {
        let wanted = Rc::new(Cell::new(true));
        match stage {
            Stage::Ended(record) if !busy => {
                let (record, scale) = (Rc::clone(record), *scale);
                let wanted = Rc::clone(&wanted);
                spawn_local(async move {
                    if let Some(explanations) = worked_out(&card, record, scale, &wanted).await {
                        set.set(Said { of: Some(card.stage), explanations });
                    }
                });
            }
            Stage::Idle => set.set(Said::default()),
            _ => {}
        }
        move || wanted.set(false)
    });
    said
}

/// None if it isn't wanted any more.
async fn worked_out(card: &Card, record: Rc<Record>, scale: Scale, wanted: &Cell<bool>) -> Option<Rc<[Explanation]>> {
    let Conditions { workload, settings } = &*card.conditions;
    let mut walk = Walk::new(record.trace.clone(), workload.tasks);
    let walked = poll_fn(|_| if walk.go_on() { Poll::Pending } else { Poll::Ready(()) });
    in_pieces(walked, || wanted.get()).await?;
    let case = Case::new(workload, settings, &card.machine, &record, walk.tally(), scale);
    Some(case.as_ref().map(explain).unwrap_or_default().into())
}
