//! Interleave in another page: the code that puts it there, and the messages between the two.
//!
//! Both are pure. Who listens for them and answers needs a browser, and is compiled for wasm32 alone.

pub mod code;
#[cfg(target_arch = "wasm32")]
pub mod listener;
pub mod message;
