//! The result: what embedding pages are told and Export writes as JSON (`docs/interface.md`, Result).
//!
//! Names and casing are a promise. Times are milliseconds from the start of the mode; they come from whole
//! microseconds, so that they have at most three decimals. Nothing here is read back.

use serde::Serialize;

use crate::trace::{Counter, Outcome, Record, Span, State, Status, first_spans};
use crate::workload::{Micros, Mode, TaskCount, Workload};

/// The most lines of output, and the most spans, that a result holds of a run.
const MOST: usize = 10_000;

/// The result of all modes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Results {
    /// The version of the interface.
    interleave: u8,
    /// The version of Interleave.
    pub version: &'static str,
    /// The canonical link of what was run.
    pub link: String,
    /// Where it was run.
    pub environment: Environment,
    /// One a mode, in the order in which they ran.
    pub runs: Vec<RunResult>,
}

/// Where a workload was run.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Environment {
    /// What the browser calls itself.
    pub user_agent: String,
    /// How many threads the browser says the machine can run at once.
    pub cores: u32,
    /// Whether the page is cross-origin isolated.
    pub isolated: bool,
    /// The clock's resolution, in milliseconds; none where it could not be told.
    pub clock_resolution_ms: Option<f64>,
    /// How many iterations of `count` a lane does in a millisecond, where that was measured.
    pub counts_per_ms: Option<f64>,
}

/// The result of one run.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RunResult {
    /// The mode.
    pub mode: Mode,
    /// What became of it.
    pub status: Status,
    /// Why it is not finished: a sentence.
    pub reason: Option<String>,
    /// From the start of the mode to the end of the last task, or to the stop.
    pub elapsed_ms: Option<f64>,
    /// Until the lanes that the mode begins with were all up.
    pub startup_ms: Option<f64>,
    /// What the model gives for the elapsed time less the start-up.
    pub predicted_ms: Option<f64>,
    /// The sum of the gaps between frames over 50 ms.
    pub page_frozen_ms: Option<f64>,
    /// The longest gap between two frames.
    pub longest_freeze_ms: Option<f64>,
    /// Whether the page was hidden or off the screen for a while.
    pub was_hidden: bool,
    /// How far the clock of any lane can be from the page's, the clock's resolution apart.
    pub clock_error_ms: Option<f64>,
    /// How many lines of output there are in all.
    pub output_total: Option<usize>,
    /// The first lines of output, in their order.
    pub output: Vec<LineResult>,
    /// The first spans, by start, then task.
    pub spans: Vec<SpanResult>,
    /// The shared counter, if the workload adds.
    pub counter: Option<Counter>,
    /// What the reader should know of the run, in sentences.
    pub notes: Vec<String>,
}

/// A line of output.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LineResult {
    /// When it was printed.
    pub at_ms: f64,
    /// By which task, from 1.
    pub task: u32,
    /// On which lane, from 1.
    pub lane: u8,
    /// What it says.
    pub text: String,
}

/// A stretch of a task's life in one state.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SpanResult {
    /// The task, from 1.
    pub task: u32,
    /// The lane that carried it, from 1.
    pub lane: u8,
    /// The state.
    pub state: State,
    /// Its start.
    pub from_ms: f64,
    /// Its end.
    pub to_ms: f64,
}

impl Results {
    /// The result of these runs of a workload; `link` is its canonical link.
    #[must_use]
    pub fn new<'a>(
        records: impl IntoIterator<Item = &'a Record>,
        workload: &Workload,
        link: String,
        environment: Environment,
    ) -> Self {
        let runs = records.into_iter().map(|record| RunResult::new(record, workload)).collect();
        Self { interleave: 1, version: env!("CARGO_PKG_VERSION"), link, environment, runs }
    }

    /// As JSON.
    ///
    /// # Errors
    /// None that is known: all keys are strings, and a number that JSON doesn't have becomes `null`.
    pub fn to_json(&self) -> serde_json::Result<String> {
        super::to_json(self)
    }
}

impl RunResult {
    /// The result of one run of a workload.
    #[must_use]
    pub fn new(record: &Record, workload: &Workload) -> Self {
        let nothing = Self::without_figures(record);
        if matches!(record.outcome, Outcome::Unavailable(_)) {
            return nothing;
        }
        let ms = |time: Option<Micros>| time.map(Micros::as_ms);
        let output = record.trace.output(workload).take(MOST);
        Self {
            elapsed_ms: ms(record.elapsed),
            startup_ms: ms(record.startup()),
            predicted_ms: ms(record.predicted),
            page_frozen_ms: ms(record.frames.frozen),
            longest_freeze_ms: ms(record.frames.longest_gap),
            was_hidden: record.frames.was_hidden,
            clock_error_ms: ms(record.clock_error),
            output_total: Some(record.trace.output_total()),
            output: output.map(LineResult::from).collect(),
            spans: spans(record, workload.tasks),
            counter: record.counter,
            notes: record.notes.clone(),
            ..nothing
        }
    }

    /// What became of a run, and nothing else of it.
    fn without_figures(record: &Record) -> Self {
        Self {
            mode: record.mode,
            status: record.outcome.status(),
            reason: record.outcome.reason(),
            elapsed_ms: None,
            startup_ms: None,
            predicted_ms: None,
            page_frozen_ms: None,
            longest_freeze_ms: None,
            was_hidden: false,
            clock_error_ms: None,
            output_total: None,
            output: Vec::new(),
            spans: Vec::new(),
            counter: None,
            notes: Vec::new(),
        }
    }
}

/// The first spans of a run; none of one that never began, in which a task was in no state.
fn spans(record: &Record, tasks: TaskCount) -> Vec<SpanResult> {
    if record.elapsed.is_none() {
        return Vec::new();
    }
    first_spans(&record.trace, tasks, MOST).into_iter().map(SpanResult::from).collect()
}

impl From<crate::trace::Line<'_>> for LineResult {
    fn from(line: crate::trace::Line<'_>) -> Self {
        Self { at_ms: line.at.as_ms(), task: line.task.0, lane: line.lane.0, text: line.text.to_owned() }
    }
}

impl From<Span> for SpanResult {
    fn from(span: Span) -> Self {
        let Span { from, task, to, lane, state } = span;
        Self { task: task.0, lane: lane.0, state, from_ms: from.as_ms(), to_ms: to.as_ms() }
    }
}
