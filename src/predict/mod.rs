//! What a run should give: the same interpreter on virtual hosts, in virtual time.
//!
//! ```text
//! workload ┐
//! settings ┤                     ┌─ walk ─┐  asks
//! mode     ┼─▶ model: a host that│ walk   │◀──────▶ record, sleep, block, count …
//! machine  ┤   knows who is next └─ walk ─┘
//! budget   ┘        └───────────▶ drive: gives turns ─────▶ trace, elapsed, ending
//! ```
//!
//! A prediction is a pure function: the same input gives the same trace everywhere. Start-up takes no time here, and
//! nothing but waits, counting and the first turns on a loop takes any. Each mode is one file with one model; what they share is beside them:
//! the clock and the trace (`tape`), an event loop's queue (`turns`), the lanes' (`lanes`), the GIL (`gil`), cores
//! (`cores`). The rules, what they leave out, and where they come from: `docs/model.md`.

mod beginning;
mod cores;
mod drive;
mod event_loop;
mod gil;
mod lanes;
mod machine;
mod offload;
mod order;
mod parallel;
mod rules;
mod sync;
mod tape;
mod threads;
mod turns;

pub use machine::Machine;
pub use order::{Contradiction, Order, Verdict};
pub use tape::Budget;

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use beginning::Beginning;
use drive::Driver;
use tape::{Keep, Tape};
use turns::Turns;

use crate::trace::Trace;
use crate::workload::{Micros, Mode, Settings, TaskId, Workload};

/// What a workload should give in a mode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prediction {
    /// Everything that should happen.
    pub trace: Trace,
    /// How long it should take, without start-up.
    pub elapsed: Micros,
    /// What should become of it.
    pub ending: Ending,
}

/// What should become of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All tasks come to their end.
    Finished,
    /// A task fails; what becomes of the others follows the mode's rule.
    Failed {
        /// The first that does.
        task: TaskId,
        /// At which step.
        step: u8,
        /// When.
        at: Micros,
    },
}

/// Why there is no prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PredictError {
    /// It would cost more than the budget.
    #[error("This workload is too large to be predicted: it takes too many turns. Try fewer tasks or shorter counts.")]
    TooLarge,
}

/// Predicts what a workload gives in a mode, on a machine, event by event. Pending after each fraction of a millisecond,
/// for where nothing may be held up. It wakes nobody; whoever polls it knows best when it may go on ([`at_once`]).
///
/// # Errors
/// The budget is spent.
pub async fn predict(
    workload: &Workload,
    settings: &Settings,
    mode: Mode,
    machine: &Machine,
    budget: Budget,
) -> Result<Prediction, PredictError> {
    let tape = Tape::new(Keep::Trace, budget);
    let ending = run(&tape, workload, settings, mode, machine).await?;
    let elapsed = tape.now();
    let mut trace = tape.into_trace()?;
    trace.lanes_up = vec![Micros::ZERO; settings.first_lanes(mode, workload.tasks).into()];
    Ok(Prediction { trace, elapsed, ending })
}

/// Predicts how long a workload takes in a mode, on a machine: what [`predict`] says, for less. Where a rule says it, it
/// costs nothing of the budget.
///
/// # Errors
/// The budget is spent.
pub async fn predict_elapsed(
    workload: &Workload,
    settings: &Settings,
    mode: Mode,
    machine: &Machine,
    budget: Budget,
) -> Result<Micros, PredictError> {
    if let Some(elapsed) = rules::elapsed(workload, settings, mode, machine).await {
        return Ok(elapsed);
    }
    let tape = Tape::new(Keep::Elapsed, budget);
    run(&tape, workload, settings, mode, machine).await?;
    Ok(tape.now())
}

/// What a prediction comes to, here and now.
pub fn at_once<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        if let Poll::Ready(done) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return done;
        }
    }
}

/// Runs a workload in a mode, in virtual time.
async fn run(
    tape: &Tape,
    workload: &Workload,
    settings: &Settings,
    mode: Mode,
    machine: &Machine,
) -> Result<Ending, PredictError> {
    let tasks = workload.tasks;
    let lanes = settings.lanes(mode, tasks);
    let turns = || Turns::new(tasks, settings.limit, Beginning::of(workload, mode, machine));
    let driver = Driver { tape, pace: &machine.pace, workload, at_once: settings.at_once(mode, tasks) };
    match mode {
        Mode::Sync => driver.drive(&sync::Calls::new(tape, tasks)).await,
        Mode::Async => driver.drive(&event_loop::EventLoop::new(tape, turns())).await,
        Mode::Threads => driver.drive(&threads::Threads::new(tape, tasks, lanes, settings.switch)).await,
        Mode::Processes | Mode::FreeThreads => {
            driver.drive(&parallel::Parallel::new(tape, machine, mode, tasks, lanes)).await
        }
        Mode::Offload => {
            let pool = settings.pool(tasks);
            driver.drive(&offload::Offload::new(tape, turns(), pool, settings.switch)).await
        }
    }
}
