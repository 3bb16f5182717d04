//! How fast a lane counts.

use super::clock::Clock;
use crate::interpreter::count;
use crate::workload::Micros;

/// Time to count before measuring, so that the compiler has done its best.
const WARM_UP: Micros = Micros(20_000);
/// Time of one measurement.
const ROUND: Micros = Micros(15_000);
const ROUNDS: u32 = 3;
/// Iterations between two looks at the clock.
const STRETCH: u64 = 1 << 16;

/// Counts for about 65 ms; returns the most iterations in a millisecond over three rounds.
pub fn counts_per_ms() -> f64 {
    let Some(clock) = Clock::starting_now() else { return 0.0 };
    let mut seed = 1;
    let mut for_at_least = |time: Micros| {
        let (begun, mut iterations) = (clock.now(), 0_u64);
        loop {
            seed = count(STRETCH, seed);
            iterations += STRETCH;
            let taken = clock.now() - begun;
            if taken >= time {
                return iterations as f64 / taken.as_ms();
            }
        }
    };
    for_at_least(WARM_UP);
    (0..ROUNDS).map(|_| for_at_least(ROUND)).fold(0.0, f64::max)
}
