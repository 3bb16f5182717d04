//! A stop, half a second into a run: how long until its result is there.

use e2e::Isolation;
use interleave::workload::Mode;

use crate::bench::Bench;
use crate::failure::Result;
use crate::figures::Figures;
use crate::report::Report;
use crate::table::Table;

const ROUNDS: usize = 3;
const MODES: [Mode; 4] = [Mode::Sync, Mode::Async, Mode::Threads, Mode::Processes];
const WORKLOADS: [(&str, &str); 3] = [
    ("sleep 60 s", "?v=1&steps=print:One,sleep:60s,print:Two"),
    ("count 10 G", "?v=1&steps=print:One,count:10G,print:Two"),
    ("block 60 s", "?v=1&steps=print:One,block:60s,print:Two"),
];

pub fn measure(bench: &Bench, report: &mut Report) -> Result {
    let head = ["", "mode", "until the result, ms: median (range)", "status", "lines kept"];
    for (isolation, words) in [(Isolation::Isolated, "isolated"), (Isolation::Plain, "not isolated")] {
        let page = bench.page(isolation)?;
        let mut table = Table::new(format!("stopping: half a second into a run, {words}"), head);
        for (name, link) in WORKLOADS {
            for mode in MODES {
                let mut stops = Vec::new();
                for _ in 0..bench.rounds(ROUNDS) {
                    stops.push(page.stop(link, mode)?);
                }
                let took: Figures = stops.iter().map(|stop| stop.took_ms).collect();
                let Some(last) = stops.pop() else { continue };
                let mode = mode.id().to_owned();
                table.row([name.to_owned(), mode, took.to_string(), last.status, last.output.to_string()]);
            }
        }
        report.table(table);
    }
    Ok(())
}
