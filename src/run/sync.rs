//! `sync`: plain calls, one task after another.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;

use super::blocking::BlockingHost;
use super::lane::{Dealt, Work};
use super::protocol::Assignment;
use crate::interpreter::{Halt, walk};
use crate::workload::Workload;

/// Plain calls.
pub struct Calls(pub BlockingHost);

impl Calls {
    async fn make(&self, workload: &Workload) -> Result<(), Halt> {
        for task in workload.tasks.ids() {
            match walk(&self.0, workload, task).await {
                Ok(()) => {}
                // Nothing after a failing call runs.
                Err(Halt::Failed(_)) => break,
                Err(Halt::Stopped) => return Err(Halt::Stopped),
            }
        }
        Ok(())
    }
}

impl Work for Calls {
    fn run<'a>(&'a self, of: &'a Assignment, _: &'a Dealt) -> LocalBoxFuture<'a, Result<(), Halt>> {
        self.make(&of.workload).boxed_local()
    }

    fn blocks(&self) -> bool {
        self.0.blocks()
    }
}
