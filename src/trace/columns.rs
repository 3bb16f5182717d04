//! A stretch of events as columns of plain numbers: 11 bytes an event, relative to a base time.
//!
//! Columns are what a lane records into, what a worker posts, and what a trace is made of. They only grow.

use serde::{Deserialize, Serialize};

use super::event::{Event, What};
use crate::workload::{LaneId, Micros, TaskId};

/// Events in the order in which they were pushed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    base: Micros,
    #[serde(with = "super::plain")]
    at: Vec<u32>,
    #[serde(with = "super::plain")]
    task: Vec<u32>,
    /// Lane, step and what happened.
    #[serde(with = "super::plain")]
    rest: Vec<[u8; 3]>,
}

impl Columns {
    /// Room for so many events.
    #[must_use]
    pub fn with_capacity(events: usize) -> Self {
        Self {
            base: Micros::ZERO,
            at: Vec::with_capacity(events),
            task: Vec::with_capacity(events),
            rest: Vec::with_capacity(events),
        }
    }

    /// Adds an event, unless its time can't be told from the base, more than an hour away: then `false`, and the
    /// caller begins new columns.
    #[must_use]
    #[inline]
    pub fn push(&mut self, event: Event) -> bool {
        if self.is_empty() {
            self.base = event.at;
        }
        let Some(at) = event.at.0.checked_sub(self.base.0).and_then(|at| u32::try_from(at).ok()) else {
            return false;
        };
        self.at.push(at);
        self.task.push(event.task.0);
        self.rest.push([event.lane.0, event.step, event.what.code()]);
        true
    }

    /// How many events there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.at.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// What happened, in order.
    pub fn what(&self) -> impl Iterator<Item = What> {
        self.rest.iter().map(|[_, _, what]| What::from_code(*what))
    }

    /// The event at this place.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Event> {
        Some(self.event(*self.at.get(index)?, *self.task.get(index)?, *self.rest.get(index)?))
    }

    /// All events in order.
    pub fn iter(&self) -> impl Iterator<Item = Event> {
        let rest = self.task.iter().zip(&self.rest);
        self.at.iter().zip(rest).map(|(at, (task, rest))| self.event(*at, *task, *rest))
    }

    /// All events in order, from this place on.
    pub fn iter_from(&self, index: usize) -> impl Iterator<Item = Event> {
        (index..self.len()).filter_map(|at| self.get(at))
    }

    /// Whether no event is told to be earlier than one in front of it.
    #[must_use]
    pub fn is_in_order(&self) -> bool {
        self.at.is_sorted()
    }

    /// How many events there are in front of the first that is later than a time.
    #[must_use]
    pub fn happened_by(&self, at: Micros) -> usize {
        let is_later = |since: &u32| self.base.0 + u64::from(*since) > at.0;
        self.at.iter().position(is_later).unwrap_or(self.len())
    }

    /// The time of the latest of the first so many events.
    #[must_use]
    pub fn latest_of(&self, first: usize) -> Option<Micros> {
        self.at.iter().take(first).max().map(|at| Micros(self.base.0 + u64::from(*at)))
    }

    fn event(&self, at: u32, task: u32, [lane, step, what]: [u8; 3]) -> Event {
        let at = Micros(self.base.0 + u64::from(at));
        Event { at, task: TaskId(task), lane: LaneId(lane), step, what: What::from_code(what) }
    }

    /// Gives back the memory that is kept for more.
    pub fn shrink_to_fit(&mut self) {
        self.at.shrink_to_fit();
        self.task.shrink_to_fit();
        self.rest.shrink_to_fit();
    }

    /// Drops all events from this place on.
    pub fn truncate(&mut self, len: usize) {
        self.at.truncate(len);
        self.task.truncate(len);
        self.rest.truncate(len);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::State;

    fn event(at: u64) -> Event {
        Event { at: Micros(at), task: TaskId(3), lane: LaneId(1), step: 2, what: What::Entered(State::Gil) }
    }

    #[test]
    fn what_is_pushed_is_read_back() {
        let mut columns = Columns::default();
        assert!(columns.push(event(5_000_000_000)) && columns.push(event(5_000_000_007)));
        assert_eq!(columns.iter().collect::<Vec<_>>(), [event(5_000_000_000), event(5_000_000_007)]);
    }

    #[test]
    fn a_time_that_the_base_cannot_tell_is_refused() {
        let mut columns = Columns::default();
        assert!(columns.push(event(10)));
        assert!(!columns.push(event(9)) && !columns.push(event(11 + (1 << 32))));
        assert_eq!(columns.len(), 1);
    }
}
