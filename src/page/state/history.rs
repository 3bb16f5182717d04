//! What was set up before: undo brings it back, redo takes that back. Not the browser's history, which is of addresses.

use std::rc::Rc;

use super::{Form, Spot, State};
use crate::link::Setup;

/// The steps that can be undone, and redone. One step is one edit, a run of typing in one field, or a preset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    past: Vec<Rc<Moment>>,
    future: Vec<Rc<Moment>>,
    /// The field that the last step was typed into.
    pub typing: Option<Spot>,
}

/// What was set up, and what stood in the fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    form: Form,
    setup: Setup,
}

/// A way through the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To what was before.
    Undo,
    /// To what was after that.
    Redo,
}

/// So many steps are kept.
const MOST: usize = 200;

impl Way {
    /// The id of its button on the page.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Undo => "undo",
            Self::Redo => "redo",
        }
    }
}

impl History {
    /// Whether there is a step this way.
    #[must_use]
    pub const fn leads(&self, way: Way) -> bool {
        match way {
            Way::Undo => !self.past.is_empty(),
            Way::Redo => !self.future.is_empty(),
        }
    }
}

impl State {
    /// What is set up now.
    pub(super) fn moment(&self) -> Moment {
        Moment { form: self.form.clone(), setup: self.setup.clone() }
    }

    /// Takes note of a step from what was set up to what is, if that is another; typed into a field, or not.
    pub(super) fn remember(&mut self, was: Moment, typing: Option<Spot>) {
        if was.form == self.form && was.setup == self.setup {
            return;
        }
        let history = Rc::make_mut(&mut self.history);
        history.future.clear();
        if typing.is_none() || history.typing != typing {
            history.past.push(Rc::new(was));
            if history.past.len() > MOST {
                history.past.remove(0);
            }
        }
        history.typing = typing;
    }

    /// What is typed from now on is a step of its own.
    pub(super) fn end_typing(&mut self) {
        if self.history.typing.is_some() {
            Rc::make_mut(&mut self.history).typing = None;
        }
    }

