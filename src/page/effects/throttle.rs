//! How often a running mode is drawn: as often as there is news, but for at most a tenth of the time; and for at most a
//! fiftieth where tasks hold the page, since they wait meanwhile: that much of what is measured would be the drawing's.

use std::cell::Cell;

use super::frame::drawn_for;
use crate::page::browser::now;

/// Whom drawing keeps from their work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Nobody for long: lanes in workers, or tasks that mostly wait.
    Others,
    /// Tasks that hold the page.
    Holders,
}

impl Beside {
    /// So many times as long as it took to draw is nothing drawn.
    const fn rest(self) -> f64 {
        match self {
            Self::Others => 9.0,
            Self::Holders => 49.0,
        }
    }
}

/// Lets news through if the last has been drawn, and many times as long has passed as that took. So a run that the
/// page can hardly draw is drawn seldom, and goes on undisturbed.
#[derive(Default)]
pub struct Throttle {
    begun: Cell<Option<f64>>,
    /// When the last that was let through had been drawn.
    ended: Cell<f64>,
    /// How long that took.
    took: Cell<f64>,
}

impl Throttle {
    /// Whether news may be shown now.
    pub fn lets_through(&self, beside: Beside) -> bool {
        let now = now();
        self.took.set(self.took.get() + drawn_for());
        let free = self.begun.get().is_none() && now >= self.ended.get() + beside.rest() * self.took.get();
        if free {
            self.begun.set(Some(now));
        }
        free
    }

    /// The news that was let through is on the page.
    pub fn rendered(&self) {
        if let Some(begun) = self.begun.take() {
            let now = now();
            self.ended.set(now);
            self.took.set(now - begun);
        }
    }
}
