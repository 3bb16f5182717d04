//! Whether a build would change anything: what it is made of and what it made, as two numbers in a file.
//!
//! Trunk runs wasm-opt each time, which alone takes longer than a reader wants to wait for a page that is
//! there already. Both numbers are over the content of files, not over their times: whatever was changed,
//! on either side of the build, it is run again.

use crate::project::Project;
use crate::setup::Tools;
use std::ffi::OsString;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What stands in the checkout and can't be a part of the page.
const NO_PART: [&str; 8] = [".ci", ".git", "dist", "docs", "node_modules", "target", "tests", "xtask"];
/// How the names of variables begin that can change what is built.
const VARIABLES: [&str; 4] = ["CARGO_BUILD_", "CARGO_ENCODED_RUSTFLAGS", "RUSTFLAGS", "TRUNK_"];

/// The state of a build before it begins.
#[derive(Debug)]
pub struct Stamp {
    file: PathBuf,
    out: PathBuf,
    made_of: u64,
}

impl Stamp {
    /// Looks at everything that a build into `out` would be made of.
    ///
    /// # Errors
    /// If a file can't be read.
    pub fn of(project: &Project, tools: &Tools, out: &Path) -> io::Result<Self> {
        let mut hasher = DefaultHasher::new();
        tools.identity().hash(&mut hasher);
        variables().hash(&mut hasher);
        for entry in sorted(&project.root)? {
            let part = entry.file_name().is_none_or(|name| NO_PART.iter().all(|no_part| name != *no_part));
            if part && entry != out && entry != project.target {
                hash_files(&entry, &mut hasher)?;
            }
        }
        let mut name = DefaultHasher::new();
        out.hash(&mut name);
        let file = project.wasm_target().join(format!("built-{:016x}", name.finish()));
        Ok(Self { file, out: out.to_owned(), made_of: hasher.finish() })
    }

    /// Whether the last build was made of the same and its files are as it left them.
    #[must_use]
    pub fn is_current(&self) -> bool {
        let noted = fs::read_to_string(&self.file).ok();
        noted.is_some() && noted == self.note().ok()
    }

    /// Forgets the last build: from now on it may be half replaced.
    pub fn forget(&self) {
        // Not there is as good as removed; and one that can't be removed doesn't fit the next build's files.
        let _ = fs::remove_file(&self.file);
    }

    /// Notes a build that has come to a good end.
    ///
    /// # Errors
    /// If the note can't be written.
    pub fn set(&self) -> io::Result<()> {
        fs::write(&self.file, self.note()?)
    }

    fn note(&self) -> io::Result<String> {
        let mut made = DefaultHasher::new();
        hash_files(&self.out, &mut made)?;
        Ok(format!("{:016x} {:016x}\n", self.made_of, made.finish()))
    }
}

fn variables() -> Vec<(OsString, OsString)> {
    let mut all: Vec<_> = env::vars_os()
        .filter(|(name, _)| name.to_str().is_some_and(|name| VARIABLES.iter().any(|start| name.starts_with(start))))
        .collect();
    all.sort_unstable();
    all
}

/// Takes in a file, or all files of a folder, with their paths.
fn hash_files(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    path.hash(hasher);
    if path.is_dir() {
        for entry in sorted(path)? {
            hash_files(&entry, hasher)?;
        }
        return Ok(());
    }
    fs::read(path)?.hash(hasher);
    Ok(())
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<PathBuf>>>()?;
    entries.sort_unstable();
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    /// A checkout with one source and one built file.
    fn checkout() -> (TempDir, Project) {
        let folder = TempDir::new().unwrap();
        let root = folder.path().to_owned();
        let project = Project { target: root.join("target"), tools: root.join("tools"), root };
        for folder in ["src", "docs", "dist", "target/wasm"] {
            fs::create_dir_all(project.root.join(folder)).unwrap();
        }
        fs::write(project.root.join("src/lib.rs"), "one").unwrap();
        fs::write(project.root.join("dist/index.html"), "built").unwrap();
        (folder, project)
    }

    fn stamp(project: &Project) -> Stamp {
        Stamp::of(project, &Tools::default(), &project.root.join("dist")).unwrap()
    }

    #[test]
    fn a_build_is_current_until_something_changes() {
        let (_folder, project) = checkout();
        assert!(!stamp(&project).is_current(), "never built");
        stamp(&project).set().unwrap();
        assert!(stamp(&project).is_current(), "just built");

        fs::write(project.root.join("docs/page.md"), "new").unwrap();
        assert!(stamp(&project).is_current(), "no part of the page");
        fs::write(project.root.join("src/lib.rs"), "two").unwrap();
        assert!(!stamp(&project).is_current(), "a source has changed");
    }

    #[test]
    fn a_built_file_that_was_changed_or_lost_is_built_anew() {
        let (_folder, project) = checkout();
        let built = project.root.join("dist/index.html");
        stamp(&project).set().unwrap();
        fs::write(&built, "changed").unwrap();
        assert!(!stamp(&project).is_current());
        fs::remove_file(&built).unwrap();
        assert!(!stamp(&project).is_current());
    }

    #[test]
    fn a_forgotten_build_is_not_current() {
        let (_folder, project) = checkout();
        stamp(&project).set().unwrap();
        stamp(&project).forget();
        assert!(!stamp(&project).is_current());
    }
}
