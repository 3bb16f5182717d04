//! The clock of a run: one time base for the page and all its workers.
//!
//! `performance.timeOrigin + performance.now()` is meant to be the same scale in every thread of a browser
//! (<https://www.w3.org/TR/hr-time-3/>). It is, but for some milliseconds where the system's time was adjusted between
//! the start of one thread and of the other. So a worker's clock is held between two messages, see `ahead`.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::global;
use wasm_bindgen::JsCast;
use web_sys::{Performance, WorkerGlobalScope};

use super::ahead::Ahead;
use super::protocol::Go;
use crate::workload::Micros;

/// Tells the time since the start of a mode.
#[derive(Clone, Debug)]
pub struct Clock {
    performance: Performance,
    /// What to add to `performance.now()`, in milliseconds. All clones share it.
    offset: Rc<Cell<f64>>,
    /// How far it can be from the page's, its steps apart; none while that is not known. All clones share it.
    error: Rc<Cell<Option<Micros>>>,
}

impl Clock {
    /// A clock that starts now; none where there is no `performance`, which every browser has.
    pub fn starting_now() -> Option<Self> {
        let performance = performance()?;
        let offset = Rc::new(Cell::new(-performance.now()));
        Some(Self { performance, offset, error: Rc::new(Cell::new(Some(Micros::ZERO))) })
    }

    /// The clock of a mode that started at this moment of [`Clock::start`], in whichever thread.
    pub fn started_at(start: f64) -> Option<Self> {
        let performance = performance()?;
        let offset = Rc::new(Cell::new(performance.time_origin() - start));
        Some(Self { performance, offset, error: Rc::default() })
    }

    /// The moment at which the mode started, in milliseconds of the time that all threads share.
    pub fn start(&self) -> f64 {
        self.performance.time_origin() - self.offset.get()
    }

    /// The time since the start in milliseconds; below zero on a worker's clock that is behind.
    pub fn ms(&self) -> f64 {
        self.performance.now() + self.offset.get()
    }

    /// Corrects a worker's clock, if it must be wrong: it said “up” at `up` by its own, and gets “go” now.
    pub fn correct(&self, up: f64, go: Go) {
        let ahead = Ahead::of(up, self.ms(), go);
        self.offset.set(self.offset.get() - ahead.ms);
        self.error.set(Some(ahead.error));
    }

    /// How far it can be from the page's, its steps apart; none on a worker that was not let go yet.
    pub fn error(&self) -> Option<Micros> {
        self.error.get()
    }

    /// The time since the start.
    pub fn now(&self) -> Micros {
        Micros::from_ms(self.ms())
    }
}

/// The finest step of the clock that was seen, in milliseconds.
pub fn resolution() -> Option<f64> {
    let performance = performance()?;
    let mut finest = f64::INFINITY;
    let mut last = performance.now();
    // A bounded number of readings: some ten milliseconds where the clock is coarse.
    for _ in 0..50_000 {
        let now = performance.now();
        if now > last {
            finest = finest.min(now - last);
            last = now;
        }
    }
    finest.is_finite().then(|| (finest * 1e6).round() / 1e6)
}

/// Window and workers both have it, under the same name.
fn performance() -> Option<Performance> {
    global().unchecked_into::<WorkerGlobalScope>().performance()
}
