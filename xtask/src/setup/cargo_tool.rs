//! Tools that `cargo install` builds: Trunk, wasm-bindgen's commands, geckodriver.

use super::{SetupError, Step, find};
use crate::progress::run_logged;
use crate::project::{Project, command};
use crate::versions::{self, LockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The longest that building one tool may take.
const LIMIT: Duration = Duration::from_mins(40);

/// A tool that is built from its published source.
#[derive(Debug)]
pub struct CargoTool {
    package: &'static str,
    program: &'static str,
    version: String,
    why: &'static str,
    how: &'static str,
    flags: &'static [&'static str],
    /// How far it is optimised: what runs for long moments later pays for more, the rest compiles faster.
    opt_level: &'static str,
}

/// Trunk. Its TLS and its look for updates are left out: it finds all tools on `PATH` and loads nothing.
pub fn trunk() -> CargoTool {
    CargoTool {
        package: "trunk",
        program: "trunk",
        version: versions::TRUNK.to_owned(),
        why: "builds the page",
        how: "cargo install, about 4 min",
        flags: &["--locked", "--no-default-features"],
        opt_level: "0",
    }
}

/// wasm-bindgen's commands. Without `--locked`, because their lock file names a version that is not served.
pub fn wasm_bindgen(root: &Path) -> Result<CargoTool, LockError> {
    Ok(CargoTool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen-test-runner",
        version: versions::wasm_bindgen(root)?,
        why: "the glue between wasm and JavaScript, and the runner of wasm tests",
        how: "cargo install, about 3 min",
        flags: &["--no-default-features"],
        opt_level: "1",
    })
}

/// Firefox's driver.
pub fn geckodriver() -> CargoTool {
    CargoTool {
        package: "geckodriver",
        program: "geckodriver",
        version: versions::GECKODRIVER.to_owned(),
        why: "drives Firefox in tests",
        how: "cargo install, about half a minute",
        flags: &["--locked"],
        opt_level: "0",
    }
}

impl CargoTool {
    pub fn step(&self) -> Step {
        Step { what: self.name(), why: self.why, how: self.how }
    }

    fn name(&self) -> String {
        format!("{} {}", self.package, self.version)
    }

    fn folder(&self, project: &Project) -> PathBuf {
        project.tools.join(format!("{}-{}", self.package, self.version))
    }

    /// The program on `PATH` if it is of the right version, else the one in the tools' folder.
    pub fn find(&self, project: &Project) -> Option<PathBuf> {
        let own = self.folder(project).join("bin").join(self.program);
        find::of_version(self.program, &self.version).or_else(|| own.is_file().then_some(own))
    }

    pub fn install(&self, project: &Project) -> Result<(), SetupError> {
        let build = project.tools.join("build");
        let mut install = command("cargo");
        install
            .args(["install", self.package, "--version", &self.version, "--root"])
            .arg(self.folder(project))
            .args(self.flags)
            .current_dir(&project.tools)
            .env("CARGO_TARGET_DIR", &build)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level)
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
        run_logged(&mut install, &project.log(self.package), LIMIT).map_err(|source| SetupError::Step {
            what: self.name(),
            source: source.into(),
            advice: format!(
                "It is built from crates.io with a C compiler at hand (on Debian: build-essential). \
                 Or put {} {} on PATH yourself; then it is used as it is",
                self.program, self.version
            ),
        })?;
        // What it was built from is of no more use; if it can't be removed it only takes room.
        let _ = std::fs::remove_dir_all(build);
        Ok(())
    }
}
