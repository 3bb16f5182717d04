//! The form: what the user typed, as text, and how it is read into a set-up. Not how it looks.
//!
//! A field that can't be read keeps its text and shows its error; the set-up keeps what was last valid there.

use std::borrow::Cow;

use crate::link::{Modes, Setup};
use crate::workload::{
    Kind, LoopLimit, Mode, Place, SettingError, Settings, Spread, Step, StepName, Steps, TaskCount, ValueKind,
    Variation, Workers, friendly_duration, parse_count, ungrouped,
};

use super::errors::{Errors, Spot};

/// What stands in the fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The task count.
    pub tasks: String,
    /// The steps, one row each.
    pub steps: Vec<Row>,
    /// At most so many threads or processes; empty: one a task.
    pub workers: String,
    /// The most tasks at once on a loop; empty: no limit.
    pub limit: String,
    /// The GIL's switch interval.
    pub switch: String,
    /// How far tasks differ.
    pub spread: String,
    /// Where the differences come from.
    pub seed: String,
    /// The modes, in the order to show and run.
    pub modes: Vec<Mode>,
    /// Whether all calls of offload go to one thread.
    pub sensitive: bool,
    /// Where sync and async run.
    pub place: Place,
    /// Whether all rows offer a step to one task alone, not only those that are so.
    pub one_task: bool,
    next_key: u32,
}

/// A step's row. The key stays with it while rows come and go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Tells it from all other rows there ever were.
    pub key: u32,
    /// What it is called.
    pub name: StepName,
    /// Its value.
    pub value: String,
    /// The one task that does it; empty: all do.
    pub task: String,
    /// Whether the row has a field for that task.
    pub alone: bool,
    /// What stood there when it was of another kind.
    put_by: Vec<(ValueKind, String)>,
}

/// Where a step is moved to among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// In front of the one before it.
    Up,
    /// Behind the one after it.
    Down,
}

/// A value to begin with.
const fn example(name: StepName) -> &'static str {
    match name.value_kind() {
        ValueKind::Text if matches!(name, StepName::Fail) => "Boom",
        ValueKind::Text => "Text",
        ValueKind::Time => "1s",
        ValueKind::Number => "20M",
    }
}

impl Form {
    /// The form that says what a set-up has.
    #[must_use]
    pub fn of(setup: &Setup) -> Self {
        let Setup { workload, settings, .. } = setup;
        let row = |(at, step): (u8, &Step)| Row {
            key: at.into(),
            name: step.kind.name(),
            value: step.kind.friendly_value(),
            task: step.task.map(|task| task.to_string()).unwrap_or_default(),
            alone: step.task.is_some(),
            put_by: Vec::new(),
        };
        let steps: Vec<_> = workload.steps.iter().map(row).collect();
        Self {
            tasks: workload.tasks.get().to_string(),
            one_task: false,
            next_key: steps.len() as u32,
            steps,
            workers: settings.workers.map(|workers| workers.get().to_string()).unwrap_or_default(),
            limit: settings.limit.map(|limit| limit.get().to_string()).unwrap_or_default(),
            switch: friendly_duration(settings.switch),
            spread: workload.variation.spread.to_string(),
            seed: workload.variation.seed.to_string(),
            modes: setup.modes.to_vec(),
            sensitive: settings.sensitive,
            place: settings.place,
        }
    }

    /// Adds a step behind the others.
    pub fn add_step(&mut self) {
        let name = StepName::Sleep;
        self.steps.push(Row {
            key: self.next_key,
            name,
            value: example(name).to_owned(),
            task: String::new(),
            alone: self.one_task,
            put_by: Vec::new(),
        });
        self.next_key += 1;
    }

    /// Takes a step away.
    pub fn remove_step(&mut self, key: u32) {
        self.steps.retain(|row| row.key != key);
    }

    /// Moves a step by one place, where there is one.
    pub fn move_step(&mut self, key: u32, by: Move) {
        let Some(at) = self.steps.iter().position(|row| row.key == key) else { return };
        let to = match by {
            Move::Up => at.wrapping_sub(1),
            Move::Down => at + 1,
        };
        if to < self.steps.len() {
            self.steps.swap(at, to);
        }
    }

    /// Makes a step another; its value stays if that makes sense and is no mere example, and else comes back when it makes
    /// sense again.
    pub fn rename_step(&mut self, key: u32, name: StepName) {
        let Some(row) = self.row(key) else { return };
        let (old, new) = (row.name.value_kind(), name.value_kind());
        if old != new {
            let last = row.put_by.iter().find(|(kind, _)| *kind == new).map(|(_, value)| value.clone());
            let value = last.unwrap_or_else(|| example(name).to_owned());
            row.put_by.retain(|(kind, _)| *kind != old);
            row.put_by.push((old, std::mem::replace(&mut row.value, value)));
        } else if row.value == example(row.name) {
            example(name).clone_into(&mut row.value);
        }
        row.name = name;
    }

    /// Takes a mode in, at its usual place among the others, or out.
    pub fn choose_mode(&mut self, mode: Mode, chosen: bool) {
        self.modes.retain(|other| *other != mode);
        if chosen {
            let at = self.modes.iter().position(|other| *other > mode).unwrap_or(self.modes.len());
            self.modes.insert(at, mode);
        }
    }

    /// Offers to give any step to one task alone, or only those that are.
    pub fn offer_one_task(&mut self, offered: bool) {
        self.one_task = offered;
        self.steps.iter_mut().for_each(|row| row.alone = offered || !row.task.is_empty());
    }

