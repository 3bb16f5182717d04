//! How often a running mode is drawn: as often as there is news, but for at most a tenth of the time; and for at most a
//! hundredth where tasks hold the page, since they wait meanwhile: that much of what is measured would be the drawing's,
//! and as much again what the browser makes of it, lays out and paints.
//!
//! What drawing takes is known from before, and paid beforehand: a run that is over sooner is drawn once it is.

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
    /// So many times as long as it takes to draw is nothing drawn before.
    const fn rest(self) -> f64 {
        match self {
            Self::Others => 9.0,
            Self::Holders => 99.0,
        }
    }
}

/// Of what drawing took once, so much is expected the next time at least: one picture has more in it than another.
const EXPECTED: f64 = 0.75;

/// Lets news through if the last has been drawn, and many times as long has passed as the next will take. So a run that
/// the page can hardly draw is drawn seldom, and goes on undisturbed. Times are milliseconds.
#[derive(Default)]
pub struct Throttle {
    /// When drawing of what was let through last began, until it is on the page.
    begun: Cell<Option<f64>>,
    /// When the last that was let through had been drawn, or the mode began.
    ended: Cell<f64>,
    /// How long drawing takes.
    takes: Cell<f64>,
}

impl Throttle {
    /// A mode begins: nothing of it has been drawn.
    pub fn begin(&self) {
        self.begun.set(None);
        self.ended.set(now());
        drawn_for();
    }

    /// Whether news may be shown now.
    pub fn lets_through(&self, beside: Beside) -> bool {
        let now = now();
        self.takes.set(self.takes.get() + drawn_for());
        let free = self.begun.get().is_none() && now >= self.ended.get() + beside.rest() * self.takes.get();
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
            self.takes.set((now - begun).max(EXPECTED * self.takes.get()));
        }
    }
}
