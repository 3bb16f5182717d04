//! How far a box with a long list is scrolled. What of the list is on the page then is `crate::timeline`'s to say.

use web_sys::Element;
use yew::prelude::*;

use crate::timeline::{Pane, Scrolled};

/// Where a box is in its list, and what is to be told of each of its scroll events. Scrolls to the row that is sought,
/// whenever it is another.
#[hook]
pub fn use_scrolled(area: &NodeRef, pane: Pane, sought: Option<usize>) -> (Scrolled, Callback<Event>) {
    let scrolled = use_mut_ref(Scrolled::default);
    // What is on the page; that it changes is all that is asked of it.
    let seen = use_state_eq(|| (0..0, 0.0));
    let now = *scrolled.borrow();
    use_effect_with(sought, {
        let (area, scrolled) = (area.clone(), scrolled.clone());
        move |row| {
            let shown = row.and_then(|row| pane.showing(*scrolled.borrow(), row));
            if let (Some(to), Some(area)) = (shown, area.cast::<Element>()) {
                // What is on the page then follows from that it scrolls.
                scrolled.replace(to);
                area.set_scroll_top(to.past as i32);
            }
        }
    });
    let scroll = Callback::from(move |event: Event| {
        let past = event.target_dyn_into::<Element>().map_or(0, |area| area.scroll_top());
        let at = pane.scrolled(*scrolled.borrow(), f64::from(past));
        scrolled.replace(at);
        let rows = pane.rows(at);
        let above = pane.top(rows.start, at);
        seen.set((rows, above));
    });
    (now, scroll)
}
