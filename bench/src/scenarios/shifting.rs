//! How much of the page moves by itself: of each preset from its opening on until it has run.

use e2e::{Browser, Options, Site};
use interleave::workload::PRESETS;
use serde_json::json;

use crate::bench::Bench;
use crate::failure::Result;
use crate::peers::read;
use crate::report::Report;
use crate::table::Table;
use crate::target::{Bound, Target};

/// The widths of a phone, a tablet and a desk, and one height for all, in CSS pixels.
const WIDTHS: [u32; 3] = [360, 768, 1280];
const HEIGHT: u32 = 800;

/// What runs in the page's window before its own scripts.
const WATCH: &str = include_str!("../../page/shifts.js");

pub fn measure(_: &Bench, report: &mut Report) -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::start(Options::default())?;
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH }))?;
    let mut table = Table::new(
        "shifting: what moves by itself from opening on until all modes have run",
        ["preset", "360 px", "768 px", "1280 px"],
    );
    let mut largest = 0.0_f64;
    for preset in PRESETS {
        let mut cells = vec![preset.id.to_owned()];
        for width in WIDTHS {
            browser.resize(width, HEIGHT)?;
            browser.open_page(&site.url(preset.link))?;
            browser.wait_until("globalThis.shifts.atRest()")?;
            browser.run_all()?;
            browser.wait_until("globalThis.shifts.atRest()")?;
            let score: f64 = read("the page", browser.script("return globalThis.shifts.score", Vec::new())?)?;
            largest = largest.max(score);
            cells.push(format!("{score:.4}"));
        }
        table.row(cells);
    }
    let what = "largest layout shift score, all presets at 360, 768 and 1280 px, from opening until all have run";
    let bound = Bound::AtMost(0.02);
    report.target(Target::told(what, &bound.to_string(), format!("{largest:.4}"), bound.met(largest)));
    report.table(table);
    Ok(())
}
