//! A card's timeline in words, put together from what was made of its traces. Not how a trace is told.

use super::{Card, Stage};
use crate::timeline::Told;

impl Card {
    /// “predicted”, and for which machine if it isn't this one.
    #[must_use]
    pub fn predicted_words(&self) -> String {
        self.other.as_ref().map_or_else(|| "predicted".to_owned(), |other| format!("predicted {other}"))
    }

    /// What its timeline shows: by what was measured, and before by the prediction.
    #[must_use]
    pub fn label(&self, measured: Option<&Told>, predicted: Option<&Told>) -> String {
        let name = self.mode.name();
        let predicted_words = self.predicted_words();
        let (how, told) = match (&self.stage, measured, predicted) {
            // While it grows nobody could follow.
            (Stage::Running(_), ..) => return format!("Timeline of {name}, running."),
            (_, Some(measured), _) => ("measured", measured),
            (_, None, Some(predicted)) => (predicted_words.as_str(), predicted),
            _ if self.predicted().is_some() => {
                return format!("Timeline of {name}: only its end is {predicted_words}.");
            }
            _ => return format!("Timeline of {name}, empty."),
        };
        let gil = told.gil.as_ref().map(|gil| format!(" GIL: {gil}."));
        format!("Timeline of {name}, {how}. {}{}", told.tasks, gil.unwrap_or_default())
    }

    /// How the GIL is shared: by what was measured when it has ended, and before by the prediction.
    #[must_use]
    pub fn gil_words(&self, measured: Option<&Told>, predicted: Option<&Told>) -> Option<String> {
        let (what, told) = match self.stage {
            Stage::Ended(_) => ("GIL".to_owned(), measured?),
            Stage::Idle | Stage::Waiting | Stage::Running(_) => {
                (format!("GIL, {}", self.predicted_words()), predicted?)
            }
        };
        Some(format!("{what}: {}.", told.gil.as_ref()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::read;
    use crate::page::state::{Action, State};
    use crate::trace::{Outcome, Record, RunId, Trace};
    use crate::workload::{Micros, Mode};
    use std::rc::Rc;

    fn told(tasks: &str, gil: &str) -> Told {
        Told { tasks: tasks.to_owned(), gil: Some(gil.to_owned()) }
    }

    #[test]
    fn a_timeline_is_told_as_predicted_until_it_is_measured() {
        let mut state = Rc::new(State::of(read("tasks=2&steps=count:1M&modes=sync,threads")));
        let (measured, predicted) = (told("Task 1 ran.", "task 1 75 %"), told("Task 1 runs.", "task 1 50 %"));
        let label = |state: &State| state.card(Mode::Threads).label(Some(&measured), Some(&predicted));
        let gil = |state: &State| state.card(Mode::Threads).gil_words(Some(&measured), Some(&predicted));
        let card = state.card(Mode::Threads);
        assert_eq!(card.label(None, None), "Timeline of Threads, empty.");
        let outlined = "Timeline of Threads, predicted. Task 1 runs. GIL: task 1 50 %.";
        assert_eq!(card.label(None, Some(&predicted)), outlined);
        assert_eq!(gil(&state).as_deref(), Some("GIL, predicted: task 1 50 %."));
        state = state.reduced(Action::RunAll);
        state = state.reduced(Action::Went(RunId(1), Mode::Threads, Trace::default(), Micros(20)));
        assert_eq!(label(&state), "Timeline of Threads, running.");
        assert_eq!(
            gil(&state).as_deref(),
            Some("GIL, predicted: task 1 50 %."),
            "while it goes on nobody could follow"
        );
        let record = Record { elapsed: Some(Micros(40)), ..Record::without_run(Mode::Threads, Outcome::Finished) };
        state = state.reduced(Action::Ended(RunId(1), record));
        assert_eq!(label(&state), "Timeline of Threads, measured. Task 1 ran. GIL: task 1 75 %.");
        assert_eq!(gil(&state).as_deref(), Some("GIL: task 1 75 %."));
    }

    #[test]
    fn where_there_is_no_strip_nothing_is_said_of_the_gil() {
        let card = State::of(read("")).card(Mode::Async);
        let told = Told { tasks: "Task 1 sleeps.".to_owned(), gil: None };
        assert_eq!(card.label(None, Some(&told)), "Timeline of Async, predicted. Task 1 sleeps.");
        assert_eq!(card.gil_words(None, Some(&told)), None);
    }
}
