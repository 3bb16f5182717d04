//! What a panic does: it is shown on the page, with a way on, instead of leaving a dead page behind.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// In `static/boot.js`, which is there even when nothing of this works any more.
    #[wasm_bindgen(js_name = interleaveCrashed, catch)]
    fn interleave_crashed(said: &str) -> Result<(), wasm_bindgen::JsValue>;
}

/// From now on a panic is told to the console and shown on the page.
pub fn show_panics() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        // Nothing more can be done where even that fails.
        let _ = interleave_crashed(&info.to_string());
    }));
}
