//! What is found in a mode's output, and the whole of it as plain text. Not how it is shown, nor when there is time to go on.
//!
//! A line says the text of a step, and there are few steps: so each text is looked at once, not each line.

use crate::trace::{Event, Trace, What};
use crate::workload::{TaskId, Workload};

/// So many lines take a fraction of a millisecond.
const AT_ONCE: usize = 1 << 13;

/// What stands before the text of a failure, as Python's last line of it has it.
pub(super) const FAILURE: &str = "RuntimeError: ";

/// What is looked for in an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Whether it is in the text of a step, by step.
    texts: Vec<bool>,
    task: Option<TaskId>,
}

impl Wanted {
    /// What somebody typed: a part of a text, in large letters or small, or a task's number, as `3` or `task 3`. None:
    /// nothing.
    #[must_use]
    pub fn read(typed: &str, workload: &Workload) -> Option<Self> {
        let typed = typed.trim().to_ascii_lowercase();
        let is_in = |text: &str| text.to_ascii_lowercase().contains(&typed);
        let texts = workload.steps.iter().map(|(_, step)| step.text().is_some_and(is_in)).collect();
        let task = typed.trim_start_matches("task").trim_start().parse().ok().map(TaskId);
        (!typed.is_empty()).then_some(Self { texts, task })
    }

    fn is(&self, line: Event) -> bool {
        self.task == Some(line.task) || self.texts.get(usize::from(line.step)).is_some_and(|is_in| *is_in)
    }
}

/// The places of lines, from 0: a bit a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    words: Vec<u64>,
    len: usize,
}

