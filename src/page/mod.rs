//! The page: its state, and the yew components that show it.
//!
//! The state and its reducer are pure and compiled natively too; all else here needs a browser.

pub mod state;