    /// Goes a step this way.
    pub(super) fn travel(&mut self, way: Way) {
        let now = Rc::new(self.moment());
        let History { past, future, typing } = Rc::make_mut(&mut self.history);
        let (from, to) = if way == Way::Undo { (past, future) } else { (future, past) };
        let Some(then) = from.pop() else { return };
        to.push(now);
        *typing = None;
        // What has the focus may go with its row.
        let goes = |key| then.form.steps.iter().all(|row| row.key != key);
        let id = self.form.steps.iter().any(|row| goes(row.key)).then(|| way.id().to_owned());
        self.focus.follow(id);
        let Moment { form, setup } = Rc::unwrap_or_clone(then);
        (self.form, self.setup) = (form, Setup { embed: self.setup.embed, ..setup });
        self.errors = self.form.read(&mut self.setup);
        self.conditions_changed();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::read;
    use crate::page::state::{Action, Edit, Move};
    use crate::workload::{Mode, Place, StepName};

    fn page(query: &str) -> Rc<State> {
        Rc::new(State::of(read(query)))
    }

    fn after(state: Rc<State>, actions: impl IntoIterator<Item = Action>) -> Rc<State> {
        actions.into_iter().fold(state, State::reduced)
    }

    fn put(spot: Spot, text: &str) -> Action {
        Action::Edit(Edit::Put(spot, text.to_owned()))
    }

    const UNDO: Action = Action::Travel(Way::Undo);
    const REDO: Action = Action::Travel(Way::Redo);

    #[test]
    fn each_edit_is_undone_by_itself_and_redone() {
        let edits = [
            Edit::AddStep,
            Edit::MoveStep(0, Move::Down),
            Edit::Rename(1, StepName::Block),
            Edit::RemoveStep(2),
            Edit::Choose(Mode::Offload, true),
            Edit::Place(Place::Worker),
            Edit::Sensitive(false),
            Edit::OneTask(true),
            Edit::Put(Spot::Spread, "0.5".to_owned()),
            Edit::Reset,
        ];
        let mut states = vec![page("tasks=9&title=Mine&workers=2")];
        for edit in edits {
            states.push(Rc::clone(&states[states.len() - 1]).reduced(Action::Edit(edit)));
        }
        let mut state = Rc::clone(&states[states.len() - 1]);
        for before in states.iter().rev().skip(1) {
            state = state.reduced(UNDO);
            assert_eq!((&state.form, state.link()), (&before.form, before.link()));
        }
        assert!(!state.history.leads(Way::Undo) && Rc::ptr_eq(&state, &Rc::clone(&state).reduced(UNDO)));
        for after in &states[1..] {
            state = state.reduced(REDO);
            assert_eq!((&state.form, state.link()), (&after.form, after.link()));
        }
        assert!(!state.history.leads(Way::Redo));
    }

    #[test]
    fn what_is_typed_in_one_go_is_one_step() {
        let typed = [put(Spot::Tasks, "1"), put(Spot::Tasks, "12"), put(Spot::Tasks, "120")];
        let state = after(page(""), typed.clone());
        let state = after(state, [put(Spot::StepValue(0), "A"), put(Spot::StepValue(0), "Ab"), UNDO]);
        assert_eq!((state.form.tasks.as_str(), state.form.steps[0].value.as_str()), ("120", "One"));
        assert_eq!(Rc::clone(&state).reduced(UNDO).form.tasks, "3");
        // A run or an undo in between ends it.
        let state = after(state, [put(Spot::Tasks, "7"), Action::RunAll, put(Spot::Tasks, "70"), UNDO]);
        assert_eq!(state.form.tasks, "7");
        let state = after(state, [put(Spot::Tasks, "75"), UNDO, UNDO]);
        assert_eq!(state.form.tasks, "120");
    }

    #[test]
    fn an_error_is_undone_with_its_text() {
        let state = after(page("tasks=4"), [put(Spot::Tasks, "many")]);
        assert!(!state.errors.is_empty());
        let state = state.reduced(UNDO);
        assert!(state.errors.is_empty() && state.form.tasks == "4");
        let state = state.reduced(REDO);
        assert!(state.errors.at(Spot::Tasks).is_some() && state.setup.workload.tasks.get() == 4);
    }

    #[test]
    fn a_preset_can_be_undone_but_not_what_another_page_loads() {
        let preset = page("tasks=9").reduced(Action::Visit(read("tasks=12&modes=async&title=Twelve")));
        let undone = Rc::clone(&preset).reduced(UNDO);
        assert_eq!((undone.link().as_str(), undone.form.tasks.as_str()), ("?v=1&tasks=9", "9"));
        assert_eq!(undone.reduced(REDO).link(), preset.link());
        assert!(!preset.reduced(Action::Load(read("tasks=2"))).history.leads(Way::Undo));
    }

    #[test]
    fn what_is_edited_after_an_undo_ends_what_could_be_redone() {
        let state = after(page(""), [put(Spot::Tasks, "9"), UNDO, put(Spot::Seed, "2")]);
        assert!(!state.history.leads(Way::Redo) && state.history.leads(Way::Undo));
        let same = Rc::clone(&state).reduced(put(Spot::Seed, "2"));
        assert_eq!(same.history, state.history, "what changes nothing is no step");
    }

    #[test]
    fn a_step_that_goes_leaves_the_focus_to_the_button() {
        let state = after(page(""), [Action::Edit(Edit::AddStep), UNDO]);
        assert_eq!(state.focus.id.as_deref(), Some("undo"));
        let state = after(page(""), [Action::Edit(Edit::MoveStep(0, Move::Down)), UNDO]);
        assert_eq!(state.focus.id.as_deref(), Some("step-0-down"), "where it was");
    }

    #[test]
    fn not_everything_is_kept() {
        let edits = (0..MOST + 9).map(|at| Action::Edit(Edit::OneTask(at % 2 == 0)));
        let state = after(page(""), edits);
        assert_eq!(state.history.past.len(), MOST);
    }
}
