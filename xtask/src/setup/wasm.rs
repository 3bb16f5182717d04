//! A Rust that builds for wasm32: rustup's with that target added, else Debian's.
//!
//! Where rustup's server can't be reached, Debian's packages bring a cargo and a rustc with the source of
//! the standard library, which cargo then builds along. They are used for wasm32 alone; the project's
//! code stays on stable Rust, and everything native is built by rustup's.

use super::{SetupError, Step, apt, find};
use crate::progress::run_logged;
use crate::project::{Project, command};
use crate::{process, versions};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const TARGET: &str = "wasm32-unknown-unknown";
/// The longest that rustup may take.
const LIMIT: Duration = Duration::from_mins(10);

/// Which Rust builds for wasm32.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Toolchain {
    /// The one that builds everything else too.
    #[default]
    Same,
    /// Debian's, with the standard library built along.
    Debian {
        /// Its cargo.
        cargo: PathBuf,
        /// Its compiler.
        rustc: PathBuf,
    },
}

impl Toolchain {
    /// The cargo to call.
    pub(super) fn cargo(&self) -> &Path {
        match self {
            Self::Same => Path::new("cargo"),
            Self::Debian { cargo, .. } => cargo,
        }
    }

    /// Its compiler.
    pub(super) fn rustc(&self) -> Command {
        match self {
            Self::Same => command("rustc"),
            Self::Debian { rustc, .. } => command(rustc),
        }
    }

    /// The folder that must come first on `PATH`, for programs that call `cargo` by its name.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        self.cargo().parent().filter(|folder| folder.is_absolute()).map(Path::to_owned)
    }

    /// Makes `command`, and what it starts, build with this Rust.
    pub(super) fn apply(&self, command: &mut Command) {
        if let Self::Debian { rustc, .. } = self {
            command
                .env("RUSTC", rustc)
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
                .env_remove("RUSTUP_TOOLCHAIN");
        }
    }
}

pub fn step() -> Step {
    Step { what: format!("Rust for {TARGET}"), why: "compiles the page", how: "rustup target add, some seconds" }
}

/// The same Rust if it has the target, else Debian's if it is there.
pub fn find() -> Option<Toolchain> {
    if same_has_target() { Some(Toolchain::Same) } else { debian() }
}

fn same_has_target() -> bool {
    let folder = process::output(command("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    folder.is_some_and(|folder| Path::new(folder.trim()).is_dir())
}

fn debian() -> Option<Toolchain> {
    let listed = process::output(command("dpkg").arg("--listfiles").args(versions::DEBIAN_RUST))?;
    let program = |name: &str| {
        let mut files = listed.lines().map(Path::new);
        files.find(|file| file.ends_with(Path::new("bin").join(name)) && file.is_file()).map(Path::to_owned)
    };
    Some(Toolchain::Debian { cargo: program("cargo")?, rustc: program("rustc")? })
}

pub fn install(project: &Project) -> Result<(), SetupError> {
    let log = project.log("rustup");
    if find::on_path("rustup").is_some() {
        let mut add = command("rustup");
        add.args(["target", "add", TARGET]);
        if run_logged(&mut add, &log, LIMIT).is_ok() {
            return Ok(());
        }
        eprintln!("        rustup could not add it; why stands in {}", log.display());
    }
    eprintln!("        so Debian's Rust is taken for it, beside yours: apt-get install, about 1 min");
    apt::install(
        project,
        "Debian's Rust for the web",
        &versions::DEBIAN_RUST,
        &format!(
            "Or make the ordinary way work: `rustup target add {TARGET}`, whose log is {}; then run the same \
             command again",
            log.display()
        ),
    )
}
