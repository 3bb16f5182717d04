//! Starts, stops and drops runs as the state says, and tells the reducer what they tell.

use std::rc::Rc;

use yew::prelude::*;

use super::Page;
use super::throttle::{Beside, Throttle};
use crate::page::state::{Action, Conditions, Order, State};
use crate::run::{Handle, News, Plan, start};
use crate::trace::RunId;
use crate::workload::{Mode, Pace};

/// Runs what is going on.
#[hook]
pub fn use_runner(page: &Page) {
    let handle = use_mut_ref(|| None::<Handle>);
    let throttle = use_memo((), |()| Throttle::default());
    let order = page.order();
    let id = order.as_ref().map(|order| order.id);
    let stopping = order.as_ref().is_some_and(|order| order.stopping);
    let skipping = order.as_ref().and_then(|order| order.skipping);
    {
        let run = order.map(|order| (Rc::clone(&order.conditions), plan(order, page.machine.pace)));
        let (handle, throttle, dispatcher) = (handle.clone(), throttle.clone(), page.dispatcher());
        use_effect_with(id, move |id| {
            if let (Some(id), Some((of, plan))) = (*id, run) {
                let tell = move |news| told(id, &of, news, &throttle, &dispatcher);
                *handle.borrow_mut() = Some(start(plan, tell));
            }
            // Dropped, a run is cancelled and tells no more.
            move || drop(handle.take())
        });
    }
    {
        let handle = handle.clone();
        use_effect_with((id, skipping), move |(_, skipping)| {
            if let (Some(mode), Some(handle)) = (*skipping, handle.borrow().as_ref()) {
                handle.skip(mode);
            }
        });
    }
    use_effect_with((id, stopping), move |(_, stopping)| {
        if let (true, Some(handle)) = (*stopping, handle.borrow().as_ref()) {
            handle.stop();
        }
    });
    use_effect(move || throttle.rendered());
}

fn plan(order: Order, pace: Pace) -> Plan {
    let Order { conditions, modes, .. } = order;
    let (workload, settings) = (Rc::clone(&conditions.workload), conditions.settings.clone());
    Plan { workload, settings, modes: modes.to_vec(), pace }
}

/// Whom drawing a mode keeps from their work.
fn beside(of: &Conditions, mode: Mode) -> Beside {
    let holds_page = of.settings.is_on_page(mode) && of.workload.holds();
    if holds_page { Beside::Holders } else { Beside::Others }
}

fn told(id: RunId, of: &Conditions, news: News, throttle: &Throttle, dispatcher: &UseReducerDispatcher<State>) {
    dispatcher.dispatch(match news {
        News::Began(mode) => {
            throttle.begin();
            Action::Began(id, mode)
        }
        // A picture that is left out is made good by the next, or by the end.
        News::Went(mode, ..) if !throttle.lets_through(beside(of, mode)) => return,
        News::Went(mode, trace, elapsed) => Action::Went(id, mode, trace, elapsed),
        News::Ended(record) => Action::Ended(id, record),
        News::Over => Action::Over(id),
    });
}
