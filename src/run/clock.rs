//! The clock of a run: one time base for the page and all its workers.
//!
//! `performance.timeOrigin + performance.now()` is the same scale in every thread of a browser, up to an error of
//! about the clock's resolution (<https://www.w3.org/TR/hr-time-3/>). A run's time is counted from its mode's start.

use js_sys::global;
use wasm_bindgen::JsCast;
use web_sys::{Performance, WorkerGlobalScope};

use crate::workload::Micros;

/// Tells the time since the start of a mode.
#[derive(Clone, Debug)]
pub struct Clock {
    performance: Performance,
    /// What to add to `performance.now()`, in milliseconds.
    offset: f64,
}

impl Clock {
    /// A clock that starts now; none where there is no `performance`, which every browser has.
    pub fn starting_now() -> Option<Self> {
        let performance = performance()?;
        let offset = -performance.now();
        Some(Self { performance, offset })
    }

    /// The clock of a mode that started at this moment of [`Clock::start`], in whichever thread.
    pub fn started_at(start: f64) -> Option<Self> {
        let performance = performance()?;
        let offset = performance.time_origin() - start;
        Some(Self { performance, offset })
    }

    /// The moment at which the mode started, in milliseconds of the time that all threads share.
    pub fn start(&self) -> f64 {
        self.performance.time_origin() - self.offset
    }

    /// The time since the start.
    pub fn now(&self) -> Micros {
        Micros::from_ms(self.performance.now() + self.offset)
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
