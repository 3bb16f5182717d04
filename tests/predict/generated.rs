//! Generated workloads: small, with odd times, ties, and steps of one task alone.

use std::ops::Range;

use interleave::predict::Machine;
use interleave::workload::{
    Action, Kind, LoopLimit, Micros, Settings, Spread, Step, Steps, TaskCount, TaskId, Text, Variation, Workers,
    Workload,
};
use proptest::prelude::*;
use proptest::sample::select;

use crate::asked::Asked;

/// Which steps a workload is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// All there are, failing ones too.
    All,
    /// All but failing ones.
    Lasting,
    /// Print and sleep.
    Polite,
    /// Print, sleep and block.
    Waiting,
    /// Print and count.
    Counting,
}

/// So many workloads are tried for each property.
pub fn config() -> ProptestConfig {
    ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() }
}

/// A workload under its conditions.
pub fn asked(of: Of) -> impl Strategy<Value = Asked> {
    (workload(of), settings(), machine()).prop_map(|(workload, settings, machine)| Asked {
        workload,
        settings,
        machine,
    })
}

/// So small that every task can have steps of its own, one before each; times long and short.
pub fn asked_small(of: Of) -> impl Strategy<Value = Asked> {
    let shape = (2_u64..5).prop_flat_map(move |tasks| (Just(tasks), 1..=(16 / tasks as usize)));
    let scale = select(vec![1, 10, 40]);
    let workload = (shape, scale)
        .prop_flat_map(move |((tasks, steps), scale)| workload_of(of, tasks..tasks + 1, steps..steps + 1, scale));
    (workload, settings(), machine()).prop_map(|(workload, settings, machine)| Asked { workload, settings, machine })
}

/// Two or three tasks of up to twelve steps in all that count nothing, with times that are the same or far apart.
pub fn asked_coarse() -> impl Strategy<Value = Asked> {
    let time = || select(vec![0, 10_000, 10_000, 20_000, 50_000]).prop_map(Micros);
    let text = || Text::new("x").expect("a text");
    let kind = prop_oneof![
        3 => Just(Kind::Print(text())),
        3 => time().prop_map(Kind::Sleep),
        2 => time().prop_map(Kind::Block),
        1 => Just(Kind::Fail(text())),
    ];
    let task = prop_oneof![2 => Just(None), 1 => (1_u32..4).prop_map(|task| Some(TaskId(task)))];
    let step = (task, kind).prop_map(|(task, kind)| Step { task, kind });
    let steps = prop_oneof![
        (Just(2_u64), prop::collection::vec(step.clone(), 1..7)),
        (Just(3), prop::collection::vec(step, 1..5)),
    ];
    (steps, settings()).prop_map(|((tasks, steps), settings)| Asked {
        workload: Workload {
            tasks: TaskCount::new(tasks).expect("a task count"),
            steps: Steps::new(steps).expect("steps"),
            variation: Variation::default(),
        },
        settings,
        machine: Machine::default(),
    })
}

/// Up to ten thousand tasks, mostly some hundred at most, on up to 32 lanes, with at most so many at once on a loop.
pub fn asked_large(of: Of) -> impl Strategy<Value = Asked> {
    let tasks = prop_oneof![9 => 0_u32..=25, 1 => 26_u32..=40];
    let tasks = tasks.prop_map(|tenth| 10_f64.powf(f64::from(tenth) / 10.0) as u64);
    let workload =
        (tasks, 1_usize..5).prop_flat_map(move |(tasks, steps)| workload_of(of, tasks..tasks + 1, steps..steps + 1, 1));
    let workers = prop_oneof![Just(None), (1_u8..=32).prop_map(Some)];
    let limit = prop_oneof![2 => Just(None), 1 => (0_u32..=40).prop_map(Some)];
    let costs = (select(vec![1.0, 0.6, 0.1]), select(vec![0, 0, 200, 1000, 70_000]));
    (workload, settings(), workers, limit, machine(), costs).prop_map(
        |(workload, settings, workers, limit, machine, (all_adds, begin_ns))| {
            let workers = workers.map(|workers| Workers::parse(&workers.to_string()).expect("workers"));
            let limit = limit.map(|tenth| (10_f64.powf(f64::from(tenth) / 10.0) as u64).to_string());
            let limit = limit.map(|limit| LoopLimit::parse(&limit).expect("a limit"));
            let machine = Machine { all_adds, all_locked_adds: all_adds / 2.0, begin_ns, ..machine };
            Asked { workload, settings: Settings { workers, limit, ..settings }, machine }
        },
    )
}

