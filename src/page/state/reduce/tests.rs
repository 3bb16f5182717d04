//! What the reducer makes of actions.

use super::*;
use crate::link::{Parameter, read};
use crate::page::state::{Depth, Forecast, Forecasted, NotWhole, Spot, Stage};
use crate::predict::Machine;
use crate::trace::{Cut, Event, Outcome, Status, What};
use crate::workload::{LaneId, TaskId};

fn page(query: &str) -> Rc<State> {
    Rc::new(State::of(read(query)))
}

fn after(state: Rc<State>, actions: Vec<Action>) -> Rc<State> {
    actions.into_iter().fold(state, State::reduced)
}

fn trace(until: u64) -> Trace {
    let mut trace = Trace::default();
    let (task, lane) = (TaskId(1), LaneId(1));
    trace.push(Event { at: Micros(until), task, lane, step: 0, what: What::Printed });
    trace
}

fn record(mode: Mode, elapsed: u64) -> Record {
    let elapsed = Some(Micros(elapsed));
    Record { elapsed, trace: trace(1), ..Record::without_run(mode, Outcome::Finished) }
}

fn statuses(state: &State) -> Vec<&'static str> {
    state.setup.modes.iter().map(|mode| state.card(*mode).status()).collect()
}

const RUN: RunId = RunId(1);

fn run_all(state: Rc<State>) -> Rc<State> {
    state.reduced(Action::RunAll)
}

#[test]
fn a_run_goes_through_its_modes_and_leaves_their_records() {
    let mut state = run_all(page("modes=sync,async"));
    assert_eq!(statuses(&state), ["waiting", "waiting"]);
    state = after(state, vec![Action::Began(RUN, Mode::Sync), Action::Went(RUN, Mode::Sync, trace(1), Micros(9))]);
    assert_eq!(statuses(&state), ["running", "waiting"]);
    assert_eq!(state.card(Mode::Sync).trace().map(|trace| trace.until), Some(Micros(9)));
    let going = state.going.as_ref().unwrap();
    assert_eq!((going.next(), &*going.link), (Some(Mode::Async), "?v=1&modes=sync,async"));
    let ended = |mode, elapsed| Action::Ended(RUN, record(mode, elapsed));
    state = after(state, vec![ended(Mode::Sync, 30_000), ended(Mode::Async, 10_000), Action::Over(RUN)]);
    assert_eq!(statuses(&state), ["finished", "finished"]);
    assert!(state.going.is_none() && state.over.as_ref().is_some_and(|over| over.records.len() == 2));
    let speed_up = state.card(Mode::Async).figures().speed_up;
    assert!(speed_up.is_some_and(|times| (times - 3.0).abs() < 1e-9));
    assert_eq!(state.axis(), Micros(30_000));
}

#[test]
fn news_of_another_run_is_dropped() {
    let state = run_all(page("modes=sync"));
    let late = RunId(0);
    let news = [Action::Began(late, Mode::Sync), Action::Ended(late, record(Mode::Sync, 1)), Action::Over(late)];
    for action in news {
        assert!(Rc::ptr_eq(&state, &Rc::clone(&state).reduced(action)));
    }
    let over = after(state, vec![Action::Over(RUN)]);
    assert!(Rc::ptr_eq(&over, &Rc::clone(&over).reduced(Action::Went(RUN, Mode::Sync, trace(1), Micros(2)))));
}

#[test]
fn only_one_run_at_a_time_and_none_of_a_form_with_errors() {
    let state = run_all(page(""));
    assert!(Rc::ptr_eq(&state, &run_all(Rc::clone(&state))));
    let bad = after(page(""), vec![Action::Edit(Edit::Put(Spot::Tasks, "three".to_owned()))]);
    let refused = run_all(bad);
    assert!(refused.going.is_none() && refused.refused == 1);
}

#[test]
fn a_stop_is_told_once() {
    let state = run_all(page("")).reduced(Action::Stop);
    assert!(state.going.as_ref().is_some_and(|going| going.stopping));
    assert!(Rc::ptr_eq(&state, &Rc::clone(&state).reduced(Action::Stop)));
}

#[test]
fn an_edited_workload_has_no_record_until_it_is_as_it_was() {
    let state = after(
        run_all(page("modes=sync")),
        vec![
            Action::Ended(RUN, record(Mode::Sync, 30)),
            Action::Over(RUN),
            Action::Edit(Edit::Put(Spot::Tasks, "4".to_owned())),
        ],
    );
    assert_eq!((statuses(&state), state.link().as_str()), (vec!["idle"], "?v=1&tasks=4&modes=sync"));
    let back = state.reduced(Action::Edit(Edit::Put(Spot::Tasks, "3".to_owned())));
    assert_eq!(statuses(&back), ["finished"]);
}

