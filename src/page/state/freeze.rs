//! What is said before a run that will freeze the page for long. Not what is done about it.

use super::Conditions;
use crate::workload::{Micros, Mode, OnPage, Pace, about};

/// A freeze that is shorter needs no warning.
const SHORT: Micros = Micros(1_000_000);

/// Which of the modes will freeze the page for over a second at a stretch and for how long, in sentences; none if no
/// mode will. On a machine of this pace.
#[must_use]
pub fn freeze_ahead(conditions: &Conditions, modes: &[Mode], pace: &Pace) -> Option<String> {
    let told = |mode: &Mode| {
        let name = mode.name();
        match OnPage::of(*mode, &conditions.workload, &conditions.settings, pace) {
            OnPage::Yes(hold) if hold > SHORT => {
                let how = format!("will freeze it for {} at a stretch, the Stop button too", about(hold));
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

    fn ahead(query: &str) -> Option<String> {
        let state = State::of(read(query));
        freeze_ahead(&state.conditions, &state.setup.modes, &Pace::default())
    }

    #[test]
    fn who_will_freeze_the_page_is_told_before_the_run() {
        let one = "Async runs on this page’s own thread and will freeze it for about 1.5s at a stretch, the \
                   Stop button too.";
        assert_eq!(ahead("steps=block:1.5s&tasks=2").as_deref(), Some(one));
        let both = ahead("steps=sleep:1s,block:0.5s,block:1s&place=page").unwrap_or_default();
        assert!(both.starts_with("Sync runs") && both.contains("about 7.5s") && both.ends_with(one), "{both}");
        let refused = "Async would freeze this page for about 20s: too long to run here.";
        assert_eq!(ahead("steps=block:20s&modes=async&place=page").as_deref(), Some(refused));
    }

    #[test]
    fn what_is_short_or_runs_elsewhere_is_not() {
        let quiet =
            ["", "steps=block:1s", "steps=block:1.5s&modes=sync", "steps=block:1.5s&place=worker", "steps=block:9s"];
        for query in quiet {
            assert_eq!(ahead(query), None, "{query}");
        }
    }
}
