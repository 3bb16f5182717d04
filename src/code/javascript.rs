//! As JavaScript: a module for Node.js.

use super::NotThere;
use super::asked::Asked;
use super::braces;
use super::text::{Code, FAILS, quoted, whole, with_variation};
use crate::workload::{Kind, Micros, Mode, StepName, in_unit};

const NO_GIL: NotThere = NotThere(
    "JavaScript has no GIL: its threads are workers, which share no objects. See Processes, and Free threads for \
     memory that is shared.",
);
const NO_CALLS: NotThere = NotThere(
    "Node.js has no call of its own that runs a function in a thread and awaits it; pools of workers, such as Piscina, \
     have. See Processes for workers.",
);

// A timer takes whole milliseconds, and may be early.
const SLEEP: &str = "async function sleep(ms) {
  const end = performance.now() + ms;
  for (let left = ms; left > 0; left = end - performance.now()) {
    await new Promise((resolve) => setTimeout(resolve, Math.ceil(left)));
  }
}
";

const BLOCK: &str = "const block = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
";

// What `console.log` prints in a worker waits until the worker's own event loop has a turn.
const PRINT: &str = "const print = (text) => writeSync(1, text + \"\\n\");
";

const COUNT: &str = "function count(iterations) {
  for (let i = 0; i < iterations; i++);
}
";

/// In memory of one thread alone a lock has nothing to do.
const ADD: &str = "let counter = 0;

function add(times) {
  for (let i = 0; i < times; i++) counter += 1;
}
";

const ADD_SHARED: &str = "function add(times) {
  for (let i = 0; i < times; i++) counter[0] += 1n;
}
";

const ADD_ATOMICALLY: &str = "function addAtomically(times) {
  for (let i = 0; i < times; i++) Atomics.add(counter, 0, 1n);
}
";

const SHARED: &str = "const counter = new BigInt64Array(isMainThread ? new SharedArrayBuffer(8) : workerData);
";

/// `docs/interface.md` has it under `spread`.
const FACTOR: &str = "function factor(number) {
  // The first output of SplitMix64 for this state.
  const mix = (value, shift, by) => BigInt.asUintN(64, (value ^ (value >> shift)) * by);
  let state = BigInt.asUintN(64, (SEEDn << 32n) + BigInt(number) + 0x9e3779b97f4a7c15n);
  state = mix(state, 30n, 0xbf58476d1ce4e5b9n);
  state = mix(state, 27n, 0x94d049bb133111ebn);
  const unit = Number((state ^ (state >> 31n)) >> 11n) / 2 ** 53;
  return 1 - SPREAD + 2 * SPREAD * unit;
}
";

/// The module.
pub fn write(asked: &Asked<'_>) -> Result<String, NotThere> {
    match asked.mode {
        Mode::Threads => return Err(NO_GIL),
        Mode::Offload if asked.hands_over() => return Err(NO_CALLS),
        Mode::Sync | Mode::Async | Mode::Processes | Mode::Offload | Mode::FreeThreads => {}
    }
    let mut code = Code::indented_by(2);
    if has_workers(asked) {
        imports(&mut code, asked);
    }
    beside(&mut code, asked);
    task(&mut code, asked);
    code.gap(1);
    if has_workers(asked) {
        in_workers(&mut code, asked);
    } else {
        in_one(&mut code, asked);
    }
    Ok(code.finish())
}

/// Whether its tasks are in workers.
const fn has_workers(asked: &Asked<'_>) -> bool {
    matches!(asked.mode, Mode::Processes | Mode::FreeThreads)
}

/// Whether workers share a counter.
fn shares(asked: &Asked<'_>) -> bool {
    asked.mode == Mode::FreeThreads && asked.workload.adds()
}

fn imports(code: &mut Code, asked: &Asked<'_>) {
    if asked.mode == Mode::Processes {
        code.line(0, "// Workers stand for processes here: each has its own memory.");
    }
    code.line(0, "import { once } from \"node:events\";");
    if asked.has(StepName::Print) {
        code.line(0, "import { writeSync } from \"node:fs\";");
    }
    let data = if shares(asked) { ", workerData" } else { "" };
    code.line(0, &format!("import {{ Worker, isMainThread, parentPort{data} }} from \"node:worker_threads\";"));
}