    /// Puts a text into a field.
    pub fn put(&mut self, spot: Spot, text: String) {
        let field = match spot {
            Spot::Tasks => Some(&mut self.tasks),
            Spot::StepValue(key) => self.row(key).map(|row| &mut row.value),
            Spot::StepTask(key) => self.row(key).map(|row| &mut row.task),
            Spot::Workers => Some(&mut self.workers),
            Spot::Limit => Some(&mut self.limit),
            Spot::Switch => Some(&mut self.switch),
            Spot::Spread => Some(&mut self.spread),
            Spot::Seed => Some(&mut self.seed),
            Spot::Steps | Spot::Modes => None,
        };
        if let Some(field) = field {
            *field = text;
        }
    }

    fn row(&mut self, key: u32) -> Option<&mut Row> {
        self.steps.iter_mut().find(|row| row.key == key)
    }

    /// Reads the fields: what is valid goes into the set-up, what is not is told of and left there as it was.
    pub fn read(&self, setup: &mut Setup) -> Errors {
        let mut errors = Errors::default();
        let before = (setup.workload.tasks, setup.workload.steps.clone());
        let Setup { workload, settings, .. } = &mut *setup;
        errors.keep(Spot::Tasks, TaskCount::parse(&whole(&self.tasks)), &mut workload.tasks);
        if let Some(steps) = self.read_steps(&mut errors) {
            workload.steps = steps;
        }
        if let Err(error) = workload.check_size() {
            errors.add(Spot::Tasks, &error);
            (workload.tasks, workload.steps) = before;
        }
        let told_of = |what: &'static str| move |error: SettingError| error.told_of(what);
        let workers = optional(&self.workers, Workers::parse).map_err(told_of("The number of workers"));
        errors.keep(Spot::Workers, workers, &mut settings.workers);
        let limit = optional(&self.limit, |text| LoopLimit::parse(&whole(text))).map_err(told_of("The limit"));
        errors.keep(Spot::Limit, limit, &mut settings.limit);
        let switch = Settings::parse_switch(&as_in_links(&self.switch)).map_err(told_of("The switch interval"));
        errors.keep(Spot::Switch, switch, &mut settings.switch);
        errors.keep(Spot::Spread, Spread::parse(trimmed(&self.spread)), &mut workload.variation.spread);
        let seed = Variation::parse_seed(trimmed(&self.seed)).map_err(told_of("The seed"));
        errors.keep(Spot::Seed, seed, &mut workload.variation.seed);
        errors.keep(Spot::Modes, Modes::new(self.modes.clone()), &mut setup.modes);
        (setup.settings.place, setup.settings.sensitive) = (self.place, self.sensitive);
        errors
    }

    fn read_steps(&self, errors: &mut Errors) -> Option<Steps> {
        let steps: Vec<_> = self.steps.iter().filter_map(|row| row.read(errors)).collect();
        if steps.len() < self.steps.len() {
            return None;
        }
        Steps::new(steps).map_err(|error| errors.add(Spot::Steps, &error)).ok()
    }
}

impl Row {
    fn read(&self, errors: &mut Errors) -> Option<Step> {
        // A text may begin or end with a space; a number is not the worse for it.
        let is_text = self.name.value_kind() == ValueKind::Text;
        let value = if is_text { Cow::from(self.value.as_str()) } else { as_in_links(&self.value) };
        let kind = Kind::parse(self.name, &value);
        let spot = Spot::StepValue(self.key);
        let kind = kind.map_err(|error| errors.add(spot, &error)).ok()?;
        let task = optional(&self.task, Step::parse_task);
        let task = task.map_err(|error| errors.add(Spot::StepTask(self.key), &error)).ok()?;
        Some(Step { task, kind })
    }
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(' ')
}

/// A number as links have it, where it is typed as people write it: `1 s`, `.5s`, `10,000`, `20k`.
pub(super) fn as_in_links(text: &str) -> Cow<'_, str> {
    let number = ungrouped(trimmed(text));
    let Some(begins) = number.find(char::is_alphabetic) else { return led_by_a_digit(number) };
    let (digits, unit) = number.split_at(begins);
    let apart = digits.strip_suffix(' ').filter(|digits| digits.ends_with(|last: char| last.is_ascii_digit()));
    let (digits, known) = (apart.unwrap_or(digits), unit_in_links(unit));
    if apart.is_none() && known == unit {
        led_by_a_digit(number)
    } else {
        led_by_a_digit(format!("{digits}{known}").into())
    }
}

/// A whole number likewise, with a thousand as `1K` too.
fn whole(text: &str) -> Cow<'_, str> {
    let number = as_in_links(text);
    match parse_count(&number) {
        Ok(count) if number.ends_with(char::is_alphabetic) => count.to_string().into(),
        _ => ungrouped(trimmed(text)),
    }
}

fn led_by_a_digit(number: Cow<'_, str>) -> Cow<'_, str> {
    if number.starts_with('.') { format!("0{number}").into() } else { number }
}

/// A unit as links have it. `m` stays as it is: it could be a minute, a thousandth or a million.
fn unit_in_links(unit: &str) -> &str {
    match unit {
        "k" => "K",
        "g" => "G",
        "S" => "s",
        "MS" | "Ms" => "ms",
        "US" | "µs" | "μs" => "us",
        unit => unit,
    }
}

/// Reads a field that may be left empty.
fn optional<T, E>(text: &str, parse: impl Fn(&str) -> Result<T, E>) -> Result<Option<T>, E> {
    match trimmed(text) {
        "" => Ok(None),
        text => parse(text).map(Some),
    }
}

#[cfg(test)]
mod tests;
