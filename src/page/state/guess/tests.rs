//! Guesses: what they hide, and what they come to.

use std::rc::Rc;

use super::*;
use crate::link::read;
use crate::page::state::{Action, Certainty, Conditions, Forecast, Forecasted};
use crate::predict::{Budget, at_once, predict};
use crate::trace::{Cut, RunId};
use crate::workload::TaskId;

const MODES: [Mode; 2] = [Mode::Sync, Mode::Threads];

/// A page whose reader guesses, with what is predicted.
fn guessing(query: &str) -> Rc<State> {
    let mut state = Rc::new(State::of(read(query)));
    for mode in state.shown() {
        let (conditions, machine) = (Rc::clone(&state.conditions), state.machine);
        let Conditions { workload, settings } = &*conditions;
        let prediction = at_once(predict(workload, settings, mode, &machine, Budget::default())).unwrap();
        let certainty = at_once(Certainty::of(&prediction, &conditions, mode, &machine));
        let forecast = Forecast::Known(Rc::new(prediction.trace), prediction.elapsed, Some(certainty));
        state = state.reduced(Action::Forecast(conditions, Forecasted { mode, machine, forecast }));
    }
    state.reduced(Action::Guess(Guessing::Begin))
}

fn place(state: Rc<State>, mode: Mode, lines: &[(u32, u8)]) -> Rc<State> {
    let place = |state: Rc<State>, (task, step): &(u32, u8)| {
        state.reduced(Action::Guess(Guessing::Place(mode, (TaskId(*task), *step))))
    };
    lines.iter().fold(state, place)
}

fn time(state: Rc<State>, mode: Mode, time: &str) -> Rc<State> {
    state.reduced(Action::Guess(Guessing::Time(mode, time.to_owned())))
}

/// Runs a mode, just as it is predicted.
fn run(state: Rc<State>, mode: Mode, outcome: Outcome) -> Rc<State> {
    let forecast = state.forecast(mode).cloned();
    let Some(Forecast::Known(trace, elapsed, ..)) = forecast else { panic!("{mode} is not predicted") };
    let state = state.reduced(Action::Run(vec![mode]));
    let id = state.going.as_ref().map_or(RunId(0), |going| going.id);
    let record = Record { elapsed: Some(elapsed), trace: (*trace).clone(), ..Record::without_run(mode, outcome) };
    state.reduced(Action::Ended(id, record)).reduced(Action::Over(id))
}

fn finished(state: Rc<State>, mode: Mode) -> Rc<State> {
    run(state, mode, Outcome::Finished)
}

fn order_words(state: &State, mode: Mode) -> String {
    state.card(mode).guess_came_to(state.scale()).unwrap().order.unwrap().1
}

const CALLS: [(u32, u8); 6] = [(1, 0), (1, 2), (2, 0), (2, 2), (3, 0), (3, 2)];
const TOGETHER: [(u32, u8); 6] = [(2, 0), (1, 0), (3, 0), (3, 2), (1, 2), (2, 2)];

#[test]
fn while_a_guess_can_be_made_its_prediction_is_hidden() {
    let state = guessing("modes=sync,threads");
    for mode in MODES {
        let card = state.card(mode);
        assert!(card.forecast.is_none() && card.predicted().is_none() && card.figures().speed_up.is_none());
        assert!(card.open_guess().is_some());
    }
    assert_eq!(state.axis(), Micros::ZERO, "nor does the axis tell");
    let state = finished(state, Mode::Sync);
    assert!(state.card(Mode::Sync).forecast.is_some() && state.card(Mode::Sync).open_guess().is_none());
    assert!(state.card(Mode::Threads).forecast.is_none() && state.card(Mode::Threads).open_guess().is_some());
    let state = state.reduced(Action::Guess(Guessing::End));
    assert!(state.card(Mode::Threads).forecast.is_some() && state.card(Mode::Threads).open_guess().is_none());
}

#[test]
fn to_guess_again_puts_away_what_was_measured_of_this_workload() {
    let state = finished(guessing("modes=sync"), Mode::Sync).reduced(Action::Guess(Guessing::End));
    assert!(state.record(Mode::Sync).is_some() && state.over.is_some());
    let (measured, over) = (state.record(Mode::Sync).cloned(), state.over.clone());
    let state = state.reduced(Action::Guess(Guessing::Begin));
    assert!(state.record(Mode::Sync).is_none() && state.over.is_none());
    let back = Rc::clone(&state).reduced(Action::Guess(Guessing::End));
    assert_eq!((back.record(Mode::Sync).cloned(), back.over.clone()), (measured.clone(), over), "and back it comes");
    let again = finished(Rc::clone(&state), Mode::Sync).reduced(Action::Guess(Guessing::End));
    let latest = again.record(Mode::Sync).cloned();
    assert!(latest.is_some() && !Rc::ptr_eq(&latest.unwrap(), &measured.unwrap()), "but not over what ran since");
    let running = state.reduced(Action::Guess(Guessing::End)).reduced(Action::RunAll);
    assert!(!running.reduced(Action::Guess(Guessing::Begin)).is_guessing(), "not while a run goes on");
}

