//! The browser's Web Locks (<https://w3c.github.io/web-locks/>): of all pages of an origin, one has a lock, or several share
//! it. Not every page may use them, as in a sandbox.

use js_sys::{Object, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::{JsFuture, spawn_local};

#[wasm_bindgen]
extern "C" {
    /// Calls back with a lock once it is free, or with null where it is to be free at once and isn't. What that gives is
    /// waited for, and then the lock is free again. The promise is broken where locks are refused.
    #[wasm_bindgen(js_namespace = ["navigator", "locks"], js_name = request, catch)]
    pub fn request_lock(name: &str, options: &Object, granted: &JsValue) -> Result<Promise, JsValue>;
}

/// All goes on where the lock is refused: nobody needs to hear of it.
pub fn whether_or_not(asked: Result<Promise, JsValue>) {
    if let Ok(refused) = asked {
        spawn_local(async { drop(JsFuture::from(refused).await) });
    }
}
