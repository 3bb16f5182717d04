//! The last step of the build: gives the workers' glue and wasm the name that they are served by.
//!
//! Trunk leaves `lane.js` and `lane_bg.wasm`. Both are named by what is in them, so that no cache can mix those of two
//! builds. The page is told the name in its document.
//!
//! ```text
//! lane.js ──────▶ lane-HASH.js
//! lane_bg.wasm ─▶ lane-HASH_bg.wasm
//! data-lane="" ─▶ data-lane="./lane-HASH"
//! ```

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Error, ErrorKind};
use std::path::Path;

/// What stands in the document until the name is known.
const NAMELESS: &str = r#"data-lane="""#;

/// Names what Trunk left in `out`.
///
/// # Errors
/// If a file is not there, or the document has no place for the name.
pub fn name(out: &Path) -> io::Result<()> {
    let (glue, wasm, document) = (out.join("lane.js"), out.join("lane_bg.wasm"), out.join("index.html"));
    let mut hasher = DefaultHasher::new();
    hasher.write(&fs::read(&glue)?);
    hasher.write(&fs::read(&wasm)?);
    let name = format!("lane-{:016x}", hasher.finish());
    let text = fs::read_to_string(&document)?;
    if !text.contains(NAMELESS) {
        return Err(Error::new(ErrorKind::InvalidData, format!("index.html has no {NAMELESS}")));
    }
    fs::rename(glue, out.join(format!("{name}.js")))?;
    fs::rename(wasm, out.join(format!("{name}_bg.wasm")))?;
    fs::write(document, text.replacen(NAMELESS, &format!(r#"data-lane="./{name}""#), 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    /// What Trunk may have left; the name, and all files of the folder afterwards.
    fn named(wasm: &str, glue: &str) -> (String, Vec<String>) {
        let folder = TempDir::new().unwrap();
        let file = |name: &str| folder.path().join(name);
        for (name, text) in [("lane.js", glue), ("lane_bg.wasm", wasm), ("index.html", r#"<html data-lane="">"#)] {
            fs::write(file(name), text).unwrap();
        }
        name(folder.path()).unwrap();
        let document = fs::read_to_string(file("index.html")).unwrap();
        let name = document.trim_start_matches(r#"<html data-lane="./"#).trim_end_matches(r#"">"#).to_owned();
        assert_eq!(fs::read_to_string(file(&format!("{name}.js"))).unwrap(), glue);
        assert_eq!(fs::read_to_string(file(&format!("{name}_bg.wasm"))).unwrap(), wasm);
        let files = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        (name, files.collect())
    }

    #[test]
    fn both_files_are_named_by_what_is_in_either() {
        let (name, files) = named("wasm", "glue;");
        assert!(!files.iter().any(|file| file == "lane.js" || file == "lane_bg.wasm"), "{files:?}");
        assert_eq!(named("wasm", "glue;").0, name);
        assert_ne!(named("other", "glue;").0, name);
        assert_ne!(named("wasm", "other;").0, name);
    }

    #[test]
    fn a_document_without_a_place_for_the_name_is_an_error() {
        let folder = TempDir::new().unwrap();
        for file in ["lane.js", "lane_bg.wasm", "index.html"] {
            fs::write(folder.path().join(file), "<html>").unwrap();
        }
        assert!(name(folder.path()).is_err());
    }
}
