//! The sum of all layers: a table, and the line that closes a run.

use super::tally::Tally;
use crate::progress::in_words;
use std::fmt;
use std::time::Duration;

/// The rows of the table, in the order in which they ran.
#[derive(Debug, Default)]
pub struct Summary {
    rows: Vec<Row>,
}

/// One part of a layer.
#[derive(Debug)]
struct Row {
    layer: &'static str,
    part: String,
    tally: Tally,
    time: Duration,
}

impl Summary {
    /// Adds what one part of a layer came to.
    pub fn add(&mut self, layer: &'static str, part: &str, tally: Tally, time: Duration) {
        self.rows.push(Row { layer, part: part.to_owned(), tally, time });
    }

    /// Whether something ran and nothing failed.
    pub fn is_good(&self) -> bool {
        let sum = self.sum();
        sum.passed > 0 && sum.failed == 0
    }

    fn sum(&self) -> Tally {
        let mut sum = Tally::default();
        for row in &self.rows {
            sum += row.tally;
        }
        sum
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<8} {:<22} {:>7} {:>7} {:>13}", "layer", "part", "passed", "failed", "time")?;
        for Row { layer, part, tally, time } in &self.rows {
            let Tally { passed, failed } = tally;
            writeln!(f, "{layer:<8} {part:<22} {passed:>7} {failed:>7} {:>13}", in_words(*time))?;
        }
        let Tally { passed, failed } = self.sum();
        write!(f, "\n{passed} passed, {failed} failed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_the_sum() {
        let mut summary = Summary::default();
        summary.add("fmt", "", Tally::check(true), Duration::from_secs(1));
        summary.add("web", "firefox, isolated", Tally { passed: 4, failed: 2 }, Duration::from_secs(75));
        assert_eq!(summary.to_string().lines().next_back(), Some("5 passed, 2 failed"));
        assert!(!summary.is_good());
    }

    #[test]
    fn nothing_run_is_not_good() {
        assert!(!Summary::default().is_good());
    }
}
