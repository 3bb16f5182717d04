//! The page's heartbeat during a run: the gaps between the frames it could draw, and the ticks for the page's news.
//!
//! Where the lanes are on the page, every frame counts. Beside lanes in workers the page is let alone between two
//! frames, and for longest beside CPU-bound work: a frame keeps about two cores busy for some milliseconds, and takes
//! them from what is measured. So there the rest is as long as frames are expensive on this machine.
//!
//! ```text
//! on the page   frame │ frame │ frame │ frame │ …
//! in workers    frame │ ────── rest ──────── │ frame │ ────── rest …     a gap begins where the rest ends
//! ```

use std::cell::{Cell, RefCell};
use std::ops::RangeInclusive;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::{Interval, Timeout};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Document, window};

use super::clock::Clock;
use super::inbox::{Inbox, Signal};
use super::place::Spot;
use super::screen::{is_seen, watch_the_screen};
use super::turn::turn;
use crate::trace::{FREEZE, Frames, Freeze, MAX_FREEZES};
use crate::workload::{Micros, Workload};

/// How soon the page gets news where no frame comes, in milliseconds; beside lanes in workers after a rest besides.
const TICK_MS: u32 = 100;

/// How long the page is let alone between two frames beside lanes that mostly wait, in milliseconds.
const REST_MS: u32 = 64;
/// The same beside lanes that want the cores for themselves: so many times as long as a frame takes of the page's thread,
/// within these bounds. Other threads, which put it on the screen, take as much again.
const RESTS_A_FRAME: u64 = 60;
const LONG_REST_MS: RangeInclusive<u64> = 250..=1000;

/// What is called at each frame, and asks for the next.
type OnFrame = Rc<RefCell<Option<Closure<dyn FnMut()>>>>;

/// Watches the frames of one mode. Stops watching on drop.
pub struct Heartbeat {
    watch: Rc<Watch>,
    on_frame: OnFrame,
    _on_visibility: EventListener,
    _interval: Interval,
}

thread_local! {
    /// How long the last frame beside lanes in workers took of the page's thread; at first a guess.
    static FRAME_TOOK: Cell<Micros> = const { Cell::new(Micros(8000)) };
}

/// For how long the page is let alone between two frames.
#[derive(Clone, Copy)]
enum Rest {
    /// Not at all: the lanes are on the page.
    None,
    /// Beside lanes that mostly wait.
    Short,
    /// Beside lanes that want the cores for themselves.
    Long,
}

impl Rest {
    /// In milliseconds.
    fn ms(self) -> u32 {
        match self {
            Self::None => 0,
            Self::Short => REST_MS,
            Self::Long => {
                let wanted = FRAME_TOOK.get().0 * RESTS_A_FRAME / 1000;
                wanted.clamp(*LONG_REST_MS.start(), *LONG_REST_MS.end()) as u32
            }
        }
    }
}

struct Watch {
    clock: Clock,
    inbox: Rc<Inbox>,
    rest: Rest,
    /// When the last frame was, while the page is seen.
    last: Cell<Option<Micros>>,
    ticked: Cell<Micros>,
    frames: Cell<Frames>,
    freezes: RefCell<Vec<Freeze>>,
    frame_came: Cell<bool>,
    request: Cell<i32>,
    resting: RefCell<Option<Timeout>>,
}

impl Heartbeat {
    /// Begins to watch while a workload runs there; puts a tick into the inbox for each frame, or where none comes.
    pub fn start(spot: Spot, workload: &Workload, clock: Clock, inbox: Rc<Inbox>) -> Option<Self> {
        let document = window()?.document()?;
        watch_the_screen();
        let watch = Rc::new(Watch {
            last: Cell::new(is_seen(&document).then(|| clock.now())),
            ticked: Cell::new(clock.now()),
            clock,
            inbox,
            rest: match spot {
                Spot::Page => Rest::None,
                Spot::Workers if workload.works() => Rest::Long,
                Spot::Workers => Rest::Short,
            },
            frames: Cell::default(),
            freezes: RefCell::default(),
            frame_came: Cell::new(false),
            request: Cell::new(0),
            resting: RefCell::default(),
        });
        let on_frame = Rc::new(RefCell::new(None));
        let (beat, again, on_screen) = (Rc::clone(&watch), Rc::clone(&on_frame), document.clone());
        on_frame.replace(Some(Closure::new(move || {
            beat.frame();
            next(&again, &beat, &on_screen);
        })));
        // Beside workers the page is let alone first: a frame of its own would hold up the lanes' first messages.
        next(&on_frame, &watch, &document);
        watch.look(&document);
        let (looks, seen) = (Rc::clone(&watch), document.clone());
        let on_visibility = EventListener::new(&document, "visibilitychange", move |_| looks.look(&seen));
        let ticks = Rc::clone(&watch);
        let interval = Interval::new(TICK_MS, move || ticks.tick_without_frame(&document));
        Some(Self { watch, on_frame, _on_visibility: on_visibility, _interval: interval })
    }

