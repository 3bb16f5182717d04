//! Counts tests by what test programs print of themselves, and shows that output.
//!
//! Programs may run side by side, and yet nothing that they print is mixed: each is shown in its turn, as it comes,
//! after what it has printed by then.
//!
//! ```text
//! chromium ──lines──▶ shown as they come ──end
//! firefox  ──lines──▶ ············ kept ······▶ shown, then as they come ──end
//! ```

use crate::process::{self, Outcome};
use std::io::{self, BufRead, BufReader, Read, Write, stderr, stdout};
use std::ops::AddAssign;
use std::panic::resume_unwind;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

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

/// A command that tests, running.
#[derive(Debug)]
pub struct Tests {
    printed: Receiver<Line>,
    ended: JoinHandle<io::Result<(Outcome, Duration)>>,
}

/// What came of a command that tested.
#[derive(Debug)]
pub struct Ended {
    /// Its tests. If it failed without a failing test (it did not compile, or it hung), one has failed.
    pub tally: Tally,
    /// How it ended.
    pub outcome: Outcome,
    /// How long it took.
    pub time: Duration,
}

/// Something printed, with its line break.
#[derive(Debug)]
enum Line {
    Out(Vec<u8>),
    Err(Vec<u8>),
}

/// Starts a command that tests, and ends it if it takes longer than `limit`.
pub fn start(mut command: Command, limit: Duration) -> Tests {
    let (tell, printed) = channel();
    Tests { printed, ended: thread::spawn(move || run(&mut command, limit, &tell)) }
}

impl Tests {
    /// Shows what is printed until the end, and counts.
    ///
    /// # Errors
    /// If the command could not be started.
    pub fn show(self) -> io::Result<Ended> {
        let mut tally = Tally::default();
        for line in self.printed {
            // Whoever listened may be gone; the tests are still to be counted.
            let _ = line.show();
            tally += Tally::of_line(&String::from_utf8_lossy(line.bytes())).unwrap_or_default();
        }
        let (outcome, time) = self.ended.join().unwrap_or_else(|panic| resume_unwind(panic))?;
        if !outcome.success() && tally.failed == 0 {
            tally.failed = 1;
        }
        Ok(Ended { tally, outcome, time })
    }
}

impl Line {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Out(bytes) | Self::Err(bytes) => bytes,
        }
    }

    fn show(&self) -> io::Result<()> {
        match self {
            Self::Out(bytes) => stdout().write_all(bytes).and_then(|()| stdout().flush()),
            Self::Err(bytes) => stderr().write_all(bytes),
        }
    }
}

fn run(command: &mut Command, limit: Duration, tell: &Sender<Line>) -> io::Result<(Outcome, Duration)> {
    let start = Instant::now();
    let mut running = process::spawn(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    let (out, err) = (running.child.stdout.take(), running.child.stderr.take());
    let outcome = thread::scope(|scope| {
        scope.spawn(|| out.map(|pipe| read(pipe, |line| tell.send(Line::Out(line)))));
        scope.spawn(|| err.map(|pipe| read(pipe, |line| tell.send(Line::Err(line)))));
        running.wait(limit, || ())
    })?;
    Ok((outcome, start.elapsed()))
}

/// Reads a pipe line by line until its end, or until nobody wants to know.
fn read<E>(pipe: impl Read, tell: impl Fn(Vec<u8>) -> Result<(), E>) {
    let mut pipe = BufReader::new(pipe);
    let mut line = Vec::new();
    while pipe.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) && tell(std::mem::take(&mut line)).is_ok() {}
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

    fn shell(script: &str) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-c", script]);
        shell
    }

    #[test]
    fn a_command_that_fails_without_a_test_is_one_failure() {
        let ended = start(Command::new("false"), Duration::from_secs(10)).show().unwrap();
        assert_eq!(ended.tally, Tally { passed: 0, failed: 1 });
        assert!(!ended.outcome.success());
    }

    #[test]
    fn a_command_that_hangs_is_ended() {
        let ended = start(shell("sleep 60"), Duration::from_millis(200)).show().unwrap();
        assert_eq!((ended.tally.failed, ended.outcome), (1, Outcome::TimedOut));
    }

    #[test]
    fn a_command_that_is_not_there_is_an_error() {
        assert!(start(Command::new("/no/such/program"), Duration::from_secs(10)).show().is_err());
    }

    /// Each waits for a file of the other's: one after the other they would hang. They print nothing that would be
    /// counted where these tests are.
    #[test]
    fn commands_run_side_by_side_and_each_is_counted_for_itself() {
        let folder = tempfile::tempdir().unwrap();
        let started = [("a", "b", 0), ("b", "a", 1)].map(|(own, other, code)| {
            let mut command = shell(&format!(">{own}; until [ -e {other} ]; do sleep 0.01; done; exit {code}"));
            command.current_dir(folder.path());
            start(command, Duration::from_secs(30))
        });
        let tallies = started.map(|tests| tests.show().unwrap().tally);
        assert_eq!(tallies, [Tally::default(), Tally { passed: 0, failed: 1 }]);
    }
}
