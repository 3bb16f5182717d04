//! A replay: a playhead that goes over what is shown of all modes, on the axis that they share. No second run.
//!
//! Where the playhead is, so many events of each mode have happened. Played or dragged, those by its time; stepped, one
//! event more or less: of what is next in all modes the earliest, and of what was last the latest. So a step back always
//! undoes a step forward, though several events may bear the same time.

use super::State;
use crate::timeline::happening;
use crate::trace::Trace;
use crate::workload::{Micros, Mode};

/// A playhead on the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Replay {
    /// Where it is.
    pub at: Micros,
    /// Whether it moves on by itself.
    pub playing: bool,
    /// So many times slower than it happened: one of [`SLOWER`].
    pub slower: u32,
    /// How many events have happened in each mode.
    happened: Vec<(Mode, usize)>,
    /// The mode that a step was made in.
    stepped: Option<Mode>,
}

/// How slow a replay can be: up to a hundredth of the speed at which it happened.
pub const SLOWER: [u32; 7] = [1, 2, 5, 10, 20, 50, 100];

/// What can be done about a replay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replaying {
    /// Begin it, or let it go on, from its end anew; or else stand still.
    Toggle,
    /// So much time has passed for who watches.
    Pass(Micros),
    /// Go to a time, and stand still there.
    Seek(Micros),
    /// Go to the event next to this one, and stand still there.
    Step(Direction),
    /// Go so many times slower.
    Slower(u32),
    /// End it: all is shown again.
    Close,
}

/// Where a step leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the event before.
    Back,
    /// To the event after.
    Forward,
}

/// The playhead as one mode has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Playhead {
    /// Where it is.
    pub at: Micros,
    /// How many events of the mode have happened.
    pub happened: usize,
}

impl Replay {
    fn happened(&self, mode: Mode) -> usize {
        self.happened.iter().find(|(other, _)| *other == mode).map_or(0, |(_, happened)| *happened)
    }
}

impl State {
    /// Whether there is anything to replay, and no run that would be disturbed.
    #[must_use]
    pub fn is_replayable(&self) -> bool {
        !self.is_busy() && self.shown().into_iter().any(|mode| self.card(mode).replayed().is_some())
    }

    /// The playhead of a mode, if it is replayed.
    #[must_use]
    pub fn playhead(&self, mode: Mode) -> Option<Playhead> {
        let replay = self.replay.as_ref()?;
        Some(Playhead { at: replay.at, happened: replay.happened(mode) })
    }

    /// The event that a step has led to, in words; empty if the last thing was no step.
    #[must_use]
    pub fn stepped_to(&self) -> String {
        let Some((replay, mode)) = self.replay.as_ref().and_then(|replay| Some((replay, replay.stepped?))) else {
            return String::new();
        };
        let card = self.card(mode);
        let last = replay.happened(mode).checked_sub(1);
        let event = last.and_then(|last| card.replayed()?.get(last));
        let words = event.map(|event| happening(event, &card.conditions.workload));
        let words = words.unwrap_or_else(|| "Nothing has begun.".to_owned());
        format!("{}, at {}: {words}", mode.name(), self.scale().write(replay.at))
    }

    /// Whether something can be done about a replay, now.
    pub(super) fn can_replay(&self, replaying: &Replaying) -> bool {
        let replay = self.replay.as_ref();
        match replaying {
            Replaying::Toggle | Replaying::Step(_) => replay.is_some() || self.is_replayable(),
            Replaying::Pass(_) => replay.is_some_and(|replay| replay.playing),
            Replaying::Slower(slower) => replay.is_some() && SLOWER.contains(slower),
            Replaying::Seek(_) | Replaying::Close => replay.is_some(),
        }
    }

