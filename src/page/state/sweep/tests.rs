//! What the reducer makes of a sweep.

use super::*;
use crate::link::read;
use crate::page::state::{Action, State};
use crate::trace::{Cut, Trace};

const QUERY: &str = "modes=sync,async&steps=print:One,sleep:1s";

/// A page whose sweep of ten seconds is predicted: a second a task in sync, a second in all else.
fn predicted(query: &str) -> Rc<State> {
    foreseen(in_ten_seconds(query))
}

fn in_ten_seconds(query: &str) -> Rc<State> {
    Rc::new(State::of(read(query))).reduced(Action::Sweep(SweepAction::Time(Sweep::TIMES[0])))
}

fn foreseen(mut state: Rc<State>) -> Rc<State> {
    let asked: Vec<_> = state.sweep.to_foresee().cloned().collect();
    for Point { mode, tasks, .. } in asked {
        let times = if mode == Mode::Sync { u64::from(tasks.get()) } else { 1 };
        let (conditions, machine) = (Rc::clone(&state.sweep.conditions), state.machine);
        let asked = Asked { conditions, machine, mode, tasks };
        let time = Foreseen::Time(Micros(1_000_000 * times));
        state = state.reduced(Action::Sweep(SweepAction::Foreseen(asked, time)));
    }
    state
}

fn begun(query: &str) -> Rc<State> {
    predicted(query).reduced(Action::Sweep(SweepAction::Begin))
}

fn record(state: &State, outcome: Outcome, elapsed: Micros) -> Record {
    let mode = state.sweep.running().unwrap().mode;
    Record { elapsed: Some(elapsed), ..Record::without_run(mode, outcome) }
}

/// Ends the run that is going on.
fn ran(state: Rc<State>, outcome: Outcome, elapsed: Micros) -> Rc<State> {
    let (id, record) = (state.order().unwrap().id, record(&state, outcome, elapsed));
    state.reduced(Action::Ended(id, record)).reduced(Action::Over(id))
}

/// Ends all runs, each as it was predicted.
fn through(mut state: Rc<State>) -> Rc<State> {
    while let Some(predicted) = state.sweep.running().and_then(Point::predicted) {
        state = ran(state, Outcome::Finished, predicted);
    }
    state
}

fn measured(state: &State) -> Vec<(Mode, u32)> {
    let points = state.sweep.points.iter().filter(|point| point.elapsed().is_some());
    points.map(|point| (point.mode, point.tasks.get())).collect()
}

#[test]
fn a_sweep_runs_one_point_after_another_with_a_number_each_and_no_card_knows() {
    let mut state = begun(QUERY);
    assert!(state.is_busy() && state.going.is_none());
    let chosen = state.sweep.chosen().runs.len();
    let (mut ids, mut seen) = (Vec::new(), Vec::new());
    while let Some(order) = state.order() {
        ids.push(order.id);
        seen.push((order.modes[0], order.conditions.workload.tasks.get()));
        assert_eq!(order.modes.len(), 1);
        state = ran(state, Outcome::Finished, Micros(1000));
    }
    assert_eq!(seen[..4], [(Mode::Sync, 1), (Mode::Async, 1), (Mode::Sync, 3), (Mode::Async, 3)]);
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]) && ids.len() == chosen);
    assert_eq!((measured(&state), state.sweep.ended), (seen, Some(Ended::Through)));
    assert!(state.setup.modes.iter().all(|mode| state.card(*mode).status() == "idle") && state.over.is_none());
    assert_eq!(state.sweep.ending(), format!("The sweep is over: {chosen} points measured."));
    let left_out = state.sweep.points.iter().find(|point| point.elapsed().is_none()).unwrap();
    assert_eq!(left_out.found, Found::LeftOut("It doesn’t fit into the time.".to_owned()));
}

#[test]
fn nothing_else_runs_meanwhile_and_late_news_is_dropped() {
    let state = begun(QUERY);
    for action in [Action::RunAll, Action::Run(vec![Mode::Sync]), Action::Sweep(SweepAction::Begin)] {
        assert!(Rc::ptr_eq(&state, &Rc::clone(&state).reduced(action)));
    }
    let first = state.order().unwrap().id;
    let next = ran(state, Outcome::Finished, Micros(1000));
    let late = [Action::Over(first), Action::Ended(first, record(&next, Outcome::Finished, Micros(1)))];
    for action in late {
        assert!(Rc::ptr_eq(&next, &Rc::clone(&next).reduced(action)));
    }
    let run = in_ten_seconds(QUERY).reduced(Action::RunAll);
    assert!(foreseen(run).reduced(Action::Sweep(SweepAction::Begin)).sweep.going.is_none());
}

#[test]
fn what_was_measured_before_a_stop_stays() {
    let state = ran(ran(begun(QUERY), Outcome::Finished, Micros(1000)), Outcome::Finished, Micros(1000));
    let stopping = state.reduced(Action::Stop);
    assert!(stopping.order().unwrap().stopping);
    assert!(Rc::ptr_eq(&stopping, &Rc::clone(&stopping).reduced(Action::Stop)));
    let state = ran(stopping, Outcome::Cancelled(Cut::Stopped), Micros(500));
    assert!(!state.is_busy());
    assert_eq!(measured(&state), [(Mode::Sync, 1), (Mode::Async, 1)]);
    assert_eq!(state.sweep.ending(), "The sweep was stopped: 2 points measured.");
    let point = &state.sweep.points[2];
    assert_eq!(point.found, Found::LeftOut("The sweep was stopped before that.".to_owned()));
}

