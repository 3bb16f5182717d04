//! Looks for something in an output, once nothing runs any more: a little at a time, with the page free in between.

use std::rc::Rc;

use yew::prelude::*;

use super::pieces::use_answer;
use crate::page::state::Basis;
use crate::report::{Hits, Search, Wanted};
use crate::trace::Trace;

/// What an output is of, and what is looked for in it.
type Sought = (Basis, Option<Wanted>);

/// Where it is; none as long as that isn't known.
#[hook]
pub fn use_found(of: Basis, wanted: Option<Wanted>, trace: Option<&Trace>, busy: bool) -> Option<Rc<Hits>> {
    let sought: Sought = (of, wanted);
    let asked = Some(sought.clone()).filter(|(_, wanted)| !busy && trace.is_some() && wanted.is_some());
    let mut search = trace.cloned().zip(sought.1.clone()).map(|(trace, wanted)| Search::new(trace, wanted));
    let answer = use_answer(asked, move || if search.as_mut()?.go_on() { None } else { Some(search.take()?.hits()) });
    answer.filter(|(of, _)| *of == sought).map(|(_, hits)| hits)
}
