//! What the set-up has found: where each tool is, and commands that see them.

use super::{Need, Toolchain};
use crate::process;
use crate::project::command;
use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The tools that a command asked for.
#[derive(Debug, Default)]
pub struct Tools {
    toolchain: Toolchain,
    files: Vec<(Need, PathBuf)>,
}

impl Tools {
    pub(super) fn set_toolchain(&mut self, toolchain: Toolchain) {
        self.toolchain = toolchain;
    }

    pub(super) fn add(&mut self, need: Need, file: PathBuf) {
        self.files.push((need, file));
    }

    /// The file that stands for a need: a program, or a script for the page. Empty if it was not asked for.
    #[must_use]
    pub fn file(&self, need: Need) -> &Path {
        self.files.iter().find(|(of, _)| *of == need).map_or(Path::new(""), |(_, file)| file)
    }

    /// What tells these tools from others: their places, which have their versions in them, and what the
    /// compiler says of itself.
    #[must_use]
    pub fn identity(&self) -> String {
        let compiler = process::output(self.toolchain.rustc().arg("-vV")).unwrap_or_default();
        format!("{compiler}{:?}", self.files)
    }

    /// The cargo that builds for wasm32.
    #[must_use]
    pub fn wasm_cargo(&self) -> Command {
        self.wasm_command(self.toolchain.cargo())
    }

    /// A command in whose environment the tools come first on `PATH`, and a `cargo` that builds for wasm32.
    #[must_use]
    pub fn wasm_command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = command(program);
        self.toolchain.apply(&mut command);
        command.env("PATH", self.path());
        command
    }

    /// The tools, then the toolchain, then what was on `PATH` before: Debian's cargo lies beside everything else
    /// that Debian has installed, which must not come before the tools. A tool that lies beside another cargo
    /// must not come before the toolchain.
    fn path(&self) -> OsString {
        let before = env::var_os("PATH").unwrap_or_default();
        let tools = self.files.iter().filter_map(|(_, file)| file.parent().map(Path::to_owned));
        let (beside_cargo, alone): (Vec<_>, Vec<_>) = tools.partition(|folder| folder.join("cargo").exists());
        let toolchain = self.toolchain.folder();
        let folders = alone.into_iter().chain(toolchain).chain(beside_cargo).chain(env::split_paths(&before));
        // A folder with a colon in its name can't stand on PATH; then the tools are looked for without it.
        env::join_paths(folders).unwrap_or(before)
    }
}
