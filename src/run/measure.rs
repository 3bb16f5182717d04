//! The worker's side of a calibration: works for a moment, and tells how fast.

use super::board::Board;
use super::clock::Clock;
use super::counter::Counter;
use crate::interpreter::count;
use crate::workload::{Micros, Work};

/// Iterations between two looks at the clock, and additions.
const STRETCH: u64 = 1 << 16;
const ADDITIONS: u64 = 1 << 9;

/// How much of some work is done in a millisecond, measured for so long; nothing where there is no clock. Additions are
/// to the counter of the board, if there is one.
pub fn in_a_ms(work: Work, time: Micros, board: Option<Board>) -> f64 {
    let counter = board.map_or_else(Counter::of_ones_own, Counter::shared);
    let mut seed = 1;
    match work {
        Work::Count => at_least(time, STRETCH, |stretch| seed = count(stretch, seed)),
        Work::Add => at_least(time, ADDITIONS, |times| counter.add(times)),
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
