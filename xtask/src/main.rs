//! `cargo xtask`: reads the command line, carries the command out, says what went wrong.

use std::process::ExitCode;
use xtask::{args, command, process};

fn main() -> ExitCode {
    if let Err(error) = process::end_all_on_signal() {
        eprintln!("warning: Ctrl-C may leave programs running: {error}");
    }
    let command = match args::parse() {
        Ok(command) => command,
        Err(error) => {
            eprintln!("error: {error}\n\n{}", args::USAGE);
            return ExitCode::from(2);
        }
    };
    match command::run(command) {
        Ok(()) => ExitCode::SUCCESS,
        // The summary of the tests has said it all, and its last line stays the last.
        Err(command::CommandError::Tests) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("\nerror: {error}");
            ExitCode::FAILURE
        }
    }
}
