//! The worker's side of a calibration: works for a moment, and tells how fast. And what makes its other work as fast.

use std::cell::RefCell;

use super::clock::Clock;
use super::counter::Counter;
use crate::interpreter::count;
use crate::workload::{Micros, Work, Workload};

/// Iterations between two looks at the clock, and additions.
const STRETCH: u64 = 1 << 16;
const ADDITIONS: u64 = 1 << 12;

/// The compiler has done its best for additions after so long.
const WARM_UP: Micros = Micros(5000);

thread_local! {
    /// The kinds of work that this worker has done for long enough.
    static WARM: RefCell<Vec<Work>> = const { RefCell::new(Vec::new()) };
}

/// Has the compiler do its best for additions, once for each kind, before a lane is up whose tasks add. The wasm of the
/// lanes is compiled for all workers together and for longer; that of additions is new to a worker.
pub fn warm_up(workload: &Workload, counter: &Counter) {
    for work in [Work::Add, Work::AddLocked] {
        if workload.has(|kind| kind.work() == Some(work)) && !WARM.with_borrow(|warm| warm.contains(&work)) {
            in_a_ms(work, WARM_UP, &counter.spare());
            WARM.with_borrow_mut(|warm| warm.push(work));
        }
    }
}

/// How much of some work is done in a millisecond, measured for so long; nothing where there is no clock. Additions are
/// to this counter.
pub fn in_a_ms(work: Work, time: Micros, counter: &Counter) -> f64 {
    let mut seed = 1;
    match work {
        Work::Count => at_least(time, || {
            seed = count(STRETCH, seed);
            STRETCH
        }),
        Work::Add => at_least(time, || {
            counter.add(ADDITIONS);
            ADDITIONS
        }),
        Work::AddLocked => at_least(time, || counter.add_locked(ADDITIONS)),
    }
}

/// How much is done in a millisecond by `work`, which tells each time how much it did.
fn at_least(time: Micros, mut work: impl FnMut() -> u64) -> f64 {
    let Some(clock) = Clock::starting_now() else { return 0.0 };
    let mut done = 0_u64;
    loop {
        done += work();
        let taken = clock.now();
        if taken >= time {
            return done as f64 / taken.as_ms();
        }
    }
}
