//! How exact the times of runs are, in words.

use super::figures::Scale;
use crate::workload::Micros;

/// The clock's steps, in milliseconds, and how far the workers' clocks can be from the page's, where that is known: in
/// a sentence; none where the steps could not be told.
#[must_use]
pub fn clock_words(steps_ms: Option<f64>, workers: Option<Micros>) -> Option<String> {
    // To a microsecond, with no more decimals than that takes.
    let steps = (steps_ms? * 1000.0).round() / 1000.0;
    // No clock is closer than it is said to be.
    let workers = workers.map(|error| Scale::Milliseconds.write(Micros(error.0.next_multiple_of(100))));
    let workers = workers.map(|within| format!("; workers’ clocks are within {within} of the page’s"));
    Some(format!("The clock goes in steps of {steps} ms{}.", workers.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_and_errors_are_told_where_they_are_known() {
        let told = |steps, workers: Option<u64>| clock_words(Some(steps), workers.map(Micros)).unwrap();
        assert_eq!(told(0.005_000_1, None), "The clock goes in steps of 0.005 ms.");
        assert_eq!(told(0.1, None), "The clock goes in steps of 0.1 ms.");
        let both = "The clock goes in steps of 1 ms; workers’ clocks are within 0.3 ms of the page’s.";
        assert_eq!(told(1.0, Some(201)), both);
        assert_eq!(clock_words(None, Some(Micros(5))), None);
    }
}
