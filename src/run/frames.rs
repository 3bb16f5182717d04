//! The page's heartbeat during a run: the gaps between the frames it could draw, and the ticks for the page's news.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Interval;
use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, IntersectionObserver, IntersectionObserverEntry, VisibilityState, Window, window};

use super::clock::Clock;
use super::inbox::{Inbox, Signal};
use super::turn::turn;
use crate::trace::Frames;
use crate::workload::Micros;

/// A gap longer than this is a freeze.
const FREEZE: Micros = Micros(50_000);
/// How often the page gets news where no frame comes, in milliseconds.
const TICK_MS: u32 = 100;

/// Watches the frames of one mode. Stops watching on drop.
pub struct Heartbeat {
    watch: Rc<Watch>,
    on_frame: Rc<RefCell<Option<Closure<dyn FnMut()>>>>,
    observer: Option<(IntersectionObserver, Closure<dyn FnMut(js_sys::Array)>)>,
    _interval: Interval,
}

struct Watch {
    clock: Clock,
    inbox: Rc<Inbox>,
    /// When the last frame was, while the page is seen.
    last: Cell<Option<Micros>>,
    ticked: Cell<Micros>,
    frames: Cell<Frames>,
    frame_came: Cell<bool>,
    is_off_screen: Cell<bool>,
    request: Cell<i32>,
}

impl Heartbeat {
    /// Begins to watch; puts a tick into the inbox for each frame, or every 100 ms where none comes.
    pub fn start(clock: Clock, inbox: Rc<Inbox>) -> Option<Self> {
        let window = window()?;
        let document = window.document()?;
        let watch = Rc::new(Watch {
            last: Cell::new(is_visible(&document).then(|| clock.now())),
            ticked: Cell::new(clock.now()),
            clock,
            inbox,
            frames: Cell::default(),
            frame_came: Cell::new(false),
            is_off_screen: Cell::new(false),
            request: Cell::new(0),
        });
        let on_frame = Rc::new(RefCell::new(None));
        let (beat, again, in_window) = (Rc::clone(&watch), Rc::clone(&on_frame), window.clone());
        on_frame.replace(Some(Closure::new(move || {
            beat.frame();
            request(&in_window, &again, &beat);
        })));
        request(&window, &on_frame, &watch);
        let ticks = Rc::clone(&watch);
        let interval = Interval::new(TICK_MS, move || ticks.tick_without_frame(&document));
        let observer = observe(&window, &watch);
        Some(Self { watch, on_frame, observer, _interval: interval })
    }

    /// What was seen until now.
    pub fn frames(&self) -> Frames {
        self.watch.note_gap();
        let frames = self.watch.frames.get();
        if self.watch.frame_came.get() || !frames.was_hidden {
            frames
        } else {
            Frames { was_hidden: true, ..Frames::default() }
        }
    }
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        if let Some(window) = window() {
            let _ = window.cancel_animation_frame(self.watch.request.get());
        }
        self.on_frame.replace(None);
        if let Some((observer, _)) = &self.observer {
            observer.disconnect();
        }
    }
}

impl Watch {
    fn frame(&self) {
        self.frame_came.set(true);
        self.note_gap();
        self.last.set(Some(self.clock.now()));
        self.tick();
    }

    /// Adds the gap since the last frame to what was seen.
    fn note_gap(&self) {
        let Some(last) = self.last.get() else { return };
        let gap = self.clock.now() - last;
        let mut frames = self.frames.get();
        frames.longest_gap = Some(frames.longest_gap.unwrap_or_default().max(gap));
        let frozen = frames.frozen.unwrap_or_default();
        frames.frozen = Some(if gap > FREEZE { frozen + gap } else { frozen });
        self.frames.set(frames);
    }

    fn tick(&self) {
        self.ticked.set(self.clock.now());
        self.inbox.put(Signal::Tick);
    }

    fn tick_without_frame(&self, document: &Document) {
        if !is_visible(document) || self.is_off_screen.get() {
            self.frames.set(Frames { was_hidden: true, ..self.frames.get() });
            // Until it is seen again, no frame is missing.
            self.last.set(None);
        }
        if self.clock.now() - self.ticked.get() >= Micros(u64::from(TICK_MS) * 1000) {
            self.tick();
        }
    }
}

/// Waits until the page has drawn what it was told, or 100 ms where no frame comes.
pub async fn drawn() {
    let Some(window) = window() else { return };
    let frame = Promise::new(&mut |resolve, _| {
        let _ = window.request_animation_frame(&resolve);
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, TICK_MS as i32);
    });
    let _ = JsFuture::from(frame).await;
    // The callback comes before the frame is drawn, the next turn after it.
    turn().await;
}

fn is_visible(document: &Document) -> bool {
    document.visibility_state() == VisibilityState::Visible
}

fn request(window: &Window, on_frame: &RefCell<Option<Closure<dyn FnMut()>>>, watch: &Watch) {
    if let Ok(on_frame) = on_frame.try_borrow()
        && let Some(on_frame) = on_frame.as_ref()
        && let Ok(id) = window.request_animation_frame(on_frame.as_ref().unchecked_ref())
    {
        watch.request.set(id);
    }
}

/// An iframe that is scrolled off the screen still says that it is visible: an observer knows better.
fn observe(window: &Window, watch: &Rc<Watch>) -> Option<(IntersectionObserver, Closure<dyn FnMut(js_sys::Array)>)> {
    let root = window.document()?.document_element()?;
    let watch = Rc::clone(watch);
    let on_change = Closure::new(move |entries: js_sys::Array| {
        if let Ok(entry) = entries.pop().dyn_into::<IntersectionObserverEntry>() {
            watch.is_off_screen.set(!entry.is_intersecting());
        }
    });
    let observer = IntersectionObserver::new(on_change.as_ref().unchecked_ref()).ok()?;
    observer.observe(&root);
    Some((observer, on_change))
}
