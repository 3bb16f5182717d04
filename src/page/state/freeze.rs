//! What is said before a run that will freeze the page for long. Not what is done about it.

use super::Conditions;
use crate::report::roughly;
use crate::trace::FREEZE;
use crate::workload::{Micros, Mode, OnPage, Pace, about};

/// Freezes that come to less need no warning.
const SHORT: Micros = Micros(1_000_000);
/// Tenths of a second say nothing beyond this.
const MANY: Micros = Micros(60_000_000);

/// Which of the modes will freeze the page for over a second in all and for how long, in sentences; none if no mode
/// will. On a machine of this pace.
#[must_use]
pub fn freeze_ahead(conditions: &Conditions, modes: &[Mode], pace: &Pace) -> Option<String> {
    let told = |mode: &Mode| {
        let name = mode.name();
        match OnPage::of(*mode, &conditions.workload, &conditions.settings, pace) {
            OnPage::Yes(hold) => {
                let all = if *mode == Mode::Sync { hold } else { conditions.workload.held_in_all(pace, FREEZE) };
                let stretch = if all > hold { format!(" in all, {} at a stretch", about(hold)) } else { String::new() };
                let all =
                    (all > SHORT).then(|| if all < MANY { about(all) } else { format!("about {}", roughly(all)) })?;
                let how = format!("will freeze it for {all}{stretch}, the Stop button too");
                Some(format!("{name} runs on this page’s own thread and {how}."))
            }
            OnPage::Refused(hold) => {
                Some(format!("{name} would freeze this page for {}: too long to run here.", about(hold)))
            }
            _ => None,
        }
    };
    let told: Vec<_> = modes.iter().filter_map(told).collect();
    (!told.is_empty()).then(|| told.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::read;
    use crate::page::state::State;
    use crate::workload::PRESETS;

    fn ahead(query: &str) -> Option<String> {
        let state = State::of(read(query));
        freeze_ahead(&state.conditions, &state.setup.modes, &Pace::default())
    }

    #[test]
    fn who_will_freeze_the_page_is_told_before_the_run() {
        let one = "Async runs on this page’s own thread and will freeze it for about 1.5 s, the Stop button too.";
        assert_eq!(ahead("steps=block:1.5s&tasks=1").as_deref(), Some(one));
        let many = "will freeze it for about 4.5 s in all, about 1.5 s at a stretch, the Stop button too.";
        let both = ahead("steps=sleep:1s,block:0.5s,block:1s&place=page").unwrap_or_default();
        assert!(both.starts_with("Sync runs") && both.contains("about 7.5 s, ") && both.ends_with(many), "{both}");
        let refused = "Async would freeze this page for about 20 s: too long to run here.";
        assert_eq!(ahead("steps=block:20s&modes=async&place=page").as_deref(), Some(refused));
    }

    #[test]
    fn it_is_the_sum_that_counts() {
        let blocking = ahead(PRESETS[1].link).unwrap_or_default();
        assert!(blocking.contains("about 1.5 s in all, about 500 ms at a stretch"), "{blocking}");
        assert!(ahead("tasks=1000000&steps=block:0.9s").unwrap_or_default().contains("about 10 days 10 h in all"));
        let cpu = PRESETS.iter().find(|preset| preset.id == "cpu-bound").map(|preset| preset.link);
        assert_eq!(ahead(cpu.unwrap_or_default()), None, "under a second");
        assert_eq!(ahead("tasks=1000&steps=block:50ms"), None, "the page draws in between");
    }

    #[test]
    fn what_is_short_or_runs_elsewhere_is_not() {
        let quiet = [
            "",
            "steps=block:1s&tasks=1",
            "steps=block:1.5s&modes=sync",
            "steps=block:1.5s&place=worker",
            "steps=block:9s",
        ];
        for query in quiet {
            assert_eq!(ahead(query), None, "{query}");
        }
    }
}
