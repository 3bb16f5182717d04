//! Tools that npm brings: `wasm-opt` in binaryen, and axe-core.

use super::{SetupError, Step, find};
use crate::progress::run_logged;
use crate::project::{Project, command};
use crate::versions;
use std::path::PathBuf;
use std::time::Duration;

/// The longest that one package may take.
const LIMIT: Duration = Duration::from_mins(10);

/// A package of npm, of which one file is used.
#[derive(Debug)]
pub struct NpmPackage {
    package: &'static str,
    version: &'static str,
    why: &'static str,
    /// The file, below the package's folder.
    file: &'static str,
    /// The same file as a program on `PATH`, and what it says of its version.
    program: Option<(&'static str, &'static str)>,
}

/// wasm-opt. Debian's is too old for what today's Rust makes.
pub const BINARYEN: NpmPackage = NpmPackage {
    package: "binaryen",
    version: versions::BINARYEN,
    why: "its wasm-opt makes the wasm small",
    file: "node_modules/.bin/wasm-opt",
    program: Some(("wasm-opt", versions::WASM_OPT)),
};

/// axe-core, a script that the tests run in the page.
pub const AXE_CORE: NpmPackage = NpmPackage {
    package: "axe-core",
    version: versions::AXE_CORE,
    why: "finds barriers to accessibility in tests",
    file: "node_modules/axe-core/axe.min.js",
    program: None,
};

impl NpmPackage {
    pub fn step(&self) -> Step {
        Step { what: self.name(), why: self.why, how: "npm install, some seconds" }
    }

    fn name(&self) -> String {
        format!("{} {}", self.package, self.version)
    }

    fn folder(&self, project: &Project) -> PathBuf {
        project.tools.join(format!("{}-{}", self.package, self.version))
    }

    pub fn find(&self, project: &Project) -> Option<PathBuf> {
        let own = self.folder(project).join(self.file);
        let on_path = self.program.and_then(|(program, version)| find::of_version(program, version));
        on_path.or_else(|| own.is_file().then_some(own))
    }

    /// Installs beside the folder and renames at the end, so that a folder of that name is always whole.
    pub fn install(&self, project: &Project) -> Result<(), SetupError> {
        let what = self.name();
        if find::on_path("npm").is_none() {
            return Err(SetupError::NoNpm { what });
        }
        let folder = self.folder(project);
        let partial = project.tools.join(format!("{}-{}.partial", self.package, self.version));
        let folder_error = |source| SetupError::Folder { path: folder.clone(), source };
        for old in [&partial, &folder] {
            if old.exists() {
                std::fs::remove_dir_all(old).map_err(folder_error)?;
            }
        }
        std::fs::create_dir_all(&partial).map_err(folder_error)?;
        let mut install = command("npm");
        install
            .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
            .arg(&partial)
            .arg(format!("{}@{}", self.package, self.version))
            .current_dir(&partial);
        run_logged(&mut install, &project.log(self.package), LIMIT).map_err(|source| SetupError::Step {
            what,
            source: source.into(),
            advice: "It comes from npm's registry: check that `npm ping` answers, then run the same command \
                     again"
                .to_owned(),
        })?;
        std::fs::rename(&partial, &folder).map_err(folder_error)
    }
}
