//! The end-to-end tests, a file for each thing that a reader or an embedding page does.
//!
//! One program, since its tests share one browser: to start one takes a second or ten.

mod accessibility;
mod any_static_host;
mod asking_for_a_machine;
mod bad_input;
mod broken_workers;
mod certain_order;
mod code;
mod comparing;
mod embedding;
mod explaining;
mod guessing;
mod holding_the_page;
mod isolation;
mod keyboard;
mod large_predictions;
mod links;
mod many_runs;
mod output;
mod presets;
mod replay;
mod running;
mod sandboxed;
mod sharing;
mod stopping;
mod sweep;
mod timeline;
mod without_wasm;
