//! Real runs: the browser's hosts, one file a mode, and what they stand on.
//!
//! ```text
//! page ─ start ─▶ stage (one mode) ─▶ crew (its lanes) ─▶ lane ─▶ host ─▶ hold, turn, gil, clock
//!      ◀─ News ──      ◀─ inbox: what the lanes say, ticks, a stop, a skip ──  recorder ─┘
//! ```
//!
//! It is told what to run and tells what happened; it knows of no page, link or prediction. The plan, the protocol, the
//! speed, which tasks a lane gets, who gets a token next, and what two messages tell of a clock are pure; all else needs a
//! browser and is compiled for wasm32 alone.

pub mod ahead;
pub mod dealer;
mod plan;
pub mod protocol;
mod speed;
pub mod wishes;

pub use plan::{NOTHING_SHARED, News, Plan};
pub use speed::{Known, Speed};

cfg_if::cfg_if! {
    if #[cfg(target_arch = "wasm32")] {
        mod blocking;
        mod board;
        mod browser;
        mod calibrate;
        mod clock;
        mod company;
        mod counter;
        mod crew;
        mod environment;
        mod event_loop;
        mod frames;
        mod gil;
        mod hold;
        mod inbox;
        mod kit;
        mod lane;
        mod locks;
        mod measure;
        mod neighbours;
        mod offload;
        mod page_lane;
        mod place;
        mod pool;
        mod processes;
        mod recorder;
        mod screen;
        mod spawn;
        mod stage;
        mod sync;
        mod threads;
        mod turn;
        mod worker;

        pub use browser::{Handle, lanes_from_pool, start};
        pub use calibrate::calibrate;
        pub use environment::Environment;
        pub use neighbours::{Pledge, measure_alone};
        pub use pool::{fetch_ahead, warm_up};
        pub use screen::is_on_screen;
        pub use turn::turn;
        pub use worker::lane_main;
    }
}
