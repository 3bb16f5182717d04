//! Copies, and tells what came of it, which is said for a moment.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::page::browser;

/// What came of copying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// Nothing was copied lately.
    NotYet,
    /// It is being copied.
    Working,
    /// It was copied.
    Yes,
    /// The browser doesn't let the page copy.
    No,
}

/// Copies a text.
pub async fn copy(text: &str) -> Copied {
    if browser::copy(text).await { Copied::Yes } else { Copied::No }
}

/// How long it is said that something was copied.
const SAID_FOR_MS: u32 = 2500;

/// What came of copying. That it was done is forgotten by itself.
#[hook]
pub fn use_copied() -> UseStateHandle<Copied> {
    let copied = use_state_eq(|| Copied::NotYet);
    use_effect_with((*copied, copied.setter()), |(now, copied)| {
        let copied = copied.clone();
        let back = (*now == Copied::Yes).then(|| Timeout::new(SAID_FOR_MS, move || copied.set(Copied::NotYet)));
        move || drop(back)
    });
    copied
}
