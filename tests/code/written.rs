//! Golden code: each file of `tests/code/written` is a query and what is written for it, in every mode and language.
//!
//! To add one, write a line on what it shows and one with the query, each with a `#` before it, and run the tests with
//! `BLESS=1` in the environment; then read what came of it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use interleave::code::Language;
use interleave::workload::Mode;

use crate::code;

#[test]
fn what_is_written_is_what_was_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/code/written");
    let mut files = 0;
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let head: Vec<_> = text.lines().take(2).collect();
        let query = head[1].trim_start_matches("# ");
        let mut written = head.join("\n") + "\n";
        for (language, mode) in Language::ALL.into_iter().flat_map(|one| Mode::ALL.map(|mode| (one, mode))) {
            let code = code(query, mode, language).unwrap_or_else(|| "nothing\n".to_owned());
            write!(written, "\n######## {}, {}\n{code}", language.name(), mode.name()).unwrap();
        }
        files += 1;
        if written != text && std::env::var_os("BLESS").is_some() {
            fs::write(&path, written).unwrap();
        } else {
            let differs = written.lines().zip(text.lines()).find(|(is, was)| is != was);
            assert!(written == text, "{}: BLESS=1 accepts it; it differs at {differs:?}", path.display());
        }
    }
    assert_eq!(files, 2, "the golden files are missing");
}
