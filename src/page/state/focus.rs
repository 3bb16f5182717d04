//! Where the focus goes when what had it is moved, taken away, or followed by something new. Not how it gets there.

use super::Edit;
use super::form::{Form, Move, Row};

/// Where the focus belongs: counted, since it may be wanted twice at one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Focus {
    wanted: u32,
    /// The id of an element of the page; none before the user did anything that moves the focus.
    pub id: Option<String>,
}

impl Focus {
    /// Takes note of where it belongs now, if an edit moves it.
    pub(super) fn follow(&mut self, id: Option<String>) {
        if id.is_some() {
            self.wanted += 1;
            self.id = id;
        }
    }

    /// Where it belongs after an edit, which `before` has not seen yet and `after` has: with the step that was moved,
    /// on the next one when one was removed, on the new one when one was added.
    pub(super) fn after(edit: &Edit, before: &Form, after: &Form) -> Option<String> {
        let place = |form: &Form, key| form.steps.iter().position(|row| row.key == key);
        match *edit {
            Edit::AddStep => after.steps.last().map(|row| format!("step-{}", row.key)),
            Edit::MoveStep(key, by) => {
                let at = place(after, key)?;
                // A button that leads nowhere can't have it.
                let button = match by {
                    Move::Up if at == 0 => "down",
                    Move::Down if at + 1 == after.steps.len() => "up",
                    Move::Up => "up",
                    Move::Down => "down",
                };
                Some(format!("step-{key}-{button}"))
            }
            Edit::RemoveStep(key) => {
                let at = place(before, key)?;
                let next = after.steps.get(at).or(after.steps.last());
                // The only step can't be removed.
                let removable = |row: &&Row| after.steps.len() > 1 && row.key != key;
                Some(next.filter(removable).map_or("add-step".to_owned(), |row| format!("step-{}-remove", row.key)))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::link::read;
    use crate::page::state::{Action, State};

    fn wanted(edits: Vec<Edit>) -> Option<String> {
        let state = Rc::new(State::of(read("")));
        edits.into_iter().fold(state, |state, edit| state.reduced(Action::Edit(edit))).focus.id.clone()
    }

    #[test]
    fn the_focus_stays_with_a_step_that_is_moved() {
        assert_eq!(wanted(vec![Edit::MoveStep(0, Move::Down)]).as_deref(), Some("step-0-down"));
        assert_eq!(wanted(vec![Edit::MoveStep(1, Move::Down)]).as_deref(), Some("step-1-up"));
        assert_eq!(wanted(vec![Edit::MoveStep(1, Move::Up)]).as_deref(), Some("step-1-down"));
        assert_eq!(wanted(vec![Edit::MoveStep(2, Move::Up)]).as_deref(), Some("step-2-up"));
    }

    #[test]
    fn the_focus_goes_on_to_the_neighbour_of_what_is_removed_and_to_what_is_added() {
        assert_eq!(wanted(vec![Edit::RemoveStep(0)]).as_deref(), Some("step-1-remove"));
        assert_eq!(wanted(vec![Edit::RemoveStep(2)]).as_deref(), Some("step-1-remove"));
        assert_eq!(wanted(vec![Edit::RemoveStep(0), Edit::RemoveStep(1)]).as_deref(), Some("add-step"));
        assert_eq!(wanted(vec![Edit::AddStep]).as_deref(), Some("step-3"));
        assert_eq!(wanted(vec![Edit::OneTask(true)]), None);
    }

    #[test]
    fn the_same_place_twice_is_wanted_twice() {
        let state = Rc::new(State::of(read("steps=print:a,print:b,print:c,print:d")));
        let once = state.reduced(Action::Edit(Edit::MoveStep(0, Move::Down)));
        let twice = Rc::clone(&once).reduced(Action::Edit(Edit::MoveStep(0, Move::Down)));
        assert!(once.focus.id == twice.focus.id && once.focus != twice.focus);
    }
}
