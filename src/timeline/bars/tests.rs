//! What bars are made of spans: their colours, states and places, merged to a pixel.

use proptest::prelude::*;

use super::*;
use crate::timeline::{By, Painter, Picture, Rows, Sizes};
use crate::trace::Trace;
use crate::workload::{LaneId, Micros, Mode, Settings, TaskCount, Workload};

fn trace(events: &[(u64, u32, What)]) -> Trace {
    let mut trace = Trace::default();
    trace.lanes_up = vec![Micros::ZERO; 8];
    for &(at, task, what) in events {
        trace.push(Event { at: Micros(at), task: TaskId(task), lane: LaneId(1), step: 0, what });
    }
    trace
}

fn drawn(trace: &Trace, tasks: u64, most_rows: u32, view: View) -> Picture {
    let tasks = TaskCount::new(tasks).unwrap();
    let usual = Sizes::of(&Workload::default(), &Settings::default(), Mode::Async, By::Task);
    let sizes = Sizes { rows: Rows::Tasks(Dealt::of(tasks, most_rows)), ..usual };
    let mut painter = Painter::new(trace.clone(), tasks, &sizes, view);
    while painter.go_on() {}
    painter.picture()
}

fn bars(picture: &Picture) -> Vec<(u32, u32, u32, State)> {
    picture.bars.iter().map(|bar| (bar.row, bar.from, bar.to, bar.state)).collect()
}

const VIEW: View = View { from: Micros(0), to: Micros(100), width: 10 };
use State::{Gil, Ready, Running, Sleeping};

#[test]
fn spans_become_bars_in_whole_pixels() {
    let trace = trace(&[
        (0, 1, What::Entered(Running)),
        (20, 1, What::Printed),
        (20, 1, What::Entered(Sleeping)),
        (76, 1, What::Entered(Running)),
        (100, 1, What::Printed),
        (100, 1, What::Ended),
    ]);
    let picture = drawn(&trace, 1, 80, VIEW);
    assert_eq!(bars(&picture), [(0, 0, 2, Running), (0, 2, 8, Sleeping), (0, 8, 10, Running)]);
    assert_eq!(picture.marks.iter().map(|mark| mark.at).collect::<Vec<_>>(), [2, 9]);
}

#[test]
fn a_picture_has_nothing_of_the_one_before() {
    let rest = [(20, 1, What::Entered(Sleeping)), (100, 1, What::Ended)];
    let printed = [&[(0, 1, What::Entered(Running)), (20, 1, What::Printed)], &rest[..]].concat();
    assert_eq!(drawn(&trace(&printed), 1, 80, VIEW).marks.len(), 1);
    let silent = [&[(0, 1, What::Entered(Running))], &rest[..]].concat();
    let picture = drawn(&trace(&silent), 1, 80, VIEW);
    assert_eq!((bars(&picture).len(), picture.marks), (2, Vec::new()));
}

#[test]
fn many_spans_in_a_pixel_are_one_and_the_longest_state_has_it() {
    let turns = |n: u64| [(10 * n, 1, What::Entered(Running)), (10 * n + 3, 1, What::Entered(Gil))];
    let events: Vec<_> = (0..10).flat_map(turns).chain([(100, 1, What::Ended)]).collect();
    assert_eq!(bars(&drawn(&trace(&events), 1, 80, VIEW)), [(0, 0, 10, Gil)]);
}

#[test]
fn the_shortest_stretch_is_seen_where_it_is_alone() {
    let trace = trace(&[(42, 1, What::Entered(Running)), (43, 1, What::Ended)]);
    let view = View { from: Micros(42), to: Micros(10_000_042), width: 10 };
    assert_eq!(bars(&drawn(&trace, 1, 80, view)), [(0, 0, 1, Running)]);
}

#[test]
fn what_is_out_of_view_is_not_drawn_and_what_reaches_in_is_cut() {
    let trace = trace(&[(0, 1, What::Entered(Running)), (50, 1, What::Entered(Sleeping)), (99, 1, What::Ended)]);
    let picture = drawn(&trace, 1, 80, View { from: Micros(40), to: Micros(60), width: 10 });
    assert_eq!(bars(&picture), [(0, 0, 5, Running), (0, 5, 10, Sleeping)]);
}

#[test]
fn tasks_of_one_row_are_merged_and_those_that_wait_for_their_turn_give_way() {
    let mut events = vec![];
    for task in 1..=100 {
        events.push((u64::from(task) - 1, task, What::Entered(Running)));
        events.push((u64::from(task), task, What::Ended));
    }
    let picture = drawn(&trace(&events), 100, 2, VIEW);
    // The first fifty have one row, the others another; in the second all wait for their turn at first.
    assert_eq!(bars(&picture), [(0, 0, 5, Running), (1, 0, 5, Ready), (1, 5, 10, Running)]);
}

#[test]
fn a_view_without_width_has_nothing_to_draw() {
    let trace = trace(&[(0, 1, What::Entered(Running)), (5, 1, What::Ended)]);
    assert_eq!(drawn(&trace, 1, 80, View { width: 0, ..VIEW }), Picture::default());
}

proptest! {
    #[test]
    fn each_pixel_has_the_state_that_it_was_given_most_of(
        spans in prop::collection::vec((1_u32..=5, 0_u64..300, 0_u64..120, 0_usize..STATES), 0..40),
        width in 1_u32..200,
    ) {
        let rows = Dealt::of(TaskCount::new(5).unwrap(), 3);
        let mut shares = Shares::new(rows, View { from: Micros(50), to: Micros(250), width });
        for (task, from, lasts, state) in spans {
            let (from, to, task) = (Micros(from), Micros(from + lasts), TaskId(task));
            shares.add(Span { from, to, task, lane: LaneId(1), state: State::ALL[state] });
        }
        let mut left = vec![None; (rows.len() * width) as usize];
        for bar in shares.drawn().0 {
            let from = bar.row * width;
            left[(from + bar.from) as usize..(from + bar.to) as usize].fill(Some(bar.state));
        }
        for (row, changes) in shares.sheet.change.chunks_exact(width as usize + 1).enumerate() {
            let mut sum = [0; STATES];
            for (pixel, change) in (0..width as usize).zip(changes) {
                sum.iter_mut().zip(change).for_each(|(share, by)| *share += by);
                prop_assert_eq!(left[row * width as usize + pixel], most(&sum, rows.only(row as u32).is_some()));
            }
        }
    }
}
