//! Laws of elapsed time. Where lanes share cores, each counted stretch is rounded up to a whole microsecond: hence
//! the allowances of one microsecond a step.

use interleave::predict::Budget;
use interleave::workload::{Micros, Mode, Workers};
use proptest::prelude::*;

use crate::generated::{Alone, Of, asked, config};

const CONCURRENT: [Mode; 5] = [Mode::Async, Mode::Threads, Mode::Processes, Mode::Offload, Mode::FreeThreads];

const LANES: [Mode; 3] = [Mode::Threads, Mode::Processes, Mode::FreeThreads];

#[test]
fn more_workers_can_hurt_tasks_that_count() {
    // The third takes from the others what the first would need to be done as soon as both of them.
    let asked = crate::asked::Asked::of(3, "count@1:500M,count:500M");
    let elapsed = |workers: &str| asked.clone().with(workers).elapsed(Mode::Processes);
    assert_eq!([elapsed("workers=2"), elapsed("workers=3")], [Micros(2_000_000), Micros(2_500_000)]);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn sync_takes_the_sum_of_all(asked in asked(Of::Lasting)) {
        let sum = Alone::all(&asked).iter().map(Alone::sum).sum();
        prop_assert_eq!(asked.elapsed(Mode::Sync), Micros(sum));
    }

    #[test]
    fn async_without_block_and_count_takes_as_long_as_the_longest_task(mut asked in asked(Of::Polite)) {
        asked.settings.limit = None;
        let longest = Alone::all(&asked).iter().map(Alone::sum).max().unwrap_or_default();
        prop_assert_eq!(asked.elapsed(Mode::Async), Micros(longest));
        prop_assert_eq!(asked.elapsed(Mode::Offload), Micros(longest));
    }

    #[test]
    fn nothing_beats_the_longest_task_or_all_counting_over_the_cores(asked in asked(Of::Lasting)) {
        let alone = Alone::all(&asked);
        let longest = alone.iter().map(Alone::sum).max().unwrap_or_default();
        let counted: u64 = alone.iter().map(|alone| alone.counted).sum();
        for mode in Mode::ALL {
            let elapsed = asked.elapsed(mode).0;
            let cores = if matches!(mode, Mode::Processes | Mode::FreeThreads) { asked.machine.cores } else { 1 };
            prop_assert!(elapsed >= longest, "{mode}: {elapsed} beats the longest task, {longest}");
            prop_assert!(elapsed >= counted / u64::from(cores), "{mode}: {elapsed} beats {counted} on {cores} cores");
        }
    }

    #[test]
    fn nothing_takes_longer_than_one_after_another(asked in asked(Of::Lasting)) {
        let allowance: u64 = Alone::all(&asked).iter().map(|alone| alone.steps).sum();
        let sync = asked.elapsed(Mode::Sync).0;
        for mode in CONCURRENT {
            let elapsed = asked.elapsed(mode).0;
            prop_assert!(elapsed <= sync + allowance, "{mode}: {elapsed} against {sync}");
        }
    }

    #[test]
    fn counting_under_the_gil_takes_the_sum_and_never_beats_processes(asked in asked(Of::Counting)) {
        let alone = Alone::all(&asked);
        let sum = alone.iter().map(Alone::sum).sum();
        let allowance: u64 = alone.iter().map(|alone| alone.steps).sum();
        let threads = asked.elapsed(Mode::Threads).0;
        prop_assert_eq!(threads, sum);
        prop_assert_eq!(asked.elapsed(Mode::Async), Micros(sum));
        prop_assert!(asked.elapsed(Mode::Processes).0 <= threads + allowance);
    }

    #[test]
    fn more_workers_never_hurt_tasks_that_only_wait(mut asked in asked(Of::Waiting)) {
        for mode in LANES {
            let mut elapsed = |workers: u8| {
                asked.settings.workers = Workers::parse(&workers.to_string()).ok();
                asked.elapsed(mode)
            };
            for workers in 1..6 {
                let (fewer, more) = (elapsed(workers), elapsed(workers + 1));
                prop_assert!(more <= fewer, "{}: {:?} with {} workers, {:?} with one more", mode, fewer, workers, more);
            }
        }
    }

    /// Whenever some core is idle, each task on a lane makes headway as if it were alone, and until the last begins all
    /// lanes have one: R. L. Graham, "Bounds on Multiprocessing Timing Anomalies", SIAM Journal on Applied Mathematics
    /// 17 (1969), with lanes as well as cores.
    #[test]
    fn the_workers_are_never_idle_for_longer_than_the_longest_task(mut asked in asked(Of::Lasting)) {
        asked.machine.all_cores = 1.0;
        let alone = Alone::all(&asked);
        let sum: u64 = alone.iter().map(Alone::sum).sum();
        let counted: u64 = alone.iter().map(|alone| alone.counted).sum();
        let longest = alone.iter().map(Alone::sum).max().unwrap_or_default();
        let allowance: u64 = alone.iter().map(|alone| alone.steps + 1).sum();
        for mode in LANES {
            let cores = if mode == Mode::Threads { 1 } else { asked.machine.cores };
            let lanes = asked.settings.lanes(mode, asked.workload.tasks);
            let most = counted / u64::from(cores) + sum / u64::from(lanes) + longest + allowance;
            prop_assert!(asked.elapsed(mode).0 <= most, "{}: {:?} against {}", mode, asked.elapsed(mode), most);
        }
    }

    #[test]
    fn equal_tasks_that_count_share_the_cores_evenly(
        tasks in 1_u64..7, ms in 1_u64..50, cores in 1_u64..7,
    ) {
        let mut asked = crate::asked::Asked::of(tasks, &format!("count:{}", ms * 500_000));
        asked.machine.cores = cores as u32;
        let expected = if tasks <= cores { ms * 1000 } else { (ms * 1000 * tasks).div_ceil(cores) };
        prop_assert_eq!(asked.elapsed(Mode::Processes), Micros(expected));
    }

    #[test]
    fn the_elapsed_time_alone_is_that_of_the_trace(asked in asked(Of::All)) {
        for mode in Mode::ALL {
            let prediction = asked.predict(mode);
            prop_assert_eq!(asked.elapsed(mode), prediction.elapsed, "{}", mode);
            prop_assert_eq!(prediction.trace.until, prediction.elapsed, "{}", mode);
        }
    }

    #[test]
    fn the_same_input_gives_the_same_trace(asked in asked(Of::All)) {
        for mode in Mode::ALL {
            prop_assert_eq!(asked.predict(mode), asked.predict(mode));
        }
    }

    #[test]
    fn a_budget_is_kept_or_says_so(asked in asked(Of::All), turns in 0_u64..200, events in 0_usize..200) {
        for mode in Mode::ALL {
            let whole = asked.predict(mode);
            match asked.try_predict(mode, Budget { turns, events }) {
                Ok(prediction) => {
                    prop_assert!(prediction.trace.len() <= events);
                    prop_assert_eq!(&prediction, &whole);
                }
                Err(_) => prop_assert!(whole.trace.len() > events || turns < 200),
            }
            // What it took is enough, and one event less is not.
            let enough = Budget { events: whole.trace.len(), ..Budget::default() };
            prop_assert!(asked.try_predict(mode, enough).is_ok());
            if let Some(events) = enough.events.checked_sub(1) {
                let less = asked.try_predict(mode, Budget { events, ..enough });
                prop_assert!(less.is_err());
            }
        }
    }
}
