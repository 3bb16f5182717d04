//! Interleave runs one small workload synchronously, on an event loop, in threads and in processes, and shows in
//! what order each printed and how long each took.
//!
//! The rooms, and who may know whom, are in `docs/architecture.md`. The rooms that need a browser are compiled for
//! wasm32 alone, so a native build proves all others pure.

pub mod code;
pub mod embed;
pub mod explain;
pub mod interpreter;
pub mod link;
pub mod page;
pub mod predict;
pub mod report;
pub mod timeline;
pub mod trace;
pub mod workload;

pub mod run;
