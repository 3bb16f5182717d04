//! What predictions cost: a table, on request.
//!
//! `cargo test --release -p interleave --test predict -- --ignored --nocapture`

use std::time::Instant;

use interleave::predict::Budget;
use interleave::workload::{Micros, Mode};

use crate::asked::Asked;

#[test]
#[ignore = "prints a table of times, which only mean something in a release build"]
fn what_predictions_cost() {
    let article = "print:One,sleep:1s,print:Two";
    for (name, asked) in [
        ("100 tasks", Asked::of(100, article)),
        ("100,000 tasks", Asked::of(100_000, article)),
        ("1,000,000 tasks", Asked::of(1_000_000, article)),
        ("1,000,000 tasks, spread", Asked::of(1_000_000, article).with("spread=0.5")),
        ("100 × count:150M", Asked::of(100, "count:150M")),
        ("32 × count:10G, switch=100us", Asked::of(32, "count:10G").with("switch=100us")),
        ("1,000,000 × 8 sleeps", Asked::of(1_000_000, &["sleep:1s"; 8].join(",")).with("spread=0.5")),
    ] {
        for mode in Mode::ALL {
            let begun = Instant::now();
            let trace = asked.try_predict(mode, Budget::default()).map(|prediction| prediction.trace.len());
            let with_trace = begun.elapsed().as_secs_f64() * 1000.0;
            let begun = Instant::now();
            let elapsed = asked.try_elapsed(mode, Budget::default()).map(Micros::as_ms);
            let without = begun.elapsed().as_secs_f64() * 1000.0;
            let events = trace.map_or("too large".to_owned(), |events| format!("{events} events"));
            let ms = elapsed.map_or("too large".to_owned(), |ms| format!("{ms} ms"));
            let mode = mode.id();
            println!("{name:30} {mode:13} {with_trace:9.3} ms for {events:16} {without:9.3} ms for {ms}");
        }
    }
}
