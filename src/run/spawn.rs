//! The page's side of a worker: started, spoken to, listened to, and put away on drop.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, Event, MessageEvent, MessagePort, Worker, window};

use super::board::Board;
use super::inbox::{Inbox, Signal};
use super::kit;
use super::locks::{request_lock, whether_or_not};
use super::protocol::{OfRun, ToWorker, WireId, decode, encode};
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

/// Where the worker's messages go at the moment.
type Route = Rc<RefCell<Option<(LaneId, Rc<Inbox>)>>>;
/// Why the worker broke, if it did.
type Broken = Rc<RefCell<Option<String>>>;

/// Why a worker ended that was there when the reader left.
const LEFT: &str = "it was ended when the page was left";

/// A worker. Terminated on drop, and when the reader leaves: a page that the browser keeps for the way back would keep
/// its workers' memories from the next page.
pub struct LaneWorker {
    worker: Worker,
    route: Route,
    is_up: Rc<Cell<bool>>,
    broke: Broken,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
    _on_leaving: Option<EventListener>,
}

impl LaneWorker {
    /// Starts a worker, which boots while the page goes on. What it is told waits until it listens.
    ///
    /// # Errors
    /// The browser refused to start it, or what it boots with is not there.
    pub fn start() -> Result<Self, SpawnError> {
        let kit = kit::loaded()?;
        let refused = |error: JsValue| SpawnError::Refused(words(&error));
        let worker = Worker::new(&kit.script).map_err(refused)?;
        worker.post_message(&kit.boot).map_err(refused)?;
        Ok(Self::listening(worker))
    }

    fn listening(worker: Worker) -> Self {
        let route = Route::default();
        let said = Rc::clone(&route);
        let is_up = Rc::new(Cell::new(false));
        let spoke = Rc::clone(&is_up);
        let broke = Broken::default();
        let ends = Rc::clone(&broke);
        let on_message = Closure::new(move |event: MessageEvent| {
            if let Some(lock) = event.data().as_string() {
                watch_over(&lock, &said, &ends);
                return;
            }
            spoke.set(true);
            let bytes = event.data().unchecked_into::<Uint8Array>().to_vec();
            tell(&said, |lane| match decode(&bytes) {
                Ok(OfRun(run, message)) => Signal::Said(lane, run, message),
                Err(error) => Signal::Broke(lane, error.to_string()),
            });
        });
        let (breaks, hears) = (Rc::clone(&broke), Rc::clone(&route));
        let on_error = Closure::new(move |event: Event| {
            let message = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).filter(|text| !text.is_empty());
            let silent = match event.type_().as_str() {
                "messageerror" => "a message from it could not be read",
                _ => "its script could not be loaded",
            };
            let message = message.unwrap_or_else(|| silent.to_owned());
            broken(&hears, &breaks, &message);
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(on_error.as_ref().unchecked_ref()));
        let on_leaving = end_on_leaving(&worker, &route, &broke);
        Self { worker, route, is_up, broke, _on_message: on_message, _on_error: on_error, _on_leaving: on_leaving }
    }

    /// Whether it has booted and said anything yet.
    pub fn is_up(&self) -> bool {
        self.is_up.get()
    }

    /// Whether it broke.
    pub fn is_broken(&self) -> bool {
        self.broke.borrow().is_some()
    }

    /// Makes it a lane of the mode that reads this inbox.
    pub fn listen_as(&self, lane: LaneId, inbox: &Rc<Inbox>) {
        self.route.replace(Some((lane, Rc::clone(inbox))));
        if let Some(message) = self.broke.borrow().clone() {
            inbox.put(Signal::Broke(lane, message));
        }
    }

    /// Listens no longer.
    pub fn listen_no_more(&self) {
        self.route.replace(None);
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
        let sent = self.worker.post_message_with_transfer(&parts, &transfer);
        sent.map_err(|error| SpawnError::Unsent(words(&error)))
    }
}

impl Drop for LaneWorker {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.set_onmessageerror(None);
        self.worker.terminate();
        self.route.take();
    }
}

/// Says that a worker broke once its lock is free.
fn watch_over(lock: &str, route: &Route, broke: &Broken) {
    let (route, broke) = (Rc::clone(route), Rc::clone(broke));
    let gone = Closure::once_into_js(move || broken(&route, &broke, "it is gone"));
    whether_or_not(request_lock(lock, &Object::new(), &gone));
}

/// Ends a worker when the reader leaves the page.
fn end_on_leaving(worker: &Worker, route: &Route, broke: &Broken) -> Option<EventListener> {
    let (worker, route, broke) = (worker.clone(), Rc::clone(route), Rc::clone(broke));
    let end = move |_: &Event| {
        worker.terminate();
        broken(&route, &broke, LEFT);
    };
    window().map(|window| EventListener::new(&window, "pagehide", end))
}

/// Notes and tells that a worker broke.
fn broken(route: &Route, broke: &Broken, message: &str) {
    broke.replace(Some(message.to_owned()));
    tell(route, |lane| Signal::Broke(lane, message.to_owned()));
}

/// Puts a signal of a worker into the inbox that it has at the moment.
fn tell(route: &Route, signal: impl FnOnce(LaneId) -> Signal) {
    let route = route.borrow().clone();
    if let Some((lane, inbox)) = route {
        inbox.put(signal(lane));
    }
}

/// What a thrown value says.
pub fn words(thrown: &JsValue) -> String {
    match thrown.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => format!("{thrown:?}"),
    }
}
