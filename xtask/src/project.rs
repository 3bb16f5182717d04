//! Where things are: the checkout, what is built from it, and the tools in the user's cache.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Names another place for the tools than the user's cache.
pub const TOOLS_VARIABLE: &str = "INTERLEAVE_TOOLS";

/// The places that the commands work with.
#[derive(Debug, Clone)]
pub struct Project {
    /// The checkout.
    pub root: PathBuf,
    /// Where cargo puts what it builds.
    pub target: PathBuf,
    /// The tools, one versioned folder each; shared by all checkouts of this user.
    pub tools: PathBuf,
}

/// There is no place for the tools.
#[derive(Debug, thiserror::Error)]
#[error("there is no home folder to keep the tools in; name a folder with {TOOLS_VARIABLE}=/some/folder")]
pub struct NoHome;

impl Project {
    /// The places of the checkout that this command was built from.
    ///
    /// # Errors
    /// If the environment tells of no place for the tools.
    pub fn find() -> Result<Self, NoHome> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest.parent().unwrap_or(manifest).to_owned();
        let target = folder("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |given| root.join(given));
        let cache = || folder("XDG_CACHE_HOME").or_else(|| folder("HOME").map(|home| home.join(".cache")));
        let tools = folder(TOOLS_VARIABLE).or_else(|| Some(cache()?.join("interleave-tools"))).ok_or(NoHome)?;
        Ok(Self { root, target, tools: std::path::absolute(&tools).unwrap_or(tools) })
    }

    /// What is built for wasm32 has a folder of its own, because another cargo may build it.
    #[must_use]
    pub fn wasm_target(&self) -> PathBuf {
        self.target.join("wasm")
    }

    /// The log file of a step.
    #[must_use]
    pub fn log(&self, name: &str) -> PathBuf {
        self.tools.join("logs").join(format!("{name}.log"))
    }
}

/// A folder named by an environment variable that is not empty.
fn folder(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// A command without what `cargo run` has put into the environment for xtask alone: another package's
/// build must not see it.
#[must_use]
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        let leaks = name.to_str().is_some_and(|name| {
            ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"].iter().any(|start| name.starts_with(start))
                || ["CARGO", "CARGO_CRATE_NAME", "CARGO_PRIMARY_PACKAGE", "OUT_DIR", "LD_LIBRARY_PATH"].contains(&name)
        });
        if leaks {
            command.env_remove(name);
        }
    }
    command
}
