//! What is measured, each thing round by round in turn with its peers.

use crate::driver::{Driver, Run};
use crate::figures::Figures;
use crate::table::Table;
use e2e::Result;

/// Rounds of each scenario.
const ROUNDS: usize = 7;

/// A scenario measures with a driver and writes into a table.
type Scenario = fn(&Driver, &mut Table) -> Result;

/// All scenarios with their titles.
pub const ALL: [(&str, Scenario); 3] = [
    ("The article's example: 3 tasks, print One, sleep 1 s, print Two", article),
    ("6 tasks that count for about 300 ms each", counting),
    ("A stop, half a second into a run: until its result is there", stopping),
];

const MODES: [&str; 4] = ["sync", "async", "threads", "processes"];

/// The figures of one thing measured.
#[derive(Default)]
struct Measured {
    elapsed: Figures,
    startup: Figures,
    rest: Figures,
    frozen: Figures,
}

impl Measured {
    fn add(&mut self, run: &Run) {
        self.elapsed.add(run.elapsed);
        self.startup.add(run.startup);
        self.rest.add(run.elapsed - run.startup);
        if let Some(frozen) = run.frozen {
            self.frozen.add(frozen);
        }
    }
}

fn ms(figures: &Figures) -> String {
    let (low, high) = figures.range();
    if low > high { "–".to_owned() } else { format!("{:.2} ({low:.2}–{high:.2})", figures.median()) }
}

fn article(driver: &Driver, table: &mut Table) -> Result {
    let peers = [("plain JavaScript, one loop", "js_async"), ("plain JavaScript, workers", "js_workers")];
    let (mut modes, mut others) = (MODES.map(|_| Measured::default()), peers.map(|_| Measured::default()));
    for _ in 0..ROUNDS {
        for (measured, run) in modes.iter_mut().zip(driver.run("?v=1", &MODES)?) {
            measured.add(&run);
        }
        for (measured, (_, peer)) in others.iter_mut().zip(peers) {
            measured.add(&driver.peer(peer)?);
        }
    }
    let head = ["", "elapsed, ms: median (range)", "start-up, ms", "less start-up, ms", "over the sleeps, ms"];
    table.row(head.map(str::to_owned));
    let names = MODES.into_iter().chain(peers.map(|(name, _)| name));
    for (name, measured) in names.zip(modes.iter().chain(&others)) {
        let sleeps = if name == "sync" { 3000.0 } else { 1000.0 };
        let Measured { elapsed, startup, rest, .. } = measured;
        let over = format!("{:.2}", rest.median() - sleeps);
        table.row([name.to_owned(), ms(elapsed), ms(startup), ms(rest), over]);
    }
    Ok(())
}

fn counting(driver: &Driver, table: &mut Table) -> Result {
    let link = format!("?v=1&tasks=6&steps=count:{}", driver.counts(300.0));
    let mut modes = MODES.map(|_| Measured::default());
    for _ in 0..ROUNDS {
        for (measured, run) in modes.iter_mut().zip(driver.run(&link, &MODES)?) {
            measured.add(&run);
        }
    }
    let head = ["", "elapsed, ms: median (range)", "less start-up, ms", "times as fast as sync", "page frozen, ms"];
    table.row(head.map(str::to_owned));
    let sync = modes[0].rest.median();
    for (name, Measured { elapsed, rest, frozen, .. }) in MODES.iter().zip(&modes) {
        let ratio = format!("{:.3}", sync / rest.median());
        table.row([(*name).to_owned(), ms(elapsed), ms(rest), ratio, ms(frozen)]);
    }
    Ok(())
}

fn stopping(driver: &Driver, table: &mut Table) -> Result {
    let workloads = [
        ("sleep 60 s", "?v=1&steps=print:One,sleep:60s,print:Two"),
        ("count 10 G", "?v=1&steps=print:One,count:10G,print:Two"),
        ("block 60 s", "?v=1&steps=print:One,block:60s,print:Two"),
    ];
    table.row(["", "mode", "until the result, ms: median (range)", "status", "lines kept"].map(str::to_owned));
    for (name, link) in workloads {
        for mode in MODES {
            let mut took = Figures::default();
            let mut last = None;
            for _ in 0..3 {
                let stop = driver.stop(link, mode)?;
                took.add(stop.took_ms);
                last = Some(stop);
            }
            if let Some(stop) = last {
                table.row([name.to_owned(), mode.to_owned(), ms(&took), stop.status, stop.output.to_string()]);
            }
        }
    }
    Ok(())
}
