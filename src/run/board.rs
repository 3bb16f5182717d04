//! The memory that a run's page and workers share, where the page is isolated: a few numbers for `Atomics`.
//!
//! Not a wasm memory: each lane keeps its own of those. See `docs/architecture.md` for why.

use js_sys::{Atomics, Int32Array, SharedArrayBuffer};
use wasm_bindgen::{JsCast, JsValue};

use crate::workload::Micros;

/// A number on the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Slot {
    /// 1 when the run is to stop.
    Stop,
    /// The GIL: the lane that holds it, or 0.
    Lock,
    /// 1 when the holder is asked to drop the GIL.
    Request,
    /// The lane that took the GIL last, or 0.
    LastHolder,
    /// How many tickets have been drawn.
    Ticket,
    /// The place of the next task in the queue.
    NextTask,
}

const SLOTS: u32 = 6;

/// The board of one run.
#[derive(Clone, Debug)]
pub struct Board(Int32Array);

/// How a wait on the board ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waited {
    /// Somebody called, or the number was another already.
    Woken,
    /// The time is over.
    TimedOut,
}

impl Board {
    /// A new board, all numbers 0.
    pub fn new() -> Self {
        Self(Int32Array::new(&SharedArrayBuffer::new(SLOTS * 4)))
    }

    /// A board that was handed over.
    pub fn from_js(value: &JsValue) -> Option<Self> {
        value.dyn_ref::<Int32Array>().cloned().map(Self)
    }

    /// To hand it over.
    pub fn to_js(&self) -> JsValue {
        self.0.clone().into()
    }

    /// Reads a number.
    pub fn load(&self, slot: Slot) -> i32 {
        Atomics::load(&self.0, slot as u32).unwrap_or_default()
    }

    /// Writes a number.
    pub fn store(&self, slot: Slot, value: i32) {
        let _ = Atomics::store(&self.0, slot as u32, value);
    }

    /// Adds to a number; returns what it was.
    pub fn add(&self, slot: Slot, value: i32) -> i32 {
        Atomics::add(&self.0, slot as u32, value).unwrap_or_default()
    }

    /// Writes a number if it is as expected; whether it was.
    pub fn swap(&self, slot: Slot, expected: i32, value: i32) -> bool {
        Atomics::compare_exchange(&self.0, slot as u32, expected, value) == Ok(expected)
    }

    /// Wakes all who wait on a number.
    pub fn call(&self, slot: Slot) {
        let _ = Atomics::notify(&self.0, slot as u32);
    }

    /// Wakes one of those who wait on a number.
    pub fn call_one(&self, slot: Slot) {
        let _ = Atomics::notify_with_count(&self.0, slot as u32, 1);
    }

    /// Waits while a number is as it was, at most so long. Never on the page, where it is not allowed.
    pub fn wait(&self, slot: Slot, value: i32, most: Micros) -> Waited {
        wait(&self.0, slot as u32, value, most)
    }

    /// Asks all lanes to stop, and wakes those who wait.
    pub fn stop(&self) {
        self.store(Slot::Stop, 1);
        for slot in [Slot::Stop, Slot::Lock, Slot::LastHolder] {
            self.call(slot);
        }
    }

    /// Whether the run is to stop.
    pub fn is_stopped(&self) -> bool {
        self.load(Slot::Stop) != 0
    }

    /// Draws the next ticket, from 1.
    pub fn draw_ticket(&self) -> u32 {
        self.add(Slot::Ticket, 1) as u32 + 1
    }
}

/// Waits in `Atomics.wait`, which holds the thread.
pub fn wait(numbers: &Int32Array, index: u32, value: i32, most: Micros) -> Waited {
    match Atomics::wait_with_timeout(numbers, index, value, most.as_ms()) {
        Ok(outcome) if outcome == "timed-out" => Waited::TimedOut,
        _ => Waited::Woken,
    }
}
