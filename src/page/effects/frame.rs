//! Drawing waits for a frame: where nothing is seen there is none, and nothing is drawn.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use yew::prelude::*;

use crate::page::browser;

thread_local! {
    /// How long drawing has taken since somebody asked, in milliseconds.
    static DRAWN_FOR: Cell<f64> = const { Cell::new(0.0) };
}

/// How long drawing has taken since this was asked last, in milliseconds.
pub fn drawn_for() -> f64 {
    DRAWN_FOR.take()
}

/// Draws `draw` at the next frame whenever `what` has changed; of several changes between two frames the last.
#[hook]
pub fn use_drawing<T: PartialEq + 'static>(what: T, draw: impl FnOnce() + 'static) {
    let frames = use_memo((), |()| Frames::default());
    use_effect_with(what, move |_| frames.draw(draw));
}

type Draw = Box<dyn FnOnce()>;

/// The frames that one canvas is drawn in. Nothing is drawn any more once it is dropped.
#[derive(Default)]
struct Frames {
    latest: Rc<RefCell<Option<Draw>>>,
    request: Cell<Option<i32>>,
    on_frame: RefCell<Option<Closure<dyn FnMut()>>>,
}

impl Frames {
    fn draw(&self, draw: impl FnOnce() + 'static) {
        // A frame that has been asked for already draws this instead.
        if self.latest.replace(Some(Box::new(draw))).is_some() {
            return;
        }
        let mut on_frame = self.on_frame.borrow_mut();
        let on_frame = on_frame.get_or_insert_with(|| on_frame_draw(&self.latest));
        let window = browser::window();
        let request = window.and_then(|window| window.request_animation_frame(on_frame.as_ref().unchecked_ref()).ok());
        self.request.set(request);
    }
}

fn on_frame_draw(latest: &Rc<RefCell<Option<Draw>>>) -> Closure<dyn FnMut()> {
    let latest = Rc::clone(latest);
    Closure::new(move || {
        let begun = browser::now();
        if let Some(draw) = latest.take() {
            draw();
        }
        DRAWN_FOR.set(DRAWN_FOR.get() + browser::now() - begun);
    })
}

impl Drop for Frames {
    fn drop(&mut self) {
        if let (Some(window), Some(request)) = (browser::window(), self.request.get()) {
            let _ = window.cancel_animation_frame(request);
        }
    }
}
