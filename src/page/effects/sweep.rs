//! Asks the model about the points of a sweep that is folded out, one after another and a little at a time; never while
//! anything runs.

use std::cell::Cell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Page;
use super::forecasts::{BUDGET, PAUSE_MS};
use super::pieces::in_pieces;
use crate::page::state::{Action, Asked, State, SweepAction};
use crate::predict::predict_elapsed;
use crate::report::sweep::{Foreseen, Point};
use crate::workload::Workload;

/// Keeps the points of a sweep predicted.
#[hook]
pub fn use_sweep(page: &Page) {
    let sweep = &page.sweep;
    let is_free = sweep.open && !page.is_busy();
    let deps = (Rc::clone(&sweep.conditions), sweep.modes.clone(), sweep.most, sweep.machine, is_free);
    let asked = |point: &Point| Asked {
        conditions: Rc::clone(&sweep.conditions),
        machine: sweep.machine,
        mode: point.mode,
        tasks: point.tasks,
    };
    let missing: Vec<_> = if is_free { sweep.to_foresee().map(asked).collect() } else { Vec::new() };
    let dispatcher = page.dispatcher();
    use_effect_with(deps, move |_| {
        let wanted = Rc::new(Cell::new(true));
        if !missing.is_empty() {
            spawn_local(ask(missing, dispatcher, Rc::clone(&wanted)));
        }
        move || wanted.set(false)
    });
}

/// Asks as long as the answers are wanted.
async fn ask(missing: Vec<Asked>, dispatcher: UseReducerDispatcher<State>, wanted: Rc<Cell<bool>>) {
    TimeoutFuture::new(PAUSE_MS).await;
    let all = async {
        for asked in missing {
            let foreseen = foresee(asked.clone()).await;
            dispatcher.dispatch(Action::Sweep(SweepAction::Foreseen(asked, foreseen)));
            pause().await;
        }
    };
    in_pieces(all, || wanted.get()).await;
}

/// Pending once: a short prediction never is.
async fn pause() {
    let mut paused = false;
    poll_fn(|_| if std::mem::replace(&mut paused, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

/// What the model says.
async fn foresee(asked: Asked) -> Foreseen {
    let Asked { conditions, machine, mode, tasks } = asked;
    let workload = Workload { tasks, ..Workload::clone(&conditions.workload) };
    let elapsed = predict_elapsed(&workload, &conditions.settings, mode, &machine, BUDGET).await;
    elapsed.map_or_else(|error| Foreseen::Unknown(error.to_string()), Foreseen::Time)
}
