//! The page under measurement, embedded in a page of its own site and driven through its public messages; and in that
//! embedding page the peers in plain JavaScript.

use e2e::{Browser, Isolation, Site};
use interleave::workload::Mode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Frames, Run, Work, read};
use crate::failure::{Failure, Result};

/// Files of the embedding page.
const FILES: [(&str, &str); 6] = [
    ("/parent.html", include_str!("../../page/parent.html")),
    ("/parent.js", include_str!("../../page/parent.js")),
    ("/frames.js", include_str!("../../page/frames.js")),
    ("/peers.js", include_str!("../../page/peers.js")),
    ("/peer-worker.js", include_str!("../../page/peer-worker.js")),
    ("/peer-clock.js", include_str!("../../page/peer-clock.js")),
];

/// What runs in every window before its own scripts.
const KEEP_WASM: &str = include_str!("../../page/keep-wasm.js");

/// The page under measurement.
pub struct Page {
    browser: Browser,
    _site: Site,
    machine: Machine,
}

/// What the page says of the machine.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Machine {
    /// What the browser calls itself.
    pub user_agent: String,
    /// How many threads it says can run at once.
    pub cores: u32,
    /// Whether the page is isolated.
    isolated: bool,
    /// The finest step of its clock, in milliseconds.
    pub clock_resolution_ms: f64,
    /// How many iterations a lane counts in a millisecond.
    pub counts_per_ms: f64,
}

/// How a stop went.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stop {
    /// From when the wish was due to the result, in milliseconds.
    pub took_ms: f64,
    /// What became of the run.
    pub status: String,
    /// How many lines were kept.
    pub output: usize,
}

/// How a prediction on the page went.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Predicted {
    /// From the edit, or the request, until what was asked for was shown, in milliseconds.
    pub took_ms: f64,
    /// The longest gap between two frames meanwhile, in milliseconds.
    pub longest_gap_ms: f64,
}

/// What memory there is, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// That of the page's wasm, which never shrinks: so the most that it had.
    pub wasm: f64,
    /// What JavaScript has in use.
    pub heap: f64,
}

impl Page {
    /// Opens the page in a browser of its own, isolated or not, and waits until it is warm.
    pub fn open(isolation: Isolation) -> Result<Self> {
        let plan = FILES.iter().fold(Site::dist(), |plan, (path, text)| plan.page(path, text));
        let plan = if isolation == Isolation::Isolated { plan.isolated() } else { plan };
        let site = plan.start()?;
        let browser = Browser::start(e2e::Options::default())?;
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": KEEP_WASM }))?;
        browser.open(&site.url("parent.html"))?;
        browser.wait_until("globalThis.open_page && globalThis.js_workers")?;
        let machine = open(&browser)?;
        if machine.isolated != (isolation == Isolation::Isolated) {
            return Err(Failure::NotHere(format!("the page could not be had {}", isolation.name())));
        }
        Ok(Self { machine, browser, _site: site })
    }

    /// Opens it once more, with nothing left of what it did.
    pub fn reopen(&self) -> Result {
        open(&self.browser).map(|_| ())
    }

    /// What it says of the machine.
    pub const fn machine(&self) -> &Machine {
        &self.machine
    }

    /// So many counts take about so long here.
    pub fn counts(&self, ms: f64) -> u64 {
        (self.machine.counts_per_ms * ms / 1e6).round() as u64 * 1_000_000
    }

    /// Sets a link up, and waits until what it predicts is drawn.
    pub fn set_up(&self, link: &str) -> Result {
        self.ask::<()>("await set_up(...arguments)", vec![json!(link)])
    }

    /// Sets a link up, and waits until so many modes are predicted and drawn.
    pub fn set_up_predicted(&self, link: &str, modes: usize) -> Result {
        self.ask("await set_up_predicted(...arguments)", vec![json!(link), json!(modes)])
    }

