//! The one interpreter: how a task walks through its steps, the same code in every mode.
//!
//! What a step *means* is the host's affair: a mode is nothing but a [`Host`] and a number of lanes, and the
//! prediction is a host too. The interpreter knows of no clock, no lane and no browser. It records the states that
//! every mode has (running, sleeping, blocked) and what is printed; what a host adds of its own (ready, waiting for
//! the GIL) the host records, between the two states that the interpreter records around the call.
//!
//! Beside it are what hosts with an event loop share: the walks of many tasks (`walks`) and their deadlines (`timers`).

mod timers;
mod walks;

use std::future::Future;

pub use timers::Timers;
pub use walks::{Room, Walks};

use crate::trace::{State, What};
use crate::workload::{Action, Micros, TaskId, Work, Workload};

/// Why a task did not come to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// The run was stopped.
    Stopped,
    /// The task failed at this step.
    Failed(u8),
}

/// What a mode offers to a task.
///
/// A host that blocks does its waiting inside, and its futures are ready at the first poll.
pub trait Host {
    /// Notes what happened to a task at a step, now.
    fn record(&self, task: TaskId, step: u8, what: What);

    /// Waits until the task may run: for a lock, or a place on the loop.
    fn begin(&self, task: TaskId) -> impl Future<Output = Result<(), Halt>>;

    /// Waits for I/O the polite way of the mode. Never ends early.
    fn sleep(&self, task: TaskId, step: u8, time: Micros) -> impl Future<Output = Result<(), Halt>>;

    /// Waits for I/O with a blocking call. Never ends early.
    fn block(&self, task: TaskId, step: u8, time: Micros) -> impl Future<Output = Result<(), Halt>>;

    /// Does so much CPU-bound work: so many iterations of [`count`], or so many additions of 1 to the shared counter.
    fn work(&self, task: TaskId, step: u8, work: Work, amount: u64) -> impl Future<Output = Result<(), Halt>>;
}

/// Walks a task through its steps, from its beginning to its end.
///
/// # Errors
/// Where the task failed, or that the run was stopped.
#[expect(clippy::manual_async_fn, reason = "an async fn keeps its arguments twice, and there are a million tasks")]
pub fn walk<H: Host>(host: &H, workload: &Workload, task: TaskId) -> impl Future<Output = Result<(), Halt>> {
    async move {
        host.begin(task).await?;
        host.record(task, 0, What::Entered(State::Running));
        let mut last = 0;
        // By place, not by an iterator, and the factor worked out anew: each task is smaller for it.
        for step in 0..workload.steps.len() as u8 {
            let Some(action) = workload.action(step, task, workload.variation.factor(task)) else { continue };
            last = step;
            // What holds the lane is large and has a box: else every task that sleeps would have its size.
            match action {
                Action::Print(_) => host.record(task, step, What::Printed),
                Action::Sleep(time) => {
                    host.record(task, step, What::Entered(State::Sleeping));
                    host.sleep(task, step, time).await?;
                    host.record(task, step, What::Entered(State::Running));
                }
                Action::Block(time) => {
                    host.record(task, step, What::Entered(State::Blocked));
                    Box::pin(host.block(task, step, time)).await?;
                    host.record(task, step, What::Entered(State::Running));
                }
                Action::Work(work, amount) => Box::pin(host.work(task, step, work, amount)).await?,
                Action::Fail(_) => {
                    host.record(task, step, What::Failed);
                    return Err(Halt::Failed(step));
                }
            }
        }
        host.record(task, last, What::Ended);
        Ok(())
    }
}

