//! The root of the page: the state, the effects that follow from it, and one of the two views.

use std::rc::Rc;

use yew::prelude::*;

use super::act::Act;
use super::state::{Action, State, Times};
use super::{browser, crash, effects, embedded, full};
use crate::run;

impl Reducible for State {
    type Action = Action;
    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        effects::told_at_once(self.reduced(action))
    }
}

/// Shows the page.
pub fn show() {
    crash::show_panics();
    // What workers boot with comes while the page is rendered for the first time.
    run::fetch_ahead();
    if let Some(root) = browser::document().and_then(|document| document.get_element_by_id("app")) {
        yew::Renderer::<App>::with_root(root).render();
    }
}

/// The page as its address sets it up.
fn from_address() -> State {
    let mut state = State::of(crate::link::read(&browser::query()));
    effects::theme::restore(&mut state);
    state.is_isolated = effects::environment().isolated;
    state.is_narrow = browser::is_narrow();
    if state.is_narrow {
        state.times = Times::Hidden;
    }
    state
}

#[component]
fn App() -> Html {
    let state = use_reducer(|| Rc::unwrap_or_clone(effects::told_at_once(Rc::new(from_address()))));
    let act: Act = state.dispatcher().to_callback();
    effects::use_runner(&state);
    effects::use_forecasts(&state);
    effects::use_sweep(&state);
    effects::use_replay(&state);
    effects::use_machine(&state);
    effects::use_address(&state);
    effects::use_document(&state);
    effects::use_keys(&state);
    effects::use_menus();
    effects::use_pointing(&state);
    effects::use_auto_run(&state);
    effects::use_embed(&state);
    if state.embedded { embedded::view(&state, &act) } else { full::view(&state, &act) }
}
