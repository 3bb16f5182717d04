//! One order out of what several lanes recorded.
//!
//! A lane's own events are in order. Between lanes, the ticket decides where the lanes share one, else the time, then
//! the task, then the step (`docs/interface.md`, Running, Order). Batches come late and out of turn, so what they
//! bring is merged into the tail of the trace. As long as there is one lane, its batches are put together as they are; but
//! an event loop that comes late for a task tells afterwards from when on it was ready, and that has its place by time.
//!
//! ```text
//! trace   … 12 14 15 │ 19 23        taken off the tail: all that comes after the batch's first event
//! batch             17 20           sorted in, and put back: … 12 14 15 17 19 20 23
//! ```

use serde::{Deserialize, Serialize};

use super::{Columns, Event, Trace};
use crate::workload::{LaneId, Micros};

/// So many events of one lane wait for their place at most: all that it tells later waits with them, and may be millions.
const WAITING: usize = 1 << 16;

/// What one lane recorded since its last batch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// The events.
    pub events: Columns,
    /// For each event the ticket that its lane held last; empty where lanes share none.
    #[serde(with = "super::plain")]
    pub tickets: Vec<u32>,
}

/// Makes one trace out of the batches of all lanes.
#[derive(Clone, Debug, Default)]
pub struct Merger {
    trace: Trace,
    /// The tickets of the trace's events, where there are any.
    tickets: Vec<u32>,
    are_ticketed: bool,
    /// What was taken in and has no place yet, with the tickets.
    fresh: Vec<(Event, u32)>,
    heard: Heard,
}

/// Whose batches have come so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Heard {
    #[default]
    Nobody,
    /// As long as it is one lane, its own order is the order, whatever the clock can't tell apart.
    One(LaneId),
    Several,
}

impl Heard {
    fn from(self, lane: LaneId) -> Self {
        match self {
            Self::Nobody => Self::One(lane),
            Self::One(other) if other == lane => self,
            _ => Self::Several,
        }
    }
}

/// What an event is ordered by. What has the same key stays in the order of its lane.
type Key = (u32, u64, u32, u8);

impl Merger {
    /// The trace so far.
    #[must_use]
    pub const fn trace(&self) -> &Trace {
        &self.trace
    }

    /// The trace so far, to note what is no event.
    pub const fn trace_mut(&mut self) -> &mut Trace {
        &mut self.trace
    }

    /// Takes in what a lane recorded. Where there are several lanes it has its place only once all is settled; so has what
    /// one lane tells late, or once there is much of that.
    pub fn take(&mut self, batch: Batch) {
        let Some(Event { lane, .. }) = batch.events.get(0) else { return };
        self.heard = self.heard.from(lane);
        self.are_ticketed |= !batch.tickets.is_empty();
        if self.is_next(&batch) {
            self.tickets.extend(batch.tickets);
            self.trace.append(batch.events);
            self.tickets.truncate(self.trace.len());
        } else {
            let tickets = batch.tickets.into_iter().chain(std::iter::repeat(0));
            self.fresh.extend(batch.events.iter().zip(tickets));
        }
        // One lane tells of what is soon past: it has its place near the end.
        if self.heard != Heard::Several && self.fresh.len() > WAITING {
            self.settle();
        }
    }

    /// Whether a batch belongs behind everything else, as it is.
    fn is_next(&self, batch: &Batch) -> bool {
        if self.heard == Heard::Several || !self.fresh.is_empty() {
            return false;
        }
        let first = batch.events.get(0).map_or(Micros::ZERO, |first| first.at);
        self.are_ticketed || (batch.events.is_in_order() && self.trace.until <= first)
    }

    fn key(&self, event: &Event, ticket: u32) -> Key {
        let Event { at, task, step, .. } = event;
        if self.heard == Heard::Several { (ticket, at.0, task.0, *step) } else { (ticket, at.0, 0, 0) }
    }

    /// Gives everything that was taken in its place. Costs as much as the part of the trace that is put in order, so
    /// it is done now and then and not for each batch.
    pub fn settle(&mut self) {
        let mut fresh = std::mem::take(&mut self.fresh);
        // Stable, so that a lane's events of one instant keep their order.
        fresh.sort_by_key(|(event, ticket)| self.key(event, *ticket));
        let Some((first, ticket)) = fresh.first() else { return };
        let first = self.key(first, *ticket);
        let mut events: Vec<_> = std::iter::from_fn(|| self.pop_after(first)).collect();
        events.reverse();
        events.append(&mut fresh);
        events.sort_by_key(|(event, ticket)| self.key(event, *ticket));
        for (event, ticket) in events {
            if self.trace.push(event) && self.are_ticketed {
                self.tickets.push(ticket);
            }
        }
    }