    /// The freezes that have come to their end.
    pub fn freezes(&self) -> Vec<Freeze> {
        self.watch.freezes.borrow().clone()
    }

    /// Ends it: what was seen, and all freezes.
    pub fn end(self) -> (Frames, Vec<Freeze>) {
        if let Some(document) = window().and_then(|window| window.document()) {
            self.watch.look(&document);
        }
        self.watch.note_gap();
        let Frames { longest_gap, frozen, was_hidden } = self.watch.frames.get();
        let frames = if was_hidden && !self.watch.frame_came.get() {
            Frames { was_hidden, ..Frames::default() }
        } else {
            // Where no frame was due yet, none was missing.
            let or_none = |time: Option<Micros>| Some(time.unwrap_or_default());
            Frames { longest_gap: or_none(longest_gap), frozen: or_none(frozen), was_hidden }
        };
        (frames, self.freezes())
    }
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        if let Some(window) = window() {
            let _ = window.cancel_animation_frame(self.watch.request.get());
        }
        self.watch.resting.take();
        self.on_frame.replace(None);
    }
}

impl Watch {
    fn frame(&self) {
        self.frame_came.set(true);
        self.note_gap();
        let began = self.clock.now();
        self.last.set(Some(began));
        self.tick();
        if !matches!(self.rest, Rest::None) {
            let clock = self.clock.clone();
            spawn_local(async move {
                // Comes after all that this frame is made of.
                turn().await;
                FRAME_TOOK.set(clock.now() - began);
            });
        }
    }

    /// Adds the gap since the last frame to what was seen.
    fn note_gap(&self) {
        let Some(last) = self.last.get() else { return };
        let now = self.clock.now();
        let gap = now - last;
        let mut frames = self.frames.get();
        frames.longest_gap = Some(frames.longest_gap.unwrap_or_default().max(gap));
        let frozen = frames.frozen.unwrap_or_default();
        frames.frozen = Some(if gap > FREEZE { frozen + gap } else { frozen });
        self.frames.set(frames);
        if gap > FREEZE && self.freezes.borrow().len() < MAX_FREEZES {
            self.freezes.borrow_mut().push(Freeze { from: last, to: now });
        }
    }

    fn tick(&self) {
        self.ticked.set(self.clock.now());
        self.inbox.put(Signal::Tick);
    }

    /// Takes note of whether the page is seen.
    fn look(&self, document: &Document) {
        if !is_seen(document) {
            self.frames.set(Frames { was_hidden: true, ..self.frames.get() });
            // Until it is seen again, no frame is missing.
            self.last.set(None);
        }
    }

    fn tick_without_frame(&self, document: &Document) {
        self.look(document);
        let patience = TICK_MS + self.rest.ms();
        if self.clock.now() - self.ticked.get() >= Micros(u64::from(patience) * 1000) {
            self.tick();
        }
    }
}

fn request(on_frame: &RefCell<Option<Closure<dyn FnMut()>>>, watch: &Watch) {
    if let Some(window) = window()
        && let Ok(on_frame) = on_frame.try_borrow()
        && let Some(on_frame) = on_frame.as_ref()
        && let Ok(id) = window.request_animation_frame(on_frame.as_ref().unchecked_ref())
    {
        watch.request.set(id);
    }
}

/// Asks for the next frame, where the page is to be let alone after a rest.
fn next(on_frame: &OnFrame, watch: &Rc<Watch>, document: &Document) {
    let rest_ms = watch.rest.ms();
    if rest_ms == 0 {
        return request(on_frame, watch);
    }
    // Until then no frame is missing.
    watch.last.set(None);
    let due = watch.clock.now() + Micros(u64::from(rest_ms) * 1000);
    let (on_frame, beat, document) = (Rc::clone(on_frame), Rc::clone(watch), document.clone());
    let rest = Timeout::new(rest_ms, move || {
        beat.last.set(is_seen(&document).then(|| beat.clock.now().min(due)));
        request(&on_frame, &beat);
    });
    watch.resting.replace(Some(rest));
}
