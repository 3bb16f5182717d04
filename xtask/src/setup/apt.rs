//! What Debian's package manager brings: the browsers, Python, and a Rust for the web where rustup has none.

use super::{SetupError, Step, find};
use crate::process::OnSignal;
use crate::progress::{LoggedError, run_logged_until};
use crate::project::{Project, command};
use crate::{process, versions};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The longest that one call of apt-get may take.
const LIMIT: Duration = Duration::from_mins(30);
/// How long another package manager may keep its locks.
const LOCK_LIMIT: Duration = Duration::from_mins(10);
/// How long to wait before a lock is tried again.
const LOCK_PAUSE: Duration = Duration::from_secs(5);
/// What apt-get says when another package manager is at work.
const LOCKED: &str = "Could not get lock";
/// What it says when one was interrupted at its work, by Ctrl-C in a set-up for example.
const HALF_DONE: &str = "dpkg --configure -a";

/// A program that comes as system packages.
#[derive(Debug)]
pub struct SystemProgram {
    what: &'static str,
    why: &'static str,
    how: &'static str,
    packages: &'static [&'static str],
    /// Where it may be: one of these is enough.
    programs: &'static [&'static str],
    /// The driver that comes with it, if one does.
    driver: Option<&'static str>,
    advice: &'static str,
}

/// What the browsers are for.
const IN_BROWSER: &str = "a browser to test in";

/// Chromium, or Chrome, with ChromeDriver.
pub const CHROMIUM: SystemProgram = SystemProgram {
    what: "Chromium and ChromeDriver",
    why: IN_BROWSER,
    how: "apt-get install, about 1 min",
    packages: &versions::DEBIAN_CHROMIUM,
    programs: &[
        "chromium",
        "chromium-browser",
        "google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ],
    driver: Some("chromedriver"),
    advice: "Install Chromium or Chrome, and the ChromeDriver of the same version, so that \
             `chromedriver --version` answers; then run the same command again",
};

/// Firefox. Its driver is built by cargo.
pub const FIREFOX: SystemProgram = SystemProgram {
    what: "Firefox",
    why: IN_BROWSER,
    how: "apt-get install, about 1 min",
    packages: &versions::DEBIAN_FIREFOX,
    programs: &["firefox", "firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox"],
    driver: None,
    advice: "Install Firefox, so that `firefox --version` answers; then run the same command again",
};

/// Python.
pub const PYTHON: SystemProgram = SystemProgram {
    what: "Python",
    why: "runs the Python that the page writes, in tests",
    how: "apt-get install, some seconds",
    packages: &versions::DEBIAN_PYTHON,
    programs: &["python3"],
    driver: None,
    advice: "Install Python 3.10 or later, so that `python3 --version` answers; then run the same command again",
};

impl SystemProgram {
    pub fn step(&self) -> Step {
        Step { what: self.what.to_owned(), why: self.why, how: self.how }
    }

    /// The driver where the program has one of its own, else the program.
    pub fn find(&self) -> Option<PathBuf> {
        let program = self.programs.iter().find_map(|program| find::on_path(program))?;
        match self.driver {
            Some(driver) => find::on_path(driver),
            None => Some(program),
        }
    }

    pub fn install(&self, project: &Project) -> Result<(), SetupError> {
        install(project, self.what, self.packages, self.advice)
    }
}

/// Installs packages, after taking new lists of what there is.
pub fn install(project: &Project, what: &str, packages: &[&str], advice: &str) -> Result<(), SetupError> {
    if find::on_path("apt-get").is_none() {
        return Err(SetupError::NoApt { what: what.to_owned(), advice: advice.to_owned() });
    }
    let by_hand = format!("apt-get install -y {}", packages.join(" "));
    let Some(rights) = Rights::find() else {
        return Err(SetupError::NoRoot { what: what.to_owned(), command: by_hand });
    };
    // Lists of a day ago name packages that are gone, so they are always renewed first. Where one of
    // several sources can't be reached apt-get fails, though the packages may be there: the install tells.
    let renewed = rights.apt_get(&["update"], &project.log("apt-update"), OnSignal::End);
    // What is there already is installed once more, because a package can be there and broken.
    let install = [&["install", "-y", "--no-install-recommends", "--reinstall"], packages].concat();
    let load = [&install[..], &["--download-only"]].concat();
    let log = project.log("apt-install");
    // Loading takes long and may be broken off; what follows is short, and half done it breaks a system.
    let installed =
        rights.apt_get(&load, &log, OnSignal::End).and_then(|()| rights.apt_get(&install, &log, OnSignal::Await));
    installed.map_err(|source| {
        let lists = renewed.err().map(|error| format!("(Before that, `apt-get update`: {error})\n\n"));
        SetupError::Step {
            what: what.to_owned(),
            source: source.into(),
            advice: format!("{}Try it by hand: {by_hand}\n{advice}", lists.unwrap_or_default()),
        }
    })
}

/// How packages may be installed here.
#[derive(Debug, Clone, Copy)]
enum Rights {
    Root,
    Sudo,
}

impl Rights {
    fn find() -> Option<Self> {
        if nix::unistd::geteuid().is_root() {
            return Some(Self::Root);
        }
        find::on_path("sudo")?;
        // Asked here, in the foreground: the calls that follow run in the background and can't ask.
        let mut ask = Command::new("sudo");
        ask.arg("-v");
        process::foreground(&mut ask).then_some(Self::Sudo)
    }

    /// Runs apt-get; and again while another package manager holds a lock that it doesn't wait for, or once
    /// after setting right what an interrupted one has left half done.
    fn apt_get(self, arguments: &[&str], log: &Path, on_signal: OnSignal) -> Result<(), LoggedError> {
        let start = Instant::now();
        let mut set_right = false;
        loop {
            let mut apt_get = self.command("apt-get");
            apt_get.args(["-o", "DPkg::Lock::Timeout=600", "-q"]).args(arguments);
            match run_logged_until(&mut apt_get, log, LIMIT, on_signal) {
                Err(LoggedError::Failed { tail, .. }) if tail.contains(LOCKED) && start.elapsed() < LOCK_LIMIT => {
                    eprintln!("        another package manager is at work; waiting for it");
                    sleep(LOCK_PAUSE);
                }
                Err(LoggedError::Failed { tail, .. }) if tail.contains(HALF_DONE) && !set_right => {
                    eprintln!("        an earlier install was interrupted; setting that right first");
                    set_right = true;
                    let mut dpkg = self.command("dpkg");
                    run_logged_until(dpkg.args(["--configure", "-a"]), log, LIMIT, OnSignal::Await)?;
                }
                other => return other,
            }
        }
    }

    /// A command with these rights, that asks nothing.
    fn command(self, program: &str) -> Command {
        let mut env = match self {
            Self::Root => command("env"),
            Self::Sudo => {
                let mut sudo = command("sudo");
                sudo.args(["-n", "env"]);
                sudo
            }
        };
        env.args(["DEBIAN_FRONTEND=noninteractive", program]);
        env
    }
}
