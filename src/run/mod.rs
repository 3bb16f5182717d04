//! Real runs: the browser's hosts, one file a mode, and what they stand on.
//!
//! ```text
//! page ─ start ─▶ stage (one mode) ─▶ crew (its lanes) ─▶ lane ─▶ host ─▶ hold, turn, gil, clock
//!      ◀─ News ──      ◀─ inbox: what the lanes say, ticks, a stop ──      recorder ─┘
//! ```
//!
//! It is told what to run and tells what happened; it knows of no page, link or prediction. All but the plan and the
//! protocol needs a browser and is compiled for wasm32 alone.

mod plan;
pub mod protocol;

#[cfg(target_arch = "wasm32")]
mod blocking;
#[cfg(target_arch = "wasm32")]
mod board;
#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod calibrate;
#[cfg(target_arch = "wasm32")]
mod clock;
#[cfg(target_arch = "wasm32")]
mod crew;
#[cfg(target_arch = "wasm32")]
mod environment;
#[cfg(target_arch = "wasm32")]
mod event_loop;
#[cfg(target_arch = "wasm32")]
mod frames;
#[cfg(target_arch = "wasm32")]
mod gil;
#[cfg(target_arch = "wasm32")]
mod hold;
#[cfg(target_arch = "wasm32")]
mod inbox;
#[cfg(target_arch = "wasm32")]
mod lane;
#[cfg(target_arch = "wasm32")]
mod place;
#[cfg(target_arch = "wasm32")]
mod pool;
#[cfg(target_arch = "wasm32")]
mod recorder;
#[cfg(target_arch = "wasm32")]
mod spawn;
#[cfg(target_arch = "wasm32")]
mod stage;
#[cfg(target_arch = "wasm32")]
mod threads;
#[cfg(target_arch = "wasm32")]
mod turn;
#[cfg(target_arch = "wasm32")]
mod worker;

pub use plan::{News, Plan};

#[cfg(target_arch = "wasm32")]
pub use {
    browser::{Handle, calibrate, start},
    environment::Environment,
    pool::warm_up,
};