    pub(super) fn replay(&mut self, replaying: Replaying) {
        let axis = self.axis();
        let mut replay = self.replay.take().unwrap_or_else(|| self.begun(axis));
        replay.stepped = None;
        match replaying {
            Replaying::Close => return,
            Replaying::Slower(slower) => replay.slower = slower,
            Replaying::Toggle if replay.playing => replay.playing = false,
            Replaying::Toggle => {
                let at = if replay.at >= axis { Micros::ZERO } else { replay.at };
                self.put(&mut replay, at);
                replay.playing = true;
            }
            Replaying::Pass(time) => {
                let at = (replay.at + Micros(time.0 / u64::from(replay.slower))).min(axis);
                self.put(&mut replay, at);
                replay.playing = at < axis;
            }
            Replaying::Seek(to) => {
                self.put(&mut replay, to.min(axis));
                replay.playing = false;
            }
            Replaying::Step(direction) => {
                self.step(&mut replay, direction);
                replay.playing = false;
            }
        }
        self.keep_in_sight(replay.at, axis);
        self.replay = Some(replay);
    }

    /// Another prediction is shown, often the same once more: as much of it has happened as before, as far as the
    /// playhead's time allows. So what was stepped to stays where it is among other events of that time.
    pub(super) fn let_replay_follow(&mut self) {
        if let Some(mut replay) = self.replay.take() {
            replay.at = replay.at.min(self.axis());
            let happened = |(mode, trace): (Mode, Trace)| {
                let least = replay.at.0.checked_sub(1).map_or(0, |before| trace.happened_by(Micros(before)));
                (mode, replay.happened(mode).clamp(least, trace.happened_by(replay.at).max(least)))
            };
            replay.happened = self.traces().into_iter().map(happened).collect();
            self.replay = Some(replay);
        }
    }

    /// A replay before anything has happened, at a speed that can be followed.
    fn begun(&self, axis: Micros) -> Replay {
        let slower = match axis.0 {
            500_000.. => 1,
            50_000.. => 10,
            _ => 100,
        };
        let happened = self.traces().into_iter().map(|(mode, _)| (mode, 0)).collect();
        Replay { at: Micros::ZERO, playing: false, slower, happened, stepped: None }
    }

    /// Puts the playhead on a time.
    fn put(&self, replay: &mut Replay, at: Micros) {
        replay.at = at;
        replay.happened = self.traces().into_iter().map(|(mode, trace)| (mode, trace.happened_by(at))).collect();
    }

    /// Makes one event happen, or not have happened.
    fn step(&self, replay: &mut Replay, direction: Direction) {
        let traces = self.traces();
        let last = |replay: &Replay, (mode, trace): &(Mode, Trace)| {
            let happened = replay.happened(*mode);
            (happened > 0).then(|| (trace.passed(happened), *mode))
        };
        let latest = |replay: &Replay| traces.iter().filter_map(|of| last(replay, of)).max();
        let next = match direction {
            Direction::Back => latest(replay),
            Direction::Forward => {
                let next = |(mode, trace): &(Mode, Trace)| {
                    let happened = replay.happened(*mode);
                    (happened < trace.len()).then(|| (trace.passed(happened + 1), *mode))
                };
                traces.iter().filter_map(next).min()
            }
        };
        let Some((_, mode)) = next else { return };
        for (_, happened) in replay.happened.iter_mut().filter(|(other, _)| *other == mode) {
            match direction {
                Direction::Forward => *happened += 1,
                Direction::Back => *happened -= 1,
            }
        }
        replay.at = latest(replay).map_or(Micros::ZERO, |(at, _)| at);
        replay.stepped = Some(mode);
    }

    /// The trace of each mode that can be replayed.
    fn traces(&self) -> Vec<(Mode, Trace)> {
        let of_mode = |mode| Some((mode, self.card(mode).replayed()?.clone()));
        self.shown().into_iter().filter_map(of_mode).collect()
    }

    /// Turns over to where the playhead is, or a line was printed, if that is not in what is seen of the axis.
    pub(super) fn keep_in_sight(&mut self, at: Micros, axis: Micros) {
        let seen = self.seen(axis);
        if self.window.is_some() && !(seen.from..=seen.to).contains(&at) {
            let left = at.since(Micros(seen.length().0 / 10));
            self.window = Some(seen.showing(left, left + seen.length(), axis));
        }
    }
}

#[cfg(test)]
mod tests;
