//! What runs in a browser alone: the modes as they really run, in page and workers, isolated or not, and the machine as it is
//! measured.
//!
//! Times are held to bounds that only a real fault can miss; how fast it is, the benchmarks say.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod calibrating;
mod ends;
mod order;
mod runs;
mod shared;

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

/// Workers boot with the tests' own wasm.
#[wasm_bindgen]
pub fn lane_main() {
    interleave::run::lane_main();
}