#[test]
fn a_sweep_ends_when_its_time_is_up() {
    let state = begun(QUERY);
    let id = state.order().unwrap().id;
    let went = |elapsed| Action::Went(id, Mode::Sync, Trace::default(), Micros(elapsed));
    let state = state.reduced(went(9_000_000));
    assert!(!state.order().unwrap().stopping);
    let state = state.reduced(went(11_500_000));
    assert!(state.order().unwrap().stopping);
    let state = ran(state, Outcome::Cancelled(Cut::Stopped), Micros(11_500_000));
    assert_eq!((state.sweep.ended, measured(&state)), (Some(Ended::OutOfTime), Vec::new()));

    // A run that took longer than predicted leaves no room for one that is predicted to be long.
    let state = ran(begun(QUERY), Outcome::Finished, Micros(10_500_000));
    assert_eq!((state.sweep.ended, measured(&state)), (Some(Ended::OutOfTime), vec![(Mode::Sync, 1)]));
    let state = state.reduced(Action::Sweep(SweepAction::Begin));
    assert!(measured(&state).is_empty() && state.sweep.ended.is_none(), "it begins anew");
}

#[test]
fn a_mode_that_can_not_be_had_is_not_tried_again() {
    let reason = "Nothing can be shared here.".to_owned();
    let mut state = begun(QUERY);
    state = ran(state, Outcome::Unavailable(reason.clone()), Micros::ZERO);
    let state = through(state);
    assert!(measured(&state).iter().all(|(mode, _)| *mode == Mode::Async));
    let sync: Vec<_> = state.sweep.points.iter().filter(|point| point.mode == Mode::Sync).take(2).collect();
    assert!(sync.iter().all(|point| point.found == Found::LeftOut(reason.clone())), "{sync:?}");
    assert_eq!(state.sweep.ended, Some(Ended::Through));
}

#[test]
fn points_stay_while_only_the_task_count_is_edited() {
    let state = through(begun(QUERY));
    let points = measured(&state);
    let edited = |query: &str| Rc::clone(&state).reduced(Action::Load(read(&format!("{query}&v=1"))));
    assert_eq!(measured(&edited(&format!("{QUERY}&tasks=77"))), points);
    let modes = measured(&edited("modes=async,threads&steps=print:One,sleep:1s"));
    assert!(!modes.is_empty() && modes.iter().all(|(mode, _)| *mode == Mode::Async));
    let other = edited("modes=sync,async&steps=sleep:1s");
    assert_eq!((measured(&other), other.sweep.ended, other.sweep.ending()), (Vec::new(), None, String::new()));
    assert!(edited(&format!("{QUERY}&workers=3")).sweep.to_foresee().count() > 0);
}

#[test]
fn another_machine_is_predicted_anew_and_old_answers_are_dropped() {
    let calibrated = || Action::Calibrated(Machine { cores: 7, ..Machine::default() });
    let waiting = predicted(QUERY).reduced(calibrated());
    let anew = (waiting.sweep.points.len(), 7);
    assert_eq!(
        (waiting.sweep.to_foresee().count(), waiting.sweep.machine.cores),
        anew,
        "many tasks begin sooner on one"
    );
    let state = through(begun("modes=sync,async&steps=count:1M"));
    let (points, conditions) = (measured(&state), Rc::clone(&state.sweep.conditions));
    let state = state.reduced(calibrated());
    assert_eq!(measured(&state), points, "what was measured was measured");
    assert_eq!(state.sweep.to_foresee().count(), state.sweep.points.len());
    let tasks = state.sweep.points[0].tasks;
    let asked = Asked { conditions, machine: Machine::default(), mode: Mode::Sync, tasks };
    let told = Action::Sweep(SweepAction::Foreseen(asked, Foreseen::Time(Micros(1))));
    assert!(Rc::ptr_eq(&state, &Rc::clone(&state).reduced(told)));
}

#[test]
fn it_says_what_it_will_run_and_how_far_it_is() {
    let state = predicted(QUERY);
    assert_eq!(state.sweep.words(), "7 runs of 14 points fit into 10 s; they take about 9 s.");
    let more = Rc::clone(&state).reduced(Action::Sweep(SweepAction::Time(Sweep::TIMES[2])));
    assert_eq!(more.sweep.words(), "11 runs of 14 points fit into 60 s; they take about 52 s.");
    let far = Rc::clone(&state).reduced(Action::Sweep(SweepAction::Most(TaskCount::new(10_000).unwrap())));
    assert_eq!(far.sweep.words(), "Predicting: 4 points to go.");
    let begun = state.reduced(Action::Sweep(SweepAction::Begin));
    assert_eq!(begun.sweep.words(), "Run 1 of 7: Sync with 1 task. About 9 s left.");
    let next = ran(ran(begun, Outcome::Finished, Micros(1_000_000)), Outcome::Finished, Micros(1_000_000));
    assert_eq!(next.sweep.words(), "Run 3 of 7: Sync with 3 tasks. About 7 s left.");
}

#[test]
fn a_form_with_errors_begins_no_sweep() {
    use crate::page::state::{Edit, Spot};
    let bad = predicted(QUERY).reduced(Action::Edit(Edit::Put(Spot::Tasks, "three".to_owned())));
    let refused = bad.reduced(Action::Sweep(SweepAction::Begin));
    assert!(refused.sweep.going.is_none() && refused.refused == 1);
}
