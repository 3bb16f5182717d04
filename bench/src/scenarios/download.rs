//! What the page downloads: each file of the build, as it is and with brotli. `sw.js` is among them, which a browser
//! fetches where the host doesn't isolate the page.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use brotli::CompressorWriter;
use e2e::Told;

use crate::bench::Bench;
use crate::failure::{Failure, Result};
use crate::report::Report;
use crate::table::Table;
use crate::target::{Bound, Target};

/// The strongest that there is, as a host compresses what it keeps.
const QUALITY: u32 = 11;
/// The largest window, as a power of two.
const WINDOW: u32 = 24;
const BUFFER: usize = 1 << 16;

/// A kilobyte, as the target has it.
const KB: f64 = 1000.0;

pub fn measure(_: &Bench, report: &mut Report) -> Result {
    let dist = Told::read()?.dist;
    let mut files = sizes(&dist).map_err(|error| Failure::Peer { peer: "the build", what: error.to_string() })?;
    files.sort_by_key(|file| std::cmp::Reverse(file.brotli));
    let mut table = Table::new("download: all files of the build", ["file", "bytes", "with brotli"]);
    for file in &files {
        table.row([file.name.clone(), file.raw.to_string(), file.brotli.to_string()]);
    }
    let raw: usize = files.iter().map(|file| file.raw).sum();
    let brotli: usize = files.iter().map(|file| file.brotli).sum();
    table.row(["all".to_owned(), raw.to_string(), brotli.to_string()]);
    report.table(table);
    let what = "everything that the page downloads, with brotli";
    let all = std::iter::once(brotli as f64 / KB).collect();
    report.target(Target::of_figure(what, Bound::AtMost(150.0), "KB", &all));
    Ok(())
}

struct File {
    name: String,
    raw: usize,
    brotli: usize,
}

/// All files in a folder and those in it.
fn sizes(folder: &Path) -> io::Result<Vec<File>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                files.push(size(folder, &entry.path())?);
            }
        }
    }
    Ok(files)
}

fn size(folder: &Path, path: &Path) -> io::Result<File> {
    let bytes = fs::read(path)?;
    let mut compressed = Vec::new();
    CompressorWriter::new(&mut compressed, BUFFER, QUALITY, WINDOW).write_all(&bytes)?;
    let name = path.strip_prefix(folder).unwrap_or(path).display().to_string();
    Ok(File { name, raw: bytes.len(), brotli: compressed.len() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn files_in_folders_count_too() {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        fs::write(folder.path().join("in/one.txt"), "one ".repeat(1000)).unwrap();
        fs::write(folder.path().join("two.txt"), "two").unwrap();
        let mut files = sizes(folder.path()).unwrap();
        files.sort_by_key(|file| file.raw);
        let [two, one] = &files[..] else { panic!("{} files", files.len()) };
        assert_eq!((two.raw, one.raw, one.name.as_str()), (3, 4000, "in/one.txt"));
        assert!((10..40).contains(&one.brotli), "{}", one.brotli);
    }
}
