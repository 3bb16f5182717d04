//! Deadlines, earliest first. It knows nothing of who waits.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use crate::workload::Micros;

/// Who waits until when. Of equal deadlines the smaller key comes first.
///
/// A million tasks mostly go to sleep in the order in which they will wake, so what is set in order stands in a plain
/// queue, and only what comes out of turn goes through a heap.
///
/// ```text
/// set:     5 7 9 6 9 8
/// queue    5 7 9 9
/// heap     6 8             the earlier of the two fronts is next
/// ```
#[derive(Debug)]
pub(super) struct Timers<K> {
    queue: VecDeque<(Micros, K)>,
    heap: BinaryHeap<Reverse<(Micros, K)>>,
}

impl<K> Default for Timers<K>
where
    K: Ord,
{
    fn default() -> Self {
        Self { queue: VecDeque::new(), heap: BinaryHeap::new() }
    }
}

impl<K: Ord + Copy> Timers<K> {
    /// Sets a deadline.
    pub fn set(&mut self, at: Micros, key: K) {
        if self.queue.back().is_none_or(|last| *last <= (at, key)) {
            self.queue.push_back((at, key));
        } else {
            self.heap.push(Reverse((at, key)));
        }
    }

    fn first(&self) -> Option<(Micros, K)> {
        let heap = self.heap.peek().map(|Reverse(first)| *first);
        match (self.queue.front().copied(), heap) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }

    /// The earliest deadline.
    pub fn earliest(&self) -> Option<Micros> {
        self.first().map(|(at, _)| at)
    }

    /// Takes the first off, if its deadline is before this time.
    pub fn take_before(&mut self, time: Micros) -> Option<(Micros, K)> {
        let first = self.first().filter(|(at, _)| *at < time)?;
        if self.queue.front() == Some(&first) {
            self.queue.pop_front();
        } else {
            self.heap.pop();
        }
        Some(first)
    }

    /// Takes the first off, if its deadline is not after this time.
    pub fn take_by(&mut self, time: Micros) -> Option<(Micros, K)> {
        self.take_before(time + Micros(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn deadlines_come_in_order_whatever_the_order_they_were_set_in(times in prop::collection::vec(0_u64..20, 0..40)) {
            let mut timers = Timers::default();
            let mut all: Vec<_> = times.iter().map(|at| Micros(*at)).zip(0_u32..).collect();
            for (at, key) in &all {
                timers.set(*at, *key);
            }
            all.sort_unstable();
            let taken: Vec<_> = std::iter::from_fn(|| timers.take_by(Micros(20))).collect();
            prop_assert_eq!(taken, all);
        }
    }

    #[test]
    fn only_what_is_due_is_taken() {
        let mut timers = Timers::default();
        timers.set(Micros(7), 'a');
        assert_eq!((timers.take_before(Micros(7)), timers.earliest()), (None, Some(Micros(7))));
        assert_eq!((timers.take_by(Micros(7)), timers.earliest()), (Some((Micros(7), 'a')), None));
    }
}
