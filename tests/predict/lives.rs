//! Laws of traces: the spans and the output of each task, and who may run at once.

use interleave::predict::Prediction;
use interleave::trace::{Span, State, What, first_spans};
use interleave::workload::{Action, Micros, Mode, TaskId};
use proptest::prelude::*;

use crate::asked::Asked;
use crate::generated::{Alone, Of, asked, config};

/// All spans by start, then task.
fn spans(asked: &Asked, prediction: &Prediction) -> Vec<Span> {
    first_spans(&prediction.trace, asked.workload.tasks, usize::MAX)
}

/// The end of a task, if it came to one.
fn end(prediction: &Prediction, task: TaskId) -> Option<Micros> {
    let over = |what| matches!(what, What::Ended | What::Failed);
    prediction.trace.iter().find(|event| event.task == task && over(event.what)).map(|event| event.at)
}

/// The steps at which a task should print or fail, in its own order.
fn lines(asked: &Asked, task: TaskId) -> Vec<u8> {
    let mut lines = Vec::new();
    for (step, action) in asked.workload.steps_of(task) {
        match action {
            Action::Print(_) => lines.push(step),
            Action::Fail(_) => {
                lines.push(step);
                break;
            }
            _ => {}
        }
    }
    lines
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_spans_of_a_task_tile_its_life(asked in asked(Of::All)) {
        for mode in Mode::ALL {
            let prediction = asked.predict(mode);
            let spans = spans(&asked, &prediction);
            for task in asked.workload.tasks.ids() {
                let mut at = Micros::ZERO;
                for span in spans.iter().filter(|span| span.task == task) {
                    prop_assert_eq!(span.from, at, "{} task {}: {:?}", mode, task, spans);
                    at = span.to;
                }
                prop_assert_eq!(at, end(&prediction, task).unwrap_or(prediction.elapsed), "{} task {}", mode, task);
            }
        }
    }

    #[test]
    fn a_task_is_in_each_state_for_as_long_as_its_steps_say(asked in asked(Of::All)) {
        for mode in Mode::ALL {
            let prediction = asked.predict(mode);
            let spans = spans(&asked, &prediction);
            for task in asked.workload.tasks.ids().filter(|task| end(&prediction, *task).is_some()) {
                let own = spans.iter().filter(|span| span.task == task);
                let within = |state| own.clone().filter(|s| s.state == state).map(|s| s.to - s.from).sum::<Micros>().0;
                let alone = Alone::of(&asked, task);
                prop_assert_eq!(within(State::Sleeping), alone.slept, "{} task {}", mode, task);
                prop_assert_eq!(within(State::Blocked), alone.blocked, "{} task {}", mode, task);
                match mode {
                    Mode::Processes | Mode::FreeThreads => prop_assert!(within(State::Running) >= alone.counted),
                    _ => prop_assert_eq!(within(State::Running), alone.counted, "{} task {}", mode, task),
                }
            }
        }
    }

    #[test]
    fn the_output_of_a_task_is_whole_and_in_its_own_order(asked in asked(Of::All)) {
        for mode in Mode::ALL {
            let prediction = asked.predict(mode);
            for task in asked.workload.tasks.ids() {
                let said = prediction.trace.iter().filter(|event| event.task == task);
                let said = said.filter(|event| matches!(event.what, What::Printed | What::Failed));
                let said: Vec<_> = said.map(|event| event.step).collect();
                // In sync, what comes after a failure never begins.
                if mode != Mode::Sync || end(&prediction, task).is_some() {
                    prop_assert_eq!(said, lines(&asked, task), "{} task {}", mode, task);
                } else {
                    prop_assert!(said.is_empty());
                }
            }
        }
    }

    #[test]
    fn events_are_in_the_order_of_time(asked in asked(Of::All)) {
        for mode in Mode::ALL {
            let events: Vec<_> = asked.predict(mode).trace.iter().collect();
            prop_assert!(events.is_sorted_by_key(|event| event.at), "{}: {:?}", mode, events);
        }
    }

    #[test]
    fn where_nothing_runs_in_parallel_one_task_runs_at_a_time(asked in asked(Of::All)) {
        for mode in [Mode::Sync, Mode::Async, Mode::Threads, Mode::Offload] {
            let prediction = asked.predict(mode);
            let running = spans(&asked, &prediction).into_iter().filter(|span| span.state == State::Running);
            let running: Vec<_> = running.collect();
            prop_assert!(running.windows(2).all(|pair| pair[0].to <= pair[1].from), "{}: {:?}", mode, running);
        }
    }

    #[test]
    fn nobody_waits_for_the_gil_or_the_loop_while_it_is_free(mut asked in asked(Of::All)) {
        asked.settings.limit = None;
        for (mode, waits, holds) in [
            (Mode::Threads, State::Gil, &[State::Running][..]),
            (Mode::Async, State::Ready, &[State::Running, State::Blocked]),
        ] {
            let prediction = asked.predict(mode);
            let spans = spans(&asked, &prediction);
            for wait in spans.iter().filter(|span| span.state == waits) {
                let held = spans.iter().filter(|span| holds.contains(&span.state));
                let held = held.map(|span| span.to.min(wait.to) - span.from.max(wait.from)).sum::<Micros>();
                prop_assert_eq!(held, wait.to - wait.from, "{}: {:?} of {:?}", mode, wait, spans);
            }
        }
    }

    #[test]
    fn a_lane_carries_one_task_at_a_time(asked in asked(Of::All)) {
        for mode in [Mode::Threads, Mode::Processes, Mode::FreeThreads] {
            let prediction = asked.predict(mode);
            let lanes = asked.settings.lanes(mode, asked.workload.tasks);
            let mut carried = vec![TaskId(0); lanes.into()];
            for event in prediction.trace.iter() {
                let task = &mut carried[event.lane.index()];
                prop_assert!(event.task >= *task, "{}: lane {} went back to {}", mode, event.lane.0, event.task);
                *task = event.task;
            }
        }
    }
}
