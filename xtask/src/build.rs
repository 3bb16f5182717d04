//! The release build: Trunk makes the page's static files.
//!
//! What it does is said in `Trunk.toml`; here it only gets its tools, and `lane` finishes what it can't. It is not
//! run if it would change nothing, which `stamp` finds out.

use crate::lane;
use crate::process::{self, Outcome};
use crate::project::Project;
use crate::setup::Tools;
use crate::stamp::Stamp;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The longest that a build may take.
const LIMIT: Duration = Duration::from_mins(30);

/// Why there is no build.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// Trunk could not be started.
    #[error("trunk can't be started: {0}; `cargo xtask setup` tells whether it is there")]
    Start(#[from] io::Error),
    /// Trunk ran and failed.
    #[error("the page was not built: trunk {0}; what is wrong stands above")]
    Failed(Outcome),
    /// Trunk has not left what was expected.
    #[error("the workers' files were not named: {0}")]
    Lane(io::Error),
    /// The folder to write to can't be told.
    #[error("{path} is no folder to write the page to: {source}", path = path.display())]
    Out {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Builds the page into `out`, or into `dist/`, and gives that folder.
///
/// # Errors
/// If the build fails; what is wrong has been printed by then.
pub fn build(project: &Project, tools: &Tools, out: Option<&Path>) -> Result<PathBuf, BuildError> {
    let out = match out {
        None => project.root.join("dist"),
        Some(out) => std::path::absolute(out).map_err(|source| BuildError::Out { path: out.to_owned(), source })?,
    };
    // What can't be told is no reason not to build: then it is built.
    let stamp = Stamp::of(project, tools, &out).ok();
    if stamp.as_ref().is_some_and(Stamp::is_current) {
        eprintln!("build: nothing has changed since the last one");
        return Ok(out);
    }
    if let Some(stamp) = &stamp {
        stamp.forget();
    }
    let mut trunk = tools.wasm_command("trunk");
    trunk
        .args(["build", "--release", "--dist"])
        .arg(&out)
        .current_dir(&project.root)
        .env("CARGO_TARGET_DIR", project.wasm_target())
        // Trunk takes `true` and `false` here and nothing else, while the world sets it to 1.
        .env_remove("NO_COLOR");
    let outcome = process::spawn(&mut trunk)?.wait(LIMIT, || ())?;
    if !outcome.success() {
        return Err(BuildError::Failed(outcome));
    }
    lane::name(&out).map_err(BuildError::Lane)?;
    if let Some(Err(error)) = stamp.map(|stamp| stamp.set()) {
        eprintln!("warning: the next build will take as long again: {error}");
    }
    Ok(out)
}
