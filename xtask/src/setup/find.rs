//! Looks for programs on `PATH`, and asks them for their version.

use crate::process;
use crate::project::command;
use std::env;
use std::path::{Path, PathBuf};

/// The first program of that name on `PATH`.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// The first program of that name on `PATH`, if it is of that very version.
pub fn of_version(name: &str, version: &str) -> Option<PathBuf> {
    let file = on_path(name)?;
    says_version(&file, version).then_some(file)
}

fn says_version(program: &Path, version: &str) -> bool {
    let said = process::output(command(program).arg("--version")).unwrap_or_default();
    said.split_whitespace().any(|word| word == version)
}