/// What stands beside the task: what it calls, and what all tasks share.
fn beside(code: &mut Code, asked: &Asked<'_>) {
    let (has_loop, shares) = (asked.mode.has_loop(), shares(asked));
    let (sleeps, blocks) = (asked.has(StepName::Sleep), asked.has(StepName::Block));
    for (is_such, helper) in [
        (shares, SHARED),
        (has_workers(asked) && asked.has(StepName::Print), PRINT),
        (sleeps && has_loop, SLEEP),
        (blocks || sleeps && !has_loop, BLOCK),
        (asked.has(StepName::Count), COUNT),
        (asked.workload.adds() && !shares, ADD),
        (asked.has(StepName::Add) && shares, ADD_SHARED),
        (asked.has(StepName::AddLocked) && shares, ADD_ATOMICALLY),
    ] {
        if is_such {
            code.gap(1);
            code.lines(helper);
        }
    }
    if asked.has_spread() {
        code.gap(1);
        code.lines(&with_variation(FACTOR, asked));
    }
}

/// The task.
fn task(code: &mut Code, asked: &Asked<'_>) {
    let number = if asked.is_numbered() { "number" } else { "" };
    let head = format!("{}function task({number}) {{", if asked.mode.has_loop() { "async " } else { "" });
    let is_task = |task| format!("(number === {task})");
    braces::task(code, asked, &head, "const by = factor(number);", is_task, |kind| step(asked, kind));
}

/// A step of the task.
fn step(asked: &Asked<'_>, kind: &Kind) -> String {
    let time = |time: Micros| if asked.has_spread() { ms(time) + " * by" } else { ms(time) };
    let times =
        |times: u64| if asked.has_spread() { format!("Math.round({} * by)", whole(times)) } else { whole(times) };
    match kind {
        Kind::Print(text) if has_workers(asked) => format!("print({});", quoted(text.as_str())),
        Kind::Print(text) => format!("console.log({});", quoted(text.as_str())),
        Kind::Fail(text) => format!("throw new Error({});", quoted(text.as_str())),
        Kind::Sleep(of) if asked.mode.has_loop() => format!("await sleep({});", time(*of)),
        Kind::Sleep(of) | Kind::Block(of) => format!("block({});", time(*of)),
        Kind::Count(of) => format!("count({});", times(*of)),
        Kind::AddLocked(of) if shares(asked) => format!("addAtomically({});", times(*of)),
        Kind::Add(of) | Kind::AddLocked(of) => format!("add({});", times(*of)),
    }
}

/// All tasks on this thread.
fn in_one(code: &mut Code, asked: &Asked<'_>) {
    let tasks = whole(asked.tasks().into());
    let number = if asked.is_numbered() { "number" } else { "" };
    code.line(0, START);
    match asked.limit() {
        _ if asked.mode == Mode::Sync => {
            code.line(0, &format!("for (let number = 1; number <= {tasks}; number++) task({number});"));
        }
        Some(limit) => some_at_once(code, asked, limit),
        None => all_at_once(code, asked, &tasks),
    }
    tell(code, asked, 0);
}

const START: &str = "const start = performance.now();";

/// All tasks at once.
fn all_at_once(code: &mut Code, asked: &Asked<'_>, tasks: &str) {
    let call = if asked.is_numbered() { "(_, i) => task(i + 1)" } else { "() => task()" };
    let all = format!("Array.from({{ length: {tasks} }}, {call})");
    if !asked.fails() {
        return code.line(0, &format!("await Promise.all({all});"));
    }
    code.line(0, &format!("const all = {all};"));
    code.line(0, "try {");
    code.line(1, "await Promise.all(all);");
    code.line(0, "} finally {");
    code.line(1, &format!("// {FAILS}"));
    code.line(1, "await Promise.allSettled(all);");
    code.line(0, "}");
}

