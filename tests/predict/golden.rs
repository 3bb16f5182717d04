//! Golden traces: each file of `tests/predictions` is a workload and what the model says of it, in every mode.
//!
//! To add one, write its head (a line on what it shows, `tasks=`, `steps=` and other settings) and run the tests with
//! `BLESS=1` in the environment; then read what came of it. Lines read so:
//!
//! ```text
//! threads: finished after 20ms
//!   0: 1 One, 2 One                                 output: the time, then task and text of each line
//!   task 2, lane 2: 0 gil 5ms running 10ms …        spans: a time, the state, the time at which it ends, …
//! ```

use std::fmt::Write;
use std::fs;
use std::path::Path;

use interleave::predict::{Ending, Prediction};
use interleave::trace::{Span, first_spans};
use interleave::workload::{Mode, friendly_duration};

use crate::asked::Asked;

#[test]
fn what_the_model_says_is_what_it_said() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/predictions");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 9, "the golden files are missing");
    let mut changed = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let head = text.split("\n\n").next().unwrap().trim_end();
        let told = told(head);
        if told != text {
            if std::env::var_os("BLESS").is_some() {
                fs::write(&file, &told).unwrap();
            } else {
                changed.push(format!("{}:\n{}", file.display(), difference(&text, &told)));
            }
        }
    }
    assert!(changed.is_empty(), "BLESS=1 accepts the new lines.\n{}", changed.join("\n"));
}

/// The whole file, given its head.
fn told(head: &str) -> String {
    let setting = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    let tasks = setting("tasks").expect("tasks").parse().expect("a task count");
    let mut asked = Asked::of(tasks, setting("steps").expect("steps"));
    let others = |line: &&str| line.contains('=') && !line.starts_with("tasks=") && !line.starts_with("steps=");
    for line in head.lines().skip(1).filter(others) {
        asked = asked.with(line);
    }
    let modes = Mode::ALL.map(|mode| format!("{mode}: {}", told_of(&asked, &asked.predict(mode))));
    format!("{head}\n\n{}", modes.join("\n"))
}

fn told_of(asked: &Asked, prediction: &Prediction) -> String {
    let elapsed = friendly_duration(prediction.elapsed);
    let mut text = match prediction.ending {
        Ending::Finished => format!("finished after {elapsed}\n"),
        Ending::Failed { task, at, .. } => {
            format!("task {task} failed at {}, all over after {elapsed}\n", friendly_duration(at))
        }
    };
    let lines: Vec<_> = prediction.trace.output(&asked.workload).collect();
    for lines in lines.chunk_by(|a, b| a.at == b.at) {
        let said =
            lines.iter().map(|line| format!("{} {}{}", line.task, line.text, if line.failed { "!" } else { "" }));
        let said = said.collect::<Vec<_>>().join(", ");
        writeln!(text, "  {}: {said}", friendly_duration(lines[0].at)).unwrap();
    }
    let spans = first_spans(&prediction.trace, asked.workload.tasks, usize::MAX);
    for task in asked.workload.tasks.ids() {
        let own: Vec<_> = spans.iter().filter(|span| span.task == task).copied().collect();
        writeln!(text, "  task {task}{}", life(&own)).unwrap();
    }
    text
}

/// The spans of one task.
fn life(spans: &[Span]) -> String {
    let mut text = String::new();
    let mut last: Option<&Span> = None;
    for span in spans {
        if last.is_none_or(|last| last.lane != span.lane || last.to != span.from) {
            write!(text, ", lane {}: {}", span.lane.0, friendly_duration(span.from)).unwrap();
        }
        write!(text, " {} {}", format!("{:?}", span.state).to_lowercase(), friendly_duration(span.to)).unwrap();
        last = Some(span);
    }
    text
}

/// The first line in which two texts differ.
fn difference(old: &str, new: &str) -> String {
    let mut lines = old.lines().map(Some).chain([None]).zip(new.lines().map(Some).chain([None]));
    let (old, new) = lines.find(|(old, new)| old != new).unwrap_or_default();
    format!("- {}\n+ {}", old.unwrap_or("(end)"), new.unwrap_or("(end)"))
}
