//! What the page and its workers say to each other, and nothing else.
//!
//! Each message is wrapped with the number of its run, so that a late one of an older run is known for what it is.
//! What can't be written as bytes (the compiled module, shared memory, ports) travels beside it, see `spawn`.
//!
//! ```text
//! page                         worker
//!  ├─ Prepare ───────────────────▶│
//!  │◀────────────────────────  Up ┤   … until all lanes are up
//!  ├─ Go ────────────────────────▶│   tasks are let go together
//!  │◀───────────────────── Posted ┤   before a wait, every 250 ms of counting
//!  │◀─────────────────────── Want ┤   lanes that share no memory: the next tasks, please
//!  ├─ Tasks ─────────────────────▶│
//!  ├─ Stop ──────────────────────▶│   may come at any time
//!  │◀────────────────────── Ended ┤   the last word of a lane
//! ```

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::trace::Batch;
use crate::workload::{LaneId, Micros, Mode, Settings, Work, Workload};

/// The number of one mode of one run; a later one has a higher. 0 is none's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireId(pub u32);

/// A message of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfRun<T>(pub WireId, pub T);

/// What the page says to a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToWorker {
    /// Be a lane of this run.
    Prepare(Assignment),
    /// Begin.
    Go(Go),
    /// Go on with these tasks; none: there are no more.
    Tasks(Tasks),
    /// Stop.
    Stop,
    /// Say that you are up.
    Knock,
    /// Do some work for so long, and tell how fast.
    Measure(Work, Micros),
}

/// What a worker says to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromWorker {
    /// It is up.
    Up,
    /// What it recorded.
    Posted(Batch),
    /// It wants more tasks.
    Want,
    /// It has come to its end, or was stopped.
    Ended {
        /// Whether it was stopped before its end.
        was_stopped: bool,
        /// How far its clock can be from the page's; none if it was never let go.
        clock_error: Option<Micros>,
        /// What the counter that it adds to has come to.
        counter: u64,
    },
    /// So much it did in a millisecond.
    Measured(f64),
    /// It crashed, with this message.
    Crashed(String),
}

/// A lane of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assignment {
    /// In which mode.
    pub mode: Mode,
    /// As which lane.
    pub lane: LaneId,
    /// Of how many.
    pub lanes: u8,
    /// The workload.
    pub workload: Workload,
    /// The conditions.
    pub settings: Settings,
    /// When the mode started, see `Clock::start`.
    pub start: f64,
}

/// The word that lets the tasks go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Go {
    /// The first tasks, where the page deals them out.
    pub tasks: Tasks,
    /// When the page heard that the lane was up, by the page's clock.
    pub heard: Micros,
    /// When the page sent this, by the page's clock.
    pub sent: Micros,
    /// When all lanes begin together, by the page's clock.
    pub begin: Micros,
}

/// Tasks in a row: from one place, counted from 0, to before another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tasks {
    /// The first.
    pub from: u32,
    /// The one behind the last.
    pub to: u32,
    /// Whether the lane asks for more as it begins with the last, rather than when that has ended.
    pub early: bool,
}

/// Why bytes are no message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("A message between the page and a worker could not be read ({0}).")]
pub struct ProtocolError(String);

/// A message as bytes.
///
/// # Errors
/// It can't be written, which no message of this file is.
pub fn encode<T: Serialize>(message: &T) -> Result<Vec<u8>, ProtocolError> {
    postcard::to_allocvec(message).map_err(|error| ProtocolError(error.to_string()))
}

/// A message from bytes.
///
/// # Errors
/// The bytes are no such message.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ProtocolError> {
    postcard::from_bytes(bytes).map_err(|error| ProtocolError(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Columns, Event, What};
    use crate::workload::TaskId;

    fn is_read_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(message: T) {
        let message = OfRun(WireId(7), message);
        assert_eq!(decode(&encode(&message).unwrap()), Ok(message));
    }

    #[test]
    fn every_message_is_read_back() {
        let assignment = Assignment {
            mode: Mode::Threads,
            lane: LaneId(2),
            lanes: 3,
            workload: Workload::default(),
            settings: Settings::default(),
            start: 1_700_000_000_000.125,
        };
        let tasks = Tasks { from: 3, to: 9, early: true };
        for message in [
            ToWorker::Prepare(assignment),
            ToWorker::Go(Go { tasks, heard: Micros(7), sent: Micros(9), begin: Micros(11) }),
            ToWorker::Tasks(tasks),
            ToWorker::Stop,
            ToWorker::Knock,
            ToWorker::Measure(Work::AddLocked, Micros(9)),
        ] {
            is_read_back(message);
        }
        let mut events = Columns::default();
        let event = Event { at: Micros(5), task: TaskId(1), lane: LaneId(2), step: 3, what: What::Printed };
        assert!(events.push(event));
        for message in [
            FromWorker::Up,
            FromWorker::Posted(Batch { events, tickets: vec![1] }),
            FromWorker::Want,
            FromWorker::Ended { was_stopped: true, clock_error: Some(Micros(90)), counter: 3_000_000_000_000 },
            FromWorker::Measured(0.5),
            FromWorker::Crashed("why".to_owned()),
        ] {
            is_read_back(message);
        }
    }

    #[test]
    fn what_is_no_message_is_an_error() {
        assert!(decode::<OfRun<ToWorker>>(&[1, 250, 3]).is_err());
        assert!(decode::<OfRun<ToWorker>>(&[]).is_err());
    }
}
