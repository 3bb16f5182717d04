//! The overhead of many tasks on an event loop, and how well the page draws meanwhile.

use interleave::workload::Mode;

use crate::bench::{Bench, Measured, of};
use crate::failure::Result;
use crate::figures::{Figures, number};
use crate::peers::python::Script;
use crate::peers::{Frames, Peer, Step, Work};
use crate::report::Report;
use crate::table::Table;
use crate::target::{Bound, Target};

const OWN: Peer = Peer::isolated(Mode::Async);

/// So many tasks, that sleep so long, for so many rounds, of which `CPython` does only some, and what is asked of them.
struct Size {
    tasks: u32,
    sleep: u32,
    rounds: usize,
    python_rounds: usize,
    asked: Option<Asked>,
}

/// What is asked of the overhead, and the longest gap between frames in milliseconds.
struct Asked {
    what: &'static str,
    share: f64,
    gap: Option<f64>,
}

const SIZES: [Size; 4] = [
    Size { tasks: 1000, sleep: 200, rounds: 7, python_rounds: 7, asked: None },
    Size { tasks: 10_000, sleep: 200, rounds: 7, python_rounds: 7, asked: None },
    Size {
        tasks: 100_000,
        sleep: 1000,
        rounds: 5,
        python_rounds: 3,
        asked: Some(Asked {
            what: "async, overhead at 100,000 × 1 s, against plain JavaScript",
            share: 0.05,
            gap: Some(50.0),
        }),
    },
    Size {
        tasks: 1_000_000,
        sleep: 5000,
        rounds: 3,
        python_rounds: 1,
        asked: Some(Asked {
            what: "async, overhead at 1,000,000 × 5 s, against plain JavaScript",
            share: 0.04,
            gap: None,
        }),
    },
];

pub fn measure(bench: &Bench, report: &mut Report) -> Result {
    let title = "many: tasks on an event loop, print One, sleep, print Two";
    let head = [
        "",
        "tasks × sleep, ms",
        "over the sleep, ms: median (range)",
        "against plain JavaScript",
        "longest gap between frames, ms",
    ];
    let mut table = Table::new(title, head);
    for size in &SIZES {
        let work = Work { frames: Frames::Watched, ..Work::new(size.tasks, Step::Sleep(size.sleep)) };
        let mut all = bench.in_turn(&work, &[OWN, Peer::JsLoop], size.rounds)?;
        all.extend(bench.in_turn(&work, &[Peer::Python(Script::Asyncio)], size.python_rounds)?);
        let js = overhead(of(&all, Peer::JsLoop)?, size);
        let sizes = format!("{} × {}", size.tasks, size.sleep);
        table.peers(&all, |measured| {
            let own = overhead(measured, size);
            let gap = measured.figures(|run| run.longest_gap);
            [sizes.clone(), own.to_string(), own.over(&js).to_string(), gap.to_string()]
        });
        if let Some(asked) = &size.asked {
            judge(asked, of(&all, OWN)?, &js, size, report);
        }
    }
    report.table(table);
    Ok(())
}

fn overhead(measured: &Measured, size: &Size) -> Figures {
    measured.rest().map(|rest| rest - f64::from(size.sleep))
}

fn judge(asked: &Asked, own: &Measured, js: &Figures, size: &Size, report: &mut Report) {
    let overhead = overhead(own, size);
    let measured = match &own.absent {
        Some(reason) => reason.clone(),
        None => format!("{} ms; plain JavaScript {} ms", number(overhead.median()), number(js.median())),
    };
    report.target(Target::of_ratio(asked.what, Bound::AtMost(asked.share), measured, &overhead.over(js)));
    if let Some(most) = asked.gap {
        let what = "longest gap between frames while 100,000 tasks start, sleep and wake on the page";
        let (told, seen) = (own.figures(|run| run.longest_freeze), own.figures(|run| run.longest_gap));
        // The page tells of the run alone; from outside the result's own making is seen as well.
        let worst = told.range().1.max(seen.range().1);
        let met = Bound::AtMost(most).met(if worst.is_finite() { worst } else { f64::NAN });
        let measured = format!("as the page tells {told} ms; seen from outside {seen} ms");
        report.target(Target::told(what, &format!("{} ms in every round", Bound::AtMost(most)), measured, met));
    }
}
