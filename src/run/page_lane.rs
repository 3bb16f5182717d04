//! The one lane of a mode that is on the page's own thread, as the page has it: let go, stopped, and seen to when it breaks.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{AbortHandle, abortable};
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ErrorEvent, Event, window};

use super::clock::Clock;
use super::inbox::{Inbox, Signal};
use super::lane::Lane;
use super::protocol::{Assignment, FromWorker, WireId};
use super::recorder::Outbox;
use crate::trace::Cut;
use crate::workload::Micros;

/// A lane on the page. Its work is given up on drop.
pub struct PageLane {
    lane: Rc<Lane>,
    abort: Option<AbortHandle>,
    /// Whether it does something at this moment. What throws never comes to its end: then it stays so.
    is_at_it: Rc<Cell<bool>>,
    _on_error: Option<EventListener>,
}

impl PageLane {
    /// A lane that is up at once.
    pub fn new(run: WireId, assignment: Assignment, clock: &Clock, inbox: &Rc<Inbox>) -> Self {
        let (at, hears) = (assignment.lane, Rc::clone(inbox));
        let outbox: Outbox = Rc::new(move |message| hears.put(Signal::Said(at, run, message)));
        let lane = Rc::new(Lane::on_page(assignment, clock, &outbox));
        inbox.put(Signal::Said(at, run, FromWorker::Up));
        let is_at_it = Rc::default();
        let on_error = tell_if_it_breaks(&is_at_it, inbox);
        Self { lane, abort: None, is_at_it, _on_error: on_error }
    }

    /// Begins its work.
    pub fn go(&mut self) {
        let (works, ends, is_at_it) = (Rc::clone(&self.lane), Rc::clone(&self.lane), Rc::clone(&self.is_at_it));
        let (work, abort) = abortable(async move { works.work(Micros::ZERO).await });
        self.abort = Some(abort);
        spawn_local(async move {
            let mut work = pin!(async {
                let worked = work.await;
                ends.end(worked.is_ok_and(|worked| worked.is_ok()));
            });
            poll_fn(|cx| {
                is_at_it.set(true);
                let poll = work.as_mut().poll(cx);
                is_at_it.set(false);
                poll
            })
            .await;
        });
    }

    /// Has it hand over what it recorded.
    pub fn collect(&self) {
        // One that broke is not to be touched.
        if !self.is_at_it.get() {
            self.lane.post();
        }
    }

    /// When a task wakes next, if any does.
    pub fn due(&self) -> Option<Micros> {
        self.lane.due()
    }

    /// Gives up its work, where it waits.
    pub fn stop(&mut self) {
        // One that broke hears nothing any more.
        if let Some(abort) = self.abort.take().filter(|_| !self.is_at_it.get()) {
            abort.abort();
        }
    }
}

impl Drop for PageLane {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What JavaScript throws at a lane, Rust doesn't see: it ends where it stands. But the browser tells the page.
fn tell_if_it_breaks(is_at_it: &Rc<Cell<bool>>, inbox: &Rc<Inbox>) -> Option<EventListener> {
    let (is_at_it, inbox) = (Rc::clone(is_at_it), Rc::clone(inbox));
    let on_error = move |event: &Event| {
        if is_at_it.get() {
            let message = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default();
            inbox.put(Signal::Broke(Cut::BrokeOnPage(message)));
        }
    };
    window().map(|window| EventListener::new(&window, "error", on_error))
}
