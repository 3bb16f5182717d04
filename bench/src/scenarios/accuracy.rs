//! How well the model says what is measured: all presets and twenty workloads more, in all modes, start-up apart.

use e2e::Isolation;
use interleave::link::{self, Modes, Setup};
use interleave::predict::{Budget, Machine, at_once, predict_elapsed};
use interleave::workload::{Micros, Mode, PRESETS, Pace, Workload};

use crate::bench::Bench;
use crate::failure::{Failure, Result};
use crate::figures::{Figures, number};
use crate::peers::{Frames, Run, page::Page};
use crate::report::Report;
use crate::table::Table;
use crate::target::{Met, Target};

/// What is predicted to take longer in a mode is left out: a thousand seconds one after another prove nothing more.
const LONGEST: Micros = Micros(7_000_000);
const ROUNDS: usize = 3;

/// Each step and setting by itself and with others, few tasks and many, short times and long ones.
const WORKLOADS: [&str; 20] = [
    "?v=1&tasks=1&steps=print:One",
    "?v=1&tasks=100&steps=print:One,print:Two,print:Three",
    "?v=1&tasks=1&steps=sleep:0.4s",
    "?v=1&tasks=20&steps=print:One,sleep:0.05s,print:Two",
    "?v=1&tasks=300&steps=print:One,sleep:20ms,print:Two&workers=16",
    "?v=1&tasks=10000&steps=print:One,sleep:0.2s,print:Two",
    "?v=1&tasks=8&steps=sleep:0.1s,print:One,sleep:50ms,print:Two&spread=0.5",
    "?v=1&tasks=6&steps=block:0.1s,print:One",
    "?v=1&tasks=6&steps=print:One,block:40ms,sleep:80ms,print:Two&sensitive=off&workers=3",
    "?v=1&tasks=12&steps=sleep:0.1s,print:One&limit=4&workers=4",
    "?v=1&tasks=5&steps=sleep:50ms,sleep@2:0.3s,print:One,block@4:0.1s",
    "?v=1&tasks=1&steps=count:0.1G",
    "?v=1&tasks=2&steps=count:80M,print:One",
    "?v=1&tasks=6&steps=count:30M,print:One",
    "?v=1&tasks=3&steps=count:60M,print:One&switch=1ms",
    "?v=1&tasks=4&steps=sleep:0.1s,count:30M,sleep:0.1s,print:One",
    "?v=1&tasks=5&steps=count:20M,block:50ms,print:One&spread=0.3&sensitive=off",
    "?v=1&tasks=40&steps=count:3M,sleep:10ms,print:One",
    "?v=1&tasks=2&steps=add:1M,print:One",
    "?v=1&tasks=3&steps=add-locked:0.2M,sleep:50ms,print:One",
];

/// Waits until the page has predicted all modes of what is set up, or for so long that it won't.
const PREDICTED: &str = "
    const page = document.querySelector('iframe').contentDocument;
    const count = css => page.querySelectorAll(css).length;
    for (let waited = 0; count('article [data-figure=predicted]') < count('article') && waited < 10000; waited += 50)
        await new Promise(resolve => setTimeout(resolve, 50));";

/// What came of one workload in one mode.
struct Case {
    link: String,
    mode: Mode,
    /// What is predicted, in milliseconds.
    predicted: f64,
    /// What was measured, start-up apart, in milliseconds.
    measured: Figures,
    /// How far it may be off, in milliseconds.
    bound: f64,
}

impl Case {
    fn new(link: &str, mode: Mode, workload: &Workload, runs: &[Run]) -> Option<Self> {
        let predicted: Figures = runs.iter().filter_map(|run| run.predicted).collect();
        let predicted = Some(predicted.median()).filter(|predicted| !predicted.is_nan())?;
        let part = if workload.works() { 0.1 } else { 0.03 };
        let measured = runs.iter().map(Run::rest).collect();
        Some(Self { link: link.to_owned(), mode, predicted, measured, bound: (predicted * part).max(5.0) })
    }

