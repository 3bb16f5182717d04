//! What part of the axis is seen in all timelines.

use super::State;
use crate::timeline::Window;
use crate::workload::Micros;

/// Another part of the axis is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Look {
    /// So many times closer, below 1 farther away, about a point that stays: a part of what is seen, from 0 to 1.
    Zoom {
        /// How many times closer.
        times: f64,
        /// The point that stays.
        about: f64,
    },
    /// Moved by so many times what is seen, to the right or below zero to the left.
    Move(f64),
    /// This stretch of it, moved no farther than it takes.
    Show(Micros, Micros),
    /// All of it.
    Fit,
}

impl State {
    /// The part of the axis that is seen.
    #[must_use]
    pub fn seen(&self) -> Window {
        let axis = self.axis();
        self.window.map_or(Window::whole(axis), |window| window.held_to(axis))
    }

    /// Whether less than the whole axis is seen.
    #[must_use]
    pub fn is_zoomed(&self) -> bool {
        self.seen() != Window::whole(self.axis())
    }

    /// Looks somewhere else. The whole of an axis stays whole when the axis grows.
    pub(super) fn look(&mut self, look: Look) {
        let (axis, seen) = (self.axis(), self.seen());
        let window = match look {
            Look::Zoom { times, about } => seen.zoomed(times, about, axis),
            Look::Move(by) => seen.moved(by, axis),
            Look::Show(from, to) => seen.showing(from, to, axis),
            Look::Fit => Window::whole(axis),
        };
        self.window = Some(window).filter(|window| *window != Window::whole(axis));
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::link::read;
    use crate::page::state::{Action, Edit, Forecast, Forecasted, NotWhole, Spot};
    use crate::predict::Machine;
    use crate::workload::Mode;

    fn page() -> Rc<State> {
        let state = Rc::new(State::of(read("modes=sync")));
        let forecast = Forecast::Elapsed(Micros(3_000_000), NotWhole::NotAsked);
        let forecast = Forecasted { mode: Mode::Sync, machine: Machine::default(), forecast };
        let conditions = Rc::clone(&state.conditions);
        state.reduced(Action::Forecast(conditions, forecast))
    }

    fn looked(state: Rc<State>, look: Look) -> Rc<State> {
        state.reduced(Action::Look(look))
    }

    #[test]
    fn all_of_the_axis_is_seen_until_somebody_looks_closer() {
        let state = page();
        assert_eq!((state.seen(), state.is_zoomed()), (Window::whole(Micros(3_000_000)), false));
        let state = looked(state, Look::Zoom { times: 3.0, about: 0.5 });
        assert_eq!(state.seen(), Window { from: Micros(1_000_000), to: Micros(2_000_000) });
        let state = looked(state, Look::Move(-0.5));
        assert_eq!(state.seen(), Window { from: Micros(500_000), to: Micros(1_500_000) });
        let state = looked(state, Look::Show(Micros(1_400_000), Micros(1_600_000)));
        assert_eq!((state.seen().to, state.is_zoomed()), (Micros(1_600_000), true));
        assert!(!looked(Rc::clone(&state), Look::Fit).is_zoomed());
        assert!(!looked(state, Look::Zoom { times: 0.1, about: 0.5 }).is_zoomed());
    }

    #[test]
    fn another_workload_is_seen_as_a_whole() {
        let state = looked(page(), Look::Zoom { times: 3.0, about: 0.5 });
        let state = state.reduced(Action::Edit(Edit::Put(Spot::Tasks, "4".to_owned())));
        assert!(!state.is_zoomed());
    }

    #[test]
    fn nothing_to_see_can_be_looked_at() {
        let state = Rc::new(State::of(read("modes=sync")));
        let state = looked(state, Look::Zoom { times: 3.0, about: 0.5 });
        assert_eq!(state.seen(), Window::whole(Micros::ZERO));
    }
}
