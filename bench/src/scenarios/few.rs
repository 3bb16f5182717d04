//! The overhead of three tasks on an event loop, over the second that they sleep.

use interleave::workload::Mode;

use crate::bench::{Bench, of};
use crate::failure::Result;
use crate::figures::number;
use crate::peers::python::Script;
use crate::peers::{Peer, Step, Work};
use crate::report::Report;
use crate::table::Table;
use crate::target::{Bound, Met, Target};

const SLEEP: u32 = 1000;
const ROUNDS: usize = 30;

/// At most so many times plain JavaScript's, or so many milliseconds more: whichever is kind to noise.
const TIMES: f64 = 1.1;
const MORE: f64 = 0.3;

pub fn measure(bench: &Bench, report: &mut Report) -> Result {
    let own = Peer::isolated(Mode::Async);
    let peers = [own, Peer::JsLoop, Peer::Python(Script::Asyncio)];
    let all = bench.in_turn(&Work::new(3, Step::Sleep(SLEEP)), &peers, ROUNDS)?;
    let title =
        format!("few: 3 tasks on an event loop, print One, sleep 1 s, print Two; {} rounds", bench.rounds(ROUNDS));
    let mut table = Table::new(title, ["", "elapsed, ms: median (range)", "over the sleep, ms"]);
    let overhead = |peer| of(&all, peer).map(|measured| measured.rest().map(|rest| rest - f64::from(SLEEP)));
    table.peers(&all, |measured| {
        [measured.elapsed().to_string(), measured.rest().map(|rest| rest - f64::from(SLEEP)).to_string()]
    });
    report.table(table);
    let (ours, js) = (overhead(own)?, overhead(Peer::JsLoop)?);
    let (median, peer) = (ours.median(), js.median());
    let met = match Bound::AtMost(peer + MORE).met(median) {
        Met::No => Bound::AtMost(peer * TIMES).met(median),
        met => met,
    };
    let what = "async, overhead at 3 tasks, median, against plain JavaScript";
    let measured = format!("{} ms; plain JavaScript {} ms", number(median), number(peer));
    let target = format!("at most {TIMES} times, or {MORE} ms more");
    report.target(Target::told(what, &target, measured, met).with_ratio(&ours.over(&js)));
    Ok(())
}
