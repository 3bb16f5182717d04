//! What the state says in words.

use super::came_out::{came_out, came_to, in_turn, wrong};
use super::{Conditions, Going, Over, State};
use crate::link::Title;
use crate::report::roughly;
use crate::workload::{Lanes, Mode, Place, Settings, Variation, Workers, duration_words, grouped};

/// The tab's title changes by so many percent at a time: each change is work for the browser.
const A_CHANGE: u64 = 5;

/// So many steps are told in a sentence; of more only the first, and how many more there are.
const STEPS: usize = 8;

impl State {
    /// The workload and what is special about its conditions, in a sentence without a full stop.
    #[must_use]
    pub fn sentence(&self) -> String {
        sentence(&self.conditions, &self.setup.modes)
    }

    /// How far a run is, and of what it is if the workload was edited meanwhile.
    #[must_use]
    pub fn progress(&self) -> Option<String> {
        if self.sweep.going.is_some() {
            return Some(format!("Sweep. {}", self.sweep.words()));
        }
        let going = self.going.as_ref()?;
        let heartbeat = self.heartbeat();
        let left = || heartbeat.left().map(|left| format!("About {} left.", roughly(left)));
        let told = heartbeat.froze(self.scale()).or_else(left);
        let was = (going.conditions != self.conditions)
            .then(|| format!("This is the workload as it was: {}.", sentence(&going.conditions, &going.modes)));
        Some(in_turn([self.compared.round(), Some(going.words()), told, was]))
    }

    /// The title of the page's tab, that of the link or the preset: before it, how far a long run is and what comes next.
    #[must_use]
    pub fn tab(&self) -> String {
        let title = self.setup.title.as_ref().map(Title::as_str).or_else(|| Some(self.preset()?.name));
        let page = title.map_or("Interleave".to_owned(), |title| format!("{title} · Interleave"));
        let mode = |mode: Mode| mode.name();
        let percent = self.heartbeat().percent().map(|percent| format!("{} %", percent / A_CHANGE * A_CHANGE));
        match (&self.going, percent) {
            (Some(going), Some(percent)) => {
                let now = going.current.as_ref().map(|current| mode(current.mode));
                let next = going.next().map(|next| format!("next {}", mode(next)));
                let modes: Vec<_> = now.map(str::to_owned).into_iter().chain(next).collect();
                format!("{percent} {} · {page}", modes.join(", "))
            }
            _ => page,
        }
    }

    /// What can be done now.
    #[must_use]
    pub fn invitation(&self) -> String {
        if let Some(over) = self.over.as_ref().filter(|over| over.conditions == self.conditions) {
            let repeated = |mode| self.compared.repeated(mode);
            let told = came_out(&over.records, &over.conditions.workload, self.scale(), repeated);
            return in_turn([Some(told), self.heartbeat().froze(self.scale())]);
        }
        if let Some(long) = self.long_ahead() {
            return long;
        }
        if self.is_guessing() {
            return "Guess what should happen, then run it to see what does.".to_owned();
        }
        if self.over.is_some() {
            return "The workload has changed: run it to measure it.".to_owned();
        }
        match self.other_words(&self.subject()) {
            Some(other) => {
                format!("The outlines show what should happen {other}. Run it to see what this machine does.")
            }
            None => "The outlines show what should happen. Run it to see what does.".to_owned(),
        }
    }

    /// What is said aloud when a run has ended.
    #[must_use]
    pub fn announcement(&self) -> String {
        let Some(over) = self.over.as_ref().filter(|_| self.going.is_none()) else { return String::new() };
        let told: Vec<_> = over.records.iter().map(|record| came_to(record, self.scale())).collect();
        let told = format!("The run is over. {}.", told.join(", "));
        in_turn([Some(told), wrong(&over.records, &over.conditions.workload), self.heartbeat().froze(self.scale())])
    }
}

impl Over {
    /// The workload and what is special about its conditions, in a sentence without a full stop.
    #[must_use]
    pub fn sentence(&self) -> String {
        let modes: Vec<_> = self.records.iter().map(|record| record.mode).collect();
        sentence(&self.conditions, &modes)
    }
}

impl Going {
    /// How far it is and what comes next.
    #[must_use]
    pub fn words(&self) -> String {
        let next = self.next();
        let Some(current) = &self.current else {
            let words = if self.ended.is_empty() { "First" } else { "Next" };
            let next = next.map(|mode| format!(" {words}: {}.", mode.name()));
            return format!("Getting ready.{}", next.unwrap_or_default());
        };
        let next = next.map(|mode| format!(" Next: {}.", mode.name())).unwrap_or_default();
        format!("Running {}, {} of {}.{next}", current.mode.name(), self.ended.len() + 1, self.modes.len())
    }
}

fn sentence(conditions: &Conditions, modes: &[Mode]) -> String {
    let workload = &conditions.workload;
    let tasks = workload.tasks.get();
    let all = workload.steps.len();
    let told = if all > STEPS { STEPS - 1 } else { all };
    let mut steps: Vec<_> = workload.steps.iter().take(told).map(|(_, step)| step.to_string()).collect();
    steps.extend((all > told).then(|| format!("and {} more steps", all - told)));
    let each = if tasks == 1 { "task" } else { "tasks, each" };
    format!("{} {each}: {}{}", grouped(tasks.into()), steps.join(", "), extras(conditions, modes))
}

