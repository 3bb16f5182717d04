//! Everything that happened in a run, with times: columns of events, and what is derived from them.
//!
//! A trace is made by the interpreter on its hosts and read by all that shows something. Nothing here knows of a
//! host, a clock or a page.

mod columns;
mod event;
mod first;
mod merge;
mod output;
mod plain;
mod record;
mod span;

use std::rc::Rc;

pub use columns::Columns;
pub use event::{Event, State, What};
pub use first::{First, first_spans};
pub use merge::{Batch, Merger};
pub use output::Line;
pub use record::{Counter, Cut, Frames, Freeze, Outcome, Record, RunId, Status};
pub use span::{Found, Lives, Span, spans};

use crate::workload::{LaneId, Micros, TaskId};

/// The most events that a run records.
pub const MAX_EVENTS: usize = 16_000_000;

/// A gap between frames that is longer than this is a freeze; see `pageFrozenMs` in `docs/interface.md`.
pub const FREEZE: Micros = Micros(50_000);

/// The most freezes that a run records.
pub const MAX_FREEZES: usize = 1000;

/// Events of one shared, never changed stretch of a trace.
const CHUNK: usize = 1 << 16;

/// Everything that happened in a run so far, in its order.
///
/// A list of shared stretches: a clone copies none of the events, so the page can hold one trace while the next
/// grows out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    chunks: Vec<Rc<Columns>>,
    /// How much there is before each of them.
    before: Vec<Before>,
    len: usize,
    printed: usize,
    failed: usize,
    ended: u32,
    /// The first failure that is not among the events, of which there were too many.
    late_failure: Option<(TaskId, u8)>,
    /// When each lane was up, by lane; [`Self::NOT_UP`] for one that isn't yet.
    pub lanes_up: Vec<Micros>,
    /// When the tasks were let go: the start-up.
    pub released: Micros,
    /// How far the trace goes: to its last event, or to a stop.
    pub until: Micros,
    /// When the page could not draw: the first [`MAX_FREEZES`] of it.
    pub freezes: Vec<Freeze>,
}

/// What a trace has before one of its stretches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Before {
    events: usize,
    /// The lines of output among them.
    lines: usize,
    /// The time of the latest of them.
    latest: Micros,
}

impl Trace {
    /// When a lane was up that has not been yet: later than anything.
    pub const NOT_UP: Micros = Micros(u64::MAX);

    /// Adds an event behind the others, unless there are [`MAX_EVENTS`] already; whether it was added. That a task
    /// ended or failed is counted in any case.
    pub fn push(&mut self, event: Event) -> bool {
        if self.len >= MAX_EVENTS {
            self.ended += u32::from(matches!(event.what, What::Ended | What::Failed));
            if event.what == What::Failed {
                self.late_failure.get_or_insert((event.task, event.step));
            }
            return false;
        }
        let full = self.chunks.last().is_none_or(|chunk| chunk.len() >= CHUNK);
        let pushed = !full && self.chunks.last_mut().is_some_and(|chunk| Rc::make_mut(chunk).push(event));
        if !pushed {
            // What is long already gets longer: memory that grew with it would be copied again and again.
            let mut chunk = if self.len < CHUNK { Columns::default() } else { Columns::with_capacity(CHUNK) };
            if !chunk.push(event) {
                return false;
            }
            self.add(Rc::new(chunk));
        }
        self.tally(event.what, 1);
        self.until = self.until.max(event.at);
        true
    }

    /// Adds columns behind the others, without copying them where there are many.
    pub fn append(&mut self, mut columns: Columns) {
        if columns.len() < CHUNK / 16 || self.len + columns.len() > MAX_EVENTS {
            columns.iter().for_each(|event| _ = self.push(event));
            return;
        }
        self.until = self.until.max(columns.latest_of(columns.len()).unwrap_or_default());
        columns.shrink_to_fit();
        let columns = Rc::new(columns);
        self.add(Rc::clone(&columns));
        columns.what().for_each(|what| self.tally(what, 1));
    }

    /// Adds a stretch, whose events are yet to be tallied.
    fn add(&mut self, columns: Rc<Columns>) {
        self.before.push(Before { events: self.len, lines: self.printed, latest: self.passed(self.len) });
        self.chunks.push(columns);
    }

    /// Takes the last event away.
    fn pop(&mut self) -> Option<Event> {
        let chunk = self.chunks.last_mut()?;
        let last = chunk.len().checked_sub(1)?;
        let event = chunk.get(last)?;
        Rc::make_mut(chunk).truncate(last);
        if last == 0 {
            self.chunks.pop();
            self.before.pop();
        }
        self.tally(event.what, -1);
        Some(event)
    }

    fn tally(&mut self, what: What, by: isize) {
        self.len = self.len.saturating_add_signed(by);
        match what {
            What::Printed => self.printed = self.printed.saturating_add_signed(by),
            What::Failed => {
                self.printed = self.printed.saturating_add_signed(by);
                self.failed = self.failed.saturating_add_signed(by);
                self.ended = self.ended.saturating_add_signed(by as i32);
            }
            What::Ended => self.ended = self.ended.saturating_add_signed(by as i32),
            What::Entered(_) => {}
        }
    }

    /// How many events there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing happened yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// All events in order.
    pub fn iter(&self) -> impl Iterator<Item = Event> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    /// All events in order, from this place on.
    pub fn iter_from(&self, index: usize) -> impl Iterator<Item = Event> {
        let (chunk, within) = self.place_of(index);
        let mut stretches = self.chunks.iter().skip(chunk);
        let first = stretches.next().into_iter().flat_map(move |stretch| stretch.iter_from(within));
        first.chain(stretches.flat_map(|stretch| stretch.iter()))
    }

