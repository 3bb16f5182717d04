//! The programs beside the end-to-end tests: benchmarks and pictures. And what all of these are told by the environment.

use crate::browser::{self, Browser};
use crate::process::{self, Outcome};
use crate::project::{Project, command};
use crate::setup::{Need, Tools};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The longest that one program may take.
const LIMIT: Duration = Duration::from_hours(1);

/// Why a program did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum ProgramError {
    /// It could not be started.
    #[error("cargo can't be started: {0}")]
    Start(#[from] io::Error),
    /// It ran and failed.
    #[error("the program `{program}` {outcome}; what is wrong stands above")]
    Failed {
        /// Its name.
        program: &'static str,
        /// How it ended.
        outcome: Outcome,
    },
}

/// Tells a program of the e2e package which browser to drive, and where everything is.
pub fn tell(command: &mut Command, project: &Project, tools: &Tools, browser: Browser, dist: &Path) {
    command
        .env(browser::BROWSER, browser.name())
        .env(browser::DRIVER, tools.file(browser.driver()))
        .env(browser::DIST, dist)
        .env(browser::AXE, tools.file(Need::AxeCore))
        .env(browser::PICTURES, project.target.join("screenshots"));
}

/// Runs the benchmarks against a built page; what they are told besides is theirs to understand.
///
/// # Errors
/// If they fail.
pub fn bench(project: &Project, tools: &Tools, dist: &Path, arguments: &[String]) -> Result<(), ProgramError> {
    let mut bench = program(project, "bench", "bench");
    // Built for speed, since native code is among what is measured.
    bench.args(["--profile", "bench", "--"]).args(arguments);
    tell(&mut bench, project, tools, Browser::Chromium, dist);
    run(bench, "bench")
}

/// Takes the pictures of a built page that the docs show, into `folder` or their own, and gives that folder.
///
/// # Errors
/// If they can't be taken.
pub fn screenshots(
    project: &Project,
    tools: &Tools,
    dist: &Path,
    folder: Option<&Path>,
) -> Result<PathBuf, ProgramError> {
    let folder = match folder {
        Some(folder) => std::path::absolute(folder)?,
        None => project.root.join("docs/screenshots"),
    };
    let mut screenshots = program(project, "e2e", "screenshots");
    tell(&mut screenshots, project, tools, Browser::Chromium, dist);
    screenshots.env(browser::PICTURES, &folder);
    run(screenshots, "screenshots")?;
    Ok(folder)
}

fn program(project: &Project, package: &str, name: &str) -> Command {
    let mut cargo = command("cargo");
    cargo.args(["run", "--package", package, "--bin", name]).current_dir(&project.root);
    cargo
}

fn run(mut command: Command, program: &'static str) -> Result<(), ProgramError> {
    let outcome = process::spawn(&mut command)?.wait(LIMIT, || ())?;
    if outcome.success() { Ok(()) } else { Err(ProgramError::Failed { program, outcome }) }
}