    /// Takes the last event off, if it comes after this key.
    fn pop_after(&mut self, first: Key) -> Option<(Event, u32)> {
        let ticket = if self.are_ticketed { *self.tickets.last()? } else { 0 };
        let event = self.trace.pop()?;
        if self.key(&event, ticket) <= first {
            let _ = self.trace.push(event);
            return None;
        }
        self.tickets.pop();
        Some((event, ticket))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::What;
    use crate::workload::TaskId;
    use proptest::prelude::*;

    fn event(at: u64, task: u32, step: u8) -> Event {
        Event { at: Micros(at), task: TaskId(task), lane: LaneId(task as u8), step, what: What::Printed }
    }

    fn batch(events: &[Event], tickets: &[u32]) -> Batch {
        let mut columns = Columns::default();
        assert!(events.iter().all(|event| columns.push(*event)));
        Batch { events: columns, tickets: tickets.to_vec() }
    }

    fn tasks(merger: &Merger) -> Vec<u32> {
        merger.trace().iter().map(|event| event.task.0).collect()
    }

    #[test]
    fn without_tickets_time_decides_then_the_task() {
        let mut merger = Merger::default();
        merger.take(batch(&[event(5, 2, 0), event(9, 2, 1)], &[]));
        merger.take(batch(&[event(5, 1, 0), event(7, 1, 1), event(12, 1, 2)], &[]));
        merger.settle();
        assert_eq!(tasks(&merger), [1, 2, 1, 2, 1]);
    }

    #[test]
    fn the_ticket_decides_against_the_clock() {
        let mut merger = Merger::default();
        merger.take(batch(&[event(5, 1, 0), event(6, 1, 1)], &[1, 4]));
        merger.take(batch(&[event(9, 2, 0), event(9, 2, 1)], &[2, 3]));
        merger.settle();
        assert_eq!(tasks(&merger), [1, 2, 2, 1]);
    }

    #[test]
    fn a_loop_keeps_the_order_of_its_turns_within_one_instant() {
        let mut merger = Merger::default();
        let on_the_loop = |task, step| Event { lane: LaneId(1), ..event(5, task, step) };
        merger.take(batch(&[on_the_loop(2, 1), on_the_loop(1, 1)], &[]));
        merger.take(batch(&[on_the_loop(3, 0), on_the_loop(1, 2)], &[]));
        merger.settle();
        assert_eq!(tasks(&merger), [2, 1, 3, 1]);
    }

    #[test]
    fn what_a_loop_tells_late_has_its_place_by_time() {
        let mut merger = Merger::default();
        let on_the_loop = |at, task| Event { lane: LaneId(1), ..event(at, task, 0) };
        merger.take(batch(&[on_the_loop(1, 3), on_the_loop(9, 3)], &[]));
        merger.take(batch(&[on_the_loop(5, 2), on_the_loop(9, 1)], &[]));
        merger.take(batch(&[on_the_loop(12, 2)], &[]));
        merger.take(batch(&[on_the_loop(9, 2), on_the_loop(13, 1)], &[]));
        merger.settle();
        let told: Vec<_> = merger.trace().iter().map(|event| (event.at.0, event.task.0)).collect();
        assert_eq!(told, [(1, 3), (5, 2), (9, 3), (9, 1), (9, 2), (12, 2), (13, 1)]);
    }

    #[test]
    fn of_what_one_lane_tells_late_only_so_much_waits() {
        let mut merger = Merger::default();
        let on_the_loop = |at| Event { lane: LaneId(1), ..event(at, 1, 0) };
        for from in 0..40 {
            let events: Vec<_> = (0..10_000).map(|at| on_the_loop(10_000 * from + at)).collect();
            merger.take(batch(&events, &[]));
            // As after a stall.
            merger.take(batch(&[on_the_loop(10_000 * from + 9000)], &[]));
            assert!(merger.fresh.len() <= WAITING, "{} wait", merger.fresh.len());
        }
        assert!(merger.trace().len() > 300_000, "the others have their place");
        merger.settle();
        assert_eq!(merger.trace().len(), 400_040);
        assert!(merger.trace().iter().is_sorted_by_key(|event| event.at));
    }

    #[test]
    fn events_of_one_instant_stay_as_their_lane_recorded_them() {
        let mut merger = Merger::default();
        let entered = Event { what: What::Entered(super::super::State::Running), ..event(5, 2, 0) };
        merger.take(batch(&[entered, event(5, 2, 0), event(5, 2, 0)], &[]));
        merger.take(batch(&[event(4, 1, 0)], &[]));
        merger.settle();
        let told: Vec<_> = merger.trace().iter().map(|event| event.what).collect();
        assert_eq!(told, [What::Printed, entered.what, What::Printed, What::Printed]);
    }

    proptest! {
        #[test]
        fn however_the_batches_come_the_order_is_that_of_the_whole(
            mut times in prop::collection::vec((0_u64..50, 1_u32..4), 1..60),
            cuts in prop::collection::vec(1_usize..6, 1..20),
        ) {
            times.sort_unstable();
            let all: Vec<_> = times.iter().zip(0..).map(|((at, task), step)| event(*at, *task, step)).collect();
            let mut merger = Merger::default();
            // The lanes one after another, each in pieces: the latest that batches can come.
            for lane in 1..4 {
                let own: Vec<_> = all.iter().copied().filter(|event| event.task.0 == lane).collect();
                let mut rest = own.as_slice();
                for cut in cuts.iter().cycle() {
                    if rest.is_empty() { break; }
                    let (piece, after) = rest.split_at(rest.len().min(*cut));
                    merger.take(batch(piece, &[]));
                    if cut % 2 == 0 { merger.settle(); }
                    rest = after;
                }
            }
            merger.settle();
            prop_assert_eq!(merger.trace().iter().collect::<Vec<_>>(), all);
        }

        #[test]
        fn tickets_decide_however_far_the_clocks_are_apart(
            lanes in prop::collection::vec(1_u32..4, 1..60),
            ahead in prop::collection::vec(0_u64..100, 3),
        ) {
            let all: Vec<_> = lanes.iter().zip(0_u64..).map(|(lane, at)| {
                (event(at + ahead[*lane as usize - 1], *lane, 0), at as u32)
            }).collect();
            let mut merger = Merger::default();
            for lane in [2, 3, 1] {
                let (own, tickets): (Vec<_>, Vec<_>) = all.iter().filter(|(event, _)| event.task.0 == lane).copied().unzip();
                merger.take(batch(&own, &tickets));
            }
            merger.settle();
            let order: Vec<_> = all.iter().map(|(event, _)| *event).collect();
            prop_assert_eq!(merger.trace().iter().collect::<Vec<_>>(), order);
        }
    }
}
