//! Who held the GIL, and that in words. Not how it comes to pixels (`strip`), nor what it looks like.
//!
//! In a mode with a GIL who runs holds it, so that all of it is derived from the spans of running tasks, no two of which
//! overlap but by the error of their clocks:
//!
//! ```text
//! task 1   ███████▒▒▒▒▒▒▒███████▒▒▒▒▒▒▒      █ running   ▒ waiting for the GIL
//! task 2   ▒▒▒▒▒▒▒███████▒▒▒▒▒▒▒███████
//! GIL      1111111222222211111112222222
//! ```

use super::words::told_one_by_one;
use crate::trace::{Span, State};
use crate::workload::{LaneId, Micros, Mode, TaskCount, TaskId, Workload, grouped};

/// Whether there is a strip to be seen: in a mode with a GIL that several tasks want for longer than a print takes.
#[must_use]
pub fn has_strip(mode: Mode, workload: &Workload) -> bool {
    mode.has_gil() && has_work(workload)
}

/// Whether several tasks do work.
pub(super) fn has_work(workload: &Workload) -> bool {
    workload.tasks.get() > 1 && workload.works()
}

/// Whether a task held the GIL in this span.
pub(super) fn is_hold(span: Span) -> bool {
    span.state == State::Running
}

/// For how long each task held the GIL, and how often one lane took it after another.
#[derive(Clone, Debug)]
pub(super) struct Sharing {
    tasks: TaskCount,
    each: Vec<Micros>,
    all: Micros,
    holder: Option<LaneId>,
    hand_overs: u64,
}

impl Sharing {
    /// Nobody held it yet.
    pub fn new(tasks: TaskCount) -> Self {
        let told = told_one_by_one(tasks);
        let each = vec![Micros::ZERO; told as usize];
        Self { tasks, each, all: Micros::ZERO, holder: None, hand_overs: 0 }
    }

    /// Adds a span in which a task held it; all come in the order of their ends.
    pub fn add(&mut self, span: Span) {
        let time = span.to.since(span.from);
        self.all += time;
        if let Some(held) = self.each.get_mut(span.task.index()) {
            *held += time;
        }
        self.hand_overs += u64::from(self.holder.replace(span.lane).is_some_and(|last| last != span.lane));
    }