fn workload(of: Of) -> impl Strategy<Value = Workload> {
    workload_of(of, 1..7, 1..6, 1)
}

/// So many tasks and steps, whose times are so many times as long as usual.
fn workload_of(of: Of, tasks: Range<u64>, steps: Range<usize>, scale: u64) -> impl Strategy<Value = Workload> {
    let spread = select(vec!["0", "0", "0.3", "1"]).prop_map(|text| Spread::parse(text).expect("a spread"));
    (tasks, prop::collection::vec(step(of, scale), steps), spread, any::<u32>()).prop_map(
        |(tasks, steps, spread, seed)| Workload {
            tasks: TaskCount::new(tasks).expect("a task count"),
            steps: Steps::new(steps).expect("steps"),
            variation: Variation { spread, seed },
        },
    )
}

fn step(of: Of, scale: u64) -> impl Strategy<Value = Step> {
    let time = move || {
        let time = prop_oneof![Just(0), (1_u64..8).prop_map(|ms| ms * 1000), 1_u64..9000];
        // Long times are often nearly the same.
        let more = select(if scale > 1 { vec![0, 0, 1000, 2000] } else { vec![0] });
        (time, more).prop_map(move |(time, more)| Micros(time * scale + more))
    };
    let count = move || {
        prop_oneof![Just(0), (1_u64..8).prop_map(|ms| ms * 500_000), 1_u64..4_000_000]
            .prop_map(move |count| count * scale)
    };
    let text = || Text::new("x").expect("a text");
    let weight = |kinds: &[Of]| u32::from(kinds.contains(&of));
    let kind = prop_oneof![
        2 => Just(Kind::Print(text())),
        2 * weight(&[Of::All, Of::Lasting, Of::Polite, Of::Waiting]) => time().prop_map(Kind::Sleep),
        weight(&[Of::All, Of::Lasting, Of::Waiting]) => time().prop_map(Kind::Block),
        2 * weight(&[Of::All, Of::Lasting, Of::Counting]) => count().prop_map(Kind::Count),
        weight(&[Of::All, Of::Lasting]) => count().prop_map(Kind::AddLocked),
        weight(&[Of::All]) => Just(Kind::Fail(text())),
    ];
    let task = prop_oneof![2 => Just(None), 1 => (1_u32..8).prop_map(|task| Some(TaskId(task)))];
    (task, kind).prop_map(|(task, kind)| Step { task, kind })
}

fn settings() -> impl Strategy<Value = Settings> {
    let workers = select(vec![None, None, Some("1"), Some("2"), Some("3")])
        .prop_map(|text| text.map(|text| Workers::parse(text).expect("workers")));
    let limit = select(vec![None, None, Some("1"), Some("2"), Some("3")])
        .prop_map(|text| text.map(|text| LoopLimit::parse(text).expect("a limit")));
    let switch = select(vec![700, 1000, 5000]).prop_map(Micros);
    (workers, limit, switch, any::<bool>()).prop_map(|(workers, limit, switch, sensitive)| Settings {
        workers,
        limit,
        switch,
        sensitive,
        ..Settings::default()
    })
}

fn machine() -> impl Strategy<Value = Machine> {
    (1_u32..5, select(vec![1.0, 0.75, 0.4])).prop_map(|(cores, all_cores)| Machine {
        cores,
        all_cores,
        ..Machine::default()
    })
}

/// What a task does by itself, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Alone {
    pub slept: u64,
    pub blocked: u64,
    pub counted: u64,
    pub steps: u64,
}

impl Alone {
    /// From its beginning to its end, or to where it fails.
    pub fn of(asked: &Asked, task: TaskId) -> Self {
        let mut alone = Self::default();
        for (_, action) in asked.workload.steps_of(task) {
            alone.steps += 1;
            match action {
                Action::Print(_) => {}
                Action::Sleep(time) => alone.slept += time.0,
                Action::Block(time) => alone.blocked += time.0,
                Action::Work(work, amount) => alone.counted += asked.machine.pace.working(work, amount).0,
                Action::Fail(_) => break,
            }
        }
        alone
    }

    /// All of a workload's tasks.
    pub fn all(asked: &Asked) -> Vec<Self> {
        asked.workload.tasks.ids().map(|task| Self::of(asked, task)).collect()
    }

    pub fn sum(&self) -> u64 {
        self.slept + self.blocked + self.counted
    }
}
