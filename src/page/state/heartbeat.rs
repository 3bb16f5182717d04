//! How far a run is, and when the page could draw meanwhile: what the strip below the run bar shows, and the same in
//! words. Not how it looks.
//!
//! ```text
//!  drew ── froze ── drew ┊ drew ───── to come ─────┊ to come ───
//!       first mode       ┊        second           ┊   third
//! ```

use super::{Going, State, forecast_in};
use crate::report::Scale;
use crate::trace::{Freeze, Record};
use crate::workload::{Micros, Mode};

/// The modes of a run, one behind the other, as long as each took or should take.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heartbeat {
    beats: Vec<Beat>,
}

/// A mode of a run.
#[derive(Clone, Debug, PartialEq)]
struct Beat {
    mode: Mode,
    /// How long it took, or should take.
    length: Micros,
    /// Whether that is known.
    is_foreseen: bool,
    /// How long it has been going on.
    elapsed: Micros,
    /// How long the page was frozen in all, and the first of those freezes.
    frozen: Micros,
    freezes: Vec<Freeze>,
}

/// A piece of the strip: from where to where, as parts of the whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Whether the page could draw.
    pub page: Page,
}

/// What the page could do in a piece of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// It could draw.
    Drew,
    /// It could not.
    Froze,
}

/// How long a mode of which nothing is known is taken to be.
const UNKNOWN: Micros = Micros(1_000_000);
/// Freezes that are nearer to one another, as a part of the whole, look like one; and none looks shorter.
const NEAR: f64 = 0.002;
/// So long a page must have been frozen that it is worth a sentence.
const LONG: Micros = Micros(250_000);
/// A run that takes longer than this says how much of it is left.
const WORTH_WAITING: Micros = Micros(2_000_000);

impl Heartbeat {
    fn length(&self) -> Micros {
        self.beats.iter().map(|beat| beat.length).sum()
    }

    /// Where each mode but the first begins, as parts of the whole.
    #[must_use]
    pub fn borders(&self) -> Vec<f64> {
        self.begun().skip(1).map(|(from, _)| from).collect()
    }

    /// What has been of it, from left to right.
    #[must_use]
    pub fn pieces(&self) -> Vec<Piece> {
        let whole = self.whole();
        let mut pieces = Vec::<Piece>::new();
        for (from, beat) in self.begun() {
            let at = |time: Micros| from + time.min(beat.elapsed).0 as f64 / whole;
            pieces.push(Piece { from, to: at(beat.elapsed), page: Page::Drew });
            for freeze in &beat.freezes {
                let froze =
                    Piece { from: at(freeze.from), to: at(freeze.to).max(at(freeze.from) + NEAR), page: Page::Froze };
                match pieces.last_mut().filter(|last| last.page == Page::Froze && froze.from - last.to < NEAR) {
                    Some(last) => last.to = froze.to,
                    None => pieces.push(froze),
                }
            }
        }
        pieces
    }

    /// How much of it is done, in whole percent; none where it is over soon.
    #[must_use]
    pub fn percent(&self) -> Option<u64> {
        let done: Micros = self.beats.iter().map(|beat| beat.elapsed).sum();
        self.takes_long().then(|| done.0 * 100 / self.length().0.max(1))
    }

    /// How long it is still to take; none where it is over soon.
    #[must_use]
    pub fn left(&self) -> Option<Micros> {
        self.takes_long().then(|| self.beats.iter().map(|beat| beat.length - beat.elapsed).sum())
    }

    fn takes_long(&self) -> bool {
        self.length() > WORTH_WAITING && self.beats.iter().all(|beat| beat.is_foreseen)
    }

    /// How long the page was frozen in which modes, in a sentence, if that is worth one.
    #[must_use]
    pub fn froze(&self, scale: Scale) -> Option<String> {
        let long = self.beats.iter().filter(|beat| beat.frozen >= LONG);
        let told = long.map(|beat| format!("{} in {}", scale.write(beat.frozen), beat.mode.name()));
        let told: Vec<_> = told.collect();
        (!told.is_empty()).then(|| format!("The page was frozen for {}.", told.join(", ")))
    }

    /// Each mode with its place in the whole.
    fn begun(&self) -> impl Iterator<Item = (f64, &Beat)> {
        let whole = self.whole();
        self.beats.iter().scan(Micros::ZERO, move |from, beat| {
            let place = from.0 as f64 / whole;
            *from += beat.length;
            Some((place, beat))
        })
    }

