//! Deadlines, earliest first, and of equal ones the one that was set first. It knows nothing of who waits, and of no
//! clock: a browser's and a prediction's both do.

use std::collections::VecDeque;

use crate::workload::Micros;

/// Who waits until when.
///
/// Tasks that sleep equally long set their deadlines in order, and stand in a queue. A deadline that comes before the
/// last in the queue goes into the heap. The clock never goes back, so none is set before one that has been taken.
#[derive(Debug)]
pub struct Timers<T> {
    last: Micros,
    queue: VecDeque<(Micros, T)>,
    heap: Heap<T>,
}

impl<T> Default for Timers<T> {
    fn default() -> Self {
        Self { last: Micros::ZERO, queue: VecDeque::new(), heap: Heap::default() }
    }
}

impl<T> Timers<T> {
    /// None yet, with room for so many that are set in order.
    #[must_use]
    pub fn with_room(deadlines: usize) -> Self {
        Self { queue: VecDeque::with_capacity(deadlines), ..Self::default() }
    }

    /// Sets a deadline; one that has passed already is taken for the one that was taken last.
    pub fn set(&mut self, at: Micros, who: T) {
        let at = at.max(self.last);
        if self.queue.back().is_none_or(|(last, _)| *last <= at) {
            self.queue.push_back((at, who));
        } else {
            self.heap.set(at, who);
        }
    }

    /// The earliest deadline.
    #[must_use]
    pub fn earliest(&self) -> Option<Micros> {
        let queued = self.queue.front().map(|(at, _)| *at);
        queued.into_iter().chain(self.heap.earliest()).min()
    }

    /// Takes the first off, if its deadline is before this time.
    pub fn take_before(&mut self, time: Micros) -> Option<(Micros, T)> {
        let queued = self.queue.front().map(|(at, _)| *at).filter(|at| *at < time);
        let in_heap = self.heap.earliest().filter(|at| *at < time);
        let taken = match (queued, in_heap) {
            // Of two equal ones the one in the queue is the older: the other went into the heap as there was a later.
            (Some(queued), Some(in_heap)) if in_heap < queued => self.heap.take(),
            (Some(_), _) => self.queue.pop_front(),
            (None, Some(_)) => self.heap.take(),
            (None, None) => None,
        };
        if let Some((at, _)) = taken {
            self.last = at;
        }
        taken
    }

    /// Takes the first off, if its deadline is not after this time.
    pub fn take_by(&mut self, time: Micros) -> Option<(Micros, T)> {
        self.take_before(time + Micros(1))
    }
}

/// Deadlines in any order, none of them before one that has been taken.
///
/// That makes a radix heap do (Ahuja, Mehlhorn, Orlin, Tarjan: "Faster Algorithms for the Shortest Path Problem",
/// 1990), which reads and writes memory from front to back, where the usual heap would jump about in a million of them.
///
/// ```text
/// taken last       1010 0110
/// due              1010 0110                 the same
/// buckets[0]       1010 0111                 differs first in bit 0
/// buckets[3]       1010 11.., 1010 10..      differs first in bit 3: in the order in which they were set
/// ```
///
/// When nothing is due, the lowest bucket is dealt out anew against the earliest deadline in it: each falls into a
/// lower bucket, and equal ones keep their order.
#[derive(Debug)]
struct Heap<T> {
    last: Micros,
    due: VecDeque<T>,
    buckets: Vec<Bucket<T>>,
    /// One bit for each bucket that is not empty.
    filled: u64,
}

/// Deadlines that differ first in the same bit from the one that was taken last.
#[derive(Debug)]
struct Bucket<T> {
    earliest: Micros,
    waiting: Vec<(Micros, T)>,
}

impl<T> Default for Heap<T> {
    fn default() -> Self {
        let empty = || Bucket { earliest: Micros::ZERO, waiting: Vec::new() };
        Self { last: Micros::ZERO, due: VecDeque::new(), buckets: (0..u64::BITS).map(|_| empty()).collect(), filled: 0 }
    }
}

impl<T> Heap<T> {
    fn set(&mut self, at: Micros, who: T) {
        let Some(bit) = (at.0 ^ self.last.0).checked_ilog2() else {
            self.due.push_back(who);
            return;
        };
        if let Some(bucket) = self.buckets.get_mut(bit as usize) {
            bucket.earliest = if bucket.waiting.is_empty() { at } else { bucket.earliest.min(at) };
            bucket.waiting.push((at, who));
            self.filled |= 1 << bit;
        }
    }

    fn earliest(&self) -> Option<Micros> {
        if self.due.is_empty() {
            self.buckets.get(self.filled.trailing_zeros() as usize).map(|bucket| bucket.earliest)
        } else {
            Some(self.last)
        }
    }

    fn take(&mut self) -> Option<(Micros, T)> {
        if self.due.is_empty() {
            self.deal_out();
        }
        self.due.pop_front().map(|who| (self.last, who))
    }

    fn deal_out(&mut self) {
        let Some(bucket) = self.buckets.get_mut(self.filled.trailing_zeros() as usize) else { return };
        self.last = bucket.earliest;
        self.filled &= self.filled - 1;
        for (at, who) in std::mem::take(&mut bucket.waiting) {
            self.set(at, who);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn deadlines_come_in_order_and_equal_ones_as_they_were_set(
            rounds in prop::collection::vec((prop::collection::vec(0_u64..40, 0..8), 0_u64..30), 1..20),
        ) {
            let mut timers = Timers::default();
            let mut expected: Vec<(Micros, usize)> = Vec::new();
            let (mut now, mut set) = (Micros::ZERO, 0);
            for (times, on) in rounds {
                for time in times {
                    timers.set(now + Micros(time), set);
                    expected.push((now + Micros(time), set));
                    set += 1;
                }
                expected.sort_unstable();
                prop_assert_eq!(timers.earliest(), expected.first().map(|(at, _)| *at));
                now += Micros(on);
                let due = expected.partition_point(|(at, _)| *at < now);
                let taken: Vec<_> = std::iter::from_fn(|| timers.take_before(now)).collect();
                prop_assert_eq!(taken, expected.drain(..due).collect::<Vec<_>>());
            }
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
