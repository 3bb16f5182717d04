//! The entry of the workers' own wasm: lanes without the page, so that a worker starts fast. Its exported entry,
//! `lane_main`, is the library's; only what that needs is linked.

use interleave as _;

fn main() {}