/// The conditions that are not as usual.
fn extras(conditions: &Conditions, modes: &[Mode]) -> String {
    let Conditions { workload, settings } = conditions;
    let (usual, variation) = (Settings::default(), workload.variation);
    let mut extras = Vec::new();
    // A page has room for so many, Python for more: that is to be known before a run.
    let are_too_many =
        workload.tasks.get() > Workers::MAX.into() && modes.iter().any(|mode| mode.lanes() == Lanes::ATask);
    let workers = settings.workers.map(Workers::get).or(are_too_many.then_some(Workers::MAX));
    if let Some(workers) = workers {
        extras.push(format!("at most {workers} threads or processes"));
    }
    if let Some(limit) = settings.limit {
        extras.push(format!("at most {} tasks at once on a loop", grouped(limit.get().into())));
    }
    if settings.switch != usual.switch {
        extras.push(format!("GIL turns of {}", duration_words(settings.switch)));
    }
    if variation.spread != Variation::default().spread {
        extras.push(format!("spread {} with seed {}", variation.spread, variation.seed));
    }
    if !settings.sensitive {
        extras.push("offload’s calls to a pool".to_owned());
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
    use std::rc::Rc;

    use super::*;
    use crate::link::read;
    use crate::page::state::Action;
    use crate::trace::{Outcome, Record, RunId};
    use crate::workload::Micros;

    fn page(query: &str) -> Rc<State> {
        Rc::new(State::of(read(query)))
    }

    #[test]
    fn the_workload_is_told_in_a_sentence() {
        assert_eq!(page("").sentence(), "3 tasks, each: print One, sleep 1 s, print Two");
        let many = |modes: &str| page(&format!("tasks=33&steps=sleep:1s&modes={modes}")).sentence();
        assert_eq!(many("sync,threads"), "33 tasks, each: sleep 1 s; at most 32 threads or processes");
        assert_eq!(many("sync,async,offload"), "33 tasks, each: sleep 1 s");
        let told = page("tasks=1&steps=sleep@2:20ms&spread=0.5&workers=2&place=worker").sentence();
        let expected = "1 task: sleep 20 ms (task 2); at most 2 threads or processes; spread 0.5 with seed 1; \
                        sync and async in a worker";
        assert_eq!(told, expected);
        let long = format!("tasks=2&steps=print:{}{}", "w".repeat(200), ",sleep:1s".repeat(8));
        let expected = format!("2 tasks, each: print {}…, {}and 2 more steps", "w".repeat(24), "sleep 1 s, ".repeat(6));
        assert_eq!(page(&long).sentence(), expected, "it leaves room for what is below");
    }

    #[test]
    fn there_is_advice_once_a_run_of_the_workload_is_over() {
        let ended = |mode, ms: u64| {
            let record = Record::without_run(mode, Outcome::Finished);
            Action::Ended(RunId(1), Record { elapsed: Some(Micros(ms * 1000)), ..record })
        };
        let mut state = page("modes=sync,async").reduced(Action::RunAll);
        for action in [ended(Mode::Sync, 3000), ended(Mode::Async, 1000)] {
            state = state.reduced(action);
            assert_eq!(state.advice(), None);
        }
        state = state.reduced(Action::Over(RunId(1)));
        assert_eq!(state.advice().map(|advice| advice.mode), Some(Mode::Async));
        let again = Rc::clone(&state).reduced(Action::RunAll);
        assert_eq!(again.advice(), state.advice(), "it keeps its place");
        assert_eq!(state.reduced(Action::Load(read("tasks=4&modes=sync,async"))).advice(), None);
    }

    #[test]
    fn a_run_tells_how_far_it_is() {
        let words = |state: &State| state.going.as_ref().map(Going::words).unwrap_or_default();
        let (run, sync) = (RunId(1), Record::without_run(Mode::Sync, Outcome::Finished));
        let mut state = page("modes=sync,async").reduced(Action::RunAll);
        assert_eq!(words(&state), "Getting ready. First: Sync.");
        state = state.reduced(Action::Began(run, Mode::Sync));
        assert_eq!(words(&state), "Running Sync, 1 of 2. Next: Async.");
        state = state.reduced(Action::Ended(run, sync));
        assert_eq!(words(&state), "Getting ready. Next: Async.");
        assert_eq!(words(&state.reduced(Action::Began(run, Mode::Async))), "Running Async, 2 of 2.");
    }

    #[test]
    fn a_mode_that_is_unticked_goes_and_one_that_was_asked_for_besides_stays() {
        let run = RunId(1);
        let untick = |mode| Action::Edit(crate::page::state::Edit::Choose(mode, false));
        let begun = page("modes=sync,async,threads").reduced(Action::RunAll);
        let unticked = Rc::clone(&begun).reduced(untick(Mode::Async));
        assert_eq!(unticked.shown(), [Mode::Sync, Mode::Async, Mode::Threads], "in its place while it runs");
        assert_eq!(unticked.reduced(Action::Over(run)).shown(), [Mode::Sync, Mode::Threads]);
        assert_eq!(begun.reduced(Action::Over(run)).reduced(untick(Mode::Sync)).shown(), [Mode::Async, Mode::Threads]);
        let besides = page("modes=threads").reduced(Action::Run(vec![Mode::Sync])).reduced(Action::Over(run));
        assert_eq!(besides.shown(), [Mode::Sync, Mode::Threads]);
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
