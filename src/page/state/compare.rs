//! What stands beside a run: other runs of the same, and one that was pinned.

use std::rc::Rc;

use super::{Conditions, State};
use crate::report::Repeated;
use crate::trace::{Outcome, Record};
use crate::workload::{Micros, Mode};

/// What is compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compared {
    /// The elapsed times of the last runs of what is set up that came to their end, at most [`MOST`] of each mode.
    times: Rc<Vec<(Mode, Micros)>>,
    /// How many rounds are asked for, and how many of them have begun; none: one run is enough.
    rounds: Option<(u32, u32)>,
    /// The run that later ones are held against.
    pub pinned: Option<Rc<Pinned>>,
}

/// A run that later ones are held against, of whatever workload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    /// The workload and its conditions in a sentence, without a full stop.
    pub sentence: String,
    times: Vec<(Mode, Micros)>,
}

/// So many runs of a mode are compared: a page that runs for days keeps no more.
const MOST: usize = 100;

/// What can be done to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparing {
    /// Run all modes so many times.
    Repeat(u32),
    /// Hold later runs against what is shown now.
    Pin,
    /// Hold them against nothing.
    Unpin,
}

impl Pinned {
    /// How long a mode took: of several runs the median.
    #[must_use]
    pub fn time(&self, mode: Mode) -> Option<Micros> {
        self.times.iter().find(|(other, _)| *other == mode).map(|(_, time)| *time)
    }
}

impl Compared {
    /// What all runs of a mode came to; none of fewer than two.
    #[must_use]
    pub fn repeated(&self, mode: Mode) -> Option<Repeated> {
        Repeated::of(self.times.iter().filter(|(other, _)| *other == mode).map(|(_, time)| *time))
    }

    /// Which round it is, in words; none where there is but one.
    #[must_use]
    pub fn round(&self) -> Option<String> {
        self.rounds.map(|(of, begun)| format!("Round {begun} of {of}."))
    }

    /// Another workload is set up: it has other times, and no rounds.
    pub(super) fn forget(&mut self) {
        self.times = Rc::default();
        self.end_rounds();
    }

    /// No more rounds.
    pub(super) const fn end_rounds(&mut self) {
        self.rounds = None;
    }

    /// Adds a run of what is set up, if it came to its end.
    pub(super) fn add(&mut self, record: &Record) {
        if let (Some(elapsed), Outcome::Finished) = (record.elapsed, &record.outcome) {
            let times = Rc::make_mut(&mut self.times);
            let is_own = |(mode, _): &(Mode, Micros)| *mode == record.mode;
            if times.iter().filter(|run| is_own(run)).count() >= MOST
                && let Some(oldest) = times.iter().position(is_own)
            {
                times.remove(oldest);
            }
            times.push((record.mode, elapsed));
        }
    }
}

impl State {
    /// Whether something can be done to compare, now.
    pub(super) fn can_compare(&self, comparing: Comparing) -> bool {
        match comparing {
            Comparing::Repeat(rounds) => rounds > 0 && !self.is_busy(),
            Comparing::Pin => self.shown().into_iter().any(|mode| self.record(mode).is_some()),
            Comparing::Unpin => self.compared.pinned.is_some(),
        }
    }

    pub(super) fn compare(&mut self, comparing: Comparing) {
        match comparing {
            Comparing::Unpin => self.compared.pinned = None,
            Comparing::Pin => {
                let times = self.shown().into_iter().filter_map(|mode| Some((mode, self.typical(mode)?))).collect();
                self.compared.pinned = Some(Rc::new(Pinned { sentence: self.sentence(), times }));
            }
            Comparing::Repeat(rounds) => {
                self.compared.rounds = Some((rounds, 0));
                self.next_round();
            }
        }
    }

    /// How long a mode took, or of several runs the median.
    pub(super) fn typical(&self, mode: Mode) -> Option<Micros> {
        let median = self.compared.repeated(mode).map(|repeated| repeated.median);
        median.or_else(|| self.record(mode)?.elapsed)
    }

    /// Begins the next of several rounds, if there is one.
    pub(super) fn next_round(&mut self) {
        let next = self.compared.rounds.take().filter(|(of, begun)| begun < of);
        let Some((of, begun)) = next else { return };
        self.run(self.setup.modes.to_vec());
        // It is refused where the form has errors by now.
        self.compared.rounds = self.going.is_some().then_some((of, begun + 1));
    }

