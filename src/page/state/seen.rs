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
    /// The stretch in which this moment is, unless it is seen already.
    Turn(Micros),
    /// All of it.
    Fit,
}

impl State {
    /// The part that is seen of an axis that goes so far.
    #[must_use]
    pub fn seen(&self, axis: Micros) -> Window {
        self.window.map_or(Window::whole(axis), |window| window.held_to(axis))
    }

    /// What is seen of the axis, in words: from where to where, or that outlines go on past its end. Empty where there is
    /// nothing that isn't seen.
    #[must_use]
    pub fn seen_words(&self, axis: Micros) -> String {
        let seen = self.seen(axis);
        if seen != Window::whole(axis) {
            return seen.words();
        }
        if self.longest().1 > axis { "Outlines go on →".to_owned() } else { String::new() }
    }

    /// Looks somewhere else. The whole of an axis stays whole when the axis grows.
    pub(super) fn look(&mut self, look: Look) {
        let axis = self.axis();
        let seen = self.seen(axis);
        let window = match look {
            Look::Turn(at) => return self.keep_in_sight(at, axis),
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

    fn seen(state: &State) -> Window {
        state.seen(state.axis())
    }

    fn is_zoomed(state: &State) -> bool {
        seen(state) != Window::whole(state.axis())
    }

    fn looked(state: Rc<State>, look: Look) -> Rc<State> {
        state.reduced(Action::Look(look))
    }

    #[test]
    fn all_of_the_axis_is_seen_until_somebody_looks_closer() {
        let state = page();
        assert_eq!((seen(&state), is_zoomed(&state)), (Window::whole(Micros(3_000_000)), false));
        let state = looked(state, Look::Zoom { times: 3.0, about: 0.5 });
        assert_eq!(seen(&state), Window { from: Micros(1_000_000), to: Micros(2_000_000) });
        let state = looked(state, Look::Move(-0.5));
        assert_eq!(seen(&state), Window { from: Micros(500_000), to: Micros(1_500_000) });
        let state = looked(state, Look::Show(Micros(1_400_000), Micros(1_600_000)));
        assert_eq!((seen(&state).to, is_zoomed(&state)), (Micros(1_600_000), true));
        assert_eq!(seen(&looked(Rc::clone(&state), Look::Turn(Micros(700_000)))), seen(&state));
        let turned = looked(Rc::clone(&state), Look::Turn(Micros(100_000)));
        assert_eq!(seen(&turned), Window { from: Micros::ZERO, to: Micros(1_000_000) });
        let turned = looked(turned, Look::Turn(Micros(1_500_000)));
        assert_eq!(seen(&turned), Window { from: Micros(1_400_000), to: Micros(2_400_000) });
        assert!(!is_zoomed(&looked(Rc::clone(&state), Look::Fit)));
        assert!(!is_zoomed(&looked(state, Look::Zoom { times: 0.1, about: 0.5 })));
    }

    #[test]
    fn another_workload_is_seen_as_a_whole() {
        let state = looked(page(), Look::Zoom { times: 3.0, about: 0.5 });
        let state = state.reduced(Action::Edit(Edit::Put(Spot::Tasks, "4".to_owned())));
        assert!(!is_zoomed(&state));
    }

    #[test]
    fn nothing_to_see_can_be_looked_at() {
        let state = Rc::new(State::of(read("modes=sync")));
        let state = looked(state, Look::Zoom { times: 3.0, about: 0.5 });
        assert_eq!(seen(&state), Window::whole(Micros::ZERO));
    }
}
