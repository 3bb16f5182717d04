//! The version of every tool that the set-up installs, and of nothing else.
//!
//! The one exception stands in `Cargo.lock`: wasm-bindgen's command must be of the very version of the
//! library that the page is built with, so it is read from there.

use std::path::{Path, PathBuf};

/// Trunk builds the page. Newer ones ask for a newer Rust than the project does.
pub const TRUNK: &str = "0.21.14";
/// The npm package that brings `wasm-opt`.
pub const BINARYEN: &str = "132.0.0";
/// What that `wasm-opt` says of its version.
pub const WASM_OPT: &str = "132";
/// Drives Firefox.
pub const GECKODRIVER: &str = "0.37.1";
/// Looks for barriers to accessibility, in the end-to-end tests.
pub const AXE_CORE: &str = "4.14.1";

/// Debian's Rust for the web, for machines whose rustup can't add the wasm target. The last two are
/// its linker: a link to a program, and that program.
pub const DEBIAN_RUST: [&str; 6] =
    ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "rust-web-llvm", "lld-22"];
/// Debian's Chromium with the driver that fits it, and a font, without which pages are blank.
pub const DEBIAN_CHROMIUM: [&str; 3] = ["chromium", "chromium-driver", "fonts-dejavu-core"];
/// Debian's Python.
pub const DEBIAN_PYTHON: [&str; 1] = ["python3"];
/// Debian's Firefox.
pub const DEBIAN_FIREFOX: [&str; 2] = ["firefox-esr", "fonts-dejavu-core"];

/// Why wasm-bindgen's version can't be told.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// The file could not be read.
    #[error("{path} can't be read: {source}; it belongs to the checkout: `git checkout Cargo.lock`", path = path.display())]
    Unreadable {
        /// The lock file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file holds no wasm-bindgen.
    #[error("{path} names no wasm-bindgen, so its command can't be chosen", path = path.display())]
    Missing {
        /// The lock file.
        path: PathBuf,
    },
}

/// The version of wasm-bindgen that `Cargo.lock` in `root` holds.
///
/// # Errors
/// If the file can't be read or has no such package.
pub fn wasm_bindgen(root: &Path) -> Result<String, LockError> {
    let path = root.join("Cargo.lock");
    let lock = std::fs::read_to_string(&path).map_err(|source| LockError::Unreadable { path: path.clone(), source })?;
    locked_version(&lock, "wasm-bindgen").map(str::to_owned).ok_or(LockError::Missing { path })
}

/// The version that follows `name = "PACKAGE"` in a lock file.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let wanted = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| **line != wanted);
    lines.next()?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n\
                        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"…\"\n";

    #[test]
    fn the_package_of_that_very_name_is_read() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Some("0.2.130"));
    }

    #[test]
    fn a_lock_without_the_package_has_no_version() {
        assert_eq!(locked_version(LOCK, "yew"), None);
    }
}
