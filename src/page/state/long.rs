//! What is said before a run that takes long.

use super::came_out::in_turn;
use super::{Conditions, State};
use crate::report::roughly;
use crate::workload::{Micros, Mode, OnPage};

/// A run of this and more is long.
const LONG: Micros = Micros(60_000_000);

impl State {
    /// How long a run of all modes should take here and which of them takes most of it, in a sentence or two; none unless
    /// that is known of all, and long. It would tell what is to be guessed.
    #[must_use]
    pub fn long_ahead(&self) -> Option<String> {
        if self.hides_predictions() || self.asks_for_another() {
            return None;
        }
        let modes: Vec<Mode> = self.setup.modes.iter().copied().filter(|mode| self.can_run_here(*mode)).collect();
        let times: Vec<(Micros, Mode)> =
            modes.iter().map(|mode| Some((self.predicted(*mode)?, *mode))).collect::<Option<_>>()?;
        let all: Micros = times.iter().map(|(time, _)| *time).sum();
        let (most, mode) = times.iter().copied().max()?;
        if all < LONG {
            return None;
        }
        // What comes last can only be stopped.
        let skipped = match modes.last() {
            _ if modes.len() == 1 => None,
            Some(last) if most > Micros(all.0 / 2) && mode != *last => {
                Some(format!("{}, most of it, can be skipped.", mode.name()))
            }
            _ => Some("A mode that runs before others can be skipped.".to_owned()),
        };
        Some(in_turn([Some(format!("The outlines show what should happen in about {}.", roughly(all))), skipped]))
    }

    /// Whether a mode will be run, as far as that is known before.
    fn can_run_here(&self, mode: Mode) -> bool {
        let Conditions { workload, settings } = &*self.conditions;
        let is_too_long = matches!(OnPage::of(mode, workload, settings, &self.machine.pace), OnPage::Refused(_));
        !is_too_long && self.refused(mode, &self.conditions).is_none()
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::link::read;
    use crate::page::state::{Action, Forecast, Forecasted, Guessing, MachineFigure, NotWhole};

    fn foreseen(query: &str, seconds: &[u64]) -> Rc<State> {
        let state = Rc::new(State::of(read(query)));
        let conditions = Rc::clone(&state.conditions);
        let modes = state.setup.modes.to_vec();
        modes.into_iter().zip(seconds).fold(state, |state, (mode, seconds)| {
            let forecast = Forecast::Elapsed(Micros(seconds * 1_000_000), NotWhole::NotAsked);
            let asked = Forecasted { mode, machine: state.subject(), forecast };
            state.reduced(Action::Forecast(Rc::clone(&conditions), asked))
        })
    }

    #[test]
    fn a_run_of_minutes_is_told_before_it_and_what_takes_most_of_it() {
        let long = foreseen("tasks=1000&modes=sync,async", &[1000, 1]);
        let words = "The outlines show what should happen in about 16 min 41 s. Sync, most of it, can be skipped.";
        assert_eq!(long.invitation(), words);
        let alike = foreseen("tasks=100&modes=sync,threads", &[50, 50]).long_ahead().unwrap_or_default();
        assert!(alike.ends_with(" A mode that runs before others can be skipped."), "{alike}");
        let last = foreseen("tasks=90&modes=async,sync", &[1, 90]).long_ahead().unwrap_or_default();
        assert!(last.ends_with(" A mode that runs before others can be skipped."), "{last}");
        let one = foreseen("tasks=60&modes=sync", &[60]);
        assert_eq!(one.long_ahead().as_deref(), Some("The outlines show what should happen in about 60 s."));
    }

    #[test]
    fn what_is_short_unknown_to_be_guessed_or_of_another_machine_is_not() {
        assert_eq!(foreseen("modes=sync,async", &[58, 1]).long_ahead(), None);
        let long = || foreseen("modes=sync,async", &[90, 1]);
        assert!(long().long_ahead().is_some());
        assert_eq!(foreseen("modes=sync,async", &[90]).long_ahead(), None);
        assert_eq!(long().reduced(Action::Guess(Guessing::Begin)).long_ahead(), None);
        let refused = foreseen("tasks=30&steps=block:2s&place=page&modes=sync,threads", &[60, 4]);
        assert_eq!(refused.long_ahead(), None, "sync will not run");
        let eight = Action::AskFor(MachineFigure::Cores, "8".to_owned());
        assert_eq!(long().reduced(eight).long_ahead(), None);
    }
}
