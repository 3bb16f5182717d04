//! What the document says of the page: its title, its theme, and its state for scripts and tests.

use yew::prelude::*;

use super::Page;
use crate::link::Theme;
use crate::page::browser;
use crate::page::state::State;

/// Keeps the document up to date.
#[hook]
pub fn use_document(page: &Page) {
    use_effect_with(page.tab(), |title| {
        if let Some(document) = browser::document() {
            document.set_title(title);
        }
    });
    use_effect_with(page.theme, |theme| {
        browser::mark_root("theme", (*theme != Theme::Auto).then(|| theme.id()));
    });
    use_effect_with(page.embedded, |embed| browser::mark_root("embed", embed.then_some("")));
    // It is seen once what depends on its own sizes has been laid out by them: else all below that would move. yew lets
    // the browser paint between the first rendering and its effects.
    let laid_out = use_state_eq(|| false);
    use_effect_with((), {
        let set = laid_out.setter();
        move |()| set.set(true)
    });
    use_effect_with((state(page), *laid_out), |(state, laid_out)| {
        if *laid_out {
            browser::mark_root("state", Some(state));
        }
    });
}

/// The state in a word.
fn state(state: &State) -> &'static str {
    let over = state.over.as_ref().is_some_and(|over| over.conditions == state.conditions);
    match (state.is_busy(), over) {
        (true, _) => "running",
        (false, true) => "finished",
        (false, false) => "idle",
    }
}
