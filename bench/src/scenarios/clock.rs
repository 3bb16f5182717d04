//! The clock: how far a worker's can be from the page's, as this engine says, and as many messages bound it.

use e2e::Isolation;
use interleave::workload::Mode;
use serde::Deserialize;
use serde_json::json;

use crate::bench::Bench;
use crate::failure::Result;
use crate::figures::Figures;
use crate::peers::page::Page;
use crate::peers::{Frames, Step, Work};
use crate::report::Report;
use crate::table::Table;

const ROUNDS: usize = 7;
/// Messages there and back, in a round.
const EXCHANGES: u32 = 300;

/// A plain worker's clock is ahead of the page's by so many milliseconds.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ahead {
    at_least_ms: f64,
    at_most_ms: f64,
}

pub fn measure(bench: &Bench, report: &mut Report) -> Result {
    let title = "clock: how far a worker's is from the page's, ms: median (range)";
    let head = [
        "",
        "the clock's resolution",
        "error as the result of two threads tells",
        "a plain worker's ahead at least, by 300 messages",
        "and at most",
    ];
    let mut table = Table::new(title, head);
    for (isolation, words) in [(Isolation::Isolated, "isolated"), (Isolation::Plain, "not isolated")] {
        let page = bench.page(isolation)?;
        let (mut told, mut rounds) = (Vec::new(), Vec::new());
        for _ in 0..bench.rounds(ROUNDS) {
            told.extend(page.run(&Work::new(2, Step::Print).link(), Mode::Threads, Frames::Unwatched)?.clock_error);
            rounds.push(ahead(&page)?);
        }
        let told = told.into_iter().collect::<Figures>();
        let least = rounds.iter().map(|ahead| ahead.at_least_ms).collect::<Figures>();
        let most = rounds.iter().map(|ahead| ahead.at_most_ms).collect::<Figures>();
        let resolution = page.machine().clock_resolution_ms.to_string();
        table.row([words.to_owned(), resolution, told.to_string(), least.to_string(), most.to_string()]);
    }
    report.table(table);
    Ok(())
}

fn ahead(page: &Page) -> Result<Ahead> {
    page.ask("return await js_clock(...arguments)", vec![json!(EXCHANGES)])
}
