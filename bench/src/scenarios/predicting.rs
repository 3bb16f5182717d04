//! What predictions cost, natively: with their trace, and for the elapsed time alone.

use std::time::Instant;

use interleave::link::{self, Setup};
use interleave::predict::{Budget, Machine, PredictError, at_once, predict, predict_elapsed};
use interleave::workload::Mode;

use crate::bench::Bench;
use crate::failure::Result;
use crate::figures::Figures;
use crate::peers::native::ms;
use crate::report::Report;
use crate::table::Table;

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

#[expect(clippy::unnecessary_wraps, reason = "as every scenario")]
pub fn measure(bench: &Bench, report: &mut Report) -> Result {
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
    Ok(())
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
