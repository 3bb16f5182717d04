//! What the pointer, the wheel and fingers do on a timeline. What follows from it is the timeline's to say.
//!
//! A wheel zooms with Ctrl or ⌘ held (as browsers tell a pinch on a touchpad too) and moves sideways; otherwise it
//! scrolls the page. A drag moves, two fingers zoom, and who only points is told where.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent, WheelEvent};
use yew::prelude::*;

/// What somebody does on an element. Lengths are CSS pixels from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gesture {
    /// So many times closer about a place.
    Zoom { times: f64, x: f64 },
    /// What is seen is pushed so far to the right.
    Push(f64),
    /// Points here.
    Point { x: f64, y: f64 },
    /// Points nowhere any more.
    Leave,
}

/// How far a pointer may stray before it drags, in CSS pixels.
const SLACK: f64 = 4.0;
/// How much closer a pixel of the wheel brings.
const A_PIXEL: f64 = 1.002;
/// The pixels of a line, where a wheel tells lines.
const A_LINE: f64 = 16.0;

/// Tells of the gestures on an element.
#[hook]
pub fn use_gestures(node: &NodeRef, heard: Callback<Gesture>) {
    let latest = use_mut_ref(|| heard.clone());
    latest.replace(heard);
    let node = node.clone();
    use_effect_with((), move |()| {
        let listening = node.cast::<Element>().map(|element| Listening::on(&element, &latest));
        move || drop(listening)
    });
}

/// Listens until it is dropped.
struct Listening {
    _listeners: Vec<EventListener>,
}

/// A pointer that is down.
#[derive(Clone, Copy)]
struct Down {
    id: i32,
    x: f64,
}

#[derive(Default)]
struct Pointers {
    down: RefCell<Vec<Down>>,
    /// How far those that are down have gone, to the right or the left.
    strayed: Cell<f64>,
}

impl Listening {
    fn on(element: &Element, heard: &Rc<RefCell<Callback<Gesture>>>) -> Self {
        let pointers = Rc::new(Pointers::default());
        let pointer = |kind: &'static str, told: fn(&Pointers, &PointerEvent, &Element) -> Option<Gesture>| {
            let (pointers, heard, on) = (Rc::clone(&pointers), Rc::clone(heard), element.clone());
            EventListener::new(element, kind, move |event| {
                if let Some(gesture) = event.dyn_ref::<PointerEvent>().and_then(|event| told(&pointers, event, &on)) {
                    heard.borrow().emit(gesture);
                }
            })
        };
        let (scrolled, on) = (Rc::clone(heard), element.clone());
        let options = EventListenerOptions::enable_prevent_default();
        let wheel = EventListener::new_with_options(element, "wheel", options, move |event| {
            if let Some(gesture) = event.dyn_ref::<WheelEvent>().and_then(|event| turned(event, &on)) {
                event.prevent_default();
                scrolled.borrow().emit(gesture);
            }
        });
        let listeners = vec![
            pointer("pointerdown", Pointers::press),
            pointer("pointermove", Pointers::go),
            pointer("pointerup", Pointers::lift),
            pointer("pointercancel", Pointers::lose),
            pointer("pointerleave", |_, event, _| (event.pointer_type() == "mouse").then_some(Gesture::Leave)),
            wheel,
        ];
        Self { _listeners: listeners }
    }
}

/// Where an event is on an element.
fn place(event: &MouseEvent, on: &Element) -> (f64, f64) {
    let area = on.get_bounding_client_rect();
    (f64::from(event.client_x()) - area.left(), f64::from(event.client_y()) - area.top())
}

fn turned(event: &WheelEvent, on: &Element) -> Option<Gesture> {
    let pixels = if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL { 1.0 } else { A_LINE };
    let (right, down) = (event.delta_x() * pixels, event.delta_y() * pixels);
    let (x, _) = place(event, on);
    if event.ctrl_key() || event.meta_key() {
        return Some(Gesture::Zoom { times: A_PIXEL.powf(-down), x });
    }
    let sideways = if event.shift_key() && right == 0.0 { down } else { right };
    (sideways.abs() > down.abs() || event.shift_key()).then_some(Gesture::Push(-sideways))
}

impl Pointers {
    fn press(&self, event: &PointerEvent, on: &Element) -> Option<Gesture> {
        if event.button() == 0 {
            let (x, _) = place(event, on);
            // So it is heard of when it is lifted, wherever that is.
            let _ = on.set_pointer_capture(event.pointer_id());
            self.down.borrow_mut().push(Down { id: event.pointer_id(), x });
            self.strayed.set(0.0);
        }
        None
    }

    fn go(&self, event: &PointerEvent, on: &Element) -> Option<Gesture> {
        let (x, y) = place(event, on);
        let mut down = self.down.borrow_mut();
        let Some(at) = down.iter().position(|down| down.id == event.pointer_id()) else {
            return (event.pointer_type() == "mouse").then_some(Gesture::Point { x, y });
        };
        let before = std::mem::replace(&mut down[at].x, x);
        if let Some(other) = down.iter().find(|other| other.id != event.pointer_id()) {
            // Who has pinched lifts one finger after the other: that is no tap.
            self.strayed.set(f64::INFINITY);
            let (was, is) = ((before - other.x).abs(), (x - other.x).abs());
            return (was > SLACK && is > SLACK).then_some(Gesture::Zoom { times: is / was, x: other.x });
        }
        let strayed = self.strayed.get() + x - before;
        self.strayed.set(if self.drags() { f64::INFINITY } else { strayed });
        if !self.drags() {
            return None;
        }
        let by = if strayed.is_finite() { strayed } else { x - before };
        Some(Gesture::Push(by))
    }

    /// Whether what is down drags.
    fn drags(&self) -> bool {
        self.strayed.get().abs() > SLACK
    }

    /// A tap points.
    fn lift(&self, event: &PointerEvent, on: &Element) -> Option<Gesture> {
        let was_tap = self.down.borrow().len() == 1 && !self.drags();
        self.lose(event, on);
        let (x, y) = place(event, on);
        was_tap.then_some(Gesture::Point { x, y })
    }

    fn lose(&self, event: &PointerEvent, _: &Element) -> Option<Gesture> {
        self.down.borrow_mut().retain(|down| down.id != event.pointer_id());
        None
    }
}
