//! What the state says in words.

use std::rc::Rc;

use super::{Conditions, Going, State};
use crate::report::{NONE, Scale, grouped, roughly, speed_up};
use crate::trace::{Outcome, Record};
use crate::workload::{Mode, Place, Settings, Variation, friendly_duration};

/// The tab's title changes by so many percent at a time: each change is work for the browser.
const A_CHANGE: u64 = 5;

impl State {
    /// The workload and what is special about its conditions, in a sentence without a full stop.
    #[must_use]
    pub fn sentence(&self) -> String {
        sentence(&self.conditions)
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
            .then(|| format!("This is the workload as it was: {}.", sentence(&going.conditions)));
        Some(in_turn([self.compared.round(), Some(going.words()), told, was]))
    }

    /// The title of the page's tab: before it, how far a long run is and what comes next.
    #[must_use]
    pub fn tab(&self) -> String {
        let title = self.setup.title.as_ref();
        let page = title.map_or("Interleave".to_owned(), |title| format!("{} · Interleave", title.as_str()));
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
        match self.over.as_ref().filter(|over| over.conditions == self.conditions) {
            Some(over) => in_turn([Some(came_out(&over.records, self.scale())), self.heartbeat().froze(self.scale())]),
            None if self.is_guessing() => "Guess what should happen, then run it to see what does.".to_owned(),
            None if self.over.is_some() => "The workload has changed: run it to measure it.".to_owned(),
            None => match self.other_words(&self.subject()) {
                Some(other) => format!("Outlined is what should happen {other}. Run it to see what this machine does."),
                None => "Outlined is what should happen. Run it to see what does.".to_owned(),
            },
        }
    }

    /// What is said aloud when a run has ended.
    #[must_use]
    pub fn announcement(&self) -> String {
        let Some(over) = self.over.as_ref().filter(|_| self.going.is_none()) else { return String::new() };
        let told: Vec<_> = over.records.iter().map(|record| came_to(record, self.scale())).collect();
        let told = format!("The run is over. {}.", told.join(", "));
        in_turn([Some(told), self.heartbeat().froze(self.scale())])
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

/// Sentences one behind the other.
fn in_turn<const N: usize>(sentences: [Option<String>; N]) -> String {
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn sentence(conditions: &Conditions) -> String {
    let Conditions { workload, settings } = conditions;
    let tasks = workload.tasks.get();
    let steps: Vec<_> = workload.steps.iter().map(|(_, step)| step.to_string()).collect();
    let each = if tasks == 1 { "task" } else { "tasks, each" };
    format!("{} {each}: {}{}", grouped(tasks.into()), steps.join(", "), extras(settings, workload.variation))
}

/// What came of a run, in a sentence: where it was stopped, or what failed, or what was quicker than sync.
fn came_out(records: &[Rc<Record>], scale: Scale) -> String {
    let write = |record: &Record| record.elapsed.map(|elapsed| scale.write(elapsed));
    let begun = |record: &&Rc<Record>| record.elapsed.is_some();
    let stopped = |record: &&Rc<Record>| matches!(record.outcome, Outcome::Cancelled(_));
    if records.iter().any(|record| stopped(&record)) {
        let cut = records.iter().filter(stopped).find(begun);
        let told = cut.and_then(|record| Some(format!("Stopped in {} after {}.", record.mode.name(), write(record)?)));
        return told.unwrap_or_else(|| "Stopped.".to_owned());
    }
    if let Some(failed) = records.iter().find(|record| matches!(record.outcome, Outcome::Failed(_))) {
        return format!("A task failed in {}: see why below.", failed.mode.name());
    }
    quicker(records, scale).unwrap_or_else(|| "Change the workload and run it again.".to_owned())
}

/// What was quicker than sync, or else than the slowest, the quickest of all, where that can be said.
fn quicker(records: &[Rc<Record>], scale: Scale) -> Option<String> {
    if let [only] = records {
        return Some(format!("{} took {}.", only.mode.name(), scale.write(only.elapsed?)));
    }
    let sync = records.iter().find(|record| record.mode == Mode::Sync);
    let slow = sync.or_else(|| records.iter().max_by_key(|record| record.elapsed))?;
    let clearly = |record: &&Rc<Record>| speed_up(record, slow).is_some_and(|times| times >= CLEARLY);
    let quickest = records.iter().filter(clearly).min_by_key(|record| record.elapsed)?;
    let took = |record: &Record| record.elapsed.map(|elapsed| scale.write(elapsed));
    let (name, own, other, theirs) = (quickest.mode.name(), took(quickest)?, slow.mode.name(), took(slow)?);
    Some(format!("{name} took {own}, {other} {theirs}."))
}

/// So many times as fast is worth a sentence.
const CLEARLY: f64 = 1.1;

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
fn extras(settings: &Settings, variation: Variation) -> String {
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
    fn what_came_of_a_run_is_a_sentence() {
        let record = |mode, ms: Option<u64>, outcome| {
            Rc::new(Record { elapsed: ms.map(|ms| Micros(ms * 1000)), ..Record::without_run(mode, outcome) })
        };
        let stop = || Outcome::Cancelled("Stopped.".to_owned());
        let done = |mode, ms| record(mode, Some(ms), Outcome::Finished);
        let told =
            |records: &[Rc<Record>]| came_out(records, Scale::of(records.iter().filter_map(|record| record.elapsed)));
        let quick = [done(Mode::Sync, 3003), done(Mode::Async, 1001), done(Mode::Threads, 1025)];
        assert_eq!(told(&quick), "Async took 1.001 s, Sync 3.003 s.");
        let again = "Change the workload and run it again.";
        assert_eq!(told(&[done(Mode::Sync, 1000), done(Mode::Async, 990)]), again);
        assert_eq!(told(&quick[1..]), again, "as good as equal");
        assert_eq!(told(&[quick[1].clone(), done(Mode::Threads, 4000)]), "Async took 1.001 s, Threads 4.000 s.");
        assert_eq!(told(&quick[1..2]), "Async took 1.001 s.");
        let short = [done(Mode::Sync, 300), done(Mode::Async, 100)];
        assert_eq!(came_out(&short, Scale::Seconds), "Async took 0.100 s, Sync 0.300 s.", "as the figures beside it");
        let stopped = [record(Mode::Sync, Some(512), stop()), record(Mode::Async, None, stop())];
        assert_eq!(told(&stopped), "Stopped in Sync after 512.0 ms.");
        assert_eq!(told(&stopped[1..]), "Stopped.");
        let failed = record(Mode::Async, Some(3), Outcome::Failed("Boom.".to_owned()));
        assert_eq!(told(&[quick[0].clone(), failed]), "A task failed in Async: see why below.");
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
