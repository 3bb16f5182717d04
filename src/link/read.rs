//! Reading a link: each parameter by itself, what can't be read left at its default with a notice.
//!
//! Linear in the link's length. It says at most two things of a parameter, so a link can't make it say much.

use super::raw::Raw;
use super::{Notice, Parameter, Setup, version};
use crate::workload::{Steps, TaskCount};

/// What a link says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What it sets up.
    pub setup: Setup,
    /// What was not taken as it stands, in the interface's order.
    pub notices: Vec<Notice>,
}

/// Reads a query, with its question mark or without. Never fails: see [`Reading::notices`].
#[must_use]
pub fn read(query: &str) -> Reading {
    let mut raw = Raw::of(query);
    let version = raw.get(Parameter::Version).and_then(|given| version::parse(given.text().ok()?).ok());
    version::upgrade(&mut raw, version.unwrap_or(version::VERSION));
    let mut reading = Reading::default();
    for parameter in Parameter::ALL {
        let Some(given) = raw.get(parameter) else { continue };
        let read = given.text().and_then(|text| parameter.read(text, &mut reading.setup));
        let unread = read.err().map(|error| Notice::new(parameter, given.shown(), &error));
        let again = given.again(parameter).map(|(second, error)| Notice::new(parameter, &second, &error));
        reading.notices.extend(unread.into_iter().chain(again));
    }
    hold_to_size(&mut reading);
    reading
}

/// Leaves tasks and steps at their defaults, with a notice, where together they are too many.
fn hold_to_size(reading: &mut Reading) {
    let workload = &mut reading.setup.workload;
    if let Err(error) = workload.check_size() {
        let tasks = workload.tasks.get().to_string();
        reading.notices.push(Notice::new(Parameter::Tasks, &tasks, &error.into()));
        reading.notices.sort_by_key(|notice| notice.parameter);
        (workload.tasks, workload.steps) = (TaskCount::default(), Steps::default());
    }
}
