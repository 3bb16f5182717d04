//! The prediction from outside: golden traces, exact facts, and properties of generated workloads.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod asked;
mod explained;
mod facts;
mod generated;
mod golden;
mod jitter;
mod lives;
mod order;
mod properties;
mod rules;
mod schedules;