#[test]
fn a_mode_can_be_skipped_while_it_runs_and_another_is_to_come() {
    let skip = |mode| Action::Skip(mode);
    let skipping = |state: &State| state.order().and_then(|order| order.skipping);
    let (sync, all) = (Mode::Sync, run_all(page("modes=sync,async")));
    assert_eq!(skipping(&Rc::clone(&all).reduced(skip(sync))), None, "it has not begun");
    let begun = all.reduced(Action::Began(RUN, sync));
    let skips = |state: &State| [sync, Mode::Async].map(|mode| state.card(mode).skip);
    assert_eq!(skips(&begun), [Some(Skip::Offered), None]);
    let skipped = after(begun, vec![skip(Mode::Async), skip(sync)]);
    assert_eq!((skipping(&skipped), skips(&skipped)), (Some(sync), [Some(Skip::Asked), None]));
    let ended = Record::without_run(sync, Outcome::Cancelled(Cut::Skipped));
    let next = after(skipped, vec![Action::Ended(RUN, ended), Action::Began(RUN, Mode::Async), skip(Mode::Async)]);
    assert_eq!((skipping(&next), skips(&next)), (Some(sync), [None, None]), "nothing comes after it");
    let stopping = run_all(page("modes=sync,async")).reduced(Action::Began(RUN, sync)).reduced(Action::Stop);
    assert_eq!(skips(&stopping), [None, None]);
}

#[test]
fn what_is_said_of_a_run_is_for_the_machine_that_it_was_held_against() {
    let state = page("modes=sync");
    let conditions = Rc::clone(&state.conditions);
    let [was, now, later] = [0.5, 0.75, 0.9].map(|all_cores| Machine { all_cores, ..state.machine });
    let run = |forecast: Option<Forecast>| {
        let forecast = forecast.map(|forecast| Forecasted { mode: Mode::Sync, machine: was, forecast });
        let asked = forecast.map(|asked| Action::Forecast(Rc::clone(&conditions), asked));
        let before = [Action::Calibrated(was)].into_iter().chain(asked).chain([Action::RunAll]);
        let ended = Action::Ended(RUN, record(Mode::Sync, 9));
        let end = [Action::Calibrated(now), ended, Action::Over(RUN), Action::Calibrated(later)];
        after(Rc::clone(&state), before.chain(end).collect()).card(Mode::Sync)
    };
    let held = run(Some(Forecast::Known(Rc::new(trace(1)), Micros(4), None)));
    assert_eq!((held.predicted(), held.machine), (Some(Micros(4)), was));
    assert_eq!(run(None).machine, later, "it was held against none");
}

#[test]
fn another_link_gives_up_the_run_with_what_it_has() {
    let state = page("modes=sync,async");
    let forecast = Forecast::Elapsed(Micros(7), NotWhole::NotAsked);
    let forecast = Forecasted { mode: Mode::Sync, machine: Machine::default(), forecast };
    let own = Rc::clone(&state.conditions);
    let state = after(
        run_all(state.reduced(Action::Forecast(own, forecast))),
        vec![Action::Went(RUN, Mode::Sync, trace(5), Micros(9)), Action::Load(read("tasks=5&tasks=6"))],
    );
    let over = state.over.as_ref().unwrap();
    assert!(over.records.iter().all(|record| record.outcome.status() == Status::Cancelled));
    assert_eq!(over.records.iter().map(|record| record.trace.len()).collect::<Vec<_>>(), [1, 0]);
    let figures = |record: &Record| (record.elapsed, record.startup(), record.predicted);
    assert_eq!(figures(&over.records[0]), (Some(Micros(9)), Some(Micros(9)), Some(Micros(7))));
    assert_eq!(figures(&over.records[1]), (None, None, None));
    assert_eq!((state.form.tasks.as_str(), state.notices.len()), ("5", 1));
    assert!(matches!(state.card(Mode::Sync).stage, Stage::Idle));
}

#[test]
fn forecasts_of_other_conditions_are_dropped_and_a_record_keeps_its_own() {
    let state = page("modes=sync");
    let forecast = |ms| {
        let forecast = Forecast::Known(Rc::new(trace(1)), Micros(ms), None);
        Forecasted { mode: Mode::Sync, machine: Machine::default(), forecast }
    };
    let old = Rc::clone(&state.conditions);
    let state =
        after(state, vec![Action::Edit(Edit::Put(Spot::Tasks, "4".to_owned())), Action::Forecast(old, forecast(3))]);
    assert_eq!((state.predicted(Mode::Sync), state.to_forecast()), (None, vec![(Mode::Sync, Depth::Whole)]));
    let own = Rc::clone(&state.conditions);
    let state = run_all(state.reduced(Action::Forecast(own, forecast(4))));
    let own = Rc::clone(&state.conditions);
    let state = state.reduced(Action::Ended(RUN, record(Mode::Sync, 9)));
    assert_eq!(state.record(Mode::Sync).and_then(|record| record.predicted), Some(Micros(4)));
    let state = state.reduced(Action::Over(RUN)).reduced(Action::Forecast(own, forecast(5)));
    assert_eq!(state.card(Mode::Sync).figures().predicted, Some(Micros(4)), "though the machine was measured anew");
}

