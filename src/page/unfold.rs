//! Whether a part that is folded away is unfolded, so that only then it is made.

use web_sys::HtmlElement;
use yew::prelude::*;

/// Whether a `details` element is open, and what it tells when it is opened or closed.
#[hook]
pub fn use_unfolded() -> (bool, Callback<Event>) {
    let open = use_state_eq(|| false);
    let set = open.setter();
    (*open, Callback::from(move |event: Event| set.set(is_unfolded(&event))))
}

/// Whether the `details` element that was opened or closed is open.
pub fn is_unfolded(toggled: &Event) -> bool {
    toggled.target_unchecked_into::<HtmlElement>().has_attribute("open")
}
