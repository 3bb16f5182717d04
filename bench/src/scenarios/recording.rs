//! What it costs to record an event: how much longer tasks take that print more often.

use std::hint::black_box;
use std::time::Instant;

use e2e::Isolation;
use interleave::trace::{Event, Trace, What};
use interleave::workload::{LaneId, Micros, Mode, TaskId};
use serde::Deserialize;

use crate::bench::Bench;
use crate::failure::Result;
use crate::figures::{Figures, number};
use crate::peers::Frames;
use crate::peers::native::ms;
use crate::peers::page::Page;
use crate::report::Report;
use crate::table::Table;
use crate::target::{Bound, Target};

const ROUNDS: usize = 7;
const TASKS: usize = 100_000;
/// Prints of a task: few, and many.
const PRINTS: (usize, usize) = (8, 32);
/// So many events share a reading of the clock.
const EVENTS_A_READING: f64 = 64.0;

/// What the page's plain JavaScript tells, in nanoseconds.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Js {
    object_ns: f64,
    reading_ns: f64,
}

pub fn measure(bench: &Bench, report: &mut Report) -> Result {
    let page = bench.page(Isolation::Isolated)?;
    let modes = [Mode::Sync, Mode::Async, Mode::Threads];
    let (mut each, mut js, mut native) = (modes.map(|_| Vec::new()), Vec::new(), Vec::new());
    for _ in 0..bench.rounds(ROUNDS) {
        for (mode, each) in modes.iter().zip(&mut each) {
            each.push(event_ns(&page, *mode)?);
        }
        js.push(page.ask::<Js>("return js_recording()", Vec::new())?);
        native.push(native_ns());
    }
    let reading = js.iter().map(|js| js.reading_ns).collect::<Figures>();
    let share = reading.map(|ns| ns / EVENTS_A_READING);
    let mut table = Table::new("recording: an event", ["", "ns: median (range)", "the clock's reading apart, ns"]);
    for (mode, each) in modes.iter().zip(&each) {
        let name = match mode {
            Mode::Sync => "sync, in a worker",
            Mode::Async => "async, on the page",
            _ => "threads, in a worker, with the ticket of the GIL",
        };
        let each: Figures = each.iter().copied().collect();
        table.row([format!("Interleave, {name}"), each.to_string(), each.less(&share).to_string()]);
    }
    let objects: Figures = js.iter().map(|js| js.object_ns).collect();
    table.row(["plain JavaScript, an object pushed".to_owned(), String::new(), objects.to_string()]);
    let columns: Figures = native.into_iter().collect();
    table.row(["native Rust, the same columns".to_owned(), String::new(), columns.to_string()]);
    table.row(["a reading of the clock".to_owned(), reading.to_string(), String::new()]);
    report.table(table);

    let apart = each.map(|each| each.into_iter().collect::<Figures>().less(&share));
    let worst = apart.iter().map(Figures::median).fold(0.0, f64::max);
    let [sync, asynchronous, threads] = apart.map(|figures| number(figures.median()));
    let measured = format!("sync {sync} ns, async {asynchronous} ns, threads {threads} ns");
    let what = "recording an event, the clock's reading apart";
    let bound = Bound::AtMost(50.0);
    report.target(Target::told(what, &format!("{bound} ns"), measured, bound.met(worst)));
    Ok(())
}

/// What one more print costs in a mode, all in all: walked, recorded, posted.
fn event_ns(page: &Page, mode: Mode) -> Result<f64> {
    let time = |prints| {
        let link = format!("?v=1&tasks={TASKS}&workers=1&steps={}", vec!["print:x"; prints].join(","));
        page.run(&link, mode, Frames::Unwatched).map(|run| run.rest())
    };
    let (few, many) = (time(PRINTS.0)?, time(PRINTS.1)?);
    Ok((many - few) * 1e6 / ((PRINTS.1 - PRINTS.0) * TASKS) as f64)
}

/// What a push into the columns of a trace costs natively.
fn native_ns() -> f64 {
    let events = (PRINTS.1 * TASKS) as u64;
    let mut trace = Trace::default();
    let begun = Instant::now();
    for at in 0..events {
        let at = Micros(black_box(at));
        trace.push(Event { at, task: TaskId(1), lane: LaneId(1), step: 0, what: What::Printed });
    }
    let taken = ms(begun);
    black_box(trace.len());
    taken * 1e6 / events as f64
}
