//! The rules that say how long a workload takes without running it: where they hold, and that they say what the virtual
//! hosts say, up to ten thousand tasks.

use interleave::predict::Budget;
use interleave::workload::{Micros, Mode};
use proptest::prelude::*;

use crate::asked::{Asked, time};
use crate::generated::{Of, asked_large, config};

/// What no run can be predicted with: whatever is said comes from a rule.
const NOTHING: Budget = Budget { turns: 0, events: 0 };

fn ruled(asked: &Asked, mode: Mode) -> Option<Micros> {
    asked.try_elapsed(mode, NOTHING).ok()
}

/// The modes in which a rule says how long it takes.
fn modes_with_a_rule(asked: &Asked) -> Vec<Mode> {
    Mode::ALL.into_iter().filter(|mode| ruled(asked, *mode).is_some()).collect()
}

#[test]
fn a_million_tasks_that_wait_follow_rules_in_every_mode() {
    let asked = Asked::of(1_000_000, "print:One,sleep:1s,print:Two");
    let expected = ["1000000s", "1s", "31250s", "31250s", "1s", "31250s"];
    let seconds = |text: &str| Some(Micros(text.trim_end_matches('s').parse::<u64>().unwrap() * 1_000_000));
    assert_eq!(Mode::ALL.map(|mode| ruled(&asked, mode)), expected.map(seconds));
    let other = ["spread=0.5", "limit=1000", "workers=3"];
    for setting in other {
        assert_eq!(modes_with_a_rule(&asked.clone().with(setting)), Mode::ALL, "{setting}");
    }
}

#[test]
fn tasks_that_count_follow_rules_but_where_unequal_ones_share_cores() {
    let asked = Asked::of(1_000_000, "count:1M,print:Done");
    assert_eq!(modes_with_a_rule(&asked), Mode::ALL);
    assert_eq!(ruled(&asked, Mode::Processes), Some(Micros(1_000_000 * 2000 / 2)));
    let spread = modes_with_a_rule(&asked.clone().with("spread=0.5"));
    assert_eq!(spread, [Mode::Sync, Mode::Async, Mode::Threads, Mode::Offload]);
    assert_eq!(modes_with_a_rule(&asked.with("spread=0.5").with("workers=2")), Mode::ALL);
}

#[test]
fn equal_tasks_that_wait_and_count_keep_in_step_on_shared_cores() {
    let asked = Asked::of(5, "sleep:1ms,count:1M,block:3ms").with("workers=4");
    assert_eq!(modes_with_a_rule(&asked), [Mode::Sync, Mode::Processes, Mode::FreeThreads]);
    // Four share two cores, then one has a core of its own.
    assert_eq!(ruled(&asked, Mode::Processes), Some(Micros(1000 + 4000 + 3000 + 1000 + 2000 + 3000)));
}

#[test]
fn a_failing_task_ends_sync_and_elsewhere_makes_room_for_the_next() {
    let asked = Asked::of(1000, "sleep:1ms,fail@3:Boom,sleep:1ms").with("workers=2").with("limit=2");
    assert_eq!(ruled(&asked, Mode::Sync), Some(time("5ms")));
    for mode in [Mode::Async, Mode::Threads, Mode::Processes] {
        assert_eq!(ruled(&asked, mode), Some(time("1s")), "{mode}");
    }
    assert_eq!(ruled(&Asked::of(1000, "sleep:1ms,fail:Boom"), Mode::Sync), Some(time("1ms")));
}

fn rules_say_what_the_hosts_say(asked: &Asked) -> Result<(), TestCaseError> {
    let large = Budget { turns: 200_000, events: 200_000 };
    for mode in modes_with_a_rule(asked) {
        if let Ok(prediction) = asked.try_predict(mode, large) {
            prop_assert_eq!(ruled(asked, mode), Some(prediction.elapsed), "{}", mode);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn rules_for_all_steps_say_what_the_hosts_say(asked in asked_large(Of::All)) {
        rules_say_what_the_hosts_say(&asked)?;
    }

    #[test]
    fn rules_for_waits_say_what_the_hosts_say(asked in asked_large(Of::Waiting)) {
        rules_say_what_the_hosts_say(&asked)?;
    }

    #[test]
    fn rules_for_counts_say_what_the_hosts_say(asked in asked_large(Of::Counting)) {
        rules_say_what_the_hosts_say(&asked)?;
    }
}
