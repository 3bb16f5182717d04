//! What a mode would hold of the page's own thread, and what is done about too much of it: the rule that
//! `docs/interface.md` gives (Running, On the page). Not who holds the thread, nor for how long it came out.

use super::{Micros, Mode, Pace, Place, Settings, Workload, duration_words};

/// A stretch longer than this doesn't hold the page, unless the reader asked for that.
const LONG: Micros = Micros(2_000_000);
/// The longest stretch that may hold the page, whatever was asked for or predicted.
pub const LONGEST_ON_PAGE: Micros = Micros(10_000_000);

/// Where a mode runs, and for how long at a stretch it holds the page there, or would.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnPage {
    /// In workers, as always.
    No,
    /// On the page.
    Yes(Micros),
    /// In a worker, since it would hold the page for too long.
    Moved(Micros),
    /// Nowhere: it was asked to run on the page, and would hold it for far too long.
    Refused(Micros),
}

impl OnPage {
    /// Where a mode runs, on a machine of this pace.
    #[must_use]
    pub fn of(mode: Mode, workload: &Workload, settings: &Settings, pace: &Pace) -> Self {
        if !settings.is_on_page(mode) {
            return Self::No;
        }
        let hold = if mode == Mode::Sync { workload.total(pace) } else { workload.longest_hold(pace) };
        match settings.place {
            Place::Split if hold > LONG => Self::Moved(hold),
            Place::Page if hold > LONGEST_ON_PAGE => Self::Refused(hold),
            _ => Self::Yes(hold),
        }
    }
}

/// A predicted time in words, to tenths of a second.
#[must_use]
pub fn about(time: Micros) -> String {
    format!("about {}", duration_words(Micros((time.0 + 50_000) / 100_000 * 100_000)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::{Step, Steps};

    fn on_page(mode: Mode, place: Place, block: &str) -> OnPage {
        let steps = Steps::new(vec![Step::parse("block", block).unwrap()]).unwrap();
        let workload = Workload { steps, ..Workload::default() };
        OnPage::of(mode, &workload, &Settings { place, ..Settings::default() }, &Pace::default())
    }

    #[test]
    fn what_holds_the_page_for_long_goes_elsewhere_unless_it_was_asked_for() {
        assert_eq!(on_page(Mode::Async, Place::Split, "2s"), OnPage::Yes(Micros(2_000_000)));
        assert_eq!(on_page(Mode::Async, Place::Split, "2.1s"), OnPage::Moved(Micros(2_100_000)));
        assert_eq!(on_page(Mode::Async, Place::Page, "10s"), OnPage::Yes(Micros(10_000_000)));
        assert_eq!(on_page(Mode::Async, Place::Page, "11s"), OnPage::Refused(Micros(11_000_000)));
        assert_eq!(on_page(Mode::Async, Place::Worker, "11s"), OnPage::No);
    }

    #[test]
    fn sync_holds_the_page_from_its_first_task_to_its_last() {
        assert_eq!(on_page(Mode::Sync, Place::Page, "1s"), OnPage::Yes(Micros(3_000_000)));
        assert_eq!(on_page(Mode::Sync, Place::Split, "1s"), OnPage::No);
        assert_eq!(on_page(Mode::Threads, Place::Page, "1s"), OnPage::No);
    }
}
