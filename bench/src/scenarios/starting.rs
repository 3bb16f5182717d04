//! How long a lane takes to its first step: a new process, and a thread of the warm pool.

use interleave::workload::Mode;

use crate::bench::{Bench, Measured, of};
use crate::failure::Result;
use crate::figures::{Figures, number};
use crate::peers::python::{Script, Start};
use crate::peers::{Peer, Run, Step, Work};
use crate::report::Report;
use crate::table::Table;
use crate::target::{Bound, Target};

const ROUNDS: usize = 30;

pub fn measure(bench: &Bench, report: &mut Report) -> Result {
    let (process, thread, js) = (Peer::isolated(Mode::Processes), Peer::isolated(Mode::Threads), Peer::JsWorkers(1));
    let peers = [
        process,
        js,
        Peer::plain(Mode::Processes),
        Peer::Python(Script::Multiprocessing(Start::Spawn)),
        Peer::Python(Script::Multiprocessing(Start::Fork)),
        thread,
        Peer::plain(Mode::Threads),
        Peer::Python(Script::Threading),
        Peer::Native(1),
    ];
    let all = bench.in_turn(&Work::new(1, Step::Print), &peers, ROUNDS)?;
    let first = |peer| of(&all, peer).map(first_step);
    let (process, thread, js) = (first(process)?, first(thread)?, first(js)?);
    let title = format!(
        "starting: one lane, until its first step; a peer's, until it answers; {} rounds",
        bench.rounds(ROUNDS)
    );
    let mut table = Table::new(title, ["", "ms: median (range)", "against a plain JavaScript worker"]);
    table.peers(&all, |measured| {
        let own = first_step(measured);
        [own.to_string(), own.over(&js).to_string()]
    });
    report.table(table);
    let what = "a new process until its first step, against a plain JavaScript worker until it answers";
    let measured = format!("{} ms; plain JavaScript {} ms", number(process.median()), number(js.median()));
    report.target(Target::of_ratio(what, Bound::AtMost(1.25), measured, &process.over(&js)));
    report.target(Target::of_figure("a warm thread until its first step", Bound::AtMost(2.0), "ms", &thread));
    Ok(())
}

fn first_step(measured: &Measured) -> Figures {
    measured.figures(|run| Some(Run::until_first_step(run)))
}
