//! The benchmarks: the built page and its peers, round by round in one run, medians and ratios.
//!
//! ```text
//! scenario: work, peers ─▶ rounds in turn ─▶ figures ─▶ report: rows against the targets, tables
//! ```
//!
//! Nothing here fails because a machine is slow: it prints what was measured and whether that meets its target, as
//! Markdown that reads well on a terminal, and writes it into `docs/benchmarks.md` if it is asked to.

mod bench;
mod failure;
mod figures;
mod options;
mod peers;
mod report;
mod scenarios;
mod table;
mod target;

use std::process::ExitCode;
use std::time::Instant;

use bench::Bench;
use options::{Options, Output};
use peers::native;
use report::Report;

fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(2);
        }
    };
    let report = measure(&options);
    println!("{report}");
    if options.output == Output::Docs
        && let Err(error) = report.write()
    {
        eprintln!("error: docs/benchmarks.md could not be written: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Measures one scenario after the other. One that breaks off says so in its place, and the next goes on.
fn measure(options: &Options) -> Report {
    let mut report = Report::new(options.pace);
    let begun = Instant::now();
    for scenario in &options.scenarios {
        eprintln!("{:4.0} s  {}", begun.elapsed().as_secs_f64(), scenario.name);
        report.pulse(native::counts_per_ms());
        // Browsers of its own, so that nothing is left of the one before.
        let bench = Bench::new(options.pace);
        if let Err(failure) = (scenario.measure)(&bench, &mut report) {
            report.broke_off(scenario.name, &failure);
        }
        if let Some(machine) = bench.machine() {
            report.machine(machine);
        }
    }
    report.took(begun.elapsed());
    report
}
