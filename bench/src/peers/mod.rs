//! Who does the work: this engine in a mode, and its peers. A scenario says only what work, and by whom.

pub mod native;
pub mod page;
pub mod python;

use e2e::Isolation;
use interleave::workload::Mode;
use serde::{Deserialize, Serialize};

use crate::bench::Bench;
use crate::failure::{Failure, Result};
use python::Script;

/// The work: so many tasks, each prints One, does its step, and prints Two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Work {
    /// How many tasks.
    pub tasks: u32,
    /// What each does between its prints.
    pub step: Step,
    /// Whether the frames are watched.
    #[serde(skip)]
    pub frames: Frames,
}

/// What a task does between its prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Nothing.
    Print,
    /// It sleeps, for milliseconds.
    Sleep(u32),
    /// It counts, so many iterations. `CPython` counts a 128th of them, and is compared with itself alone.
    Count(u64),
}

/// Whether the frames of the page are watched from outside meanwhile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Frames {
    #[default]
    Unwatched,
    Watched,
}

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// This engine, on a page that is isolated or not.
    Interleave(Mode, Isolation),
    /// Plain JavaScript: `Promise.all` and `setTimeout`.
    JsLoop,
    /// Plain JavaScript: so many workers, and `postMessage`.
    JsWorkers(u32),
    /// `CPython`.
    Python(Script),
    /// Native Rust: so many threads.
    Native(u32),
    /// Native Rust: so many threads that take turns of 5 ms, as under a GIL.
    NativeTurns(u32),
}

/// What came of it. Times are milliseconds.
#[derive(Debug, Default, Deserialize)]
pub struct Run {
    /// From start to end.
    #[serde(rename = "elapsedMs")]
    pub elapsed: f64,
    /// Until all lanes were up.
    #[serde(rename = "startupMs")]
    pub startup: f64,
    /// What the page predicts of the time from then on, of this engine alone.
    #[serde(default, rename = "predictedMs")]
    pub predicted: Option<f64>,
    /// The longest gap between two frames, as the page says.
    #[serde(default, rename = "longestFreezeMs")]
    pub longest_freeze: Option<f64>,
    /// The same as seen from outside, where it was watched.
    #[serde(default, rename = "longestGapMs")]
    pub longest_gap: Option<f64>,
    /// How far a lane's clock can be from the page's, of this engine alone.
    #[serde(default, rename = "clockErrorMs")]
    pub clock_error: Option<f64>,
    /// The lines printed, of this engine alone.
    #[serde(default)]
    pub output: Vec<Line>,
    /// The spans, of this engine alone.
    #[serde(default)]
    pub spans: Vec<Span>,
    /// The shared counter, of this engine alone.
    #[serde(default)]
    pub counter: Option<Counter>,
}

/// A line printed.
#[derive(Debug, Deserialize)]
pub struct Line {
    /// When, in milliseconds from the start of the mode.
    #[serde(rename = "atMs")]
    pub at: f64,
}

/// A stretch of a task's life in one state.
#[derive(Debug, Deserialize)]
pub struct Span {
    /// The task, from 1.
    pub task: u32,
    /// The state, by its name in the result.
    pub state: String,
    /// Its start, in milliseconds from that of the mode.
    #[serde(rename = "fromMs")]
    pub from: f64,
    /// Its end.
    #[serde(rename = "toMs")]
    pub to: f64,
}

/// The shared counter.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Counter {
    /// What it should have come to.
    pub expected: u64,
    /// What it came to.
    pub actual: u64,
}

impl Work {
    /// So many tasks of a step, with nobody watching the frames.
    pub const fn new(tasks: u32, step: Step) -> Self {
        Self { tasks, step, frames: Frames::Unwatched }
    }

    /// The link that sets it up.
    pub fn link(&self) -> String {
        let step = match self.step {
            Step::Print => String::new(),
            Step::Sleep(ms) => format!("sleep:{ms}ms,"),
            Step::Count(iterations) => format!("count:{iterations},"),
        };
        format!("?v=1&tasks={}&steps=print:One,{step}print:Two", self.tasks)
    }
}

impl Run {
    /// The elapsed time, start-up apart.
    pub fn rest(&self) -> f64 {
        self.elapsed - self.startup
    }

    /// Until the first step of a task was done: of this engine when it printed, of a peer when its lanes were up.
    pub fn until_first_step(&self) -> f64 {
        self.output.first().map_or(self.startup, |line| line.at)
    }
}

impl Peer {
    /// This engine where memory can be shared.
    pub const fn isolated(mode: Mode) -> Self {
        Self::Interleave(mode, Isolation::Isolated)
    }

    /// This engine where memory can't be shared.
    pub const fn plain(mode: Mode) -> Self {
        Self::Interleave(mode, Isolation::Plain)
    }

    /// Lets it do the work.
    pub fn run(self, bench: &Bench, work: &Work) -> Result<Run> {
        // The peers in JavaScript have the finer clock of an isolated page.
        let page = || bench.page(Isolation::Isolated);
        match self {
            Self::Interleave(mode, isolation) => bench.page(isolation)?.run(&work.link(), mode, work.frames),
            Self::JsLoop => page()?.js_loop(work),
            Self::JsWorkers(lanes) => page()?.js_workers(work, lanes),
            Self::Python(script) => script.run(work),
            Self::Native(threads) => Ok(native::run(work, threads)),
            Self::NativeTurns(threads) => Ok(native::in_turns(work, threads)),
        }
    }

    /// Its name, in tables.
    pub fn name(self) -> String {
        let several = |count: u32, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        match self {
            Self::Interleave(mode, Isolation::Isolated) => format!("Interleave, {}", mode.id()),
            Self::Interleave(mode, _) => format!("Interleave, {}, not isolated", mode.id()),
            Self::JsLoop => "plain JavaScript, Promise.all".to_owned(),
            Self::JsWorkers(lanes) => format!("plain JavaScript, {}", several(lanes, "worker")),
            Self::Python(script) => format!("CPython, {}", script.name()),
            Self::Native(threads) => format!("native Rust, {}", several(threads, "thread")),
            Self::NativeTurns(threads) => format!("native Rust, {} in turns of 5 ms", several(threads, "thread")),
        }
    }
}

/// Reads what a peer tells as JSON.
pub fn read<T: serde::de::DeserializeOwned>(peer: &'static str, value: serde_json::Value) -> Result<T> {
    serde_json::from_value(value).map_err(|error| Failure::Peer { peer, what: error.to_string() })
}
