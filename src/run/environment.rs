//! What this browser is and can do.

use js_sys::{Reflect, global};
use web_sys::window;

use super::clock;

/// What this browser is and can do.
#[derive(Clone, Debug, PartialEq)]
pub struct Environment {
    /// How it names itself.
    pub user_agent: String,
    /// How many cores it says there are; at least 1.
    pub cores: u32,
    /// Whether memory can be shared with workers.
    pub is_isolated: bool,
    /// The finest step of its clock, in milliseconds.
    pub clock_resolution_ms: Option<f64>,
}

impl Environment {
    /// Asks the browser. Reads the clock for some ten milliseconds: ask once.
    #[must_use]
    pub fn of_this_browser() -> Self {
        let navigator = window().map(|window| window.navigator());
        Self {
            user_agent: navigator.and_then(|navigator| navigator.user_agent().ok()).unwrap_or_default(),
            cores: cores(),
            is_isolated: is_isolated(),
            clock_resolution_ms: clock::resolution(),
        }
    }
}

/// How many cores the browser says there are; at least 1.
pub fn cores() -> u32 {
    window().map_or(1, |window| window.navigator().hardware_concurrency() as u32).max(1)
}

/// Whether memory can be shared with workers. There is one sign of that, and it holds in every browser.
pub fn is_isolated() -> bool {
    Reflect::get(&global(), &"crossOriginIsolated".into()).is_ok_and(|value| value.is_truthy())
}
