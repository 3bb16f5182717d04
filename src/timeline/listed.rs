//! The spans that a timeline shows, as rows of a table. Not how the table looks, nor when there is time to go on.

use super::{Window, lane_name, takes_up};
use crate::report::{NONE, Scale};
use crate::trace::{First, Found, Lives, Span, Trace};
use crate::workload::{Mode, TaskCount, grouped};

/// The most spans that a table has: as many as a result.
const MOST: usize = 10_000;

/// The heads of the columns; the last three are times.
pub const HEADS: [&str; 6] = ["Task", "Worker", "State", "From", "To", "Length"];

/// The cells of a span, under [`HEADS`].
#[must_use]
pub fn cells(span: &Span, mode: Mode, scale: Scale) -> [String; 6] {
    let Span { from, task, to, lane, state } = *span;
    let lane = if takes_up(mode, state, lane) { lane_name(mode, lane) } else { NONE.to_owned() };
    let [from, to, length] = [from, to, to.since(from)].map(|time| scale.write(time));
    [task.to_string(), lane, state.words().to_owned(), from, to, length]
}

/// The first spans in a window, by start, then task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// At most 10,000.
    pub spans: Vec<Span>,
    /// How many there are in the window.
    pub total: usize,
}

impl Listed {
    /// How many there are, in words.
    #[must_use]
    pub fn words(&self) -> String {
        let total = grouped(self.total as u64);
        match self.total {
            1 => "1 span".to_owned(),
            of if of > self.spans.len() => {
                format!("The first {} of {total} spans; zoom in for others", grouped(self.spans.len() as u64))
            }
            _ => format!("{total} spans"),
        }
    }
}

/// Spans that are looked for.
#[derive(Clone, Debug)]
pub struct Lister {
    lives: Lives,
    window: Window,
    first: First,
    total: usize,
}

impl Lister {
    /// None yet of those of a trace that are in a window.
    #[must_use]
    pub fn new(trace: Trace, tasks: TaskCount, window: Window) -> Self {
        Self { lives: Lives::new(trace, tasks), window, first: First::new(MOST), total: 0 }
    }

    /// Works for about a millisecond; all of them, once there are no more.
    pub fn go_on(&mut self) -> Option<Listed> {
        let Self { lives, window, first, total } = self;
        let has_more = lives.go_on(|found| match found {
            Found::Span(span) if span.to >= window.from && span.from <= window.to => {
                *total += 1;
                first.add(span);
            }
            Found::Span(_) | Found::Line(_) => {}
        });
        if has_more {
            return None;
        }
        let first = std::mem::replace(first, First::new(MOST));
        Some(Listed { total: *total, spans: first.sorted() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Event, State, What};
    use crate::workload::{LaneId, Micros, TaskId};

    /// Tasks that sleep one after another, each for a millisecond, on a lane.
    fn listed(tasks: u32, window: Window) -> Listed {
        let mut trace = Trace::default();
        for (task, at) in (1..=tasks).zip((0..).step_by(1000)) {
            for (at, what) in [(at, What::Entered(State::Sleeping)), (at + 1000, What::Ended)] {
                trace.push(Event { at: Micros(at), task: TaskId(task), lane: LaneId(1), step: 0, what });
            }
        }
        let mut lister = Lister::new(trace, TaskCount::new(tasks.into()).unwrap(), window);
        loop {
            if let Some(listed) = lister.go_on() {
                return listed;
            }
        }
    }

    #[test]
    fn all_that_is_seen_is_listed_by_its_start() {
        let told = |window| {
            let listed = listed(3, window);
            let rows = listed.spans.iter().map(|span| cells(span, Mode::Sync, Scale::Milliseconds).join(" "));
            (listed.words(), rows.collect::<Vec<_>>())
        };
        let (words, rows) = told(Window::whole(Micros(3000)));
        assert_eq!(words, "5 spans");
        assert_eq!(
            rows,
            [
                "1 thread sleeping 0.0 ms 1.0 ms 1.0 ms",
                "2 – ready 0.0 ms 1.0 ms 1.0 ms",
                "3 – ready 0.0 ms 2.0 ms 2.0 ms",
                "2 thread sleeping 1.0 ms 2.0 ms 1.0 ms",
                "3 thread sleeping 2.0 ms 3.0 ms 1.0 ms",
            ]
        );
        let (words, rows) = told(Window { from: Micros(2500), to: Micros(2600) });
        assert_eq!((words.as_str(), rows.len()), ("1 span", 1));
    }

    #[test]
    fn of_more_than_a_table_has_the_first_are_listed_and_all_are_counted() {
        let listed = listed(20_000, Window::whole(Micros(20_000_000)));
        assert_eq!((listed.spans.len(), listed.total), (MOST, 39_999));
        assert!(listed.spans.is_sorted());
        assert_eq!(listed.words(), "The first 10,000 of 39,999 spans; zoom in for others");
    }
}