    /// Types another value into the field that holds `from`; how long the page's thread is busy, in milliseconds, until
    /// all modes are predicted and drawn anew.
    pub fn redraw(&self, from: &str, to: &str) -> Result<f64> {
        self.ask("return await redraw(...arguments)", vec![json!(from), json!(to)])
    }

    /// Types likewise; how it went until all modes' elapsed times are predicted anew.
    pub fn predict(&self, from: &str, to: &str) -> Result<Predicted> {
        self.ask("return await predict(...arguments)", vec![json!(from), json!(to)])
    }

    /// Asks for the whole timeline of a mode, of which only the elapsed time is predicted; how it went until it is drawn.
    pub fn predict_whole(&self, mode: Mode) -> Result<Predicted> {
        self.ask("return await predict_whole(...arguments)", vec![json!(mode.id())])
    }

    /// Turns the wheel over a mode's timeline, once in each of so many frames; how long the page's thread is busy in
    /// each, in milliseconds.
    pub fn turn_wheel(&self, mode: Mode, turns: &Value, frames: usize) -> Result<Vec<f64>> {
        self.ask("return await turn_wheel(...arguments)", vec![json!(mode.id()), turns.clone(), json!(frames)])
    }

    /// Runs a link in a mode to its end.
    pub fn run(&self, link: &str, mode: Mode, frames: Frames) -> Result<Run> {
        let script = match frames {
            Frames::Unwatched => "return await run_mode(...arguments)",
            Frames::Watched => "return await run_mode_watched(...arguments)",
        };
        let run: Value = self.ask(script, vec![json!(link), json!(mode.id())])?;
        match run["status"].as_str() {
            Some("finished") => read("the page", run),
            status => {
                let reason = run["reason"].as_str().unwrap_or_default();
                Err(Failure::NotHere(format!("{}: {reason}", status.unwrap_or("no status"))))
            }
        }
    }

    /// Runs a link in a mode and stops it after so many milliseconds.
    pub fn stop(&self, link: &str, mode: Mode, after_ms: u32) -> Result<Stop> {
        self.ask("return await stop(...arguments)", vec![json!(link), json!(mode.id()), json!(after_ms)])
    }

    /// Lets plain JavaScript do the work on its event loop.
    pub fn js_loop(&self, work: &Work) -> Result<Run> {
        let script = match work.frames {
            Frames::Unwatched => "return await js_loop(...arguments)",
            Frames::Watched => "return await js_loop_watched(...arguments)",
        };
        self.ask(script, vec![json!(work)])
    }

    /// Lets plain JavaScript do the work in workers.
    pub fn js_workers(&self, work: &Work, lanes: u32) -> Result<Run> {
        self.ask("return await js_workers(...arguments)", vec![json!(work), json!(lanes)])
    }

    /// What there is of memory now, rubbish included.
    pub fn memory(&self) -> Result<Memory> {
        let wasm: f64 = self.ask("return wasm_bytes()", Vec::new())?;
        let heap = self.browser.cdp("Runtime.getHeapUsage", json!({}))?;
        Ok(Memory { wasm, heap: heap["usedSize"].as_f64().unwrap_or(f64::NAN) })
    }

    /// The same, after what can be collected was; the heap with what the document has of it.
    pub fn memory_in_use(&self) -> Result<Memory> {
        let heap = self.browser.heap()?;
        Ok(Memory { heap, ..self.memory()? })
    }

    /// Runs what is set up in all its modes, so many times; none of them may fail.
    pub fn run_all(&self, times: u32) -> Result {
        self.ask("await run_all(...arguments)", vec![json!(times)])
    }

    /// Runs a script in the embedding page.
    pub fn ask<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> Result<T> {
        read("the browser", self.browser.async_script(script, arguments)?)
    }
}

fn open(browser: &Browser) -> Result<Machine> {
    read("the page", browser.async_script("return await open_page('./?v=1&embed=1')", Vec::new())?)
}
