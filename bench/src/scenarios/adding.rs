//! The shared counter: what adding without a lock loses.

use e2e::Isolation;
use interleave::workload::Mode;

use crate::bench::Bench;
use crate::failure::{Failure, Result};
use crate::figures::Figures;
use crate::peers::page::Page;
use crate::peers::{Frames, Run};
use crate::report::Report;
use crate::table::Table;
use crate::target::{Met, Target};

const ROUNDS: usize = 7;

/// Each with its words.
const CASES: [(Mode, &str); 4] = [
    (Mode::FreeThreads, "add"),
    (Mode::FreeThreads, "add-locked"),
    (Mode::Threads, "add"),
    (Mode::Threads, "add-locked"),
];

pub fn measure(bench: &Bench, report: &mut Report) -> Result {
    let page = bench.page(Isolation::Isolated)?;
    let mut table = Table::new(
        "adding: 2 tasks that add 1 to the shared counter 1,000,000 times each",
        ["", "updates lost: median (range)", "start-up apart, ms"],
    );
    let (mut lost_in, mut cells) = (Vec::new(), Vec::new());
    for (mode, step) in CASES {
        let name = format!("Interleave, {}, {step}", mode.id());
        match rounds(bench, &page, mode, step) {
            Ok(runs) => {
                let lost: Figures = runs.iter().filter_map(lost).collect();
                let rest: Figures = runs.iter().map(Run::rest).collect();
                table.row([name, lost.to_string(), rest.to_string()]);
                cells.push(format!("{step}: {lost}"));
                lost_in.push(lost.range());
            }
            Err(Failure::NotHere(reason)) => {
                table.row([name, reason.clone()]);
                cells.push(format!("{step}: {reason}"));
                lost_in.push((f64::NAN, f64::NAN));
            }
            Err(failure) => return Err(failure),
        }
    }
    report.table(table);
    let met = match lost_in.as_slice() {
        [(least, _), (_, most), ..] if least.is_finite() && most.is_finite() => Met::when(*least > 0.0 && *most == 0.0),
        _ => Met::Unknown,
    };
    let asked = "updates lost in every round; with add-locked none";
    report.target(Target::told("free-threads, 2 × add:1M", asked, cells[..2].join("; "), met));
    Ok(())
}

fn rounds(bench: &Bench, page: &Page, mode: Mode, step: &str) -> Result<Vec<Run>> {
    let link = format!("?v=1&tasks=2&steps={step}:1M");
    (0..bench.rounds(ROUNDS)).map(|_| page.run(&link, mode, Frames::Unwatched)).collect()
}

fn lost(run: &Run) -> Option<f64> {
    run.counter.map(|counter| counter.expected as f64 - counter.actual as f64)
}
