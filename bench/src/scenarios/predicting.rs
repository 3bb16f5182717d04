//! What predictions cost: on the page, from an edit until they are shown, and on request with the whole timeline; and
//! natively, with their trace and for the elapsed time alone.

use std::time::Instant;

use e2e::Isolation;
use interleave::link::{self, Setup};
use interleave::predict::{Budget, Machine, PredictError, at_once, predict, predict_elapsed};
use interleave::workload::Mode;

use crate::bench::Bench;
use crate::failure::Result;
use crate::figures::Figures;
use crate::peers::native::ms;
use crate::peers::page::Page;
use crate::report::Report;
use crate::table::Table;
use crate::target::{Bound, Target};

/// How often the form is edited.
const EDITS: usize = 30;
/// On the page, in the four modes that it shows unless told otherwise.
const MODES: usize = 4;
/// How often each whole timeline is asked for.
const WHOLE: usize = 3;
/// The longest gap between two frames in which a page is not frozen, in milliseconds.
const GAP: f64 = 50.0;
/// What is typed in place of one another.
const SLEEPS: [&str; 2] = ["1s", "2s"];
const MILLION: [(&str, &str); 3] = [
    ("1,000,000 tasks", "tasks=1000000"),
    ("1,000,000 tasks, spread", "tasks=1000000&spread=0.5"),
    ("1,000,000 tasks, spread, limit=1000", "tasks=1000000&spread=0.5&limit=1000"),
];

const ROUNDS: usize = 2;
const WORKLOADS: [(&str, &str); 7] = [
    ("100 tasks", "tasks=100"),
    ("100,000 tasks", "tasks=100000"),
    ("1,000,000 tasks", "tasks=1000000"),
    ("1,000,000 tasks, spread", "tasks=1000000&spread=0.5"),
    ("100 × count:150M", "tasks=100&steps=count:150M"),
    ("32 × count:10G, switch=100us", "tasks=32&steps=count:10G&switch=100us"),
    (
        "1,000,000 × 8 sleeps, spread",
        "tasks=1000000&steps=sleep:1s,sleep:1s,sleep:1s,sleep:1s,sleep:1s,sleep:1s,sleep:1s,sleep:1s&spread=0.5",
    ),
];

pub fn measure(bench: &Bench, report: &mut Report) -> Result {
    let page = bench.page(Isolation::Isolated)?;
    redrawn(bench, &page, report)?;
    elapsed(bench, &page, report)?;
    whole(bench, &page, report)?;
    natively(bench, report);
    Ok(())
}

/// What is typed in place of what, edit by edit.
fn edits(bench: &Bench) -> impl Iterator<Item = (&'static str, &'static str)> {
    SLEEPS.into_iter().zip([SLEEPS[1], SLEEPS[0]]).cycle().take(bench.rounds(EDITS))
}

fn redrawn(bench: &Bench, page: &Page, report: &mut Report) -> Result {
    page.set_up_predicted("?v=1&tasks=100", MODES)?;
    let redrawn: Figures = edits(bench).map(|(from, to)| page.redraw(from, to)).collect::<Result<_>>()?;
    let what = "editing a number redraws all predictions at 100 tasks, in four modes";
    report.target(Target::of_figure(what, Bound::AtMost(16.0), "ms of the page’s thread, frames included", &redrawn));
    Ok(())
}

fn elapsed(bench: &Bench, page: &Page, report: &mut Report) -> Result {
    let head = ["", "until all four are shown, ms: median (range)", "longest gap between frames, ms"];
    let mut table = Table::new("predicting: on the page, the elapsed times after an edit", head);
    for (name, query) in MILLION {
        page.set_up_predicted(&format!("?v=1&{query}"), MODES)?;
        let rounds = edits(bench).map(|(from, to)| page.predict(from, to)).collect::<Result<Vec<_>>>()?;
        let took: Figures = rounds.iter().map(|round| round.took_ms).collect();
        let gap: Figures = rounds.iter().map(|round| round.longest_gap_ms).collect();
        table.row([name.to_owned(), took.to_string(), gap.to_string()]);
        if query.ends_with("0.5") {
            let what = "elapsed predicted at 1,000,000 tasks that differ, in four modes, after an edit";
            report.target(Target::of_figure(what, Bound::AtMost(300.0), "ms", &took));
            let what = "longest gap between frames meanwhile";
            report.target(Target::of_figure(what, Bound::AtMost(GAP), "ms", &gap));
        }
    }
    report.table(table);
    Ok(())
}

fn whole(bench: &Bench, page: &Page, report: &mut Report) -> Result {
    let head = ["", "mode", "until it is drawn, ms: median (range)", "longest gap between frames, ms"];
    let mut table = Table::new("predicting: on the page, whole timelines on request", head);
    let mut longest = Vec::new();
    for (name, query) in MILLION {
        for mode in Mode::ALL.into_iter().take(MODES) {
            let ask = |_| {
                page.set_up_predicted("?v=1", MODES)?;
                page.set_up_predicted(&format!("?v=1&{query}"), MODES)?;
                page.predict_whole(mode)
            };
            let rounds = (0..bench.rounds(WHOLE)).map(ask).collect::<Result<Vec<_>>>()?;
            let took: Figures = rounds.iter().map(|round| round.took_ms).collect();
            let gap: Figures = rounds.iter().map(|round| round.longest_gap_ms).collect();
            table.row([name.to_owned(), mode.id().to_owned(), took.to_string(), gap.to_string()]);
            longest.extend(rounds.iter().map(|round| round.longest_gap_ms));
        }
    }
    let what = "longest gap between frames while a whole timeline of 1,000,000 tasks is predicted on request";
    let longest: Figures = longest.into_iter().collect();
    let met = Bound::AtMost(GAP).met(longest.range().1);
    let asked = format!("{} ms in every round", Bound::AtMost(GAP));
    report.target(Target::told(what, &asked, format!("{longest} ms"), met));
    report.table(table);
    Ok(())
}

fn natively(bench: &Bench, report: &mut Report) {
    let head = ["", "mode", "with its trace, ms: median (range)", "events", "elapsed time alone, ms"];
    let mut table = Table::new("predicting: natively", head);
    let (machine, budget) = (Machine::default(), Budget::default());
    for (name, query) in WORKLOADS {
        let Setup { workload, settings, .. } = &link::read(&format!("?v=1&{query}")).setup;
        for mode in Mode::ALL {
            let (with_trace, events) = timed(bench, || {
                let prediction = at_once(predict(workload, settings, mode, &machine, budget))?;
                Ok(prediction.trace.len())
            });
            let (alone, _) = timed(bench, || at_once(predict_elapsed(workload, settings, mode, &machine, budget)));
            let events = events.map_or_else(|_| "too large".to_owned(), |events| events.to_string());
            table.row([name.to_owned(), mode.id().to_owned(), with_trace.to_string(), events, alone.to_string()]);
        }
    }
    report.table(table);
}

/// How long it took, round by round, and what it gave.
fn timed<T>(
    bench: &Bench,
    what: impl Fn() -> std::result::Result<T, PredictError>,
) -> (Figures, std::result::Result<T, PredictError>) {
    let mut last = Err(PredictError::TooLarge);
    let times = (0..bench.rounds(ROUNDS)).map(|_| {
        let begun = Instant::now();
        last = what();
        ms(begun)
    });
    (times.collect(), last)
}
