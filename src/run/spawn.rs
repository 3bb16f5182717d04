//! The page's side of a worker: started when it is its turn, spoken to, listened to, and put away on drop.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use gloo_events::EventListener;
use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{ErrorEvent, Event, MessageEvent, MessagePort, Worker, window};

use super::board::Board;
use super::environment::cores;
use super::inbox::{Inbox, Signal};
use super::kit::{self, Kit};
use super::locks::{request_lock, whether_or_not};
use super::protocol::{OfRun, ToWorker, WireId, decode, encode};
use crate::trace::Cut;
use crate::workload::LaneId;

/// Why a worker could not be started or spoken to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpawnError {
    /// The browser refused to start it.
    #[error("The browser could not start a worker ({0}).")]
    Refused(String),
    /// A message could not be sent to it.
    #[error("A message to a worker could not be sent ({0}).")]
    Unsent(String),
}

/// What travels beside a message.
pub enum Beside {
    /// Nothing.
    Nothing,
    /// The run's board.
    Board(Board),
    /// Ports to the other lanes, by place.
    Ports(Vec<Option<MessagePort>>),
}

/// Why a worker ended that was there when the reader left.
const LEFT: &str = "it was ended when the page was left";

/// A worker. Terminated on drop, and when the reader leaves: a page that the browser keeps for the way back would keep
/// its workers' memories from the next page.
pub struct LaneWorker {
    thread: Rc<Thread>,
    _on_leaving: Option<EventListener>,
}

impl LaneWorker {
    /// Starts a worker, which boots while the page goes on, or when others have. What it is told waits until it listens.
    ///
    /// # Errors
    /// The browser refused to start it, or what it boots with is not there.
    pub fn start() -> Result<Self, SpawnError> {
        let thread = Rc::new(Thread::new(kit::loaded()?));
        start_in_turn(&thread)?;
        let on_leaving = end_on_leaving(&thread);
        Ok(Self { thread, _on_leaving: on_leaving })
    }

    /// Whether it has booted and said anything yet.
    pub fn is_up(&self) -> bool {
        self.thread.line.is_up.get()
    }

    /// Whether it broke.
    pub fn is_broken(&self) -> bool {
        self.thread.line.broke.borrow().is_some()
    }

    /// Makes it a lane of the mode that reads this inbox.
    pub fn listen_as(&self, lane: LaneId, inbox: &Rc<Inbox>) {
        self.thread.line.route.replace(Some((lane, Rc::clone(inbox))));
        if let Some(message) = self.thread.line.broke.borrow().clone() {
            inbox.put(Signal::Broke(Cut::Broke(lane, message)));
        }
    }

    /// Listens no longer.
    pub fn listen_no_more(&self) {
        self.thread.line.route.replace(None);
    }

    /// Sends it a message, and what travels beside it.
    pub fn say(&self, run: WireId, message: ToWorker, beside: Beside) -> Result<(), SpawnError> {
        let bytes = encode(&OfRun(run, message)).map_err(|error| SpawnError::Unsent(error.to_string()))?;
        let parts = Array::of1(&Uint8Array::from(bytes.as_slice()));
        let transfer = Array::new();
        match beside {
            Beside::Nothing => {}
            Beside::Board(board) => _ = parts.push(&board.to_js()),
            Beside::Ports(mesh) => {
                mesh.iter().flatten().for_each(|port| _ = transfer.push(port));
                parts.push(&mesh.into_iter().map(JsValue::from).collect::<Array>());
            }
        }
        self.thread.send(parts, transfer)
    }
}

impl Drop for LaneWorker {
    fn drop(&mut self) {
        self.thread.end();
        self.thread.line.route.take();
    }
}

/// What is heard of a worker.
#[derive(Default)]
struct Line {
    /// Where its messages go at the moment.
    route: RefCell<Option<(LaneId, Rc<Inbox>)>>,
    is_up: Cell<bool>,
    /// Why it broke, if it did.
    broke: RefCell<Option<String>>,
    /// Its place among those that are starting.
    starts: RefCell<Option<Place>>,
}

impl Line {
    /// Hears a message.
    fn hear(self: &Rc<Self>, event: &MessageEvent) {
        // Whatever it says, its thread runs, and that is most of the work.
        self.starts.take();
        if let Some(lock) = event.data().as_string() {
            return self.watch_over(&lock);
        }
        self.is_up.set(true);
        let bytes = event.data().unchecked_into::<Uint8Array>().to_vec();
        self.tell(|lane| match decode(&bytes) {
            Ok(OfRun(run, message)) => Signal::Said(lane, run, message),
            Err(error) => Signal::Broke(Cut::Broke(lane, error.to_string())),
        });
    }

