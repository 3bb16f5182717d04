//! The task counts that a slider stops at: each from 1 to 10, then ten of each power of ten. So it is logarithmic, and
//! every count is a round one.

use crate::workload::TaskCount;

/// The counts of a power of ten, in tenths of it.
const ROUND: [u32; 10] = [10, 12, 15, 20, 25, 30, 40, 50, 60, 80];

/// All stops, from the least on.
#[must_use]
pub fn stops() -> Vec<u32> {
    let decades = (1..6).map(|power| 10_u32.pow(power));
    let round = decades.flat_map(|decade| ROUND.map(|tenths| tenths * (decade / 10)));
    (1..10).chain(round).chain([TaskCount::MAX]).collect()
}

/// The stop nearest to a count, by its place among all.
#[must_use]
pub fn stop_for(tasks: TaskCount) -> usize {
    let stops = stops();
    let above = stops.partition_point(|stop| *stop < tasks.get());
    let farther =
        |at: usize| stops.get(at).map_or(f64::INFINITY, |stop| (f64::from(*stop) / f64::from(tasks.get())).ln().abs());
    let below = above.saturating_sub(1);
    if farther(above) <= farther(below) { above } else { below }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stops_are_round_and_go_from_one_task_to_the_most() {
        let stops = stops();
        assert_eq!(stops[..14], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25]);
        assert_eq!((stops.len(), stops.last()), (60, Some(&TaskCount::MAX)));
        assert!(stops.windows(2).all(|pair| pair[0] < pair[1]), "{stops:?}");
    }

    #[test]
    fn any_count_has_a_stop_near_it() {
        let stop = |tasks| stops()[stop_for(TaskCount::new(tasks).unwrap())];
        assert_eq!([1, 3, 11, 99, 101, 700, 1_000_000].map(stop), [1, 3, 12, 100, 100, 800, 1_000_000]);
    }
}
