//! Whether anybody sees the page, and when what it was told is on the screen.

use std::cell::Cell;

use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, IntersectionObserver, IntersectionObserverEntry, VisibilityState, window};

use super::turn::turn;

/// How long a frame is waited for, in milliseconds.
const PATIENCE_MS: i32 = 100;

/// An observer, with what it calls.
type Observer = (IntersectionObserver, Closure<dyn FnMut(js_sys::Array)>);

thread_local! {
    /// Whether the page is off the screen, as far as the observer has told.
    static IS_OFF_SCREEN: Cell<bool> = const { Cell::new(false) };
    /// Watches the page for as long as it lives.
    static OBSERVER: Option<Observer> = observe();
}

/// Begins to watch whether the page is on the screen, so that it is known when a run begins.
pub fn watch_the_screen() {
    OBSERVER.with(|_| ());
}

/// Waits until what the page was told is on the screen, or 100 ms where no frame comes.
pub async fn drawn() {
    frame().await;
    // That came before the frame was drawn. The next may come while other threads still put it on the screen, and takes
    // nothing from anybody, since there is nothing new in it; so does the one after it, when they have.
    if is_on_screen() {
        frame().await;
        frame().await;
    }
    turn().await;
}

/// Waits until a frame is about to be drawn, or 100 ms where none comes.
async fn frame() {
    let Some(window) = window() else { return };
    let frame = Promise::new(&mut |resolve, _| {
        let _ = window.request_animation_frame(&resolve);
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, PATIENCE_MS);
    });
    let _ = JsFuture::from(frame).await;
}

/// Whether anybody sees the page: an iframe that is scrolled off the screen has no frames either.
#[must_use]
pub fn is_on_screen() -> bool {
    window().and_then(|window| window.document()).is_some_and(|document| is_seen(&document))
}

/// The same of its document.
pub fn is_seen(document: &Document) -> bool {
    document.visibility_state() == VisibilityState::Visible && !IS_OFF_SCREEN.get()
}

/// An iframe that is scrolled off the screen still says that it is visible: an observer knows better.
fn observe() -> Option<Observer> {
    let root = window()?.document()?.document_element()?;
    let on_change = Closure::new(move |entries: js_sys::Array| {
        if let Ok(entry) = entries.pop().dyn_into::<IntersectionObserverEntry>() {
            IS_OFF_SCREEN.set(!entry.is_intersecting());
        }
    });
    let observer = IntersectionObserver::new(on_change.as_ref().unchecked_ref()).ok()?;
    observer.observe(&root);
    Some((observer, on_change))
}
