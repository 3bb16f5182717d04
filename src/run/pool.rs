//! The warm pool: workers that have booted and wait for a lane to be.
//!
//! Threads, and whatever else runs on one lane in a worker, come from here. Processes never do: they are fresh.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, select};
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::inbox::{Inbox, Signal};
use super::kit;
use super::protocol::{FromWorker, ToWorker, WireId};
use super::screen::watch_the_screen;
use super::spawn::{Beside, LaneWorker, SpawnError};
use crate::workload::LaneId;

/// How long a run waits for the pool, in milliseconds.
const PATIENCE_MS: u32 = 3000;

/// Workers that nobody took for so long are let go, in milliseconds: a browser has room for some hundred of them in
/// all pages of a site together, and the next run has its own ready before it begins.
const REST_MS: u32 = 60_000;

thread_local! {
    static IDLE: RefCell<Vec<LaneWorker>> = RefCell::default();
    /// So many were wanted last: no more are kept.
    static WANTED: Cell<u8> = const { Cell::new(0) };
    /// Lets them go.
    static REST: RefCell<Option<Timeout>> = const { RefCell::new(None) };
}

/// How many workers were wanted last.
pub fn wanted() -> u8 {
    WANTED.get()
}

/// Takes a worker out of the pool, or starts one.
pub fn take() -> Result<LaneWorker, SpawnError> {
    let idle = IDLE.with(|idle| {
        let mut idle = idle.borrow_mut();
        idle.retain(|worker| !worker.is_broken());
        let warm = idle.iter().position(LaneWorker::is_up);
        warm.map(|warm| idle.swap_remove(warm)).or_else(|| idle.pop())
    });
    idle.map_or_else(LaneWorker::start, Ok)
}

/// Puts a worker back that has come to rest, or lets it go where enough are there.
pub fn give_back(worker: LaneWorker) {
    worker.listen_no_more();
    IDLE.with(|idle| {
        let mut idle = idle.borrow_mut();
        if idle.len() < WANTED.get().into() {
            idle.push(worker);
        }
    });
    rest();
}

/// From now on the workers wait to be let go.
fn rest() {
    REST.set(Some(Timeout::new(REST_MS, || drop(IDLE.take()))));
}

/// Fetches what workers boot with, before anybody wants one. What fails is tried again when somebody does.
pub fn fetch_ahead() {
    spawn_local(async {
        _ = kit::load().await;
    });
}

/// Has so many workers boot soon. What can't be started now is left to the run.
pub fn warm_up(workers: u8) {
    watch_the_screen();
    spawn_local(async move {
        if kit::load().await.is_ok() {
            fill(workers);
        }
    });
}

/// Sees to it that so many workers are there, booted or booting, if they can be had.
fn fill(workers: u8) {
    WANTED.set(workers);
    IDLE.with(|idle| {
        let mut idle = idle.borrow_mut();
        idle.retain(|worker| !worker.is_broken());
        while idle.len() < workers.into() {
            match LaneWorker::start() {
                Ok(worker) => idle.push(worker),
                Err(_) => return,
            }
        }
    });
    rest();
}

/// Sees to it that so many workers have booted, so that a mode that takes them starts warm, and that no other boots beside
/// it. Gives up after 3 s, at a stop, or when one of them broke: the run will say why.
pub async fn be_ready(workers: u8, inbox: &Rc<Inbox>) {
    let waits = Rc::clone(inbox);
    let _patience = Timeout::new(PATIENCE_MS, move || waits.put(Signal::Stop));
    if let Either::Right(_) = select(pin!(kit::load()), pin!(inbox.next())).await {
        return;
    }
    fill(workers);
    let are_asked = IDLE.with_borrow(|idle| {
        idle.iter().filter(|worker| !worker.is_up()).all(|worker| {
            worker.listen_as(LaneId::at(0), inbox);
            worker.say(WireId::default(), ToWorker::Knock, Beside::Nothing).is_ok()
        })
    });
    // Some may answer twice, to who asked before as well.
    while are_asked && IDLE.with_borrow(|idle| idle.iter().any(|worker| !worker.is_up())) {
        if !matches!(inbox.next().await, Signal::Said(_, _, FromWorker::Up)) {
            return;
        }
    }
}