    /// Hears of an error.
    fn hear_of(&self, event: &Event) {
        let message = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).filter(|text| !text.is_empty());
        let silent = match event.type_().as_str() {
            "messageerror" => "a message from it could not be read",
            _ => "its script could not be loaded",
        };
        self.broken(&message.unwrap_or_else(|| silent.to_owned()));
    }

    /// Says that the worker broke once its lock is free. It has none where locks are refused.
    fn watch_over(self: &Rc<Self>, lock: &str) {
        if !lock.is_empty() {
            let line = Rc::clone(self);
            let gone = Closure::once_into_js(move || line.broken("it is gone"));
            whether_or_not(request_lock(lock, &Object::new(), &gone));
        }
    }

    /// Notes and tells that the worker broke.
    fn broken(&self, message: &str) {
        self.starts.take();
        self.broke.replace(Some(message.to_owned()));
        self.tell(|lane| Signal::Broke(Cut::Broke(lane, message.to_owned())));
    }

    /// Puts a signal of the worker into the inbox that it has at the moment.
    fn tell(&self, signal: impl FnOnce(LaneId) -> Signal) {
        let route = self.route.borrow().clone();
        if let Some((lane, inbox)) = route {
            inbox.put(signal(lane));
        }
    }
}

/// The worker itself, once it is its turn to start.
struct Thread {
    kit: Rc<Kit>,
    line: Rc<Line>,
    worker: RefCell<Option<Worker>>,
    /// What it was told before, and what of that is handed over.
    told: RefCell<Vec<(Array, Array)>>,
    on_message: Closure<dyn FnMut(MessageEvent)>,
    on_error: Closure<dyn FnMut(Event)>,
}

impl Thread {
    /// One that has not started, and is to boot with this.
    fn new(kit: Rc<Kit>) -> Self {
        let line = Rc::<Line>::default();
        let (hears, breaks) = (Rc::clone(&line), Rc::clone(&line));
        Self {
            kit,
            line,
            worker: RefCell::default(),
            told: RefCell::default(),
            on_message: Closure::new(move |event: MessageEvent| hears.hear(&event)),
            on_error: Closure::new(move |event: Event| breaks.hear_of(&event)),
        }
    }

    fn start(&self, place: Place) -> Result<(), SpawnError> {
        let refused = |error: JsValue| SpawnError::Refused(words(&error));
        let worker = Worker::new(&self.kit.script).map_err(refused)?;
        worker.set_onmessage(Some(self.on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(self.on_error.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(self.on_error.as_ref().unchecked_ref()));
        self.line.starts.replace(Some(place));
        let posted = worker.post_message(&self.kit.boot);
        self.worker.replace(Some(worker));
        posted.map_err(refused)?;
        self.told.take().into_iter().try_for_each(|(parts, transfer)| self.send(parts, transfer))
    }

    fn send(&self, parts: Array, transfer: Array) -> Result<(), SpawnError> {
        let Some(worker) = &*self.worker.borrow() else {
            self.told.borrow_mut().push((parts, transfer));
            return Ok(());
        };
        let sent = worker.post_message_with_transfer(&parts, &transfer);
        sent.map_err(|error| SpawnError::Unsent(words(&error)))
    }

    fn end(&self) {
        if let Some(worker) = &*self.worker.borrow() {
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.set_onmessageerror(None);
            worker.terminate();
        }
        self.line.starts.take();
    }
}

/// Ends a worker when the reader leaves the page.
fn end_on_leaving(thread: &Rc<Thread>) -> Option<EventListener> {
    let thread = Rc::clone(thread);
    let end = move |_: &Event| {
        // Those that wait are not to start now.
        for waits in WAITING.take().iter().filter_map(Weak::upgrade) {
            waits.line.broken(LEFT);
        }
        thread.end();
        thread.line.broken(LEFT);
    };
    window().map(|window| EventListener::new(&window, "pagehide", end))
}

/// So many workers start at once for each core. Many more at once leave the page's own thread no time, not even for a
/// click on Stop, until they all run.
const STARTING_A_CORE: u32 = 2;

thread_local! {
    /// So many are starting.
    static STARTING: Cell<u32> = const { Cell::new(0) };
    /// Those that wait for their turn; some may have been dropped meanwhile.
    static WAITING: RefCell<VecDeque<Weak<Thread>>> = const { RefCell::new(VecDeque::new()) };
}

/// A place among the workers that are starting, had until this is dropped.
struct Place;

impl Place {
    fn take() -> Option<Self> {
        let is_free = STARTING.get() < cores() * STARTING_A_CORE;
        is_free.then(|| {
            STARTING.set(STARTING.get() + 1);
            Self
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        STARTING.set(STARTING.get() - 1);
        // Not at once: who drops many workers together doesn't want those of them to start that wait.
        spawn_local(async { start_next() });
    }
}

/// Starts a worker, now or in its turn.
fn start_in_turn(thread: &Rc<Thread>) -> Result<(), SpawnError> {
    let place = Place::take();
    if place.is_none() {
        WAITING.with_borrow_mut(|waiting| waiting.push_back(Rc::downgrade(thread)));
    }
    place.map_or(Ok(()), |place| thread.start(place))
}

/// Starts the next of those that wait, if any does.
fn start_next() {
    let next =
        WAITING.with_borrow_mut(|waiting| std::iter::from_fn(|| waiting.pop_front()).find_map(|next| next.upgrade()));
    if let Some(thread) = next
        && let Err(error) = start_in_turn(&thread)
    {
        thread.line.broken(&error.to_string());
    }
}

/// What a thrown value says.
pub fn words(thrown: &JsValue) -> String {
    match thrown.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => format!("{thrown:?}"),
    }
}