/// CPU-bound work of so many iterations, beginning with `seed`; returns what makes the next stretch go on from it.
///
/// One iteration is a round of shift, exclusive or, multiply and add, as in the finalizer of Austin Appleby's
/// `MurmurHash3`. Each needs the result of the one before, so a processor can't take several at once; and unlike those
/// of a linear congruential generator, several can't be folded into one, so a compiler can't either. Wasm and native
/// code wait for the same multiplication.
#[must_use]
#[inline(never)]
pub fn count(iterations: u64, seed: u64) -> u64 {
    let mut state = seed;
    for _ in 0..iterations {
        state = (state ^ (state >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd).wrapping_add(1);
    }
    std::hint::black_box(state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::{Kind, Step, StepName, Steps};
    use std::cell::RefCell;
    use std::future::{Ready, ready};
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    /// A host that is ready at once and writes down what it was asked.
    #[derive(Default)]
    struct Scribe(RefCell<Vec<String>>);

    impl Scribe {
        fn asked(&self, what: String) -> Ready<Result<(), Halt>> {
            self.0.borrow_mut().push(what);
            ready(Ok(()))
        }
    }

    impl Host for Scribe {
        fn record(&self, task: TaskId, step: u8, what: What) {
            self.0.borrow_mut().push(format!("{task}.{step} {what:?}"));
        }
        fn begin(&self, _: TaskId) -> impl Future<Output = Result<(), Halt>> {
            self.asked("begin".to_owned())
        }
        fn sleep(&self, _: TaskId, _: u8, time: Micros) -> impl Future<Output = Result<(), Halt>> {
            self.asked(format!("sleep {}", time.0))
        }
        fn block(&self, _: TaskId, _: u8, time: Micros) -> impl Future<Output = Result<(), Halt>> {
            self.asked(format!("block {}", time.0))
        }
        fn work(&self, _: TaskId, _: u8, work: Work, amount: u64) -> impl Future<Output = Result<(), Halt>> {
            self.asked(format!("{work:?} {amount}"))
        }
    }

    fn walked(steps: &[(&str, &str)], task: u32) -> (Result<(), Halt>, Vec<String>) {
        let steps = steps.iter().map(|(head, value)| Step::parse(head, value).unwrap()).collect();
        let workload = Workload { steps: Steps::new(steps).unwrap(), ..Workload::default() };
        let host = Scribe::default();
        let walk = pin!(walk(&host, &workload, TaskId(task)));
        let Poll::Ready(end) = walk.poll(&mut Context::from_waker(Waker::noop())) else { panic!("it waits") };
        (end, host.0.take())
    }

    #[test]
    fn a_task_asks_its_host_for_one_step_after_another() {
        let (end, asked) = walked(&[("print", "One"), ("sleep", "1ms"), ("count", "1K"), ("add-locked", "2")], 1);
        assert_eq!(end, Ok(()));
        assert_eq!(
            asked,
            [
                "begin",
                "1.0 Entered(Running)",
                "1.0 Printed",
                "1.1 Entered(Sleeping)",
                "sleep 1000",
                "1.1 Entered(Running)",
                "Count 1000",
                "AddLocked 2",
                "1.3 Ended"
            ]
        );
    }

    #[test]
    fn a_failing_step_is_the_last() {
        let (end, asked) = walked(&[("fail", "Boom"), ("print", "never")], 1);
        assert_eq!(end, Err(Halt::Failed(0)));
        assert_eq!(asked, ["begin", "1.0 Entered(Running)", "1.0 Failed"]);
    }

    #[test]
    fn a_step_of_one_task_is_passed_over_by_the_others() {
        assert_eq!(walked(&[("block@2", "1ms"), ("print", "x")], 1).1.len(), 4);
        assert!(walked(&[("block@2", "1ms"), ("print", "x")], 2).1.contains(&"block 1000".to_owned()));
        assert!(matches!(Kind::parse(StepName::Block, "1ms"), Ok(Kind::Block(Micros(1000)))));
    }

    #[test]
    fn a_walk_is_small_enough_for_a_million() {
        let (host, workload) = (Scribe::default(), Workload::default());
        let size = size_of_val(&walk(&host, &workload, TaskId(1)));
        assert!(size <= 48, "{size} bytes");
    }

    #[test]
    fn counting_in_stretches_comes_to_the_same() {
        assert_eq!(count(1000, 7), count(400, count(600, 7)));
    }
}