    fn whole(&self) -> f64 {
        self.length().0.max(1) as f64
    }
}

impl Beat {
    fn of(record: &Record) -> Self {
        let elapsed = record.elapsed.unwrap_or_default();
        let (frozen, freezes) = (record.frames.frozen.unwrap_or_default(), record.trace.freezes.clone());
        Self { mode: record.mode, length: elapsed, is_foreseen: true, elapsed, frozen, freezes }
    }
}

impl State {
    /// The heartbeat of the run that is going on, or of the last, if it was of what is set up.
    #[must_use]
    pub fn heartbeat(&self) -> Heartbeat {
        let beats = match (&self.going, &self.over) {
            (Some(going), _) => going.modes.iter().map(|mode| self.beat(going, *mode)).collect(),
            (None, Some(over)) if over.conditions == self.conditions => {
                over.records.iter().map(|record| Beat::of(record)).collect()
            }
            (None, _) => Vec::new(),
        };
        Heartbeat { beats }
    }

    fn beat(&self, going: &Going, mode: Mode) -> Beat {
        if let Some(record) = going.record(mode) {
            return Beat::of(record);
        }
        let current = going.current.as_ref().filter(|current| current.mode == mode);
        let elapsed = current.map(|current| current.elapsed).unwrap_or_default();
        let (startup, freezes) =
            current.map_or_else(Default::default, |current| (current.trace.released, current.trace.freezes.clone()));
        let frozen = freezes.iter().map(|freeze| freeze.to - freeze.from).sum();
        // It would tell what is to be guessed.
        let forecast = forecast_in(&going.forecasts, mode).filter(|_| !self.is_guessing());
        let predicted = forecast.and_then(|asked| asked.forecast.elapsed());
        let length = predicted.map_or(UNKNOWN, |predicted| predicted + startup).max(elapsed);
        Beat { mode, length, is_foreseen: predicted.is_some(), elapsed, frozen, freezes }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::link::read;
    use crate::page::state::{Action, Forecast, Forecasted, Guessing};
    use crate::predict::Machine;
    use crate::trace::{Frames, Outcome, RunId, Trace};

    const RUN: RunId = RunId(1);
    const SECOND: u64 = 1_000_000;

    fn told(state: Rc<State>, mode: Mode, seconds: u64) -> Rc<State> {
        let forecast = Forecast::Known(Rc::default(), Micros(seconds * SECOND), None);
        let conditions = Rc::clone(&state.conditions);
        state.reduced(Action::Forecast(conditions, Forecasted { mode, machine: Machine::default(), forecast }))
    }

    /// A run of sync, which should take 3 s, and of async, which should take 1 s.
    fn going() -> Rc<State> {
        let state = Rc::new(State::of(read("modes=sync,async")));
        told(told(state, Mode::Sync, 3), Mode::Async, 1).reduced(Action::RunAll)
    }

    fn trace(freezes: &[(u64, u64)]) -> Trace {
        let mut trace = Trace::default();
        trace.freezes.extend(freezes.iter().map(|(from, to)| Freeze { from: Micros(*from), to: Micros(*to) }));
        trace
    }

    fn ended(mode: Mode, elapsed: u64, freezes: &[(u64, u64)]) -> Action {
        let frozen = freezes.iter().map(|(from, to)| to - from).sum();
        ended_frozen(mode, elapsed, freezes, frozen)
    }

    /// With more freezes than are put down one by one.
    fn ended_frozen(mode: Mode, elapsed: u64, freezes: &[(u64, u64)], frozen: u64) -> Action {
        let frames = Frames { frozen: Some(Micros(frozen)), ..Frames::default() };
        let record = Record::without_run(mode, Outcome::Finished);
        Action::Ended(RUN, Record { elapsed: Some(Micros(elapsed)), trace: trace(freezes), frames, ..record })
    }

    fn drew(from: f64, to: f64) -> Piece {
        Piece { from, to, page: Page::Drew }
    }

    fn froze(from: f64, to: f64) -> Piece {
        Piece { from, to, page: Page::Froze }
    }

    #[test]
    fn the_strip_goes_on_with_a_run_mode_by_mode() {
        let state = going();
        assert_eq!(state.heartbeat().borders(), [0.75]);
        assert_eq!(state.heartbeat().pieces(), [drew(0.0, 0.0), drew(0.75, 0.75)]);
        let state = state.reduced(Action::Went(RUN, Mode::Sync, Trace::default(), Micros(SECOND)));
        assert_eq!(state.heartbeat().pieces()[0], drew(0.0, 0.25));
        // Longer than predicted: what is to come is pushed away, not covered.
        let state = state.reduced(Action::Went(RUN, Mode::Sync, Trace::default(), Micros(4 * SECOND)));
        assert_eq!(state.heartbeat().pieces(), [drew(0.0, 0.8), drew(0.8, 0.8)]);
        let state = [ended(Mode::Sync, 4 * SECOND, &[]), ended(Mode::Async, 4 * SECOND, &[]), Action::Over(RUN)]
            .into_iter()
            .fold(state, State::reduced);
        assert_eq!(state.heartbeat().pieces(), [drew(0.0, 0.5), drew(0.5, 1.0)], "and it stays");
        let other = state.reduced(Action::Load(read("tasks=9")));
        assert_eq!(other.heartbeat(), Heartbeat::default(), "but not for another workload");
    }

    #[test]
    fn it_is_broken_where_the_page_froze_as_long_as_it_did() {
        let second_half = [(2 * SECOND, 4 * SECOND)];
        let state = going().reduced(Action::Went(RUN, Mode::Sync, trace(&second_half), Micros(4 * SECOND)));
        assert_eq!(state.heartbeat().pieces()[..2], [drew(0.0, 0.8), froze(0.4, 0.8)]);
        let words = "Running Sync, 1 of 2. Next: Async. The page was frozen for 2.000 s in Sync.";
        assert_eq!(state.progress().as_deref(), Some(words));
        let end = [ended(Mode::Sync, 4 * SECOND, &second_half), ended(Mode::Async, SECOND, &[(0, 300_000)])];
        let state = end.into_iter().chain([Action::Over(RUN)]).fold(state, State::reduced);
        let words = "The page was frozen for 2.000 s in Sync, 0.300 s in Async.";
        assert!(state.invitation().ends_with(words) && state.announcement().ends_with(words), "{}", state.invitation());
    }

    #[test]
    fn a_freeze_is_seen_however_short_and_many_in_a_row_are_one_piece() {
        let short = going().reduced(Action::Went(RUN, Mode::Sync, trace(&[(0, 60)]), Micros(SECOND)));
        assert_eq!(short.heartbeat().pieces()[1], froze(0.0, NEAR));
        assert_eq!(short.heartbeat().froze(short.scale()), None, "but not worth a sentence");
        let many: Vec<_> = (0..500).map(|at| (at * 2000, at * 2000 + 1900)).collect();
        let many = going().reduced(Action::Went(RUN, Mode::Sync, trace(&many), Micros(SECOND)));
        assert_eq!(many.heartbeat().pieces().iter().filter(|piece| piece.page == Page::Froze).count(), 1);
    }

    #[test]
    fn what_is_told_of_freezes_is_all_of_them() {
        let state = going().reduced(ended_frozen(Mode::Sync, 4 * SECOND, &[(0, SECOND)], 3 * SECOND));
        let told = state.heartbeat().froze(state.scale());
        assert_eq!(told.as_deref(), Some("The page was frozen for 3.000 s in Sync."));
    }

    #[test]
    fn the_tab_tells_how_far_a_long_run_is() {
        let state = going();
        assert_eq!(state.tab(), "0 % next Sync · Interleave");
        let preset = State::of(read(crate::workload::PRESETS[1].link));
        assert_eq!(preset.tab(), "Blocking code in an async view · Interleave");
        let state = state.reduced(Action::Went(RUN, Mode::Sync, Trace::default(), Micros(2_300_000)));
        assert_eq!(state.tab(), "55 % Sync, next Async · Interleave");
        let state = state.reduced(Action::Load(read("title=Waiting&modes=async")));
        assert_eq!(state.tab(), "Waiting · Interleave");
        assert_eq!(told(state, Mode::Async, 1).reduced(Action::RunAll).tab(), "Waiting · Interleave", "too short");
    }

    #[test]
    fn who_guesses_is_not_told_by_the_strip() {
        let state = Rc::new(State::of(read("modes=sync,async"))).reduced(Action::Guess(Guessing::Begin));
        let state = told(told(state, Mode::Sync, 30), Mode::Async, 1).reduced(Action::RunAll);
        assert_eq!((state.heartbeat().borders(), state.heartbeat().left()), (vec![0.5], None));
    }
}
