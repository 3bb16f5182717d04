//! The warm pool: workers that have booted and wait for a lane to be.
//!
//! Threads, and whatever else runs on one lane in a worker, come from here. Processes never do: they are fresh.

use std::cell::RefCell;
use std::rc::Rc;

use super::inbox::{Inbox, Signal};
use super::protocol::{FromWorker, ToWorker};
use super::spawn::{Beside, LaneWorker, SpawnError};
use crate::trace::RunId;
use crate::workload::{LaneId, Workers};

thread_local! {
    static IDLE: RefCell<Vec<LaneWorker>> = RefCell::default();
}

/// Takes a worker out of the pool, or starts one.
pub fn take() -> Result<LaneWorker, SpawnError> {
    let idle = IDLE.with(|idle| idle.borrow_mut().pop());
    idle.map_or_else(LaneWorker::start, Ok)
}

/// Puts a worker back that has come to rest.
pub fn give_back(worker: LaneWorker) {
    worker.listen_no_more();
    IDLE.with(|idle| {
        let mut idle = idle.borrow_mut();
        if idle.len() < usize::from(Workers::MAX) {
            idle.push(worker);
        }
    });
}

/// Sees to it that so many workers are there, booted or booting. What can't be started now is left to the run.
pub fn warm_up(workers: u8) {
    IDLE.with(|idle| {
        let mut idle = idle.borrow_mut();
        while idle.len() < usize::from(workers.min(Workers::MAX)) {
            match LaneWorker::start() {
                Ok(worker) => idle.push(worker),
                Err(_) => return,
            }
        }
    });
}

/// Lets a worker of the pool count for a moment; how many counts it did in a millisecond, if it answered.
pub async fn calibrate() -> Option<f64> {
    let worker = take().ok()?;
    let inbox = Rc::new(Inbox::default());
    worker.listen_as(LaneId::at(0), &inbox);
    worker.say(RunId::default(), ToWorker::Calibrate, Beside::Nothing).ok()?;
    match inbox.next().await {
        Signal::Said(_, _, FromWorker::Calibrated(counts)) if counts > 0.0 => {
            give_back(worker);
            Some(counts)
        }
        _ => None,
    }
}