#[test]
fn a_line_is_placed_behind_the_others_and_taken_away_again() {
    let state = place(guessing("modes=sync"), Mode::Sync, &[(1, 0), (2, 0), (1, 2), (2, 0), (2, 2)]);
    let card = state.card(Mode::Sync);
    let guess = card.open_guess().unwrap();
    assert_eq!(guess.order, [(TaskId(1), 0), (TaskId(1), 2), (TaskId(2), 2)]);
    assert_eq!((guess.place((TaskId(2), 2)), guess.place((TaskId(2), 0))), (Some(3), None));
    let state = state.reduced(Action::Guess(Guessing::TakeAll(Mode::Sync)));
    assert!(state.card(Mode::Sync).open_guess().unwrap().order.is_empty());
}

#[test]
fn another_workload_begins_with_nothing_guessed_and_a_mode_that_has_run_takes_no_guess() {
    let state = place(guessing("modes=sync"), Mode::Sync, &[(1, 0)]);
    let other = Rc::clone(&state).reduced(Action::Load(read("tasks=2&modes=sync")));
    assert!(other.is_guessing() && other.card(Mode::Sync).open_guess().unwrap().order.is_empty());
    let ran = finished(state, Mode::Sync);
    assert_eq!(place(Rc::clone(&ran), Mode::Sync, &[(1, 2)]), ran);
}

#[test]
fn only_so_many_lines_are_to_be_put_in_order() {
    let lines = |query| guessing(query).card(Mode::Sync).lines_to_order().map(|lines| lines.len());
    assert_eq!(lines("modes=sync&tasks=6"), Some(12));
    assert_eq!(lines("modes=sync&tasks=7"), None);
    assert_eq!(lines("modes=sync&steps=sleep:1s"), Some(0));
}

#[test]
fn a_guessed_order_is_told_with_what_is_wrong_in_it() {
    let came_to = |mode, lines| order_words(&finished(place(guessing(""), mode, lines), mode), mode);
    assert_eq!(came_to(Mode::Sync, &CALLS), "Your order is right.");
    assert_eq!(came_to(Mode::Threads, &TOGETHER), "Your order is right: where it is open, any is.");
    assert_eq!(came_to(Mode::Async, &CALLS), "2 of your 6 lines would have to move.");
    assert_eq!(came_to(Mode::Sync, &CALLS[..1]), "What you placed is right; 5 lines are missing.");
}

#[test]
fn a_guessed_time_is_told_beside_the_true_one() {
    let came_to = |text| {
        let state = finished(time(guessing(""), Mode::Sync, text), Mode::Sync);
        state.card(Mode::Sync).guess_came_to(state.scale()).map(|came_to| came_to.time.unwrap().1)
    };
    assert_eq!(came_to("3 s").as_deref(), Some("Your 3 s is right: it took 3.000 s."));
    assert_eq!(came_to("200s").as_deref(), Some("Your 200 s is too long by 197.000 s: it took 3.000 s."));
    assert_eq!(came_to("20ms").as_deref(), Some("Your 20 ms is too short by 2.980 s: it took 3.000 s."));
    assert_eq!(came_to("3"), came_to("3s"));
    assert_eq!(came_to("soon"), None);
    assert_eq!(came_to(" "), None);
}

#[test]
fn a_run_that_was_stopped_says_nothing_of_a_guess() {
    let state = place(guessing(""), Mode::Sync, &CALLS);
    let stopped = run(state, Mode::Sync, Outcome::Cancelled(Cut::Stopped));
    assert_eq!(stopped.card(Mode::Sync).guess_came_to(stopped.scale()), None);
}

#[test]
fn all_guesses_are_counted() {
    let mut state = guessing("modes=sync,threads");
    assert!(state.guessing_words().starts_with("The predictions are hidden."));
    assert!(state.invitation().starts_with("Guess "), "nothing is outlined");
    state = place(place(state, Mode::Sync, &CALLS), Mode::Threads, &CALLS);
    state = finished(time(state, Mode::Threads, "1s"), Mode::Sync);
    assert_eq!(state.guessing_words(), "You had 1 of 1 order right.");
    state = finished(state, Mode::Threads);
    assert_eq!(state.guessing_words(), "You had 1 of 2 orders and 1 of 1 time right.");
    let none = finished(guessing("modes=sync"), Mode::Sync);
    assert_eq!(none.guessing_words(), "All modes have run, and nothing was guessed.");
}