    /// A run of these conditions has come to an end.
    pub(super) fn add_to_compared(&mut self, conditions: &Conditions, record: &Record) {
        if *conditions == *self.conditions {
            self.compared.add(record);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::read;
    use crate::page::state::{Action, Edit, Spot};
    use crate::trace::RunId;

    fn page() -> Rc<State> {
        Rc::new(State::of(read("modes=sync,async")))
    }

    #[test]
    fn of_many_runs_the_last_are_compared() {
        let mut compared = Compared::default();
        for ms in 0..250 {
            for mode in [Mode::Sync, Mode::Async] {
                let record = Record::without_run(mode, Outcome::Finished);
                compared.add(&Record { elapsed: Some(Micros(ms)), ..record });
            }
        }
        let sync = compared.repeated(Mode::Sync).unwrap();
        assert_eq!((sync.runs, sync.least, sync.most), (MOST, Micros(150), Micros(249)));
        assert_eq!(compared.times.len(), 2 * MOST);
    }

    fn compare(state: Rc<State>, comparing: Comparing) -> Rc<State> {
        state.reduced(Action::Compare(comparing))
    }

    /// Lets the run that is going on come to its end, each mode after so many milliseconds.
    fn end(mut state: Rc<State>, times: [u64; 2]) -> Rc<State> {
        let id = state.going.as_ref().unwrap().id;
        for (mode, time) in [Mode::Sync, Mode::Async].into_iter().zip(times) {
            let elapsed = Some(Micros(time * 1000));
            let record = Record { elapsed, ..Record::without_run(mode, Outcome::Finished) };
            state = state.reduced(Action::Ended(id, record));
        }
        state.reduced(Action::Over(id))
    }

    fn medians(state: &State) -> [Option<u64>; 2] {
        [Mode::Sync, Mode::Async].map(|mode| state.compared.repeated(mode).map(|repeated| repeated.median.0 / 1000))
    }

    #[test]
    fn several_rounds_follow_one_another() {
        let mut state = compare(page(), Comparing::Repeat(3));
        assert!(state.progress().unwrap().starts_with("Round 1 of 3. "));
        let mut ids = Vec::<RunId>::new();
        for times in [[30, 10], [32, 11], [34, 15]] {
            let id = state.going.as_ref().unwrap().id;
            assert!(!ids.contains(&id), "each round is a run of its own");
            ids.push(id);
            state = end(state, times);
        }
        assert!(state.going.is_none());
        assert_eq!(medians(&state), [Some(32), Some(11)]);
        // One more by hand counts too.
        assert_eq!(medians(&end(state.reduced(Action::RunAll), [50, 13])), [Some(33), Some(12)]);
    }

    #[test]
    fn advice_goes_by_the_medians() {
        let rounds = [[3000, 1000], [3010, 1001], [1000, 1000]];
        let state = rounds.into_iter().fold(compare(page(), Comparing::Repeat(3)), end);
        let advice = state.advice().unwrap();
        assert_eq!(advice.mode, Mode::Async, "the last run alone would be for sync");
        assert!(advice.reason.starts_with("Async: 3.0 times as fast as Sync."), "{}", advice.reason);
    }

    #[test]
    fn stop_ends_all_rounds() {
        let state = end(compare(page(), Comparing::Repeat(5)), [30, 10]);
        let state = end(state.reduced(Action::Stop), [31, 11]);
        assert!(state.going.is_none());
    }

    #[test]
    fn another_workload_has_other_times_and_no_rounds() {
        let state = end(compare(page(), Comparing::Repeat(2)), [30, 10]);
        let edited = Rc::clone(&state).reduced(Action::Edit(Edit::Put(Spot::Tasks, "4".to_owned())));
        let edited = end(edited, [31, 11]);
        assert!(edited.going.is_none());
        assert_eq!(medians(&edited), [None, None]);
        let wrong = state.reduced(Action::Edit(Edit::Put(Spot::Tasks, "four".to_owned())));
        let wrong = end(wrong, [31, 11]);
        assert!(wrong.going.is_none() && wrong.compared.round().is_none());
    }

    #[test]
    fn what_is_pinned_stays_until_it_is_let_go() {
        assert!(compare(page(), Comparing::Pin).compared.pinned.is_none(), "there is nothing to pin");
        let state = end(page().reduced(Action::RunAll), [30, 10]);
        let state = compare(state, Comparing::Pin);
        let state = state.reduced(Action::Edit(Edit::Put(Spot::Tasks, "4".to_owned())));
        let pinned = state.compared.pinned.clone().unwrap();
        assert_eq!((pinned.time(Mode::Async), pinned.time(Mode::Threads)), (Some(Micros(10_000)), None));
        assert!(pinned.sentence.starts_with("3 tasks"), "{}", pinned.sentence);
        assert!(compare(state, Comparing::Unpin).compared.pinned.is_none());
    }
}
