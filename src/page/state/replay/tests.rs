//! Replays: where the playhead comes to, and what has happened there.

use std::rc::Rc;

use super::*;
use crate::link::read;
use crate::page::state::{Action, Conditions, Edit, Forecast, Forecasted, Spot};
use crate::predict::{Budget, at_once, predict};
use crate::trace::What;

/// The article's example in sync and async, predicted: 3 s and 1 s.
fn page() -> Rc<State> {
    let mut state = Rc::new(State::of(read("modes=sync,async")));
    for mode in [Mode::Sync, Mode::Async] {
        let (conditions, machine) = (Rc::clone(&state.conditions), state.machine);
        let Conditions { workload, settings } = &*conditions;
        let prediction = at_once(predict(workload, settings, mode, &machine, Budget::default())).unwrap();
        let forecast = Forecast::Known(Rc::new(prediction.trace), prediction.elapsed, None);
        state = state.reduced(Action::Forecast(conditions, Forecasted { mode, machine, forecast }));
    }
    state
}

fn after(state: Rc<State>, steps: &[Replaying]) -> Rc<State> {
    steps.iter().fold(state, |state, step| state.reduced(Action::Replay(*step)))
}

fn replay(state: &State) -> Replay {
    state.replay.clone().unwrap()
}

/// How many lines each mode has printed.
fn printed(state: &State) -> Vec<usize> {
    let lines = |mode| {
        let card = state.card(mode);
        let events = card.replayed().unwrap().iter().take(replay(state).happened(mode));
        events.filter(|event| event.what == What::Printed).count()
    };
    [Mode::Sync, Mode::Async].map(lines).to_vec()
}

#[test]
fn time_goes_on_as_slowly_as_is_wished_until_the_end() {
    let state = after(page(), &[Replaying::Toggle, Replaying::Pass(Micros(1_500_000))]);
    assert_eq!((replay(&state).at, printed(&state)), (Micros(1_500_000), vec![3, 6]));
    let state = after(state, &[Replaying::Slower(10), Replaying::Pass(Micros(1_000_000))]);
    assert_eq!((replay(&state).at, replay(&state).playing), (Micros(1_600_000), true));
    let state = after(state, &[Replaying::Slower(1), Replaying::Pass(Micros(9_000_000))]);
    assert_eq!((replay(&state).at, replay(&state).playing), (Micros(3_000_000), false));
    assert_eq!(printed(&state), [6, 6]);
    let state = after(state, &[Replaying::Toggle]);
    assert_eq!((replay(&state).at, replay(&state).playing), (Micros::ZERO, true));
}

#[test]
fn a_step_back_undoes_a_step_forward() {
    let mut state = after(page(), &[Replaying::Toggle, Replaying::Seek(Micros(999_999))]);
    let mut moments = vec![(replay(&state).happened, printed(&state))];
    for _ in 0..9 {
        state = after(state, &[Replaying::Step(Direction::Forward)]);
        let moment = (replay(&state).happened, printed(&state));
        assert_ne!(moment, moments[moments.len() - 1]);
        moments.push(moment);
    }
    assert_eq!(replay(&state).at, Micros(1_000_000));
    for moment in moments.into_iter().rev().skip(1) {
        state = after(state, &[Replaying::Step(Direction::Back)]);
        assert_eq!((replay(&state).happened, printed(&state)), moment);
    }
}

#[test]
fn steps_end_at_both_ends() {
    let back = Replaying::Step(Direction::Back);
    let state = after(page(), &[Replaying::Toggle, Replaying::Seek(Micros(2)), back, back]);
    let state = after(state, &[back; 50]);
    assert_eq!((replay(&state).at, printed(&state)), (Micros::ZERO, vec![0, 0]));
    let state = after(state, &[Replaying::Step(Direction::Forward); 100]);
    assert_eq!((replay(&state).at, printed(&state)), (Micros(3_000_000), vec![6, 6]));
}

#[test]
fn a_step_is_told() {
    let state = after(page(), &[Replaying::Step(Direction::Forward); 2]);
    assert_eq!(state.stepped_to(), "Sync, at 0.000 s: Task 1 printed One.");
}

#[test]
fn what_replaces_the_traces_ends_the_replay() {
    let state = after(page(), &[Replaying::Toggle]);
    assert!(state.replay.is_some());
    assert!(after(Rc::clone(&state), &[Replaying::Close]).replay.is_none());
    let edited = Rc::clone(&state).reduced(Action::Edit(Edit::Put(Spot::Tasks, "4".to_owned())));
    assert!(edited.replay.is_none());
    let running = state.reduced(Action::RunAll);
    assert!(running.replay.is_none() && !running.is_replayable());
    assert!(after(running, &[Replaying::Toggle]).replay.is_none());
}

#[test]
fn another_prediction_is_replayed_from_where_the_playhead_is() {
    let state = after(page(), &[Replaying::Toggle, Replaying::Pass(Micros(1_500_000))]);
    let (conditions, machine) = (Rc::clone(&state.conditions), state.machine);
    let Some(Forecast::Known(sync, elapsed, _)) = state.forecast(Mode::Sync).cloned() else { panic!() };
    let forecasted = Forecasted { mode: Mode::Async, machine, forecast: Forecast::Known(sync, elapsed, None) };
    let state = state.reduced(Action::Forecast(conditions, forecasted));
    assert_eq!((replay(&state).at, printed(&state)), (Micros(1_500_000), vec![3, 3]));
}

#[test]
fn the_same_prediction_once_more_leaves_a_step_where_it_led_to() {
    let state = after(page(), &[Replaying::Step(Direction::Forward); 2]);
    let (conditions, machine) = (Rc::clone(&state.conditions), state.machine);
    let forecast = state.forecast(Mode::Sync).unwrap().clone();
    let again =
        Rc::clone(&state).reduced(Action::Forecast(conditions, Forecasted { mode: Mode::Sync, machine, forecast }));
    assert_eq!((replay(&again), again.stepped_to()), (replay(&state), state.stepped_to()));
    assert_eq!(printed(&again), [1, 0], "of all that happens at this time");
}

#[test]
fn nothing_to_show_is_not_replayed() {
    let state = Rc::new(State::of(read("modes=sync")));
    assert!(!state.is_replayable());
    assert!(after(state, &[Replaying::Toggle]).replay.is_none());
}