#[test]
fn a_run_keeps_its_prediction_and_its_axis_while_the_form_is_edited() {
    let state = page("modes=sync");
    let forecast = Forecast::Known(Rc::new(trace(1)), Micros(9000), None);
    let asked = Forecasted { mode: Mode::Sync, machine: Machine::default(), forecast };
    let forecasted = Action::Forecast(Rc::clone(&state.conditions), asked);
    // Whether it comes before the run or during it.
    for before in [vec![forecasted.clone(), Action::RunAll], vec![Action::RunAll, forecasted]] {
        let state = after(Rc::clone(&state), before);
        assert_eq!(state.progress().as_deref(), Some("Getting ready. First: Sync."));
        let state = state.reduced(Action::Edit(Edit::Put(Spot::Tasks, "4".to_owned())));
        assert_eq!((state.card(Mode::Sync).predicted(), state.axis()), (Some(Micros(9000)), Micros(9000)));
        let words = "This is the workload as it was: 3 tasks, each: print One, sleep 1 s, print Two.";
        assert!(state.progress().is_some_and(|told| told.ends_with(words)));
        let state = after(state, vec![Action::Ended(RUN, record(Mode::Sync, 9)), Action::Over(RUN)]);
        assert_eq!(state.over.as_ref().and_then(|over| over.records[0].predicted), Some(Micros(9000)));
        assert_eq!(state.card(Mode::Sync).predicted(), None);
    }
}

#[test]
fn the_axis_reaches_to_the_longest_but_not_to_what_is_far() {
    let state = page("modes=sync,async");
    let known = |mode, ms| {
        let forecast = Forecast::Known(Rc::default(), Micros(ms), None);
        let asked = Forecasted { mode, machine: Machine::default(), forecast };
        Action::Forecast(Rc::clone(&state.conditions), asked)
    };
    let forecasts = vec![known(Mode::Sync, 1_000_000), known(Mode::Async, 900)];
    let state = after(Rc::clone(&state), forecasts);
    assert_eq!((state.axis(), state.seen_words(state.axis()).as_str()), (Micros(1_000_000), ""));
    let state = run_all(state).reduced(Action::Went(RUN, Mode::Sync, trace(1), Micros(1000)));
    assert_eq!((state.axis(), state.seen_words(state.axis()).as_str()), (Micros(16_384), "Outlines go on →"));
    let state = state.reduced(Action::Went(RUN, Mode::Sync, trace(1), Micros(100_000)));
    assert_eq!((state.axis(), state.seen_words(state.axis()).as_str()), (Micros(1_000_000), ""));
}

#[test]
fn a_notice_goes_when_its_field_is_edited_or_it_is_dismissed() {
    let state = page("tasks=0&steps=nap:1s&modes=fibers");
    let state = state.reduced(Action::Edit(Edit::Put(Spot::Tasks, "4".to_owned())));
    let state = state.reduced(Action::Edit(Edit::OneTask(true)));
    assert_eq!(state.notices.len(), 2, "that answers none");
    let state = after(state, vec![Action::Dismiss(0), Action::Dismiss(7)]);
    assert_eq!(state.notices.iter().map(|notice| notice.parameter).collect::<Vec<_>>(), [Parameter::Modes]);
    let none = state.reduced(Action::DismissAll);
    assert!(none.notices.is_empty() && Rc::ptr_eq(&none, &Rc::clone(&none).reduced(Action::DismissAll)));
}

#[test]
fn reset_is_the_article_s_example_in_the_same_view() {
    let state = page("tasks=9&title=T&embed=1&theme=dark").reduced(Action::Edit(Edit::Reset));
    assert_eq!((state.link().as_str(), state.form.tasks.as_str()), ("?v=1&embed=1&theme=dark", "3"));
}

#[test]
fn another_set_up_keeps_the_colours_unless_it_has_its_own() {
    let dark = page("").reduced(Action::Theme(Theme::Dark));
    let visited = Rc::clone(&dark).reduced(Action::Visit(read("tasks=9")));
    assert_eq!((visited.theme, visited.form.tasks.as_str()), (Theme::Dark, "9"));
    assert_eq!(visited.reduced(Action::Visit(read("theme=light"))).theme, Theme::Light);
}
