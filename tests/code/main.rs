//! The workload as code: what is written, and what it does when it is run.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod running;
mod written;

use interleave::code::{Language, write};
use interleave::link;
use interleave::workload::Mode;

/// What a link sets up, as code; none where the language has nothing like the mode.
fn code(query: &str, mode: Mode, language: Language) -> Option<String> {
    let reading = link::read(query);
    assert_eq!(reading.notices, [], "{query}");
    write(language, mode, &reading.setup.workload, &reading.setup.settings).ok()
}
