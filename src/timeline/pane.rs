//! A long list that is seen through a low box: which of its rows are there, and where. Not what is in them.
//!
//! Browsers lay out nothing higher than some ten million pixels. So a list that would be higher is laid out lower, and
//! what is in the box is drawn so far from where it would be:
//!
//! ```text
//! rows       0 │ 1 │ … │ 4,711 │ 4,712 │ …            a box on row 4,711
//! laid out   ├──────────┤ box ├──────────┤            the part of it that is scrolled past
//!                       └ ahead: what the rows before it would take more
//! ```
//! Short ways are gone pixel by pixel all the same, and long ones, as by the scroll bar, in proportion.

use std::ops::Range;

/// The most pixels that are laid out: Firefox stops at 17.8 million, Chromium at 33.5 million of the device's, of which
/// there are up to four in one of CSS.
const MOST: f64 = 8_000_000.0;
/// So many rows are there beyond each edge of the box, for who scrolls on.
const BEYOND: usize = 3;

/// A list and its box. Lengths are CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pane {
    /// How many rows there are.
    pub rows: usize,
    /// How high each of them is.
    pub pitch: f64,
    /// How high the box is.
    pub height: f64,
}

/// Where the box is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scrolled {
    /// How much of what is laid out is above it.
    pub past: f64,
    /// How much further down in the list it is than that.
    pub ahead: f64,
}

impl Pane {
    /// How high the list is laid out.
    #[must_use]
    pub fn laid_out(&self) -> f64 {
        self.whole().min(MOST)
    }

    fn whole(&self) -> f64 {
        self.rows as f64 * self.pitch
    }

    /// How much the list is longer than it is laid out.
    fn excess(&self) -> f64 {
        self.whole() - self.laid_out()
    }

    /// How far it can be scrolled.
    fn furthest(&self) -> f64 {
        (self.laid_out() - self.height).max(0.0)
    }

    /// Where the box is once the browser has scrolled so far.
    #[must_use]
    pub fn scrolled(&self, before: Scrolled, past: f64) -> Scrolled {
        let (furthest, excess) = (self.furthest(), self.excess());
        let ahead = if past <= 0.0 {
            0.0
        } else if past >= furthest - 1.0 {
            excess
        } else if (past - before.past).abs() <= self.height {
            before.ahead.min(excess)
        } else {
            excess * past / furthest
        };
        Scrolled { past, ahead }
    }

    /// Where the box must be to have this row in its middle, as far as the list goes; none: all of the row is in it.
    #[must_use]
    pub fn showing(&self, now: Scrolled, row: usize) -> Option<Scrolled> {
        let (top, furthest) = (row as f64 * self.pitch, self.furthest());
        let from = now.past + now.ahead;
        if top >= from && top + self.pitch <= from + self.height {
            return None;
        }
        let most = (self.whole() - self.height).max(0.0);
        let from = (top - (self.height - self.pitch) / 2.0).clamp(0.0, most);
        let past = if most > 0.0 { from * furthest / most } else { 0.0 };
        // Browsers scroll by whole pixels.
        let past = past.round();
        Some(Scrolled { past, ahead: from - past })
    }

    /// The rows that are there.
    #[must_use]
    pub fn rows(&self, at: Scrolled) -> Range<usize> {
        if self.pitch <= 0.0 {
            return 0..0;
        }
        let from = at.past + at.ahead.min(self.excess());
        let first = ((from / self.pitch) as usize).min(self.rows).saturating_sub(BEYOND);
        let last = ((from + self.height) / self.pitch).ceil() as usize + BEYOND;
        first..last.min(self.rows)
    }

    /// Where a row is laid out, from the top of the list.
    #[must_use]
    pub fn top(&self, row: usize, at: Scrolled) -> f64 {
        row as f64 * self.pitch - at.ahead.min(self.excess())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BOX: f64 = 168.0;

    fn pane(rows: usize) -> Pane {
        Pane { rows, pitch: 28.0, height: BOX }
    }

    /// The row at the top edge of the box, with the part of it that is past.
    fn at_top(pane: &Pane, at: Scrolled) -> f64 {
        let first = pane.rows(at).start;
        first as f64 + (at.past - pane.top(first, at)) / pane.pitch
    }

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-6
    }

    #[test]
    fn what_the_box_shows_is_there_and_little_more() {
        let few = pane(4);
        assert_eq!((few.rows(Scrolled::default()), few.laid_out() as u32), (0..4, 112));
        let many = pane(1000);
        assert_eq!(many.rows(Scrolled::default()), 0..9);
        let at = many.scrolled(Scrolled::default(), 2800.0 + 14.0);
        assert_eq!((many.rows(at), many.top(97, at) as u32), (97..110, 2716));
        let end = many.scrolled(at, 28_000.0 - BOX);
        assert_eq!(many.rows(end), 991..1000);
        assert_eq!(Pane::default().rows(at), 0..0);
    }

    #[test]
    fn a_list_that_no_browser_lays_out_goes_to_its_end_and_its_rows_one_by_one() {
        let huge = pane(4_000_000);
        assert!(near(huge.laid_out(), MOST));
        let half = huge.scrolled(Scrolled::default(), (MOST - BOX) / 2.0);
        assert!(near(at_top(&huge, half), 2_000_000.0 - 3.0), "{}", at_top(&huge, half));
        let on = huge.scrolled(half, half.past + 28.0);
        assert!(near(at_top(&huge, on), 2_000_000.0 - 2.0), "a short way is gone row by row");
        let end = huge.scrolled(on, MOST - BOX);
        assert_eq!((huge.rows(end).end, near(at_top(&huge, end), 4_000_000.0 - 6.0)), (4_000_000, true));
        assert_eq!(huge.rows(huge.scrolled(end, 0.0)), 0..9);
    }

    #[test]
    fn a_row_is_shown_in_the_middle_unless_it_is_in_the_box() {
        let many = pane(1000);
        let now = Scrolled::default();
        assert_eq!([0, 5].map(|row| many.showing(now, row)), [None; 2]);
        assert_eq!(many.showing(now, 500).map(|at| (at.past as u32, at.ahead as u32)), Some((13_930, 0)));
        assert_eq!(many.showing(now, 999).map(|at| at.past as u32), Some(28_000 - 168));
        assert_eq!(pane(3).showing(now, 2), None);
    }

    proptest! {
        #[test]
        fn what_is_shown_is_in_the_box(rows in 1_usize..9_000_000, from in 0.0_f64..1.0, to in 0.0_f64..1.0) {
            let pane = pane(rows);
            let before = pane.scrolled(Scrolled::default(), (from * pane.furthest()).round());
            let row = ((rows - 1) as f64 * to) as usize;
            let shown = pane.showing(before, row).unwrap_or(before);
            prop_assert!(pane.rows(shown).contains(&row));
            prop_assert!(shown.past >= 0.0 && shown.past <= pane.furthest() + 0.5, "{shown:?}");
            let (top, edge) = (pane.top(row, shown), shown.past);
            prop_assert!(top >= edge - 1.0 && top + pane.pitch <= edge + BOX + 1.0, "{top} {edge}");
            // And the browser, once it has scrolled there, leaves it there.
            let told = pane.scrolled(shown, shown.past);
            prop_assert!(pane.rows(told).contains(&row), "{shown:?} {told:?}");
        }
    }
}