    fn off(&self) -> f64 {
        self.measured.median() - self.predicted
    }

    fn is_within(&self) -> bool {
        self.off().abs() <= self.bound
    }

    fn cells(&self) -> [String; 6] {
        let off = self.off();
        let figures = [number(self.predicted), self.measured.to_string(), number(off), number(self.bound)];
        let [predicted, measured, off, bound] = figures;
        [format!("`{}`", self.link), self.mode.id().to_owned(), predicted, measured, off, bound]
    }
}

pub fn measure(bench: &Bench, report: &mut Report) -> Result {
    let page = bench.page(Isolation::Isolated)?;
    let links = PRESETS.iter().map(|preset| preset.link).chain(WORKLOADS);
    let (mut cases, mut left_out) = (Vec::new(), Vec::new());
    for given in links {
        let modes = Modes::new(Mode::ALL.to_vec()).unwrap_or_default();
        let setup = Setup { modes, ..link::read(given).setup };
        page.set_up(&link::write(&setup))?;
        page.ask::<()>(PREDICTED, Vec::new())?;
        for mode in Mode::ALL {
            match case(bench, &page, given, &setup, mode)? {
                Ok(case) => cases.push(case),
                Err(why) => left_out.push([format!("`{given}`"), mode.id().to_owned(), why]),
            }
        }
    }
    report.target(target(&cases));
    report.table(missed(&cases));
    let title = format!("accuracy: what was left out, {} of {}", left_out.len(), left_out.len() + cases.len());
    let mut table = Table::new(title, ["", "mode", "why"]);
    for cells in left_out {
        table.row(cells);
    }
    report.table(table);
    Ok(())
}

/// Runs what is set up in a mode, round by round; or why not.
fn case(
    bench: &Bench,
    page: &Page,
    given: &str,
    setup: &Setup,
    mode: Mode,
) -> Result<std::result::Result<Case, String>> {
    let counts_per_ms = page.machine().counts_per_ms;
    let machine =
        Machine { cores: page.machine().cores, pace: Pace { counts_per_ms, ..Pace::default() }, ..Machine::default() };
    let roughly = predict_elapsed(&setup.workload, &setup.settings, mode, &machine, Budget::default());
    match at_once(roughly) {
        Ok(elapsed) if elapsed > LONGEST => return Ok(Err(format!("predicted {:.0} s", elapsed.as_ms() / 1000.0))),
        Ok(_) => {}
        Err(error) => return Ok(Err(error.to_string())),
    }
    let mut runs = Vec::new();
    for _ in 0..bench.rounds(ROUNDS) {
        match page.run(&link::write(setup), mode, Frames::Unwatched) {
            Ok(run) => runs.push(run),
            Err(Failure::NotHere(reason)) => return Ok(Err(reason)),
            Err(failure) => return Err(failure),
        }
    }
    Ok(Case::new(given, mode, &setup.workload, &runs).ok_or_else(|| "the page predicted nothing".to_owned()))
}

fn target(cases: &[Case]) -> Target {
    let within = cases.iter().filter(|case| case.is_within()).count();
    let asked = "3 % or 5 ms, CPU-bound 10 %, of what is predicted";
    let measured = format!("{within} of {} medians within", cases.len());
    let what = "measured less start-up against predicted: all presets, twenty workloads more, six modes";
    Target::told(what, asked, measured, Met::when(within == cases.len()))
}

fn missed(cases: &[Case]) -> Table {
    let head = ["", "mode", "predicted, ms", "measured, start-up apart, ms: median (range)", "off by, ms", "bound, ms"];
    let missed: Vec<_> = cases.iter().filter(|case| !case.is_within()).collect();
    let title = format!("accuracy: where the median misses what is predicted, {} of {}", missed.len(), cases.len());
    let mut table = Table::new(title, head);
    for case in missed {
        table.row(case.cells());
    }
    table
}
