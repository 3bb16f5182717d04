//! Drawing waits for a frame: where nothing is seen there is none, and nothing is drawn. What takes long is drawn over
//! several frames, a little in each.
//!
//! News of a run come in a frame, so what is drawn beside a run begins at once: else each would cost a second frame.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use yew::prelude::*;

use crate::page::browser;
use crate::run;

thread_local! {
    /// How long drawing has taken since somebody asked, in milliseconds.
    static DRAWN_FOR: Cell<f64> = const { Cell::new(0.0) };
    /// The frame that was drawn in last, by its time, and how long it was.
    static FRAME: Cell<(f64, f64)> = const { Cell::new((0.0, 0.0)) };
}

/// How long drawing has taken since this was asked last, in milliseconds.
pub fn drawn_for() -> f64 {
    DRAWN_FOR.take()
}

/// How much of each frame is drawn in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// As much as leaves the page free for a click.
    #[default]
    Brisk,
    /// Little: the tasks of a run need the time.
    BesideARun,
}

/// The same while something that will do is there: one looks closer, or moves along, and that must be smooth.
const UNHURRIED: f64 = 2.0;

impl Pace {
    /// How long all drawings together may take in a frame, in milliseconds.
    const fn a_frame(self) -> f64 {
        match self {
            Self::Brisk => 6.0,
            Self::BesideARun => 2.0,
        }
    }
}

/// What came of a go at drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// The time was up: it goes on in the next frame.
    InPart,
    /// The same, but something that will do is there until then: it may be left for what is looked at next.
    ForNow,
    /// All of it.
    Whole,
}

/// Draws `draw` at the next frame whenever `what` has changed, and goes on in those after it until it is done; it is
/// told the time until which it may take. Of several changes meanwhile the last is drawn next.
#[hook]
pub fn use_drawing<T: PartialEq + 'static>(what: T, pace: Pace, draw: impl FnMut(f64) -> Drawn + 'static) {
    let frames = use_memo((), |()| Frames::default());
    frames.0.pace.set(pace);
    use_effect_with(what, move |_| frames.0.draw(draw));
}

type Draw = Box<dyn FnMut(f64) -> Drawn>;
type OnFrame = Closure<dyn FnMut(f64)>;

/// The frames that one canvas is drawn in. Nothing is drawn any more once it is dropped.
#[derive(Default)]
struct Frames(Rc<Easel>);

/// What is drawn in frames.
#[derive(Default)]
struct Easel {
    pace: Cell<Pace>,
    /// What is drawn in part.
    begun: RefCell<Option<Draw>>,
    /// Whether that may be left.
    may_leave: Cell<bool>,
    /// What is drawn next.
    latest: RefCell<Option<Draw>>,
    request: Cell<Option<i32>>,
    on_frame: RefCell<Option<OnFrame>>,
}

impl Easel {
    fn draw(self: &Rc<Self>, draw: impl FnMut(f64) -> Drawn + 'static) {
        self.latest.replace(Some(Box::new(draw)));
        if self.may_leave.get() {
            self.begun.take();
        }
        self.on_frame.borrow_mut().get_or_insert_with(|| {
            let easel = Rc::downgrade(self);
            Closure::new(move |time| {
                if let Some(easel) = easel.upgrade() {
                    easel.frame(time);
                }
            })
        });
        if self.pace.get() == Pace::BesideARun && self.request.get().is_none() && run::is_on_screen() {
            self.frame(browser::frame_time());
        } else {
            self.ask_for_frame();
        }
    }

    fn ask_for_frame(&self) {
        if self.request.get().is_some() {
            return;
        }
        let (window, on_frame) = (browser::window(), self.on_frame.borrow());
        let request = window
            .zip(on_frame.as_ref())
            .and_then(|(window, on_frame)| window.request_animation_frame(on_frame.as_ref().unchecked_ref()).ok());
        self.request.set(request);
    }

    /// Draws in the frame of this time.
    fn frame(&self, time: f64) {
        self.request.set(None);
        let (last, drawn) = FRAME.get();
        let before = if last.to_bits() == time.to_bits() { drawn } else { 0.0 };
        let start = browser::now();
        if let Some(mut draw) = self.begun.take().or_else(|| self.latest.take()) {
            let most = self.pace.get().a_frame();
            let most = if self.may_leave.get() { most.min(UNHURRIED) } else { most };
            let drawn = draw(start + most - before);
            self.may_leave.set(drawn == Drawn::ForNow);
            if drawn != Drawn::Whole {
                self.begun.replace(Some(draw));
            }
        }
        if self.begun.borrow().is_some() || self.latest.borrow().is_some() {
            self.ask_for_frame();
        }
        let took = browser::now() - start;
        FRAME.set((time, before + took));
        DRAWN_FOR.set(DRAWN_FOR.get() + took);
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        if let (Some(window), Some(request)) = (browser::window(), self.0.request.get()) {
            let _ = window.cancel_animation_frame(request);
        }
    }
}
