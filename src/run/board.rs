//! The memory that a run's page and workers share, where the page is isolated: a few numbers for `Atomics`.
//!
//! Not a wasm memory: each lane keeps its own of those. See `docs/architecture.md` for why.

use js_sys::{ArrayBuffer, Atomics, Int32Array, SharedArrayBuffer};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::workload::Micros;

// Not those of `js-sys`, which are ready to catch what these never throw: no slot is out of range. That takes longer
// than the call itself, and lanes look at the board all the time.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Atomics, js_name = load)]
    fn load(numbers: &Int32Array, index: u32) -> i32;

    #[wasm_bindgen(js_namespace = Atomics, js_name = store)]
    fn store(numbers: &Int32Array, index: u32, value: i32) -> i32;

    #[wasm_bindgen(js_namespace = Atomics, js_name = add)]
    fn add(numbers: &Int32Array, index: u32, value: i32) -> i32;

    #[wasm_bindgen(js_namespace = Atomics, js_name = compareExchange)]
    fn compare_exchange(numbers: &Int32Array, index: u32, expected: i32, value: i32) -> i32;

    #[wasm_bindgen(js_namespace = Atomics, js_name = exchange)]
    fn exchange(numbers: &Int32Array, index: u32, value: i32) -> i32;

    #[wasm_bindgen(js_namespace = Atomics, js_name = notify)]
    fn notify(numbers: &Int32Array, index: u32, count: u32) -> u32;
}

/// A number on the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// 1 when the run is to stop.
    Stop,
    /// The line for the GIL: the number that the next who comes draws.
    Line,
    /// The number in line that has the GIL, or may take it.
    Turn,
    /// The number in line that has waited long enough and asks for the GIL.
    Request,
    /// How many tickets have been drawn.
    Ticket,
    /// The place of the next task in the queue.
    NextTask,
    /// The lower 32 bits of the counter.
    Counter,
    /// How often they have come half their way round.
    CounterHalves,
    /// The lock of steps that add under one: 0 free, 1 taken, 2 taken and waited for.
    CounterLock,
    /// Where the one with this number in line waits for the GIL.
    Bell(u8),
    /// How often a lane was woken from its rest.
    Woken(u8),
    /// How many numbers were put into a queue.
    Put(Queue),
    /// How many of them were taken.
    Taken(Queue),
    /// A place in a queue.
    Place(Queue, u8),
}

/// A queue of numbers, in which lanes hand each other things under the GIL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    /// Calls for the pool.
    Calls,
    /// Calls that come back to the loop.
    Returns,
    /// Threads of the pool that have nothing to do.
    Idle,
}

impl Queue {
    /// So many numbers have room in a queue; those who use it see to it that there are never more.
    pub const ROOM: u8 = 64;
    /// How many queues there are.
    pub const COUNT: usize = 3;
}

impl Slot {
    /// So many can stand in line at once: more than there are lanes.
    pub const BELLS: u8 = 64;
    /// At least as many as there are lanes.
    const LANES: u8 = 64;

    const fn index(self) -> u32 {
        match self {
            Self::Stop => 0,
            Self::Line => 1,
            Self::Turn => 2,
            Self::Request => 3,
            Self::Ticket => 4,
            Self::NextTask => 5,
            Self::CounterLock => 6,
            Self::Bell(bell) => 7 + bell as u32,
            Self::Woken(lane) => Self::Bell(Self::BELLS).index() + lane as u32,
            Self::Put(queue) => Self::Woken(Self::LANES).index() + queue as u32,
            Self::Taken(queue) => Self::Woken(Self::LANES).index() + (Queue::COUNT + queue as usize) as u32,
            Self::Place(queue, place) => {
                Self::Woken(Self::LANES).index()
                    + 2 * Queue::COUNT as u32
                    + queue as u32 * Queue::ROOM as u32
                    + place as u32
            }
            // Behind all that lanes look at all the time, and on another line of a processor's memory.
            Self::Counter => Self::Place(Queue::Idle, Queue::ROOM).index().next_multiple_of(16),
            Self::CounterHalves => Self::Counter.index() + 1,
        }
    }
}

/// How long the board is, in bytes.
const BYTES: u32 = 4 * (Slot::CounterHalves.index() + 1);

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
        Self(Int32Array::new(&SharedArrayBuffer::new(BYTES)))
    }

    /// A board that was handed over.
    pub fn from_js(value: &JsValue) -> Option<Self> {
        value.dyn_ref::<Int32Array>().cloned().map(Self)
    }

    /// A board in memory that is not shared, which nobody can wait on.
    pub fn of_ones_own() -> Self {
        Self(Int32Array::new(&ArrayBuffer::new(BYTES)))
    }

    /// To hand it over.
    pub fn to_js(&self) -> JsValue {
        self.0.clone().into()
    }

    /// Reads a number.
    pub fn load(&self, slot: Slot) -> i32 {
        load(&self.0, slot.index())
    }

    /// Writes a number.
    pub fn store(&self, slot: Slot, value: i32) {
        store(&self.0, slot.index(), value);
    }

    /// Adds to a number; returns what it was.
    pub fn add(&self, slot: Slot, value: i32) -> i32 {
        add(&self.0, slot.index(), value)
    }

    /// Writes a number if it is as expected; whether it was.
    pub fn swap(&self, slot: Slot, expected: i32, value: i32) -> bool {
        compare_exchange(&self.0, slot.index(), expected, value) == expected
    }

    /// Writes a number; returns what it was.
    pub fn exchange(&self, slot: Slot, value: i32) -> i32 {
        exchange(&self.0, slot.index(), value)
    }

    /// Wakes all who wait on a number.
    pub fn call(&self, slot: Slot) {
        notify(&self.0, slot.index(), u32::MAX);
    }

    /// Wakes one of those who wait on a number.
    pub fn call_one(&self, slot: Slot) {
        notify(&self.0, slot.index(), 1);
    }

    /// Waits while a number is as it was, at most so long. Never on the page, where it is not allowed.
    pub fn wait(&self, slot: Slot, value: i32, most: Micros) -> Waited {
        wait(&self.0, slot.index(), value, most)
    }

    /// Asks all lanes to stop, and wakes those who wait.
    pub fn stop(&self) {
        self.store(Slot::Stop, 1);
        for slot in [Slot::Stop, Slot::CounterLock]
            .into_iter()
            .chain((0..Slot::BELLS).flat_map(|at| [Slot::Bell(at), Slot::Woken(at)]))
        {
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
