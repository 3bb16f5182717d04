//! CPU-bound tasks: one lane against native Rust, processes against cores, threads under the GIL against sync.

use e2e::Isolation;
use interleave::workload::Mode;

use crate::bench::{Bench, Measured, of};
use crate::failure::Result;
use crate::figures::number;
use crate::peers::python::{Script, Start};
use crate::peers::{Peer, Step, Work};
use crate::report::Report;
use crate::table::Table;
use crate::target::{Bound, Target};

const ROUNDS: usize = 9;
/// How long each task counts, about, in milliseconds.
const EACH: f64 = 500.0;

pub fn measure(bench: &Bench, report: &mut Report) -> Result {
    let page = bench.page(Isolation::Isolated)?;
    let step = Step::Count(page.counts(EACH));
    let all = with_lanes(bench, 2, step, ROUNDS, report)?;
    judge(&all, report)?;
    let cores = page.machine().cores.min(32);
    if cores > 2 {
        with_lanes(bench, cores, step, 5, report)?;
    }
    Ok(())
}

/// As many tasks as lanes, on one lane and on all.
fn with_lanes(bench: &Bench, lanes: u32, step: Step, rounds: usize, report: &mut Report) -> Result<Vec<Measured>> {
    // Those that are compared are neighbours.
    let groups: [&[Peer]; 5] = [
        &[Mode::Sync, Mode::Threads, Mode::Processes].map(Peer::isolated),
        &[Mode::Sync, Mode::Threads, Mode::Processes].map(Peer::plain),
        &[Peer::Native(1), Peer::NativeTurns(lanes), Peer::Native(lanes)],
        &[Peer::JsWorkers(1), Peer::JsWorkers(lanes)],
        &[Script::Sync, Script::Threading, Script::Multiprocessing(Start::Spawn)].map(Peer::Python),
    ];
    let all = bench.in_turn(&Work::new(lanes, step), &groups.concat(), rounds)?;
    let head =
        ["", "elapsed, ms: median (range)", "start-up, ms", "start-up apart, ms", "times that of one lane", "speed-up"];
    let Step::Count(iterations) = step else { return Ok(all) };
    let millions = iterations / 1_000_000;
    let title = format!("counting: {lanes} tasks of {millions} M iterations; {} rounds", bench.rounds(rounds));
    let mut table = Table::new(title, head);
    for peers in groups {
        let of_group = |measured: &&Measured| peers.contains(&measured.peer);
        let Some(one) = all.iter().find(of_group).map(Measured::rest) else { continue };
        for measured in all.iter().filter(of_group) {
            table.peers(std::slice::from_ref(measured), |measured| {
                let (rest, elapsed) = (measured.rest(), measured.elapsed());
                let (times, speed_up) = (rest.over(&one), one.over(&rest));
                [elapsed, measured.startup(), rest, times, speed_up].map(|figures| figures.to_string())
            });
        }
    }
    report.table(table);
    Ok(all)
}

fn judge(all: &[Measured], report: &mut Report) -> Result {
    let rest = |peer| of(all, peer).map(Measured::rest);
    let (native, natives) = (rest(Peer::Native(1))?, rest(Peer::Native(2))?);
    let (sync, processes) = (rest(Peer::isolated(Mode::Sync))?, rest(Peer::isolated(Mode::Processes))?);
    let both =
        |own: f64, peer: f64, unit: &str, name: &str| format!("{}{unit}; {name} {}{unit}", number(own), number(peer));
    let measured = both(sync.median(), native.median(), " ms", "native Rust");
    let what = "`count` in one lane, against native Rust";
    report.target(Target::of_ratio(what, Bound::AtMost(1.15), measured, &sync.over(&native)));

    let (speed_up, limit) = (sync.over(&processes), native.over(&natives));
    let measured = both(speed_up.median(), limit.median(), "", "two native threads");
    let what = "two processes, start-up apart: their speed-up over sync, against that of two native threads over one";
    report.target(Target::of_ratio(what, Bound::AtLeast(0.95), measured, &speed_up.over(&limit)));

    for (isolation, words, most) in [(Isolation::Isolated, "isolated", 1.03), (Isolation::Plain, "not isolated", 1.08)]
    {
        let sync = rest(Peer::Interleave(Mode::Sync, isolation))?;
        let threads = rest(Peer::Interleave(Mode::Threads, isolation))?;
        let turns = number(rest(Peer::NativeTurns(2))?.over(&native).median());
        let measured =
            format!("{}; native Rust in turns {turns}", both(threads.median(), sync.median(), " ms", "sync"));
        let what = format!("two CPU-bound threads under the GIL, against sync, start-up apart, {words}");
        report.target(Target::of_ratio(&what, Bound::AtMost(most), measured, &threads.over(&sync)));
    }
    Ok(())
}
