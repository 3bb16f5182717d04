//! The article's example in the article's four modes, beside all peers.

use interleave::workload::Mode;

use crate::bench::{Bench, Measured};
use crate::failure::Result;
use crate::figures::Figures;
use crate::peers::python::{Script, Start};
use crate::peers::{Peer, Step, Work};
use crate::report::Report;
use crate::table::Table;

const TASKS: u32 = 3;
const SLEEP: u32 = 1000;
const ROUNDS: usize = 3;
const MODES: [Mode; 4] = [Mode::Sync, Mode::Async, Mode::Threads, Mode::Processes];

pub fn measure(bench: &Bench, report: &mut Report) -> Result {
    let scripts = [Script::Sync, Script::Asyncio, Script::Threading, Script::Multiprocessing(Start::Spawn)];
    let others = [Peer::JsLoop, Peer::JsWorkers(TASKS), Peer::Native(TASKS)];
    let peers = [&MODES.map(Peer::isolated)[..], &MODES.map(Peer::plain), &others, &scripts.map(Peer::Python)].concat();
    let all = bench.in_turn(&Work::new(TASKS, Step::Sleep(SLEEP)), &peers, ROUNDS)?;
    let mut table = Table::new(
        "article: 3 tasks, print One, sleep 1 s, print Two",
        ["", "elapsed, ms: median (range)", "start-up, ms", "start-up apart, ms", "over the sleeps, ms"],
    );
    table.peers(&all, |measured| {
        [measured.elapsed(), measured.startup(), measured.rest(), overhead(measured)].map(|figures| figures.to_string())
    });
    report.table(table);
    Ok(())
}

fn overhead(measured: &Measured) -> Figures {
    let in_turn = matches!(measured.peer, Peer::Interleave(Mode::Sync, _) | Peer::Python(Script::Sync));
    let sleeps = if in_turn { TASKS * SLEEP } else { SLEEP };
    measured.rest().map(|rest| rest - f64::from(sleeps))
}
