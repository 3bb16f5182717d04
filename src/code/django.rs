//! As Django: the module of a view. It answers how long its tasks took, and prints where the server prints.

use super::NotThere;
use super::asked::Asked;
use super::python::{START, TOTAL, all_tasks, beside, heading, imports, task, tell_counter};
use super::text::Code;
use crate::workload::Mode;

const NO_PROCESSES: NotThere = NotThere(
    "A Django view starts no processes of its own: CPU-bound work goes to a task queue, as django.tasks or Celery. \
     As plain Python it can be had.",
);

/// The view.
pub fn write(asked: &Asked<'_>) -> Result<String, NotThere> {
    if asked.mode == Mode::Processes {
        return Err(NO_PROCESSES);
    }
    let mut code = Code::indented_by(4);
    let has_pool = asked.hands_over() && !asked.settings.sensitive;
    heading(&mut code, asked);
    imports(&mut code, asked, has_pool);
    code.gap(1);
    if asked.hands_over() {
        code.line(0, "from asgiref.sync import sync_to_async");
    }
    code.line(0, "from django.http import HttpResponse");
    beside(&mut code, asked, has_pool);
    // Unless told otherwise, all such calls of a request go to one thread.
    let how = if has_pool { ", thread_sensitive=False, executor=pool" } else { "" };
    task(&mut code, asked, |call, argument| format!("await sync_to_async({call}{how})({argument})"));
    code.gap(2);
    code.line(0, if asked.mode.has_loop() { "async def view(request):" } else { "def view(request):" });
    code.line(1, START);
    all_tasks(&mut code, asked);
    tell_counter(&mut code, asked);
    code.line(1, &format!("return HttpResponse(f\"total: {TOTAL}\")"));
    Ok(code.finish())
}
