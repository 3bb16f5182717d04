//! The limit: native Rust on this machine, with the very counting loop that the page runs as wasm.

use std::collections::VecDeque;
use std::hint::black_box;
use std::sync::{Barrier, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use interleave::interpreter::count;

use super::{Run, Step, Work};

/// How long a thread keeps its turn, as under the GIL.
const TURN: Duration = Duration::from_millis(5);
/// Iterations between two looks at the clock, or the lock: as many as the page's lanes do.
const GLANCE: u64 = 1 << 14;

/// Does the work in so many threads, let go together, each with its part of the tasks.
pub fn run(work: &Work, threads: u32) -> Run {
    together(threads, |_| (0..work.tasks / threads).for_each(|_| step(work.step)))
}

/// Does the same one thread at a time, in turns of 5 ms: what a GIL costs on this machine with nothing of the page in it.
/// Only counting is done in turns.
pub fn in_turns(work: &Work, threads: u32) -> Run {
    let Step::Count(iterations) = work.step else { return run(work, threads) };
    let turns = Turns::new(threads);
    together(threads, |me| turns.count(me, iterations * u64::from(work.tasks / threads)))
}

/// Whose turn it is: those in line, the first of which counts.
struct Turns {
    line: Mutex<VecDeque<u32>>,
    goes_on: Condvar,
}

impl Turns {
    fn new(threads: u32) -> Self {
        Self { line: Mutex::new((0..threads).collect()), goes_on: Condvar::new() }
    }

    /// Counts so far, whenever it is this thread's turn.
    fn count(&self, me: u32, iterations: u64) {
        let mut left = iterations;
        while left > 0 {
            let waits = |line: &mut VecDeque<u32>| line.front() != Some(&me);
            let line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
            drop(self.goes_on.wait_while(line, waits).unwrap_or_else(PoisonError::into_inner));
            let begun = Instant::now();
            while left > 0 && begun.elapsed() < TURN {
                let stretch = left.min(GLANCE);
                black_box(count(black_box(stretch), 1));
                left -= stretch;
            }
            let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
            line.pop_front();
            if left > 0 {
                line.push_back(me);
            }
            self.goes_on.notify_all();
        }
    }
}

/// Lets so many threads go together, each with its place.
fn together(threads: u32, each: impl Fn(u32) + Sync) -> Run {
    let begun = Instant::now();
    let up = Barrier::new(threads as usize + 1);
    let startup = thread::scope(|scope| {
        for me in 0..threads {
            let (up, each) = (&up, &each);
            scope.spawn(move || {
                up.wait();
                each(me);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_that_take_turns_all_come_to_their_end() {
        let each = 3 * GLANCE + 1;
        let run = in_turns(&Work::new(3, Step::Count(each)), 3);
        assert!(run.elapsed >= run.startup);
    }
}
