//! What languages with braces write alike: a task, and the steps of one task alone.

use super::asked::Asked;
use super::text::Code;
use crate::workload::{Kind, TaskId};

/// A task: its head, a line that works out its factor, its steps. `is_task` asks whether it is this one.
pub fn task(
    code: &mut Code,
    asked: &Asked<'_>,
    head: &str,
    factor: &str,
    is_task: impl Fn(TaskId) -> String,
    step: impl Fn(&Kind) -> String,
) {
    code.gap(1);
    code.line(0, head);
    if asked.has_spread() {
        code.line(1, factor);
    }
    for stretch in asked.stretches() {
        let Some(task) = stretch.task else {
            stretch.kinds.iter().for_each(|kind| code.line(1, &step(kind)));
            continue;
        };
        code.line(1, &format!("if {} {{", is_task(task)));
        stretch.kinds.iter().for_each(|kind| code.line(2, &step(kind)));
        code.line(1, "}");
    }
    code.line(0, "}");
}