/// So many tasks at once: as one ends, the next begins.
fn some_at_once(code: &mut Code, asked: &Asked<'_>, limit: u32) {
    let number = if asked.is_numbered() { "next++" } else { "" };
    let caught = if asked.fails() { ".catch((failure) => (failed ??= failure))" } else { "" };
    code.line(0, "let next = 1;");
    if asked.fails() {
        code.line(0, &format!("// {FAILS}"));
        code.line(0, "let failed;");
    }
    code.line(0, "async function carry() {");
    code.line(1, &format!("while ({}) await task({number}){caught};", is_left(asked)));
    code.line(0, "}");
    code.line(0, &format!("await Promise.all(Array.from({{ length: {} }}, carry));", whole(limit.into())));
    if asked.fails() {
        code.line(0, "if (failed) throw failed;");
    }
}

/// Whether a task is left; one that needs no number is taken with it.
fn is_left(asked: &Asked<'_>) -> String {
    let next = if asked.is_numbered() { "next" } else { "next++" };
    format!("{next} <= {}", whole(asked.tasks().into()))
}

/// All tasks in workers, which are up before the first of them is let go; each takes the next as it has done one.
fn in_workers(code: &mut Code, asked: &Asked<'_>) {
    let (is_numbered, fails) = (asked.is_numbered(), asked.fails());
    let data = if shares(asked) { ", { workerData: counter.buffer }" } else { "" };
    code.line(0, "if (isMainThread) {");
    code.line(1, START);
    code.line(1, "async function up() {");
    code.line(2, &format!("const worker = new Worker(new URL(import.meta.url){data});"));
    code.line(2, "await once(worker, \"message\");");
    code.line(2, "return worker;");
    code.line(1, "}");
    code.line(1, &format!("const workers = await Promise.all(Array.from({{ length: {} }}, up));", asked.workers()));
    code.line(1, "let next = 1;");
    if fails {
        code.line(1, &format!("// {FAILS}"));
        code.line(1, "let failed;");
    }
    code.line(1, "async function carry(worker) {");
    code.line(2, &format!("while ({}) {{", is_left(asked)));
    code.line(3, &format!("worker.postMessage({});", if is_numbered { "next++" } else { "\"go\"" }));
    if fails {
        code.line(3, "const [failure] = await once(worker, \"message\");");
        code.line(3, "failed ??= failure;");
    } else {
        code.line(3, "await once(worker, \"message\");");
    }
    code.line(2, "}");
    code.line(2, "await worker.terminate();");
    code.line(1, "}");
    code.line(1, "await Promise.all(workers.map(carry));");
    if fails {
        code.line(1, "if (failed) throw failed;");
    }
    tell(code, asked, 1);
    code.line(0, "} else {");
    carries(code, if is_numbered { "number" } else { "" }, fails);
    code.line(0, "}");
}

/// What a worker does: it says that it is up, and then what each task came to.
fn carries(code: &mut Code, number: &str, fails: bool) {
    code.line(1, &format!("parentPort.on(\"message\", ({number}) => {{"));
    if fails {
        code.line(2, "let failure;");
        code.line(2, "try {");
        code.line(3, &format!("task({number});"));
        code.line(2, "} catch (error) {");
        code.line(3, "failure = error;");
        code.line(2, "}");
        code.line(2, "parentPort.postMessage(failure);");
    } else {
        code.line(2, &format!("task({number});"));
        code.line(2, "parentPort.postMessage(\"done\");");
    }
    code.line(1, "});");
    code.line(1, "parentPort.postMessage(\"up\");");
}

/// Says what the counter and the time came to.
fn tell(code: &mut Code, asked: &Asked<'_>, level: usize) {
    if asked.workload.adds() {
        let counter = if shares(asked) { "counter[0]" } else { "counter" };
        code.line(level, &format!("console.log(`counter: ${{{counter}}}`);"));
    }
    code.line(level, "console.log(`total: ${((performance.now() - start) / 1000).toFixed(3)} s`);");
}

fn ms(time: Micros) -> String {
    in_unit(time.0, 1000)
}
