//! The page under measurement: embedded in a page of its own site, beside its peers in plain JavaScript.

use e2e::{Browser, Isolation, Result, Site};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Files of the embedding page.
const FILES: [(&str, &str); 4] = [
    ("/parent.html", include_str!("../page/parent.html")),
    ("/parent.js", include_str!("../page/parent.js")),
    ("/peers.js", include_str!("../page/peers.js")),
    ("/peer-worker.js", include_str!("../page/peer-worker.js")),
];

/// The page under measurement.
pub struct Driver {
    browser: Browser,
    _site: Site,
    machine: Machine,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Machine {
    isolated: bool,
    cores: u32,
    counts_per_ms: f64,
}

/// A run, as far as the benchmarks read it.
#[derive(Deserialize)]
pub struct Run {
    /// From start to end, in milliseconds.
    #[serde(rename = "elapsedMs")]
    pub elapsed: f64,
    /// Until all lanes were up, in milliseconds.
    #[serde(rename = "startupMs")]
    pub startup: f64,
    /// How long the page could not draw, in milliseconds.
    #[serde(default, rename = "pageFrozenMs")]
    pub frozen: Option<f64>,
}

/// How a stop went.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stop {
    /// From the wish to the result, in milliseconds.
    pub took_ms: f64,
    /// What became of the run.
    pub status: String,
    /// How many lines were kept.
    pub output: usize,
}

#[derive(Deserialize)]
struct Results {
    runs: Vec<Run>,
}

impl Driver {
    /// Opens the page in a browser, isolated or not, and waits until it is warm.
    pub fn open(isolation: Isolation) -> Result<Self> {
        let plan = FILES.iter().fold(Site::dist(), |plan, (path, text)| plan.page(path, text));
        let plan = if isolation == Isolation::Isolated { plan.isolated() } else { plan };
        let site = plan.start()?;
        let browser = Browser::start(e2e::Options::default())?;
        browser.open(&site.url("parent.html"))?;
        browser.wait_until("globalThis.open_page && globalThis.js_workers")?;
        let machine = browser.async_script("return await open_page('./?v=1&embed=1')", Vec::new())?;
        Ok(Self { machine: read(machine)?, browser, _site: site })
    }

    /// What the figures were measured on, in words.
    pub fn machine(&self) -> String {
        let Machine { isolated, cores, counts_per_ms } = &self.machine;
        let isolated = if *isolated { "isolated" } else { "not isolated" };
        format!("{}, {isolated}, {cores} cores, {counts_per_ms:.0} counts a ms", self.browser.kind().name())
    }

    /// So many counts take about so long here.
    pub fn counts(&self, ms: f64) -> u64 {
        (self.machine.counts_per_ms * ms / 1e6).round() as u64 * 1_000_000
    }

    /// Runs a link in modes.
    pub fn run(&self, link: &str, modes: &[&str]) -> Result<Vec<Run>> {
        let script = "return await run(arguments[0], arguments[1])";
        let results: Results = read(self.browser.async_script(script, vec![json!(link), json!(modes)])?)?;
        Ok(results.runs)
    }

    /// Runs a link in a mode and stops it after half a second.
    pub fn stop(&self, link: &str, mode: &str) -> Result<Stop> {
        let script = "return await stop(arguments[0], arguments[1], 500)";
        read(self.browser.async_script(script, vec![json!(link), json!(mode)])?)
    }

    /// Runs a peer: three tasks that sleep for a second.
    pub fn peer(&self, name: &str) -> Result<Run> {
        read(self.browser.async_script(&format!("return await {name}(3, 1000)"), Vec::new())?)
    }
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T> {
    let text = value.to_string();
    serde_json::from_value(value).map_err(|error| e2e::E2eError::Value {
        script: error.to_string(),
        value: Value::String(text),
        expected: "what the page promises",
    })
}
