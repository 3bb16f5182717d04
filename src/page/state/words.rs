//! What the state says in words.

use std::rc::Rc;

use super::{Over, State};
use crate::link::Setup;
use crate::report::{NONE, Scale, grouped};
use crate::trace::{Outcome, Record};
use crate::workload::{Mode, Place, Settings, Variation, friendly_duration};

impl State {
    /// The workload and what is special about its conditions, in a sentence without a full stop.
    #[must_use]
    pub fn sentence(&self) -> String {
        let workload = &self.setup.workload;
        let tasks = workload.tasks.get();
        let steps: Vec<_> = workload.steps.iter().map(|(_, step)| step.to_string()).collect();
        let each = if tasks == 1 { "task" } else { "tasks, each" };
        format!("{} {each}: {}{}", grouped(tasks.into()), steps.join(", "), extras(&self.setup))
    }

    /// What can be done now.
    #[must_use]
    pub fn invitation(&self) -> String {
        match self.over.as_ref().filter(|over| over.conditions == self.conditions) {
            Some(_) => "Change the workload and run it again.".to_owned(),
            None if self.over.is_some() => "The workload has changed: run it to measure it.".to_owned(),
            None => "Outlined is what should happen. Run it to see what does.".to_owned(),
        }
    }

    /// What is said aloud when a run has ended.
    #[must_use]
    pub fn announcement(&self) -> String {
        let Some(over) = self.over.as_ref().filter(|_| self.going.is_none()) else { return String::new() };
        let scale = Scale::of(over.records.iter().filter_map(|record| record.elapsed));
        let told: Vec<_> = over.records.iter().map(|record| came_to(record, scale)).collect();
        format!("The run is over. {}.", told.join(", "))
    }

    /// What is shown of runs, as one, to be exported.
    #[must_use]
    pub fn shown_runs(&self) -> Option<Rc<Over>> {
        let id = self.over.as_ref()?.id;
        let records: Vec<_> = self.shown().into_iter().filter_map(|mode| self.record(mode).cloned()).collect();
        let (conditions, link) = (Rc::clone(&self.conditions), self.link().into());
        (!records.is_empty()).then(|| Rc::new(Over { id, conditions, link, records }))
    }

    /// How times are written, all modes alike.
    #[must_use]
    pub fn scale(&self) -> Scale {
        let cards = self.shown().into_iter().map(|mode| self.card(mode));
        Scale::of(cards.flat_map(|card| [card.elapsed(), card.predicted()]).flatten())
    }

    /// The modes that are shown: those of the set-up, then what else was asked to run.
    #[must_use]
    pub fn shown(&self) -> Vec<Mode> {
        let mut shown = self.setup.modes.to_vec();
        let going = self.going.iter().flat_map(|going| going.modes.iter().copied());
        let over = self.over.iter().filter(|over| over.conditions == self.conditions);
        let ran = over.flat_map(|over| over.records.iter().map(|record| record.mode));
        for mode in going.chain(ran) {
            if !shown.contains(&mode) {
                shown.push(mode);
            }
        }
        shown
    }
}

/// What a mode came to.
fn came_to(record: &Record, scale: Scale) -> String {
    let elapsed = record.elapsed.map_or_else(|| NONE.to_owned(), |elapsed| scale.write(elapsed));
    let name = record.mode.name();
    match record.outcome {
        Outcome::Finished => format!("{name} {elapsed}"),
        Outcome::Cancelled(_) if record.elapsed.is_none() => format!("{name} not begun"),
        Outcome::Cancelled(_) => format!("{name} stopped after {elapsed}"),
        Outcome::Failed(_) => format!("{name} failed after {elapsed}"),
        Outcome::Unavailable(_) => format!("{name} not available here"),
    }
}

/// The conditions that are not as usual.
fn extras(setup: &Setup) -> String {
    let (settings, variation) = (&setup.settings, setup.workload.variation);
    let usual = Settings::default();
    let mut extras = Vec::new();
    if let Some(workers) = settings.workers {
        extras.push(format!("at most {} threads or processes", workers.get()));
    }
    if let Some(limit) = settings.limit {
        extras.push(format!("at most {} tasks at once on a loop", grouped(limit.get().into())));
    }
    if settings.switch != usual.switch {
        extras.push(format!("GIL turns of {}", friendly_duration(settings.switch)));
    }
    if variation.spread != Variation::default().spread {
        extras.push(format!("spread {} with seed {}", variation.spread, variation.seed));
    }
    match settings.place {
        Place::Split => {}
        Place::Page => extras.push("sync and async on the page".to_owned()),
        Place::Worker => extras.push("sync and async in a worker".to_owned()),
    }
    extras.iter().fold(String::new(), |told, extra| told + "; " + extra)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::read;
    use crate::page::state::Action;
    use crate::trace::RunId;
    use crate::workload::Micros;

    fn page(query: &str) -> Rc<State> {
        Rc::new(State::of(read(query)))
    }

    #[test]
    fn the_workload_is_told_in_a_sentence() {
        assert_eq!(page("").sentence(), "3 tasks, each: print One, sleep 1s, print Two");
        let told = page("tasks=1&steps=sleep@2:20ms&spread=0.5&workers=2&place=worker").sentence();
        let expected = "1 task: sleep 20ms (task 2); at most 2 threads or processes; spread 0.5 with seed 1; \
                        sync and async in a worker";
        assert_eq!(told, expected);
    }

    #[test]
    fn the_end_of_a_run_is_told() {
        let run = RunId(1);
        let modes = vec![Mode::Sync, Mode::Offload];
        let finished =
            Record { elapsed: Some(Micros(3_003_000)), ..Record::without_run(Mode::Sync, Outcome::Finished) };
        let unavailable = Record::without_run(Mode::Offload, Outcome::Unavailable("Not yet.".to_owned()));
        let mut state = page("modes=sync").reduced(Action::Run(modes));
        assert_eq!(state.announcement(), "");
        for action in [Action::Ended(run, finished), Action::Ended(run, unavailable), Action::Over(run)] {
            state = state.reduced(action);
        }
        assert_eq!(state.announcement(), "The run is over. Sync 3.003 s, Offload not available here.");
        assert_eq!(state.shown(), [Mode::Sync, Mode::Offload]);
        assert_eq!(state.shown_runs().map(|over| over.records.len()), Some(2));
    }
}
