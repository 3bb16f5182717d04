//! The benchmarks: the built page and its peers, round by round in one run, medians and ratios.
//!
//! The page is driven through its public messages. Nothing here judges: it prints what was measured, on the terminal
//! and as the Markdown of `docs/benchmarks.md`.

mod driver;
mod figures;
mod scenarios;
mod table;

use std::process::ExitCode;

use driver::Driver;
use e2e::Isolation;
use table::Table;

fn main() -> ExitCode {
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The benchmarks broke off: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> e2e::Result {
    for isolation in [Isolation::Isolated, Isolation::Plain] {
        let driver = Driver::open(isolation)?;
        println!("\n## {}\n", driver.machine());
        for (title, scenario) in scenarios::ALL {
            let mut table = Table::new(title);
            scenario(&driver, &mut table)?;
            println!("{table}");
        }
    }
    Ok(())
}
