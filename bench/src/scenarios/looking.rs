//! What a frame costs while one looks closer at the timeline of a million tasks, and moves along it.

use e2e::Isolation;
use interleave::workload::Mode;
use serde_json::{Value, json};

use crate::bench::Bench;
use crate::failure::Result;
use crate::figures::Figures;
use crate::peers::Frames;
use crate::report::Report;
use crate::table::Table;
use crate::target::{Bound, Target};

/// A million tasks that differ, so that each row of pixels does.
const LINK: &str = "?v=1&tasks=1000000&steps=print:One,sleep:2s,print:Two&spread=0.5&modes=async";

/// So many frames of each kind.
const FRAMES: usize = 120;

pub fn measure(bench: &Bench, report: &mut Report) -> Result {
    let page = bench.page(Isolation::Isolated)?;
    page.run(LINK, Mode::Async, Frames::Unwatched)?;
    let head = ["each frame turns the wheel", "ms of the page’s thread a frame: median (range)"];
    let mut table = Table::new("looking: the timeline of 1,000,000 tasks that have run", head);
    let mut slowest = Figures::default();
    for (what, turns) in [("closer", closer(-1)), ("along", along()), ("farther away", closer(1))] {
        let took: Figures = page.turn_wheel(Mode::Async, &turns, bench.rounds(FRAMES))?.into_iter().collect();
        table.row([what.to_owned(), took.to_string()]);
        if slowest.median().is_nan() || took.median() > slowest.median() {
            slowest = took;
        }
    }
    let what = "a million tasks: pan and zoom, the slowest of them, a frame with all that the page’s thread does in it";
    report.target(Target::of_figure(what, Bound::AtMost(8.0), "ms", &slowest));
    report.table(table);
    Ok(())
}

/// A little closer with each turn, or farther away.
fn closer(way: i32) -> Value {
    json!([{ "ctrlKey": true, "deltaY": 10 * way }])
}

/// Some way to the right, and as far back.
fn along() -> Value {
    let turns = [40; 10].into_iter().chain([-40; 10]);
    Value::Array(turns.map(|by| json!({ "deltaX": by })).collect())
}
