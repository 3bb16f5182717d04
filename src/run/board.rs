//! The memory that a run's page and workers share, where the page is isolated: a few numbers for `Atomics`, and the place
//! of the counter that lanes add to.
//!
//! Not the wasm memory of a lane: each keeps its own of those. See `docs/architecture.md` for why.

use std::cell::{Cell, OnceCell};

use js_sys::{Array, Atomics, Int32Array, Object, Reflect, SharedArrayBuffer, WebAssembly};
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
    /// Where the counter stands in its memory, in bytes.
    CounterAt,
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
            Self::CounterAt => 6,
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
        }
    }
}

/// How long the board is, in bytes.
const BYTES: u32 = 4 * Slot::Place(Queue::Idle, Queue::ROOM).index();

/// The board of one run.
#[derive(Clone, Debug)]
pub struct Board {
    numbers: Int32Array,
    counters: WebAssembly::Memory,
}

thread_local! {
    /// The memory of all counters: a browser has room for few, so that of the page is for all its runs.
    static COUNTERS: OnceCell<WebAssembly::Memory> = const { OnceCell::new() };
    /// So many counters have been given away.
    static GIVEN: Cell<u32> = const { Cell::new(0) };
}

/// What a counter has to itself, in bytes: two lines of a processor's memory.
pub const COUNTER_BYTES: u32 = 128;
/// Where the one stands that is no run's, in bytes.
pub const SPARE: u32 = 0;
/// So many fit in behind it, and each is used again after as many runs.
const COUNTERS_IN_MEMORY: u32 = 65536 / COUNTER_BYTES - 1;

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
    ///
    /// # Errors
    /// The browser has no room for the memory of counters.
    pub fn new() -> Result<Self, JsValue> {
        let counters = COUNTERS.with(|counters| {
            counters.get().cloned().map_or_else(shared_memory, Ok).inspect(|memory| _ = counters.set(memory.clone()))
        })?;
        let at = (GIVEN.replace(GIVEN.get() + 1) % COUNTERS_IN_MEMORY + 1) * COUNTER_BYTES;
        // A worker that was put away in the middle of an addition never lets go of the lock that it took.
        for at in [SPARE, at] {
            Int32Array::new_with_byte_offset_and_length(&counters.buffer(), at, COUNTER_BYTES / 4).fill(0, 0, u32::MAX);
        }
        let board = Self { numbers: Int32Array::new(&SharedArrayBuffer::new(BYTES)), counters };
        board.store(Slot::CounterAt, at.cast_signed());
        Ok(board)
    }

    /// A board that was handed over.
    pub fn from_js(value: &JsValue) -> Option<Self> {
        let parts: &Array = value.dyn_ref()?;
        Some(Self { numbers: parts.get(0).dyn_into().ok()?, counters: parts.get(1).dyn_into().ok()? })
    }

    /// To hand it over.
    pub fn to_js(&self) -> JsValue {
        Array::of2(&self.numbers, &self.counters).into()
    }

    /// The memory that its counter stands in.
    pub fn counters(&self) -> &WebAssembly::Memory {
        &self.counters
    }

    /// Reads a number.
    pub fn load(&self, slot: Slot) -> i32 {
        load(&self.numbers, slot.index())
    }

    /// Writes a number.
    pub fn store(&self, slot: Slot, value: i32) {
        store(&self.numbers, slot.index(), value);
    }

    /// Adds to a number; returns what it was.
    pub fn add(&self, slot: Slot, value: i32) -> i32 {
        add(&self.numbers, slot.index(), value)
    }

    /// Wakes all who wait on a number.
    pub fn call(&self, slot: Slot) {
        notify(&self.numbers, slot.index(), u32::MAX);
    }

    /// Waits while a number is as it was, at most so long. Never on the page, where it is not allowed.
    pub fn wait(&self, slot: Slot, value: i32, most: Micros) -> Waited {
        wait(&self.numbers, slot.index(), value, most)
    }

    /// Asks all lanes to stop, and wakes those who wait.
    pub fn stop(&self) {
        self.store(Slot::Stop, 1);
        self.call(Slot::Stop);
        for at in 0..Slot::BELLS {
            self.call(Slot::Bell(at));
            self.call(Slot::Woken(at));
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

/// New memory that can be shared and waited on, as small as can be.
///
/// # Errors
/// The browser has no room for it.
pub fn shared_memory() -> Result<WebAssembly::Memory, JsValue> {
    let descriptor = Object::new();
    for (name, value) in [("initial", 1.into()), ("maximum", 1.into()), ("shared", true.into())] {
        Reflect::set(&descriptor, &name.into(), &value)?;
    }
    WebAssembly::Memory::new(&descriptor)
}
