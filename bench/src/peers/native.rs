//! The limit: native Rust on this machine, with the very counting loop that the page runs as wasm.

use std::hint::black_box;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use interleave::interpreter::count;

use super::{Run, Step, Work};

/// Does the work in so many threads, let go together, each with its part of the tasks.
pub fn run(work: &Work, threads: u32) -> Run {
    let begun = Instant::now();
    let up = Barrier::new(threads as usize + 1);
    let startup = thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                up.wait();
                for _ in 0..work.tasks / threads {
                    step(work.step);
                }
            });
        }
        up.wait();
        ms(begun)
    });
    Run { elapsed: ms(begun), startup, ..Run::default() }
}

fn step(step: Step) {
    match step {
        Step::Print => {}
        Step::Sleep(ms) => thread::sleep(Duration::from_millis(ms.into())),
        Step::Count(iterations) => _ = black_box(count(black_box(iterations), 1)),
    }
}

/// How many iterations all cores together count in a millisecond, over some 30 of them: fewer while the machine has
/// something else to do.
pub fn counts_per_ms() -> f64 {
    const EACH: u64 = 10_000_000;
    let cores = thread::available_parallelism().map_or(1, |cores| cores.get() as u32);
    let run = run(&Work::new(cores, Step::Count(EACH)), cores);
    (EACH * u64::from(cores)) as f64 / run.rest()
}

/// The time since then in milliseconds.
pub fn ms(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1000.0
}