    /// The event at this place.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Event> {
        let (chunk, within) = self.place_of(index);
        self.chunks.get(chunk)?.get(within)
    }

    /// How many events have happened by a time: those in front of the first that is later. Where several lanes' clocks
    /// disagree, or a lane tells afterwards what had happened to a task, an event stands behind one that is told to be later:
    /// it has happened when that has.
    #[must_use]
    pub fn happened_by(&self, at: Micros) -> usize {
        let begun = self.before.partition_point(|before| before.latest <= at);
        let Some(last) = begun.checked_sub(1) else { return 0 };
        let stretch = self.before.get(last).zip(self.chunks.get(last));
        stretch.map_or(0, |(before, chunk)| before.events + chunk.happened_by(at))
    }

    /// The time by which the first so many events have happened: that of the latest of them.
    #[must_use]
    pub fn passed(&self, happened: usize) -> Micros {
        let Some(last) = happened.checked_sub(1) else { return Micros::ZERO };
        let (chunk, within) = self.place_of(last);
        let stretch = self.before.get(chunk).zip(self.chunks.get(chunk));
        stretch
            .map_or(Micros::ZERO, |(before, chunk)| before.latest.max(chunk.latest_of(within + 1).unwrap_or_default()))
    }

    /// The stretch that has the event at this place, and its place in it.
    fn place_of(&self, index: usize) -> (usize, usize) {
        let chunk = self.before.partition_point(|before| before.events <= index).saturating_sub(1);
        (chunk, index - self.before.get(chunk).map_or(0, |before| before.events))
    }

    /// How many tasks have come to their end, or failed.
    #[must_use]
    pub fn tasks_ended(&self) -> u32 {
        self.ended
    }

    /// The lane that a task is on at a time, or comes on to next: that of the last of its events at that time, or else of
    /// the first after it; none: nothing happens to it any more.
    #[must_use]
    pub fn lane_of(&self, task: TaskId, at: Micros) -> Option<LaneId> {
        let mut found = None::<Event>;
        for event in self.iter_from(self.happened_by(Micros(at.0.saturating_sub(1)))) {
            if found.is_some_and(|found| event.at > found.at) {
                break;
            }
            if event.task == task && event.at >= at {
                found = Some(event);
            }
        }
        found.map(|event| event.lane)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(at: u32) -> Event {
        // Every third is no line.
        let what = if at.is_multiple_of(3) { What::Entered(State::Running) } else { What::Printed };
        Event { at: Micros(u64::from(at)), task: TaskId::at(at), lane: LaneId(1), step: 0, what }
    }

    /// Of several stretches: as long as they grow, shorter ones, and one without a line.
    fn long() -> Trace {
        let (chunk, mut trace) = (CHUNK as u32, Trace::default());
        assert!((0..chunk + 10).all(|at| trace.push(event(at))));
        for (from, to, every) in
            [(chunk + 10, chunk + 9000, 1), (chunk + 9000, chunk + 30_000, 3), (2 * chunk, 3 * chunk, 1)]
        {
            let mut columns = Columns::default();
            assert!((from.next_multiple_of(every)..to).step_by(every as usize).all(|at| columns.push(event(at))));
            trace.append(columns);
        }
        trace
    }

    #[test]
    fn a_line_is_found_by_its_place() {
        let trace = long();
        assert!(trace.chunks.len() > 4 && trace.before.len() == trace.chunks.len());
        let all: Vec<Event> = trace.printed().collect();
        assert_eq!(all.len(), trace.output_total());
        for place in (0..all.len()).step_by(997).chain([43_690, 43_691, 43_697, all.len() - 1]) {
            assert_eq!(trace.printed_from(place).take(5).collect::<Vec<_>>(), all[place..all.len().min(place + 5)]);
        }
        assert_eq!((trace.printed_from(all.len()).count(), Trace::default().printed_from(7).count()), (0, 0));
    }

    #[test]
    fn what_has_happened_by_a_time_is_all_in_front_of_what_is_later() {
        let times: Vec<u64> = (0..3 * CHUNK as u64).map(|at| if at.is_multiple_of(7) { at / 2 } else { at }).collect();
        let mut trace = Trace::default();
        for at in &times {
            assert!(trace.push(Event { at: Micros(*at), ..event(0) }));
        }
        for time in (0..times.len() as u64).step_by(4999).chain([0, 7, 8, CHUNK as u64 - 1, CHUNK as u64, 1 << 20]) {
            let happened = times.iter().position(|at| *at > time).unwrap_or(times.len());
            assert_eq!(trace.happened_by(Micros(time)), happened, "by {time}");
            let latest = times.iter().take(happened).max().copied().unwrap_or_default();
            assert_eq!(trace.passed(happened), Micros(latest), "{happened} events");
        }
    }

    #[test]
    fn the_lane_of_a_task_is_that_of_its_latest_event_or_of_its_next() {
        let mut trace = Trace::default();
        for (at, task, lane) in [(1, 1, 1), (5, 1, 1), (5, 2, 1), (5, 1, 2), (5, 2, 3), (9, 1, 1)] {
            trace.push(Event { task: TaskId(task), lane: LaneId(lane), ..event(at) });
        }
        let lanes = [0, 1, 2, 5, 6, 10].map(|at| trace.lane_of(TaskId(1), Micros(at)).map(|lane| lane.0));
        assert_eq!(lanes, [Some(1), Some(1), Some(2), Some(2), Some(1), None]);
    }

    #[test]
    fn what_is_taken_away_is_found_no_more() {
        let mut trace = long();
        while trace.len() > CHUNK / 2 {
            trace.pop();
        }
        assert_eq!((trace.chunks.len(), trace.before.len()), (1, 1));
        assert_eq!(trace.printed_from(100).count(), trace.output_total() - 100);
    }
}
