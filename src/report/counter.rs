//! The shared counter in words: what it came to, and what became of the rest.

use crate::trace::{Counter, Outcome, Record};
use crate::workload::{Mode, grouped};

/// What the counter came to, of what it should have: `1,243,118 of 2,000,000`.
#[must_use]
pub fn counted(Counter { expected, actual }: Counter) -> String {
    format!("{} of {}", grouped(actual), grouped(expected))
}

/// What the counter of a run came to, and why, in a sentence without a full stop; none if the run has none.
#[must_use]
pub fn counter_words(record: &Record) -> Option<String> {
    let counter = record.counter?;
    let told = counted(counter);
    let lost = counter.expected.saturating_sub(counter.actual);
    Some(match (&record.outcome, record.mode, lost) {
        // Not all was added that should have been.
        (Outcome::Cancelled(_) | Outcome::Failed(_) | Outcome::Unavailable(_), ..) => told,
        (Outcome::Finished, _, 0) => format!("{told}: none lost"),
        (Outcome::Finished, Mode::Processes, _) => format!("{told}: each process counted in its own memory"),
        (Outcome::Finished, _, 1) => format!("{told}: 1 update lost"),
        (Outcome::Finished, _, lost) => format!("{told}: {} updates lost", grouped(lost)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::Cut;

    fn words(mode: Mode, outcome: Outcome, actual: u64) -> Option<String> {
        let counter = Some(Counter { expected: 2_000_000, actual });
        counter_words(&Record { counter, ..Record::without_run(mode, outcome) })
    }

    #[test]
    fn what_became_of_all_additions_is_told() {
        let finished = |mode, actual| words(mode, Outcome::Finished, actual).unwrap();
        assert_eq!(finished(Mode::FreeThreads, 1_243_118), "1,243,118 of 2,000,000: 756,882 updates lost");
        assert_eq!(finished(Mode::FreeThreads, 1_999_999), "1,999,999 of 2,000,000: 1 update lost");
        assert_eq!(finished(Mode::Threads, 2_000_000), "2,000,000 of 2,000,000: none lost");
        assert_eq!(finished(Mode::Processes, 0), "0 of 2,000,000: each process counted in its own memory");
    }

    #[test]
    fn what_was_never_added_is_not_lost() {
        let stopped = Outcome::Cancelled(Cut::Stopped);
        assert_eq!(words(Mode::FreeThreads, stopped, 7).as_deref(), Some("7 of 2,000,000"));
        let failed = Outcome::Failed("Task 1 failed: Boom.".to_owned());
        assert_eq!(words(Mode::Processes, failed, 0).as_deref(), Some("0 of 2,000,000"));
        assert_eq!(counter_words(&Record::without_run(Mode::Sync, Outcome::Finished)), None);
    }
}
