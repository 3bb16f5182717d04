//! Children: started in a process group of their own, watched, and ended with everything they started.
//!
//! Every child of xtask goes through [`spawn`]. A group is ended when its [`Running`] is dropped, and all
//! groups are ended on Ctrl-C or a termination signal, so that nothing stays behind:
//!
//! ```text
//! xtask ── group: trunk ── cargo ── rustc
//!       └─ group: cargo test ── test ── chromedriver ── chromium
//! ```
//!
//! What must not be left half done, as an install by apt, is awaited instead. What a child prints is not
//! looked at here: see `progress` and `testing::tally`.

use nix::errno::Errno;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How often a child is looked at.
const POLL: Duration = Duration::from_millis(100);
/// How long a group has to end itself before it is killed.
const GRACE: Duration = Duration::from_secs(3);
/// The exit code of a command that was interrupted, as shells have it.
const INTERRUPTED: i32 = 130;

static GROUPS: Mutex<Vec<Group>> = Mutex::new(Vec::new());
static STOPPING: AtomicBool = AtomicBool::new(false);

/// What becomes of a child when xtask is asked to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnSignal {
    /// It is ended.
    End,
    /// It comes to its own end, and xtask waits for it.
    Await,
}

#[derive(Debug, Clone, Copy)]
struct Group {
    id: Pid,
    on_signal: OnSignal,
}

/// A child that is running, and its group.
#[derive(Debug)]
pub struct Running {
    /// The child itself, for its pipes.
    pub child: Child,
    group: Pid,
}

/// How waiting for a child came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It ended by itself.
    Ended(ExitStatus),
    /// It took longer than it may, and was ended.
    TimedOut,
}

impl Outcome {
    /// Whether the child ended by itself, and well.
    #[must_use]
    pub fn success(self) -> bool {
        matches!(self, Self::Ended(status) if status.success())
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Ended(status) => write!(f, "ended with {status}"),
            Self::TimedOut => write!(f, "took too long and was ended"),
        }
    }
}

/// Ends all children, then this process, on Ctrl-C and on a termination signal.
///
/// # Errors
/// If the system takes no handler.
pub fn end_all_on_signal() -> Result<(), ctrlc::Error> {
    ctrlc::set_handler(|| {
        STOPPING.store(true, Ordering::SeqCst);
        let (end_these, await_these): (Vec<_>, Vec<_>) =
            groups().iter().partition(|group| group.on_signal == OnSignal::End);
        end(&ids(&end_these), || ());
        if !await_these.is_empty() {
            eprintln!("\nwaiting for what must not be left half done");
            let await_these = ids(&await_these);
            while await_these.iter().any(|group| lives(*group)) {
                sleep(POLL);
            }
        }
        std::process::exit(INTERRUPTED);
    })
}

/// Starts a child in a group of its own, with no standard input.
///
/// # Errors
/// If the program can't be started.
pub fn spawn(command: &mut Command) -> io::Result<Running> {
    spawn_until(command, OnSignal::End)
}

/// Starts a child in the same way, and says what becomes of it when xtask is asked to end.
///
/// # Errors
/// If the program can't be started.
pub fn spawn_until(command: &mut Command, on_signal: OnSignal) -> io::Result<Running> {
    hold_while_stopping();
    let mut groups = groups();
    let child = command.stdin(Stdio::null()).process_group(0).spawn()?;
    let group = Pid::from_raw(child.id().cast_signed());
    groups.push(Group { id: group, on_signal });
    Ok(Running { child, group })
}

/// Runs a short command to its end and gives what it printed on standard output, if it ended well.
#[must_use]
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a short command that may ask the reader something; says whether it ended well.
#[must_use]
pub fn foreground(command: &mut Command) -> bool {
    command.status().is_ok_and(|status| status.success())
}

impl Running {
    /// Waits for the child's end, at most for `limit`, and calls `tick` now and then meanwhile.
    ///
    /// # Errors
    /// If the child can't be waited for.
    pub fn wait(&mut self, limit: Duration, mut tick: impl FnMut()) -> io::Result<Outcome> {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait()? {
                hold_while_stopping();
                return Ok(Outcome::Ended(status));
            }
            if start.elapsed() > limit {
                self.end();
                return Ok(Outcome::TimedOut);
            }
            tick();
            sleep(POLL);
        }
    }

    /// Ends the child and all that it started.
    fn end(&mut self) {
        let child = &mut self.child;
        end(&[self.group], || _ = child.try_wait());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
        // Already ended: this only takes its exit status from the system.
        let _ = self.child.wait();
        groups().retain(|group| group.id != self.group);
    }
}

/// Asks groups to end, and kills what is left of them after a while. A child that has ended belongs to its
/// group until someone takes its exit status: `reap` is called to do so.
fn end(groups: &[Pid], mut reap: impl FnMut()) {
    for group in groups {
        // An error means that the group is gone, which is what is wanted.
        let _ = killpg(*group, Signal::SIGTERM);
    }
    let start = Instant::now();
    while start.elapsed() < GRACE && groups.iter().any(|group| lives(*group)) {
        sleep(Duration::from_millis(20));
        reap();
    }
    for group in groups {
        let _ = killpg(*group, Signal::SIGKILL);
    }
}

/// Whether a group has a member. One of another user's has, though it can't be sent anything.
fn lives(group: Pid) -> bool {
    killpg(group, None) != Err(Errno::ESRCH)
}

fn ids(groups: &[Group]) -> Vec<Pid> {
    groups.iter().map(|group| group.id).collect()
}

fn groups() -> MutexGuard<'static, Vec<Group>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps a thread from going on while the signal handler is about to end the process: a child that was
/// ended by the handler must not be reported as a failure, nor followed by the next one.
fn hold_while_stopping() {
    while STOPPING.load(Ordering::SeqCst) {
        sleep(POLL);
    }
}
