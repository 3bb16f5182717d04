//! What is left behind by many runs, one after another.

use std::thread::sleep;
use std::time::Duration;

use e2e::Isolation;

use crate::bench::Bench;
use crate::failure::Result;
use crate::figures::Figures;
use crate::peers::page::{Memory, Page};
use crate::report::Report;
use crate::table::Table;
use crate::target::{Bound, Target};

/// A workload of some ten milliseconds, in all modes.
const LINK: &str = "?v=1&tasks=2&steps=print:One,sleep:5ms,count:1M,print:Two\
                    &modes=sync,async,threads,processes,offload,free-threads";
const FIRST: u32 = 10;
const RUNS: u32 = 200;
const AT_A_TIME: u32 = 10;
const ROUNDS: usize = 2;
/// A browser takes up to 2 s to put a worker away.
const REST: Duration = Duration::from_millis(2500);

/// Bytes of a part of the memory.
type Part = fn(&Memory) -> f64;

/// The whole first.
const PARTS: [(&str, Part); 3] = [
    ("the wasm's memory and the heap", |memory| memory.wasm + memory.heap),
    ("the wasm's memory, which never shrinks", |memory| memory.wasm),
    ("JavaScript's heap, that of the document in it", |memory| memory.heap),
];

pub fn measure(bench: &Bench, report: &mut Report) -> Result {
    let head = ["", "after the tenth run, KB", "after the 200th, KB", "times as much"];
    let mut table = Table::new("lasting: memory of the page, after what can be collected was", head);
    for (isolation, words) in [(Isolation::Isolated, "isolated"), (Isolation::Plain, "not isolated")] {
        let page = bench.page(isolation)?;
        let looks = (0..bench.rounds(ROUNDS)).map(|_| look_twice(&page)).collect::<Result<Vec<_>>>()?;
        let look = |which: usize, part: Part| -> Figures { looks.iter().map(|look| part(&look[which])).collect() };
        let in_kb = |figures: &Figures| figures.map(|bytes| bytes / 1000.0).to_string();
        for (name, part) in PARTS {
            let (first, last) = (look(0, part), look(1, part));
            table.row([format!("{name}, {words}"), in_kb(&first), in_kb(&last), last.over(&first).to_string()]);
        }
        let (first, last) = (look(0, PARTS[0].1), look(1, PARTS[0].1));
        let times = last.over(&first);
        // In every round.
        let met = Bound::AtMost(1.05).met(times.range().1);
        let what = format!("200 runs of 10 ms workloads, all modes, {words}");
        let asked = "memory within 5 % of that after the tenth in every round; no worker left";
        let left = "workers: `tests/e2e/tests/page/many_runs.rs`";
        let measured = format!("{} KB, then {} KB; {left}", in_kb(&first), in_kb(&last));
        report.target(Target::told(&what, asked, measured, met).with_ratio(&times));
    }
    report.table(table);
    Ok(())
}

/// The page's memory after the tenth run on a fresh page, and after the last.
fn look_twice(page: &Page) -> Result<[Memory; 2]> {
    page.reopen()?;
    page.set_up(LINK)?;
    let after = |runs: u32| {
        for _ in 0..runs / AT_A_TIME {
            page.run_all(AT_A_TIME)?;
        }
        sleep(REST);
        page.memory_in_use()
    };
    Ok([after(FIRST)?, after(RUNS - FIRST)?])
}
