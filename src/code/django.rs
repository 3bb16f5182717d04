//! As Django: the module of a view. It answers how long its tasks took, and prints where the server prints.

use super::NotThere;
use super::asked::Asked;
use super::python::{COUNTER, START, TOTAL, all_tasks, beside, heading, imports, task};
use super::text::Code;
use crate::workload::Mode;

const NO_PROCESSES: NotThere = NotThere(
    "A Django view starts no processes of its own: CPU-bound work goes to a task queue, such as Celery or, since \
     Django 6.0, django.tasks with workers behind it. As plain Python it can be had.",
);

/// The view.
pub fn write(asked: &Asked<'_>) -> Result<String, NotThere> {
    if asked.mode == Mode::Processes {
        return Err(NO_PROCESSES);
    }
    let mut code = Code::indented_by(4);
    let has_pool = asked.hands_over() && !asked.settings.sensitive;
    heading(&mut code, asked);
    if asked.sets_switch() {
        code.line(0, "# The switch interval is set for the whole server process.");
    }
    if asked.hands_over() && asked.settings.sensitive {
        code.line(0, "# Unless told otherwise, sync_to_async gives all calls to one thread.");
    }
    imports(&mut code, asked, has_pool);
    code.gap(1);
    if asked.hands_over() {
        code.line(0, "from asgiref.sync import sync_to_async");
    }
    code.line(0, "from django.http import HttpResponse");
    beside(&mut code, asked, has_pool);
    let how = if has_pool { ", thread_sensitive=False, executor=pool" } else { "" };
    task(&mut code, asked, |call, argument| format!("await sync_to_async({call}{how})({argument})"));
    code.gap(2);
    code.line(0, if asked.mode.has_loop() { "async def view(request):" } else { "def view(request):" });
    let counted = if asked.workload.adds() {
        code.line(1, "global counter");
        code.line(1, "counter = 0");
        format!("counter: {COUNTER}\\n")
    } else {
        String::new()
    };
    code.line(1, START);
    all_tasks(&mut code, asked);
    code.line(1, &format!("return HttpResponse(f\"{counted}total: {TOTAL}\", content_type=\"text/plain\")"));
    Ok(code.finish())
}
