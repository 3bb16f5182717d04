//! The shape of a result, as `INTERFACE.md` promises it: every name, and the type of every value.

use serde_json::Value;

/// What a value may be.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Text,
    Number,
    Bool,
    OrNull(&'static Kind),
    Object(&'static [(&'static str, Kind)]),
    List(&'static Kind),
}

use Kind::{Bool, List, Number, Object, OrNull, Text};

const ENVIRONMENT: Kind = Object(&[
    ("userAgent", Text),
    ("cores", Number),
    ("isolated", Bool),
    ("clockResolutionMs", Number),
    ("countsPerMs", OrNull(&Number)),
]);
const LINE: Kind = Object(&[("atMs", Number), ("task", Number), ("lane", Number), ("text", Text)]);
const SPAN: Kind = Object(&[("task", Number), ("lane", Number), ("state", Text), ("fromMs", Number), ("toMs", Number)]);
const COUNTER: Kind = Object(&[("expected", Number), ("actual", Number)]);
const FIGURE: Kind = OrNull(&Number);
const RUN: Kind = Object(&[
    ("mode", Text),
    ("status", Text),
    ("reason", OrNull(&Text)),
    ("elapsedMs", FIGURE),
    ("startupMs", FIGURE),
    ("predictedMs", FIGURE),
    ("pageFrozenMs", FIGURE),
    ("longestFreezeMs", FIGURE),
    ("wasHidden", Bool),
    ("clockErrorMs", FIGURE),
    ("outputTotal", FIGURE),
    ("output", List(&LINE)),
    ("spans", List(&SPAN)),
    ("counter", OrNull(&COUNTER)),
    ("notes", List(&Text)),
]);
const RESULT: Kind = Object(&[
    ("interleave", Number),
    ("version", Text),
    ("link", Text),
    ("environment", ENVIRONMENT),
    ("runs", List(&RUN)),
]);

/// Where a result is not as it should be, one place a line; empty if it is.
#[must_use]
pub fn faults_of_result(result: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    look(&RESULT, result, "result", &mut faults);
    faults
}

fn look(kind: &Kind, value: &Value, at: &str, faults: &mut Vec<String>) {
    let fits = match (kind, value) {
        (OrNull(_), Value::Null) => true,
        (OrNull(kind), value) => return look(kind, value, at, faults),
        (Object(fields), Value::Object(object)) => {
            for (name, kind) in *fields {
                let at = format!("{at}.{name}");
                match object.get(*name) {
                    Some(value) => look(kind, value, &at, faults),
                    None => faults.push(format!("{at} is not there")),
                }
            }
            true
        }
        (List(kind), Value::Array(list)) => {
            list.iter().enumerate().for_each(|(index, value)| look(kind, value, &format!("{at}[{index}]"), faults));
            true
        }
        (kind, value) => is_plain(kind, value),
    };
    if !fits {
        faults.push(format!("{at} is {value}, not {kind:?}"));
    }
}

fn is_plain(kind: &Kind, value: &Value) -> bool {
    match kind {
        Text => value.is_string(),
        Number => value.is_number(),
        Bool => value.is_boolean(),
        OrNull(_) | Object(_) | List(_) => false,
    }
}
