//! What a million tasks on an event loop take of memory, trace included.

use e2e::Isolation;
use interleave::workload::Mode;

use crate::bench::Bench;
use crate::failure::{Failure, Result};
use crate::figures::Figures;
use crate::peers::{Frames, Step, Work};
use crate::report::Report;
use crate::table::Table;
use crate::target::{Bound, Target};

const TASKS: u32 = 1_000_000;
const ROUNDS: usize = 2;

pub fn measure(bench: &Bench, report: &mut Report) -> Result {
    let what = "memory at a million tasks, the trace included";
    let bound = Bound::AtMost(250.0);
    let [predicted, wasm, heap] = match bytes_a_task(bench) {
        Ok(figures) => figures,
        Err(Failure::NotHere(reason)) => {
            report.target(Target::told(what, &format!("{bound} bytes a task"), reason, bound.met(f64::NAN)));
            return Ok(());
        }
        Err(failure) => return Err(failure),
    };
    let mut table =
        Table::new("memory: 1,000,000 tasks, print One, sleep 5 s, print Two, on a fresh page", ["", "bytes a task"]);
    table.row([
        "growth of the wasm's memory before the run, with what is predicted by then".to_owned(),
        predicted.to_string(),
    ]);
    table.row(["growth of the wasm's memory until the run is over".to_owned(), wasm.to_string()]);
    table.row(["growth of JavaScript's heap until then, rubbish included".to_owned(), heap.to_string()]);
    report.table(table);
    let both = wasm.less(&heap.map(|heap| -heap.max(0.0)));
    report.target(Target::of_figure(what, bound, "bytes a task", &both));
    Ok(())
}

/// That of the wasm with the prediction, that of the wasm after the run, and that of JavaScript.
fn bytes_a_task(bench: &Bench) -> Result<[Figures; 3]> {
    let page = bench.page(Isolation::Isolated)?;
    let work = Work::new(TASKS, Step::Sleep(5000));
    let mut rounds = Vec::new();
    for _ in 0..bench.rounds(ROUNDS) {
        page.reopen()?;
        let before = page.memory()?;
        page.set_up(&work.link())?;
        let predicted = page.memory()?;
        page.run(&work.link(), Mode::Async, Frames::Unwatched)?;
        let after = page.memory()?;
        rounds.push([predicted.wasm - before.wasm, after.wasm - before.wasm, after.heap - before.heap]);
    }
    let each = |which: usize| rounds.iter().map(|bytes| bytes[which] / f64::from(TASKS)).collect();
    Ok([0, 1, 2].map(each))
}
