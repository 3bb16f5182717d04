//! How things stand at a moment of a trace: what each task is doing, how much was printed by then, and what the loop or
//! the lock is doing, in words. Not how time goes on.

use crate::trace::{Event, State, Trace, What};
use crate::workload::{Mode, TaskCount, TaskId, Workload, grouped};

/// A way through a trace, from one moment to another. On to a later one is quick; back to an earlier one goes through
/// all that was before it, some 40 ms for a million tasks.
#[derive(Clone, Debug)]
pub struct Moment {
    trace: Trace,
    tasks: Vec<Doing>,
    /// How many tasks there are of each.
    counts: [u32; Doing::ALL.len()],
    happened: usize,
    printed: usize,
    last: Option<Event>,
    /// Who began to run last.
    runner: Option<TaskId>,
}

/// What a task is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    /// Nothing yet.
    Nothing,
    In(State),
    Over,
}

impl Doing {
    /// In the order in which they are told.
    const ALL: [Self; State::ALL.len() + 2] = [
        Self::In(State::Running),
        Self::In(State::Gil),
        Self::In(State::Blocked),
        Self::In(State::Sleeping),
        Self::In(State::Ready),
        Self::In(State::Starting),
        Self::Nothing,
        Self::Over,
    ];

    const fn index(self) -> usize {
        match self {
            Self::In(State::Running) => 0,
            Self::In(State::Gil) => 1,
            Self::In(State::Blocked) => 2,
            Self::In(State::Sleeping) => 3,
            Self::In(State::Ready) => 4,
            Self::In(State::Starting) => 5,
            Self::Nothing => 6,
            Self::Over => 7,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Nothing => "not begun",
            Self::In(state) => state.words(),
            Self::Over => "ended",
        }
    }
}

impl Moment {
    /// Before anything happened.
    #[must_use]
    pub fn new(trace: Trace, tasks: TaskCount) -> Self {
        let mut counts = [0; Doing::ALL.len()];
        counts[Doing::Nothing.index()] = tasks.get();
        let tasks = vec![Doing::Nothing; tasks.get() as usize];
        Self { trace, tasks, counts, happened: 0, printed: 0, last: None, runner: None }
    }

    /// The trace that it is a moment of.
    #[must_use]
    pub const fn trace(&self) -> &Trace {
        &self.trace
    }

    /// How many lines were printed by then, failures among them.
    #[must_use]
    pub const fn printed(&self) -> usize {
        self.printed
    }

    /// Goes to where so many events have happened.
    pub fn go_to(&mut self, happened: usize) {
        if happened < self.happened {
            let tasks = TaskCount::new(self.tasks.len() as u64).unwrap_or_default();
            *self = Self::new(std::mem::take(&mut self.trace), tasks);
        }
        let trace = self.trace.clone();
        for event in trace.iter_from(self.happened).take(happened - self.happened) {
            self.take(event);
        }
    }

    fn take(&mut self, event: Event) {
        self.happened += 1;
        self.last = Some(event);
        self.printed += usize::from(event.is_line());
        let next = match event.what {
            What::Printed => return,
            What::Entered(state) => Doing::In(state),
            What::Failed | What::Ended => Doing::Over,
        };
        let Some(doing) = self.tasks.get_mut(event.task.index()) else { return };
        self.counts[doing.index()] = self.counts[doing.index()].saturating_sub(1);
        self.counts[next.index()] += 1;
        *doing = next;
        if next == Doing::In(State::Running) {
            self.runner = Some(event.task);
        }
    }

    /// What happened last, who runs, and how many tasks do what.
    #[must_use]
    pub fn words(&self, mode: Mode, workload: &Workload) -> String {
        let last = self.last.map_or_else(String::new, |event| happening(event, workload) + " ");
        let counts = Doing::ALL.into_iter().filter(|doing| self.count(*doing) > 0);
        let counts = counts.map(|doing| format!("{} {}", grouped(self.count(doing).into()), doing.words()));
        format!("{last}{} Tasks: {}.", self.carried(mode), counts.collect::<Vec<_>>().join(", "))
    }

    const fn count(&self, doing: Doing) -> u32 {
        self.counts[doing.index()]
    }