impl Hits {
    fn add(&mut self, place: usize) {
        let word = place / 64;
        self.words.resize(self.words.len().max(word + 1), 0);
        self.words[word] |= 1 << (place % 64);
        self.len += 1;
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether this place is one of them.
    #[must_use]
    pub fn contains(&self, place: usize) -> bool {
        self.words.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    /// The first of them that is not before this place.
    #[must_use]
    pub fn from(&self, place: usize) -> Option<usize> {
        let first = self.words.get(place / 64)? & (u64::MAX << (place % 64));
        let words = self.words.iter().copied().enumerate().skip(place / 64 + 1);
        let (at, word) = [(place / 64, first)].into_iter().chain(words).find(|(_, word)| *word != 0)?;
        Some(at * 64 + word.trailing_zeros() as usize)
    }

    /// The last of them before this place.
    #[must_use]
    pub fn before(&self, place: usize) -> Option<usize> {
        let words = self.words.iter().enumerate().take(place.div_ceil(64)).rev();
        let cut = |at: usize, word: u64| if at * 64 + 64 > place { word & ((1 << (place % 64)) - 1) } else { word };
        let (at, word) = words.map(|(at, word)| (at, cut(at, *word))).find(|(_, word)| *word != 0)?;
        Some(at * 64 + 63 - word.leading_zeros() as usize)
    }

    /// How many of them are before this place.
    #[must_use]
    pub fn count_before(&self, place: usize) -> usize {
        let whole: u32 = self.words.iter().take(place / 64).map(|word| word.count_ones()).sum();
        let cut = self.words.get(place / 64).map_or(0, |word| (word & ((1 << (place % 64)) - 1)).count_ones());
        (whole + cut) as usize
    }
}

/// A way through an output, some lines at a time: of a million, all at once would hold a page up.
#[derive(Clone, Debug)]
struct Way {
    trace: Trace,
    next: usize,
}

impl Way {
    /// Goes through the next lines, with their places. Whether there were any.
    fn go_on(&mut self, mut each: impl FnMut(usize, Event)) -> bool {
        let from = self.next;
        for event in self.trace.printed_from(from).take(AT_ONCE) {
            each(self.next, event);
            self.next += 1;
        }
        self.next > from
    }
}

/// An output that is looked through.
#[derive(Clone, Debug)]
pub struct Search {
    way: Way,
    wanted: Wanted,
    hits: Hits,
}

impl Search {
    /// Before its first line.
    #[must_use]
    pub fn new(trace: Trace, wanted: Wanted) -> Self {
        Self { way: Way { trace, next: 0 }, wanted, hits: Hits::default() }
    }

    /// Looks through the next lines; whether there were any.
    pub fn go_on(&mut self) -> bool {
        let Self { way, wanted, hits } = self;
        way.go_on(|place, line| {
            if wanted.is(line) {
                hits.add(place);
            }
        })
    }

    /// What was found.
    #[must_use]
    pub fn hits(self) -> Hits {
        self.hits
    }
}

/// An output that is written out as a terminal would show it: a line each, with nothing before it, and of a failure what
/// Python says in the end.
#[derive(Clone, Debug)]
pub struct Written {
    way: Way,
    /// What each step says, by step.
    texts: Vec<String>,
    text: String,
}

impl Written {
    /// Before its first line.
    #[must_use]
    pub fn new(trace: Trace, workload: &Workload) -> Self {
        let texts = workload.steps.iter().map(|(_, step)| format!("{}\n", step.text().unwrap_or_default())).collect();
        Self { way: Way { trace, next: 0 }, texts, text: String::new() }
    }

    /// Writes the next lines; whether there were any.
    pub fn go_on(&mut self) -> bool {
        let Self { way, texts, text } = self;
        way.go_on(|_, line| {
            if line.what == What::Failed {
                text.push_str(FAILURE);
            }
            text.push_str(texts.get(usize::from(line.step)).map_or("", String::as_str));
        })
    }

    /// What was written.
    #[must_use]
    pub fn text(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::{LaneId, Micros, Step, Steps, TaskCount};

    fn workload() -> Workload {
        let steps = [("print", "One"), ("sleep", "1s"), ("print", "Two, task 12"), ("fail", "Boom")];
        let steps = steps.into_iter().map(|(head, value)| Step::parse(head, value).unwrap()).collect();
        Workload { tasks: TaskCount::new(30_000).unwrap(), steps: Steps::new(steps).unwrap(), ..Workload::default() }
    }

    /// All print their first line; then each its second, and task 7 fails.
    fn trace() -> Trace {
        let mut trace = Trace::default();
        let mut put = |task: u32, step: u8, what: What| {
            trace.push(Event { at: Micros(0), task: TaskId(task), lane: LaneId(1), step, what });
        };
        (1..=30_000).for_each(|task| put(task, 0, What::Printed));
        (1..=30_000).for_each(|task| put(task, 2, What::Printed));
        put(7, 3, What::Failed);
        trace
    }

    fn found(typed: &str) -> Vec<usize> {
        let mut search = Search::new(trace(), Wanted::read(typed, &workload()).unwrap());
        while search.go_on() {}
        let hits = search.hits();
        let all: Vec<_> = std::iter::successors(hits.from(0), |at| hits.from(at + 1)).collect();
        let back: Vec<_> = std::iter::successors(hits.before(usize::MAX), |at| hits.before(*at)).collect();
        assert!(all.iter().eq(back.iter().rev()) && all.len() == hits.len() && all.is_empty() == hits.is_empty());
        let ranks = all.iter().step_by(97).map(|at| hits.count_before(*at));
        assert!(ranks.eq((0..all.len()).step_by(97)) && all.iter().all(|at| hits.contains(*at)));
        all
    }

    #[test]
    fn texts_and_tasks_are_found() {
        assert_eq!(found("boOM "), [60_000]);
        assert_eq!(found("task 7"), [6, 30_006, 60_000]);
        assert_eq!(found("7"), [6, 30_006, 60_000]);
        assert_eq!((found("one").len(), found("o").len(), found("ask 1").len()), (30_000, 60_001, 30_000));
        assert_eq!(found("task 12").len(), 30_001, "a text can say a task's number too");
        assert_eq!((found("Three"), found("task 0"), found("task 30001")), (vec![], vec![], vec![]));
        assert_eq!(Wanted::read(" ", &workload()), None);
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        let hits = Hits::default();
        assert_eq!((hits.from(0), hits.before(9), hits.contains(0), hits.count_before(70)), (None, None, false, 0));
    }

    #[test]
    fn a_terminal_shows_the_lines_alone() {
        let mut written = Written::new(trace(), &workload());
        while written.go_on() {}
        let text = written.text();
        let lines: Vec<_> = text.lines().collect();
        assert_eq!((lines.len(), lines[0], lines[29_999], lines[30_000]), (60_001, "One", "One", "Two, task 12"));
        assert!(text.ends_with("Two, task 12\nRuntimeError: Boom\n"));
    }
}
