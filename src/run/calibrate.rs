//! How fast a lane works.

use super::clock::Clock;
use super::counter::Counter;
use crate::interpreter::count;
use crate::workload::{Micros, Pace};

/// Time to work before measuring, so that the compiler has done its best.
const WARM_UP: Micros = Micros(15_000);
/// Time of one measurement.
const ROUND: Micros = Micros(10_000);
const ROUNDS: u32 = 3;
/// Iterations between two looks at the clock, and additions.
const STRETCH: u64 = 1 << 16;
const ADDITIONS: u64 = 1 << 9;

/// Works for about 135 ms; the most in a millisecond over three rounds.
pub fn pace() -> Pace {
    let Some(clock) = Clock::starting_now() else { return Pace::default() };
    let counter = Counter::of_ones_own();
    let mut seed = 1;
    Pace {
        counts_per_ms: most(&clock, STRETCH, |stretch| seed = count(stretch, seed)),
        adds_per_ms: most(&clock, ADDITIONS, |times| counter.add(times)),
        // Nobody else wants the lock.
        locked_adds_per_ms: most(&clock, ADDITIONS, |times| _ = counter.add_locked(times)),
    }
}

/// How much work is done in a millisecond, in the best of three rounds.
fn most(clock: &Clock, stretch: u64, mut work: impl FnMut(u64)) -> f64 {
    let mut for_at_least = |time: Micros| {
        let (begun, mut done) = (clock.now(), 0_u64);
        loop {
            work(stretch);
            done += stretch;
            let taken = clock.now() - begun;
            if taken >= time {
                return done as f64 / taken.as_ms();
            }
        }
    };
    for_at_least(WARM_UP);
    (0..ROUNDS).map(|_| for_at_least(ROUND)).fold(0.0, f64::max)
}
