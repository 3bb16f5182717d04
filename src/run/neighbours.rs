//! Other frames and tabs of this page, as in an article that embeds several: they share the machine. To measure it in one
//! while another runs would disturb the run, and tell of a slower machine.
//!
//! So all that run hold a Web Lock together, and who measures holds it alone, or doesn't measure now. A run doesn't wait
//! for it: one that begins while another frame measures is beside that for half a second. Where locks are refused, as in
//! a sandbox, nobody hears of others.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::JsFuture;

use super::locks::{request_lock, whether_or_not};

/// The lock's name, shared by all of an origin.
const MACHINE: &str = "interleave-machine";

/// Holds the machine together with all others that run.
pub fn run_beside_others() -> Pledge {
    let pledge = Pledge::new();
    let until = pledge.promise.clone();
    whether_or_not(ask("mode", &"shared".into(), |_| until));
    pledge
}

/// Holds the machine alone; none if others run or measure.
pub async fn measure_alone() -> Option<Pledge> {
    let (pledge, answer) = (Pledge::new(), Pledge::new());
    let (until, answered) = (pledge.promise.clone(), answer.promise.clone());
    let is_taken = Rc::new(Cell::new(false));
    let told = Rc::clone(&is_taken);
    let asked = ask("ifAvailable", &true.into(), move |lock| {
        told.set(lock.is_null());
        drop(answer);
        if lock.is_null() { Promise::resolve(&lock) } else { until }
    });
    if let Ok(refused) = asked {
        drop(JsFuture::from(Promise::race(&Array::of2(&answered, &refused))).await);
    }
    (!is_taken.get()).then_some(pledge)
}

/// Asks for the machine, with an option; calls back with the lock, or with null.
fn ask(option: &str, value: &JsValue, granted: impl FnOnce(JsValue) -> Promise + 'static) -> Result<Promise, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &option.into(), value)?;
    request_lock(MACHINE, &options, &Closure::once_into_js(granted))
}

/// A promise that is kept once this is dropped: until then the lock is held that it was given for.
pub struct Pledge {
    promise: Promise,
    keep: Option<Function>,
}

impl Pledge {
    fn new() -> Self {
        let mut keep = None;
        let promise = Promise::new(&mut |resolve, _| keep = Some(resolve));
        Self { promise, keep }
    }
}

impl Drop for Pledge {
    fn drop(&mut self) {
        if let Some(keep) = &self.keep {
            let _ = keep.call0(&JsValue::NULL);
        }
    }
}
