//! The way in: a plan is run, one mode after another.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::future::{AbortHandle, abortable};
use wasm_bindgen_futures::spawn_local;

use super::calibrate;
use super::inbox::{Inbox, Signal};
use super::plan::{News, Plan};
use super::screen::drawn;
use super::{neighbours, pool, stage};
use crate::trace::{Cut, Outcome, Record};
use crate::workload::{Mode, Settings, TaskCount};

/// A run that is going on. Dropped, it is cancelled and tells no more.
pub struct Handle {
    stop: Rc<Stop>,
    abort: AbortHandle,
}

/// Whether the reader wants the run to stop.
#[derive(Default)]
struct Stop {
    is_wanted: Cell<bool>,
    inbox: RefCell<Rc<Inbox>>,
}

impl Stop {
    /// A new inbox, which is told from now on: what a lane of the mode before says late, nobody hears.
    fn listen(&self) -> Rc<Inbox> {
        let inbox = Rc::new(Inbox::default());
        self.inbox.replace(Rc::clone(&inbox));
        inbox
    }
}

impl Handle {
    /// Stops the run: the mode that is going on ends as cancelled with what it has, those not begun as cancelled
    /// and empty. All of that is told, within 200 ms.
    pub fn stop(&self) {
        self.stop.is_wanted.set(true);
        self.stop.inbox.borrow().put(Signal::Stop);
    }

    /// Skips a mode that has begun: it ends as cancelled with what it has, within 200 ms, and the next begins. If it has
    /// ended already, nothing happens.
    pub fn skip(&self, mode: Mode) {
        self.stop.inbox.borrow().put(Signal::Skip(mode));
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.abort.abort();
    }
}

/// Runs a plan and tells what happens.
pub fn start(plan: Plan, tell: impl Fn(News) + 'static) -> Handle {
    let stop = Rc::new(Stop::default());
    let wanted = Rc::clone(&stop);
    let (run, abort) = abortable(async move {
        let _beside = neighbours::run_beside_others();
        calibrate::give_way().await;
        let mut is_warm = false;
        for (at, mode) in plan.modes.iter().enumerate() {
            if !is_warm && !wanted.is_wanted.get() {
                let lanes = lanes_from_pool(&plan.modes[at..], &plan.settings, plan.workload.tasks);
                pool::be_ready(lanes, &wanted.listen()).await;
            }
            if wanted.is_wanted.get() {
                tell(News::Ended(Record::without_run(*mode, Outcome::Cancelled(Cut::NotBegun))));
                continue;
            }
            let inbox = wanted.listen();
            tell(News::Began(*mode));
            // The page shows that first: its drawing is none of the mode's time.
            drawn().await;
            let record = stage::perform(&plan, *mode, &inbox, &tell).await;
            // What was cut short, or broke as it started, may have lost workers of the pool.
            is_warm = matches!(record.outcome, Outcome::Finished | Outcome::Failed(_));
            tell(News::Ended(record));
        }
        tell(News::Over);
    });
    spawn_local(async move {
        let _ = run.await;
    });
    Handle { stop, abort }
}

/// How many workers of the pool these modes need at once, for so many tasks. Processes are fresh.
#[must_use]
pub fn lanes_from_pool(modes: &[Mode], settings: &Settings, tasks: TaskCount) -> u8 {
    let lanes = modes.iter().filter(|mode| **mode != Mode::Processes);
    lanes.map(|mode| settings.lanes(*mode, tasks)).max().unwrap_or_default()
}
