//! The entry of the workers' own wasm: lanes without the page, so that a worker starts fast. Only what the exported
//! `lane_main` needs is linked.

fn main() {}

/// Called by what boots a worker (`run/worker.js`).
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn lane_main() {
    interleave::run::lane_main();
}
