//! What is called certain holds in runs that are late, or count at another pace than was predicted.
//!
//! A run is simulated by the model itself, with workloads whose steps take a little longer: each task has steps of its
//! own (`sleep@2:…`), so that each may be late by something else. On an event loop a sleep that comes late puts nobody
//! before anybody, but every turn takes a moment: there, small blocks are put in between.

use interleave::predict::{Budget, at_once};
use interleave::trace::Event;
use interleave::workload::{Action, Kind, Micros, Mode, Step, Steps, TaskId, Text, Variation, Work};
use proptest::prelude::*;

use crate::asked::Asked;
use crate::generated::{Of, asked_small, config};

/// Whatever a test needs of chance, from a seed (`SplitMix64`).
struct Chance(u64);

impl Chance {
    /// Up to so much.
    fn up_to(&mut self, most: f64) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64 * most
    }
}

/// The same workload, run by a machine that is late here and there; and the step in the old one of each step.
fn late(asked: &Asked, mode: Mode, chance: &mut Chance) -> (Asked, Vec<u8>) {
    let (mut steps, mut old) = (Vec::new(), Vec::new());
    // One turn may be much longer than any other.
    let long = chance.up_to(Steps::MAX as f64) as usize;
    let of_loop = matches!(mode, Mode::Async | Mode::Offload);
    // What all of the loop's tasks together are late by, a step.
    let common: Vec<f64> = (0..Steps::MAX).map(|_| chance.up_to(0.01)).collect();
    for task in asked.workload.tasks.ids() {
        for (step, action) in asked.workload.steps_of(task) {
            let longest = if steps.len() / 2 == long { 2500.0 } else { 80.0 };
            let mut add = |kind| {
                steps.push(Step { task: Some(task), kind });
                old.push(step);
            };
            let delay = Micros(chance.up_to(if of_loop { longest } else { 500.0 }) as u64);
            match mode {
                Mode::Async => add(Kind::Block(delay)),
                Mode::Offload => {}
                _ => add(Kind::Sleep(delay)),
            }
            let later = if of_loop { common[usize::from(step)] } else { chance.up_to(0.01) };
            let pace = 0.97 + chance.up_to(0.06);
            add(match action {
                Action::Print(text) => Kind::Print(Text::new(text).expect("a text")),
                Action::Fail(text) => Kind::Fail(Text::new(text).expect("a text")),
                Action::Sleep(time) => Kind::Sleep(time.scaled(1.0 + later)),
                Action::Block(time) => Kind::Block(time.scaled(1.0 + later)),
                Action::Work(work, amount) => {
                    let kind = match work {
                        Work::Count => Kind::Count,
                        Work::Add => Kind::Add,
                        Work::AddLocked => Kind::AddLocked,
                    };
                    kind((amount as f64 * pace) as u64)
                }
            });
        }
    }
    if steps.is_empty() {
        steps.push(Step { task: Some(TaskId(100)), kind: Kind::Count(0) });
    }
    let mut late = asked.clone();
    late.workload.steps = Steps::new(steps).expect("few steps");
    late.workload.variation = Variation::default();
    (late, old)
}

fn run_late(asked: &Asked, mode: Mode, chance: &mut Chance) -> Vec<Event> {
    let (late, old) = late(asked, mode, chance);
    let prediction = late.try_predict(mode, Budget::default()).expect("within the budget");
    prediction.trace.printed().map(|event| Event { step: old[usize::from(event.step)], ..event }).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_late_contradicts_nothing_that_is_certain(
        asked in asked_small(Of::All), seed in any::<u64>(),
    ) {
        let mut chance = Chance(seed);
        for mode in Mode::ALL {
            let order = asked.order(mode);
            for _ in 0..2 {
                let measured = run_late(&asked, mode, &mut chance);
                prop_assert_eq!(measured.len(), order.len());
                let found = at_once(order.check(measured.iter().copied()));
                prop_assert_eq!(found, Ok(()), "{}: {:?} against {:?}", mode, asked.printed(mode), measured);
            }
        }
    }
}

#[test]
fn a_run_that_is_too_late_is_noticed() {
    let asked = Asked::of(2, "sleep@2:200ms,print:x");
    let mut measured = run_late(&asked, Mode::Processes, &mut Chance(1));
    measured.reverse();
    assert_eq!(at_once(asked.order(Mode::Processes).check(measured)).map_err(|c| c.line), Err((TaskId(1), 1)));
}
