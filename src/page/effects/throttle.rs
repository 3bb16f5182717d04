//! How often a running mode is drawn: as often as there is news, but for at most a tenth of the time.

use std::cell::Cell;

use super::frame::drawn_for;
use crate::page::browser::now;

/// Lets news through if the last has been drawn, and nine times as long has passed as that took. So a run that the
/// page can hardly draw is drawn seldom, and goes on undisturbed.
#[derive(Default)]
pub struct Throttle {
    begun: Cell<Option<f64>>,
    next: Cell<f64>,
}

/// So many times as long as it took to draw.
const REST: f64 = 9.0;

impl Throttle {
    /// Whether news may be shown now.
    pub fn lets_through(&self) -> bool {
        let now = now();
        self.next.set(self.next.get() + REST * drawn_for());
        let free = self.begun.get().is_none() && now >= self.next.get();
        if free {
            self.begun.set(Some(now));
        }
        free
    }

    /// The news that was let through is on the page.
    pub fn rendered(&self) {
        if let Some(begun) = self.begun.take() {
            let now = now();
            self.next.set(now + REST * (now - begun));
        }
    }
}
