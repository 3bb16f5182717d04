//! Looks for something in an output, once nothing runs any more: a little at a time, with the page free in between.

use std::cell::Cell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::pieces::in_pieces;
use crate::page::state::{Forecast, Stage};
use crate::report::{Hits, Search, Wanted};
use crate::trace::Trace;

/// What an output was made of, and what is looked for in it.
type Sought = ((Stage, Option<Forecast>), Option<Wanted>);

/// Where it is; none as long as that isn't known.
#[hook]
pub fn use_found(
    of: (Stage, Option<Forecast>),
    wanted: Option<Wanted>,
    trace: Option<&Trace>,
    busy: bool,
) -> Option<Rc<Hits>> {
    let sought: Sought = (of, wanted);
    let found = use_state_eq(|| None::<(Sought, Rc<Hits>)>);
    let (set, trace) = (found.setter(), trace.cloned());
    use_effect_with((sought.clone(), busy), move |(sought, busy)| {
        let is_wanted = Rc::new(Cell::new(!busy));
        if let (Some(trace), (_, Some(wanted)), false) = (trace, sought, busy) {
            let (mut search, sought, still) =
                (Search::new(trace, wanted.clone()), sought.clone(), Rc::clone(&is_wanted));
            spawn_local(async move {
                let searched = poll_fn(|_| if search.go_on() { Poll::Pending } else { Poll::Ready(()) });
                if in_pieces(searched, || still.get()).await.is_some() {
                    set.set(Some((sought, Rc::new(search.hits()))));
                }
            });
        }
        move || is_wanted.set(false)
    });
    found.as_ref().filter(|(of, _)| *of == sought).map(|(_, hits)| Rc::clone(hits))
}
