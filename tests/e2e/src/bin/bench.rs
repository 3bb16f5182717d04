//! The benchmarks' place: nothing is measured yet, and it says so.

use std::process::ExitCode;

fn main() -> ExitCode {
    eprintln!("There are no benchmarks yet: nothing was measured.");
    ExitCode::FAILURE
}