    /// What carries the tasks, and what it is doing.
    fn carried(&self, mode: Mode) -> String {
        let running = self.count(Doing::In(State::Running));
        let held = self.count(Doing::In(State::Blocked));
        let waits = held + self.count(Doing::In(State::Sleeping));
        let runner = self.runner.filter(|task| self.tasks.get(task.index()) == Some(&Doing::In(State::Running)));
        let who = runner.map_or_else(|| "a task".to_owned(), |task| format!("task {task}"));
        match mode {
            _ if self.count(Doing::Over) as usize == self.tasks.len() => "All tasks are done.".to_owned(),
            _ if self.count(Doing::Nothing) as usize == self.tasks.len() => "Nothing has begun.".to_owned(),
            Mode::Sync if running > 0 => format!("The thread runs {who}."),
            Mode::Sync if waits > 0 => "The thread waits with the task.".to_owned(),
            Mode::Sync => "The thread is between two tasks.".to_owned(),
            Mode::Async if running > 0 => format!("The loop runs {who}."),
            Mode::Async if held > 0 => "The loop is blocked.".to_owned(),
            Mode::Async => "The loop is free.".to_owned(),
            Mode::Threads | Mode::Offload if running > 0 => format!("The GIL is held by {who}."),
            Mode::Threads | Mode::Offload => "Nobody holds the GIL.".to_owned(),
            Mode::Processes | Mode::FreeThreads if running > 1 => format!("{running} tasks run at once."),
            Mode::Processes | Mode::FreeThreads if running > 0 => format!("Only {who} runs."),
            Mode::Processes | Mode::FreeThreads => "Nobody runs.".to_owned(),
        }
    }
}

/// An event in a sentence.
#[must_use]
pub fn happening(event: Event, workload: &Workload) -> String {
    let Event { task, step, what, .. } = event;
    let (text, task) = (workload.text(step), grouped(task.0.into()));
    match what {
        What::Printed => format!("Task {task} printed {text}."),
        What::Failed => format!("Task {task} failed: {text}."),
        What::Ended => format!("Task {task} ended."),
        What::Entered(State::Gil) => format!("Task {task} waits for the GIL."),
        What::Entered(State::Sleeping) => format!("Task {task} sleeps."),
        What::Entered(State::Running) => format!("Task {task} runs."),
        What::Entered(state) => format!("Task {task} is {}.", state.words()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::{LaneId, Micros};
    use proptest::prelude::*;

    const RUNNING: What = What::Entered(State::Running);
    const SLEEPING: What = What::Entered(State::Sleeping);

    fn trace(events: &[(u64, u32, What)]) -> Trace {
        let mut trace = Trace::default();
        for &(at, task, what) in events {
            trace.push(Event { at: Micros(at), task: TaskId(task), lane: LaneId(1), step: 0, what });
        }
        trace
    }

    fn article() -> Moment {
        let events = [
            (0, 1, RUNNING),
            (0, 1, What::Printed),
            (0, 1, SLEEPING),
            (0, 2, RUNNING),
            (0, 2, What::Printed),
            (0, 2, SLEEPING),
            (1000, 1, RUNNING),
            (1000, 1, What::Ended),
            (1000, 2, RUNNING),
            (1000, 2, What::Ended),
        ];
        Moment::new(trace(&events), TaskCount::new(2).unwrap())
    }

    #[test]
    fn a_moment_is_told() {
        let (mut moment, workload) = (article(), Workload::default());
        let mut at = |happened, mode| {
            moment.go_to(happened);
            moment.words(mode, &workload)
        };
        assert_eq!(at(0, Mode::Async), "Nothing has begun. Tasks: 2 not begun.");
        assert_eq!(at(2, Mode::Async), "Task 1 printed One. The loop runs task 1. Tasks: 1 running, 1 not begun.");
        assert_eq!(at(3, Mode::Sync), "Task 1 sleeps. The thread waits with the task. Tasks: 1 sleeping, 1 not begun.");
        assert_eq!(at(6, Mode::Async), "Task 2 sleeps. The loop is free. Tasks: 2 sleeping.");
        assert_eq!(at(7, Mode::Threads), "Task 1 runs. The GIL is held by task 1. Tasks: 1 running, 1 sleeping.");
        assert_eq!(at(8, Mode::Threads), "Task 1 ended. Nobody holds the GIL. Tasks: 1 sleeping, 1 ended.");
        assert_eq!(at(10, Mode::Processes), "Task 2 ended. All tasks are done. Tasks: 2 ended.");
        assert_eq!(at(5, Mode::Processes), "Task 2 printed One. Only task 2 runs. Tasks: 1 running, 1 sleeping.");
        assert_eq!(moment.printed(), 2);
        let last = Event { at: Micros(0), task: TaskId(1_000_000), lane: LaneId(1), step: 0, what: What::Printed };
        assert_eq!(happening(last, &workload), "Task 1,000,000 printed One.");
    }

    proptest! {
        #[test]
        fn a_moment_is_the_same_however_it_is_reached(stops in prop::collection::vec(0_usize..=10, 1..12)) {
            let mut moment = article();
            for stop in stops {
                moment.go_to(stop);
                let mut straight = article();
                straight.go_to(stop);
                let told = |moment: &Moment| (moment.printed(), moment.words(Mode::Async, &Workload::default()));
                prop_assert_eq!(told(&moment), told(&straight));
                let tasks: u32 = moment.counts.iter().sum();
                prop_assert_eq!(tasks, 2, "each task is doing one thing");
            }
        }
    }
}
