//! The worker's side of a calibration: works for a moment, and tells how fast.

use super::clock::Clock;
use super::counter::Counter;
use super::protocol::Work;
use crate::interpreter::count;
use crate::workload::Micros;

/// Iterations between two looks at the clock, and additions.
const STRETCH: u64 = 1 << 16;
const ADDITIONS: u64 = 1 << 9;

/// How much of some work is done in a millisecond, measured for so long; nothing where there is no clock.
pub fn in_a_ms(work: Work, time: Micros) -> f64 {
    let counter = Counter::of_ones_own();
    let mut seed = 1;
    match work {
        Work::Count => at_least(time, STRETCH, |stretch| seed = count(stretch, seed)),
        Work::Add => at_least(time, ADDITIONS, |times| counter.add(times)),
        // Nobody else wants the lock.
        Work::AddLocked => at_least(time, ADDITIONS, |times| _ = counter.add_locked(times)),
    }
}

fn at_least(time: Micros, stretch: u64, mut work: impl FnMut(u64)) -> f64 {
    let Some(clock) = Clock::starting_now() else { return 0.0 };
    let mut done = 0_u64;
    loop {
        work(stretch);
        done += stretch;
        let taken = clock.now();
        if taken >= time {
            return done as f64 / taken.as_ms();
        }
    }
}
