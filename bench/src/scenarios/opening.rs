//! How long it takes from opening the page, with nothing of it in a cache, until the first result is drawn; the run's
//! own time apart.

use e2e::{Browser, Options, Plan, Site};
use serde::Deserialize;
use serde_json::json;

use crate::bench::Bench;
use crate::failure::Result;
use crate::figures::Figures;
use crate::peers::read;
use crate::report::Report;
use crate::table::Table;
use crate::target::{Bound, Target};

const ROUNDS: usize = 10;

/// The article's example, run as soon as it can be. The first of its modes runs in a worker.
const LINK: &str = "?v=1&run=auto";

/// What runs in the page's window before its own scripts.
const FIRST_RESULT: &str = include_str!("../../page/first-result.js");

/// When the first result was drawn.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FirstResult {
    at_ms: f64,
    run_ms: f64,
}

pub fn measure(bench: &Bench, report: &mut Report) -> Result {
    let hosts = [
        ("headers isolate the page", Site::dist().isolated()),
        ("a service worker does, and the page reloads", Site::dist().by_worker()),
    ];
    let mut table =
        Table::new("opening: until the first result is drawn, its run apart", ["from", "ms: median (range)"]);
    for (host, plan) in hosts {
        let rounds = (0..bench.rounds(ROUNDS)).map(|_| open(&plan)).collect::<Result<Vec<_>>>()?;
        let apart: Figures = rounds.iter().map(|first| first.at_ms - first.run_ms).collect();
        table.row([host.to_owned(), apart.to_string()]);
        let what = format!("from opening to the first result drawn, its run apart, cold cache; {host}");
        report.target(Target::of_figure(&what, Bound::AtMost(1000.0), "ms", &apart));
    }
    report.table(table);
    Ok(())
}

/// Opens the page in a fresh browser, which has nothing of it, on a site of its own.
fn open(plan: &Plan) -> Result<FirstResult> {
    let site = plan.clone().start()?;
    let browser = Browser::start(Options::default())?;
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": FIRST_RESULT }))?;
    browser.open(&site.url(LINK))?;
    browser.wait_until("globalThis.firstResult")?;
    read("the page", browser.script("return firstResult", Vec::new())?)
}
