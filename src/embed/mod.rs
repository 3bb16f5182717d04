//! Interleave in another page: the messages between the two.
//!
//! The messages are pure. Who listens for them and answers needs a browser, and is compiled for wasm32 alone.

#[cfg(target_arch = "wasm32")]
pub mod listener;
pub mod message;
