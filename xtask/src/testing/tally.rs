//! Counts tests by what test programs print of themselves, and shows that output as it comes.

use crate::process::{self, Outcome};
use std::io::{self, BufRead, BufReader, Read, Write, stderr, stdout};
use std::ops::AddAssign;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How many tests passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many passed.
    pub passed: u32,
    /// How many failed.
    pub failed: u32,
}

impl Tally {
    /// One check that passed, or failed.
    pub fn check(good: bool) -> Self {
        Self { passed: u32::from(good), failed: u32::from(!good) }
    }

    /// How many there were.
    pub fn total(self) -> u32 {
        self.passed + self.failed
    }

    /// What a line says, if it is the closing line of a test program:
    /// `test result: ok. 4 passed; 0 failed; …`
    fn of_line(line: &str) -> Option<Self> {
        let (_, counts) = line.split_once("test result: ")?;
        let count = |what: &str| {
            let (before, _) = counts.split_once(what)?;
            before.split_whitespace().next_back()?.parse().ok()
        };
        Some(Self { passed: count(" passed")?, failed: count(" failed")? })
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Runs a command that tests, shows what it prints, and counts. A command that failed without a failing
/// test (it did not compile, or it hung) counts as one failed test.
pub fn run(command: &mut Command, limit: Duration) -> io::Result<(Tally, Outcome)> {
    let mut running = process::spawn(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    let (out, err) = (running.child.stdout.take(), running.child.stderr.take());
    let tally = Mutex::new(Tally::default());
    let outcome = thread::scope(|scope| {
        scope.spawn(|| out.map(|pipe| pass_on(pipe, stdout(), &tally)));
        scope.spawn(|| err.map(|pipe| pass_on(pipe, stderr(), &tally)));
        running.wait(limit, || ())
    })?;
    let mut tally = tally.into_inner().unwrap_or_else(PoisonError::into_inner);
    if !outcome.success() && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok((tally, outcome))
}

/// Hands a pipe on line by line until its end.
fn pass_on(pipe: impl Read, mut to: impl Write, tally: &Mutex<Tally>) {
    let mut pipe = BufReader::new(pipe);
    let mut line = Vec::new();
    while pipe.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        // Whoever listened may be gone; the tests are still to be counted.
        let _ = to.write_all(&line).and_then(|()| to.flush());
        if let Some(counts) = Tally::of_line(&String::from_utf8_lossy(&line)) {
            *tally.lock().unwrap_or_else(PoisonError::into_inner) += counts;
        }
        line.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closing_line_is_counted() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out";
        assert_eq!(Tally::of_line(line), Some(Tally { passed: 12, failed: 3 }));
    }

    #[test]
    fn colours_do_no_harm() {
        let line = "test result: \u{1b}[32mok\u{1b}[0m. 2 passed; 0 failed; 0 ignored";
        assert_eq!(Tally::of_line(line), Some(Tally { passed: 2, failed: 0 }));
    }

    #[test]
    fn other_lines_are_not() {
        assert_eq!(Tally::of_line("test link::reads … ok"), None);
        assert_eq!(Tally::of_line("test result: gone"), None);
    }

    #[test]
    fn a_command_that_fails_without_a_test_is_one_failure() {
        let (tally, outcome) = run(&mut Command::new("false"), Duration::from_secs(10)).unwrap();
        assert_eq!(tally, Tally { passed: 0, failed: 1 });
        assert!(!outcome.success());
    }

    #[test]
    fn a_command_that_hangs_is_ended() {
        let hang = Duration::from_millis(200);
        let (tally, outcome) = run(Command::new("sleep").arg("60"), hang).unwrap();
        assert_eq!((tally.failed, outcome), (1, Outcome::TimedOut));
    }
}
