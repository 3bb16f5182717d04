//! A stop, half a second into a run or while its processes start: how long until its result is there.

use e2e::Isolation;
use interleave::workload::Mode;

use crate::bench::Bench;
use crate::failure::Result;
use crate::figures::Figures;
use crate::peers::page::Page;
use crate::report::Report;
use crate::table::Table;

const ROUNDS: usize = 3;
const MODES: [Mode; 4] = [Mode::Sync, Mode::Async, Mode::Threads, Mode::Processes];
const WORKLOADS: [(&str, &str); 3] = [
    ("sleep 60 s", "?v=1&steps=print:One,sleep:60s,print:Two"),
    ("count 10 G", "?v=1&steps=print:One,count:10G,print:Two"),
    ("block 60 s", "?v=1&steps=print:One,block:60s,print:Two"),
];

/// Many more processes than cores: the page's own thread has the least time for a stop.
const STARTING: &str = "?v=1&tasks=32&workers=32&steps=print:One,sleep:1s,print:Two";
/// The processes boot for about half a second on two cores.
const WHILE_STARTING_MS: [u32; 3] = [100, 200, 300];
const INTO_A_RUN_MS: u32 = 500;

pub fn measure(bench: &Bench, report: &mut Report) -> Result {
    for (isolation, words) in [(Isolation::Isolated, "isolated"), (Isolation::Plain, "not isolated")] {
        let page = bench.page(isolation)?;
        let head = ["", "mode", "until the result, ms: median (range)", "status", "lines kept"];
        let mut table = Table::new(format!("stopping: half a second into a run, {words}"), head);
        for (name, link) in WORKLOADS {
            for mode in MODES {
                let [took, status, lines] = stop(bench, &page, link, mode, INTO_A_RUN_MS)?;
                table.row([name.to_owned(), mode.id().to_owned(), took, status, lines]);
            }
        }
        report.table(table);
        let head = ["after, ms", "until the result, ms: median (range)", "status", "lines kept"];
        let mut table = Table::new(format!("stopping: while 32 processes start, {words}"), head);
        for after_ms in WHILE_STARTING_MS {
            let [took, status, lines] = stop(bench, &page, STARTING, Mode::Processes, after_ms)?;
            table.row([after_ms.to_string(), took, status, lines]);
        }
        report.table(table);
    }
    Ok(())
}

/// Stops a mode of a link, some times: how long that took, and what was left of the last.
fn stop(bench: &Bench, page: &Page, link: &str, mode: Mode, after_ms: u32) -> Result<[String; 3]> {
    let stops = (0..bench.rounds(ROUNDS)).map(|_| page.stop(link, mode, after_ms)).collect::<Result<Vec<_>>>()?;
    let took: Figures = stops.iter().map(|stop| stop.took_ms).collect();
    let last = stops.last();
    let [status, lines] = [last.map(|last| last.status.clone()), last.map(|last| last.output.to_string())];
    Ok([took.to_string(), status.unwrap_or_default(), lines.unwrap_or_default()])
}