    /// All of it in words, without a full stop; the times as parts of this.
    pub fn told(&self, whole: Micros) -> String {
        let part = |time: Micros| format!("{:.0} %", 100.0 * time.0 as f64 / whole.0.max(1) as f64);
        let told = if self.each.is_empty() {
            format!("{} tasks together {}", grouped(self.tasks.get().into()), part(self.all))
        } else {
            let one = |(task, held): (TaskId, &Micros)| format!("task {task} {}", part(*held));
            self.tasks.ids().zip(&self.each).map(one).collect::<Vec<_>>().join(", ")
        };
        let times = if self.hand_overs == 1 { "hand-over" } else { "hand-overs" };
        format!("{told}, nobody {}; {} {times}", part(whole.since(self.all)), grouped(self.hand_overs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::View;
    use crate::timeline::strip::Strip;
    use crate::trace::{Event, Trace, What, spans};
    use crate::workload::{Step, Steps};

    const GIL: What = What::Entered(State::Gil);
    const RUNNING: What = What::Entered(State::Running);
    const VIEW: View = View { from: Micros(0), to: Micros(100), width: 10 };

    /// Each task is on the lane of its number.
    fn trace(events: &[(u64, u32, What)]) -> Trace {
        let mut trace = Trace::default();
        for &(at, task, what) in events {
            trace.push(Event { at: Micros(at), task: TaskId(task), lane: LaneId(task as u8), step: 0, what });
        }
        trace
    }

    fn tasks(tasks: u64) -> TaskCount {
        TaskCount::new(tasks).unwrap()
    }

    fn seen(trace: &Trace, view: View) -> Vec<(u32, u32, u32)> {
        let mut strip = Strip::new(view, 0);
        spans(trace, tasks(2), |span| {
            if is_hold(span) {
                strip.add(span);
            }
        });
        strip.drawn().0.iter().map(|held| (held.task.map_or(0, |task| task.0), held.from, held.to)).collect()
    }

    fn told(trace: &Trace, tasks: TaskCount) -> String {
        let mut sharing = Sharing::new(tasks);
        spans(trace, tasks, |span| {
            if is_hold(span) {
                sharing.add(span);
            }
        });
        sharing.told(trace.until.since(trace.released))
    }

    /// Two tasks that take turns, one running for a time and then the other.
    fn turns(lengths: [u64; 2], until: u64) -> Trace {
        let mut events = vec![(0, 1, GIL), (0, 2, GIL)];
        let mut at = 0;
        for holder in [1, 2].into_iter().cycle() {
            events.push((at, holder, RUNNING));
            at += lengths[holder as usize - 1];
            events.push((at.min(until), holder, if at < until { GIL } else { What::Ended }));
            if at >= until {
                break;
            }
        }
        trace(&events)
    }

    #[test]
    fn who_runs_holds_it_and_where_nobody_does_it_is_empty() {
        let sleeping = What::Entered(State::Sleeping);
        let events = [
            (0, 1, RUNNING),
            (20, 1, sleeping),
            (40, 2, RUNNING),
            (60, 2, GIL),
            (60, 1, RUNNING),
            (100, 1, What::Ended),
        ];
        assert_eq!(seen(&trace(&events), VIEW), [(1, 0, 2), (2, 4, 6), (1, 6, 10)]);
    }

    #[test]
    fn a_pixel_of_many_turns_belongs_to_who_held_it_for_longest_in_all() {
        assert_eq!(seen(&turns([1, 2], 99), VIEW), [(2, 0, 10)]);
        assert_eq!(seen(&turns([10, 10], 100), VIEW).len(), 10);
        let events = [(42, 1, RUNNING), (43, 1, What::Ended)];
        assert_eq!(seen(&trace(&events), View { to: Micros(10_000_042), ..VIEW }), [(1, 0, 1)], "it is never lost");
    }

    #[test]
    fn it_is_cut_to_the_view() {
        let view = View { from: Micros(40), to: Micros(60), width: 10 };
        assert_eq!(seen(&turns([50, 50], 100), view), [(1, 0, 5), (2, 5, 10)]);
        assert_eq!(seen(&turns([50, 50], 100), View { width: 0, ..VIEW }), []);
    }

    #[test]
    fn a_hold_that_a_clock_puts_before_the_last_one_s_end_goes_on_behind_it() {
        let events = [(0, 1, RUNNING), (55, 1, GIL), (45, 2, RUNNING), (100, 2, What::Ended)];
        assert_eq!(seen(&trace(&events), VIEW), [(1, 0, 5), (2, 5, 10)]);
    }

    #[test]
    fn how_it_was_shared_is_told() {
        let mut shared = turns([30, 10], 200);
        assert_eq!(told(&shared, tasks(2)), "task 1 75 %, task 2 25 %, nobody 0 %; 9 hand-overs");
        (shared.until, shared.released) = (Micros(520), Micros(20));
        assert_eq!(told(&shared, tasks(2)), "task 1 30 %, task 2 10 %, nobody 60 %; 9 hand-overs");
        assert_eq!(told(&shared, tasks(7)), "7 tasks together 40 %, nobody 60 %; 9 hand-overs");
        assert_eq!(told(&turns([50, 50], 100), tasks(2)), "task 1 50 %, task 2 50 %, nobody 0 %; 1 hand-over");
        assert_eq!(told(&Trace::default(), tasks(1)), "task 1 0 %, nobody 0 %; 0 hand-overs");
    }

    #[test]
    fn only_work_of_several_tasks_under_a_gil_has_a_strip() {
        let workload = |tasks_there: u64, step: (&str, &str)| Workload {
            tasks: tasks(tasks_there),
            steps: Steps::new(vec![Step::parse(step.0, step.1).unwrap()]).unwrap(),
            ..Workload::default()
        };
        let count = workload(2, ("count", "1M"));
        let with: Vec<_> = Mode::ALL.into_iter().filter(|mode| has_strip(*mode, &count)).collect();
        assert_eq!(with, [Mode::Threads, Mode::Offload]);
        assert!(has_strip(Mode::Threads, &workload(2, ("add-locked", "1M"))));
        assert!(!has_strip(Mode::Threads, &workload(1, ("count", "1M"))));
        assert!(!has_strip(Mode::Threads, &workload(2, ("block", "1s"))));
    }
}
