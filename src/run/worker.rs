//! The worker's side: a lane that does as the page's messages say.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::future::{AbortHandle, FutureExt, abortable};
use js_sys::{Array, Uint8Array, global};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, MessagePort};

use super::board::Board;
use super::clock::Clock;
use super::counter::Counter;
use super::lane::{Lane, Way};
use super::measure;
use super::protocol::{FromWorker, OfRun, ToWorker, WireId, decode, encode};
use super::recorder::Outbox;
use crate::workload::Micros;

/// What this worker does at the moment.
#[derive(Default)]
struct Worker {
    run: WireId,
    lane: Option<Rc<Lane>>,
    /// The run's clock, and what it said when the lane was up.
    clock: Option<(Clock, f64)>,
    /// Drops the lane's work where it waits on the event loop.
    abort: Option<AbortHandle>,
}

thread_local! {
    static WORKER: RefCell<Worker> = RefCell::default();
}

/// What the entry of the wasm in a worker does: listens to the page. Not exported here, where it would be a part of the
/// page's wasm as well.
pub fn lane_main() {
    std::panic::set_hook(Box::new(|panic| {
        let run = WORKER.with(|worker| worker.try_borrow().map(|worker| worker.run).unwrap_or_default());
        say(run, &FromWorker::Crashed(panic.to_string()));
    }));
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| hear(&event.data()));
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // For as long as the worker lives.
    on_message.forget();
}

fn scope() -> DedicatedWorkerGlobalScope {
    global().unchecked_into()
}

/// Sends the page a message.
fn say(run: WireId, message: &FromWorker) {
    if let Ok(bytes) = encode(&OfRun(run, message)) {
        let bytes = Uint8Array::from(bytes.as_slice());
        let _ = scope().post_message_with_transfer(&bytes, &Array::of1(&bytes.buffer()));
    }
}

/// A message is `[bytes]`, or `[bytes, board]`, or `[bytes, ports]`.
fn hear(data: &JsValue) {
    let parts: &Array = data.unchecked_ref();
    let bytes = parts.get(0).unchecked_into::<Uint8Array>().to_vec();
    match decode(&bytes) {
        Ok(OfRun(run, message)) => obey(run, message, &parts.get(1)),
        Err(error) => say(WireId::default(), &FromWorker::Crashed(error.to_string())),
    }
}

fn obey(run: WireId, message: ToWorker, beside: &JsValue) {
    let current = WORKER.with(|worker| {
        let worker = worker.borrow();
        if worker.run == run { worker.lane.clone() } else { None }
    });
    match (message, current) {
        (ToWorker::Prepare(assignment), _) => {
            let Some(clock) = Clock::started_at(assignment.start) else {
                return say(run, &FromWorker::Crashed("This worker has no clock.".to_owned()));
            };
            let outbox: Outbox = Rc::new(move |message| say(run, &message));
            let lane = Lane::in_worker(assignment, way(beside), &clock, &outbox);
            let up = clock.ms();
            WORKER.set(Worker { run, lane: Some(Rc::new(lane)), clock: Some((clock, up)), abort: None });
            say(run, &FromWorker::Up);
        }
        (ToWorker::Go(word), Some(lane)) => {
            WORKER.with(|worker| {
                if let Some((clock, up)) = &worker.borrow().clock {
                    clock.correct(*up, word);
                }
            });
            lane.deal(word.tasks);
            go(run, lane, word.begin);
        }
        (ToWorker::Tasks(tasks), Some(lane)) => lane.deal(tasks),
        (ToWorker::Stop, Some(lane)) => match WORKER.with(|worker| worker.borrow_mut().abort.take()) {
            Some(abort) => abort.abort(),
            None => lane.end(false),
        },
        (ToWorker::Knock, _) => say(run, &FromWorker::Up),
        (ToWorker::Measure(work, time), _) => {
            let counter = Board::from_js(beside).as_ref().map_or_else(Counter::of_ones_own, Counter::shared);
            say(run, &FromWorker::Measured(measure::in_a_ms(work, time, &counter)));
        }
        _ => {}
    }
}

fn go(run: WireId, lane: Rc<Lane>, begin: Micros) {
    if lane.is_blocking() {
        // The wait happens inside: what is not ready now never will be.
        return match lane.work(begin).now_or_never() {
            Some(worked) => lane.end(worked.is_ok()),
            None => say(run, &FromWorker::Crashed("A task of a blocking lane waited for its event loop.".to_owned())),
        };
    }
    let works = Rc::clone(&lane);
    let (work, abort) = abortable(async move { works.work(begin).await });
    WORKER.with(|worker| worker.borrow_mut().abort = Some(abort));
    spawn_local(async move {
        let end = work.await;
        WORKER.with(|cell| {
            let mut worker = cell.borrow_mut();
            if worker.run == run {
                worker.abort = None;
            }
        });
        lane.end(end.is_ok_and(|end| end.is_ok()));
    });
}

/// How this lane is connected to the others.
fn way(beside: &JsValue) -> Way {
    if let Some(board) = Board::from_js(beside) {
        return Way::Board(board);
    }
    let ports = beside.dyn_ref::<Array>().map(|ports| ports.iter().map(|port| port.dyn_into::<MessagePort>().ok()));
    Way::Ports(ports.into_iter().flatten().collect())
}
