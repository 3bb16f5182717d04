//! The counter that steps add to, and the lock that `add-locked` takes for each addition.
//!
//! An addition is a read and a write, as `counter += 1` is in Python; what others write in between is lost. Between the two
//! lies a little work, as an interpreter has there: with it an addition takes about as long as in Python. Without it, a
//! million take half a millisecond, which is over before another lane has begun.
//!
//! Lanes have no wasm memory in common. So additions are a small wasm of their own (`counter.wat`), which is given the
//! memory that the counter stands in: what lanes share, or else the lane's own.
//!
//! The lock is the second of Ulrich Drepper's "Futexes Are Tricky" (<https://www.akkadia.org/drepper/futex.pdf>), which
//! looks for a while before it waits. Between two looks it pauses, as T. E. Anderson found ("The Performance of Spin Lock
//! Alternatives for Shared-Memory Multiprocessors", IEEE TPDS 1(1), 1990): else looking holds up who has the lock.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use js_sys::{BigUint64Array, Object, Reflect, Uint8Array, WebAssembly};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue, memory, throw_val};

use super::board::{Board, COUNTER_BYTES, SPARE, Slot};

#[wasm_bindgen]
extern "C" {
    /// What `counter.wat` exports.
    #[derive(Clone)]
    type Adder;

    #[wasm_bindgen(method)]
    fn add(this: &Adder, at: u32, times: u32);

    #[wasm_bindgen(method)]
    fn add_locked(this: &Adder, at: u32, times: u32) -> u32;
}

/// The module for a lane's own memory, and that for shared memory.
const OWN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/counter-own.wasm"));
const SHARED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/counter-shared.wasm"));

/// Room for a counter of one's own, in its first place. Only `counter.wat` writes it.
type Room = [Cell<u64>; COUNTER_BYTES as usize / 8];

thread_local! {
    /// What additions were compiled to: the compiler does better after a while, and what it did goes with the module.
    static MODULES: RefCell<Vec<(&'static [u8], WebAssembly::Module)>> = const { RefCell::new(Vec::new()) };
}

/// A counter, shared with other lanes or one's own.
#[derive(Clone)]
pub struct Counter {
    seat: Seat,
    adder: Rc<OnceCell<Adder>>,
}

/// Where a counter stands.
#[derive(Clone)]
enum Seat {
    /// In the memory of this wasm.
    Own(Rc<Room>),
    /// In memory that lanes share, at this byte.
    Shared(WebAssembly::Memory, u32),
}

impl Counter {
    /// The counter of all lanes that have this board.
    pub fn shared(board: &Board) -> Self {
        Self::at(Seat::Shared(board.counters().clone(), board.load(Slot::CounterAt).cast_unsigned()))
    }

    /// A counter that no other lane has.
    pub fn of_ones_own() -> Self {
        Self::at(Seat::Own(Rc::default()))
    }

    /// One of the same kind that nobody has an eye on.
    pub fn spare(&self) -> Self {
        match &self.seat {
            Seat::Own(_) => Self::of_ones_own(),
            Seat::Shared(memory, _) => Self::at(Seat::Shared(memory.clone(), SPARE)),
        }
    }

    fn at(seat: Seat) -> Self {
        Self { seat, adder: Rc::default() }
    }

    /// What it has come to.
    pub fn value(&self) -> u64 {
        match &self.seat {
            // Not by JavaScript: to hold a view of this memory can make it grow, and then the view is of nothing.
            Seat::Own(room) => room.first().map_or(0, Cell::get),
            Seat::Shared(memory, at) => BigUint64Array::new(&memory.buffer()).get_index(at / 8),
        }
    }

    /// Adds 1 so many times.
    pub fn add(&self, times: u64) {
        if times > 0 {
            self.adder().add(self.seat.at(), times as u32);
        }
    }

    /// Adds 1 so many times, each under the lock; how often, which is less where another lane doesn't let go of it.
    pub fn add_locked(&self, times: u64) -> u64 {
        if times == 0 { 0 } else { times - u64::from(self.adder().add_locked(self.seat.at(), times as u32)) }
    }

    fn adder(&self) -> &Adder {
        // Where this wasm runs, that runs too.
        self.adder.get_or_init(|| self.seat.adder().unwrap_or_else(|error| throw_val(error)))
    }
}

impl Seat {
    fn memory(&self) -> WebAssembly::Memory {
        match self {
            Self::Own(_) => memory().unchecked_into(),
            Self::Shared(memory, _) => memory.clone(),
        }
    }

    fn at(&self) -> u32 {
        match self {
            Self::Own(room) => room.as_ptr().expose_provenance() as u32,
            Self::Shared(_, at) => *at,
        }
    }

    /// What adds here.
    fn adder(&self) -> Result<Adder, JsValue> {
        let bytes = match self {
            Self::Own(_) => OWN,
            Self::Shared(..) => SHARED,
        };
        let (imports, own) = (Object::new(), Object::new());
        Reflect::set(&own, &"memory".into(), &self.memory())?;
        Reflect::set(&imports, &"counter".into(), &own)?;
        Ok(WebAssembly::Instance::new(&module(bytes)?, &imports)?.exports().unchecked_into())
    }
}

/// Compiled, once in each thread.
fn module(bytes: &'static [u8]) -> Result<WebAssembly::Module, JsValue> {
    let compiled = MODULES.with_borrow(|all| all.iter().find(|(of, _)| *of == bytes).map(|(_, module)| module.clone()));
    if let Some(module) = compiled {
        return Ok(module);
    }
    let module = WebAssembly::Module::new(&Uint8Array::from(bytes))?;
    MODULES.with_borrow_mut(|all| all.push((bytes, module.clone())));
    Ok(module)
}
