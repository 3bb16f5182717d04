//! A long child shown short: its output goes to a log file, a line with the time to the terminal.
//!
//! On a terminal that line is rewritten each second; elsewhere a new one is written every half minute, so
//! that a log of CI stays readable and nobody takes a long step for a hanging one.

use crate::process::{self, OnSignal, Outcome};
use std::fs::File;
use std::io::{self, IsTerminal, Write, stderr};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// How many of a log's last lines are shown when its command failed.
const TAIL: usize = 15;
/// How much of a line is shown beside the time.
const WIDTH: usize = 60;

/// Why a logged command did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum LoggedError {
    /// The program could not be started.
    #[error("`{program}` can't be started: {source}")]
    Start {
        /// The program's name.
        program: String,
        /// What the system said.
        source: io::Error,
    },
    /// The log file could not be written or read.
    #[error("the log {path} can't be used: {source}", path = path.display())]
    Log {
        /// The log file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The program ran and failed.
    #[error("`{program}` {outcome}. The end of its log, {path}:\n{tail}", path = path.display())]
    Failed {
        /// The program's name.
        program: String,
        /// How it ended.
        outcome: Outcome,
        /// The log file, whole.
        path: PathBuf,
        /// The log's last lines.
        tail: String,
    },
}

/// Runs `command` to its end, at most for `limit`, with its output in `log`.
///
/// # Errors
/// If it can't be started, fails, or takes longer; with the end of what it printed.
pub fn run_logged(command: &mut Command, log: &Path, limit: Duration) -> Result<(), LoggedError> {
    run_logged_until(command, log, limit, OnSignal::End)
}

/// The same, for a command that a signal may not end.
///
/// # Errors
/// As above.
pub fn run_logged_until(
    command: &mut Command,
    log: &Path,
    limit: Duration,
    on_signal: OnSignal,
) -> Result<(), LoggedError> {
    let program = command.get_program().to_string_lossy().into_owned();
    let log_error = |source| LoggedError::Log { path: log.to_owned(), source };
    if let Some(folder) = log.parent() {
        std::fs::create_dir_all(folder).map_err(log_error)?;
    }
    let file = File::create(log).map_err(log_error)?;
    command.stdout(file.try_clone().map_err(log_error)?).stderr(file);

    let start_error = |source| LoggedError::Start { program: program.clone(), source };
    let mut progress = Progress::new();
    let mut running = process::spawn_until(command, on_signal).map_err(start_error)?;
    let outcome = running.wait(limit, || progress.tick(|| last_lines(log, 1))).map_err(start_error)?;
    progress.clear();
    if outcome.success() {
        return Ok(());
    }
    Err(LoggedError::Failed { program, outcome, path: log.to_owned(), tail: last_lines(log, TAIL) })
}

/// The time that has passed, for the reader.
struct Progress {
    start: Instant,
    next: Duration,
    every: Duration,
    terminal: bool,
}

impl Progress {
    fn new() -> Self {
        let terminal = stderr().is_terminal();
        let every = Duration::from_secs(if terminal { 1 } else { 30 });
        Self { start: Instant::now(), next: every, every, terminal }
    }

    fn tick(&mut self, doing: impl FnOnce() -> String) {
        let elapsed = self.start.elapsed();
        if elapsed < self.next {
            return;
        }
        self.next += self.every;
        let doing: String = doing().chars().filter(|c| !c.is_control()).take(WIDTH).collect();
        let (before, after) = if self.terminal { ("\r\x1b[2K", "") } else { ("", "\n") };
        // A terminal that is gone is no reason to stop the work.
        let _ = write!(stderr(), "{before}      {}  {doing}{after}", in_words(elapsed));
    }

    fn clear(&self) {
        if self.terminal {
            let _ = write!(stderr(), "\r\x1b[2K");
        }
    }
}

/// A time in minutes and seconds.
#[must_use]
pub fn in_words(time: Duration) -> String {
    let seconds = time.as_secs();
    match (seconds / 60, seconds % 60) {
        (0, _) => format!("{:.1} s", time.as_secs_f64()),
        (minutes, seconds) => format!("{minutes} min {seconds:02} s"),
    }
}

/// The last lines of a file that have something in them.
fn last_lines(path: &Path, count: usize) -> String {
    let text = std::fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_the_unit_that_fits() {
        assert_eq!(in_words(Duration::from_millis(1540)), "1.5 s");
        assert_eq!(in_words(Duration::from_secs(125)), "2 min 05 s");
    }
}
