//! As JavaScript: a module for Node.js.

use super::NotThere;
use super::asked::Asked;
use super::text::{Code, decimal, quoted, whole};
use crate::workload::{Kind, Micros, Mode};

const NO_GIL: NotThere = NotThere(
    "JavaScript has no GIL: its threads are workers, which share no objects. See Processes, and Free threads for \
     memory that is shared.",
);
const NO_CALLS: NotThere = NotThere(
    "JavaScript can’t hand a call to a thread and await it: what blocks goes to a worker, which gets messages. See \
     Processes.",
);

const SLEEP: &str = "const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
";

const BLOCK: &str = "const block = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
";

const COUNT: &str = "function count(iterations) {
  for (let i = 0; i < iterations; i++);
}
";

const ADD: &str = "function add(times) {
  for (let i = 0; i < times; i++) counter[0] += 1;
}
";

const ADD_LOCKED: &str = "function addLocked(times) {
  for (let i = 0; i < times; i++) Atomics.add(counter, 0, 1);
}
";

/// `SplitMix64`, as `Variation::factor` has it.
const MIX: &str = "  // The first output of SplitMix64 for this state.
  const mix = (value, shift, by) => BigInt.asUintN(64, (value ^ (value >> shift)) * by);
  state = mix(state, 30n, 0xbf58476d1ce4e5b9n);
  state = mix(state, 27n, 0x94d049bb133111ebn);
  const unit = Number((state ^ (state >> 31n)) >> 11n) / 2 ** 53;
";

/// The module.
pub fn write(asked: &Asked<'_>) -> Result<String, NotThere> {
    match asked.mode {
        Mode::Threads => return Err(NO_GIL),
        Mode::Offload => return Err(NO_CALLS),
        Mode::Sync | Mode::Async | Mode::Processes | Mode::FreeThreads => {}
    }
    let mut code = Code::indented_by(2);
    if has_workers(asked) {
        let data = if has_data(asked) { ", workerData" } else { "" };
        code.line(0, &format!("import {{ Worker, isMainThread{data} }} from \"node:worker_threads\";"));
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

/// Whether a worker is given anything.
fn has_data(asked: &Asked<'_>) -> bool {
    asked.is_numbered() || shares(asked)
}

/// What stands beside the task: what it calls, and what all tasks share.
fn beside(code: &mut Code, asked: &Asked<'_>) {
    if asked.workload.adds() {
        let memory = if shares(asked) { "isMainThread ? new SharedArrayBuffer(4) : workerData.memory" } else { "1" };
        code.gap(1);
        code.line(0, &format!("const counter = new Uint32Array({memory});"));
    }
    let has_loop = asked.mode.has_loop();
    let sleeps = asked.has(|kind| matches!(kind, Kind::Sleep(_)));
    for (is_such, helper) in [
        (sleeps && has_loop, SLEEP),
        (asked.has(|kind| matches!(kind, Kind::Block(_))) || sleeps && !has_loop, BLOCK),
        (asked.has(|kind| matches!(kind, Kind::Count(_))), COUNT),
        (asked.has(|kind| matches!(kind, Kind::Add(_))), ADD),
        (asked.has(|kind| matches!(kind, Kind::AddLocked(_))), ADD_LOCKED),
    ] {
        if is_such {
            code.gap(1);
            code.lines(helper);
        }
    }
    if asked.has_spread() {
        factor(code, asked);
    }
}

/// How far a task's durations and counts differ from those of the steps.
fn factor(code: &mut Code, asked: &Asked<'_>) {
    let variation = asked.workload.variation;
    let (seed, spread) = (variation.seed, variation.spread);
    code.gap(1);
    code.line(0, "function factor(number) {");
    code.line(1, &format!("let state = BigInt.asUintN(64, ({seed}n << 32n) + BigInt(number) + 0x9e3779b97f4a7c15n);"));
    code.lines(MIX);
    code.line(1, &format!("return 1 + {spread} * (2 * unit - 1);"));
    code.line(0, "}");
}

/// The task.
fn task(code: &mut Code, asked: &Asked<'_>) {
    let number = if asked.is_numbered() { "number" } else { "" };
    code.gap(1);
    code.line(0, &format!("{}function task({number}) {{", if asked.mode.has_loop() { "async " } else { "" }));
    if asked.has_spread() {
        code.line(1, "const by = factor(number);");
    }
    for stretch in asked.stretches() {
        let Some(task) = stretch.task else {
            stretch.kinds.iter().for_each(|kind| code.line(1, &step(asked, kind)));
            continue;
        };
        code.line(1, &format!("if (number === {task}) {{"));
        stretch.kinds.iter().for_each(|kind| code.line(2, &step(asked, kind)));
        code.line(1, "}");
    }
    code.line(0, "}");
}

/// A step of the task.
fn step(asked: &Asked<'_>, kind: &Kind) -> String {
    let time = |time: Micros| if asked.has_spread() { ms(time) + " * by" } else { ms(time) };
    let times =
        |times: u64| if asked.has_spread() { format!("Math.round({} * by)", whole(times)) } else { whole(times) };
    match kind {
        Kind::Print(text) => format!("console.log({});", quoted(text.as_str())),
        Kind::Fail(text) => format!("throw new Error({});", quoted(text.as_str())),
        Kind::Sleep(of) if asked.mode.has_loop() => format!("await sleep({});", time(*of)),
        Kind::Sleep(of) | Kind::Block(of) => format!("block({});", time(*of)),
        Kind::Count(of) => format!("count({});", times(*of)),
        Kind::Add(of) => format!("add({});", times(*of)),
        Kind::AddLocked(of) => format!("addLocked({});", times(*of)),
    }
}

/// All tasks on this thread.
fn in_one(code: &mut Code, asked: &Asked<'_>) {
    code.line(0, START);
    if asked.mode == Mode::Sync {
        let tasks = whole(asked.tasks().into());
        let number = if asked.is_numbered() { "number" } else { "" };
        code.line(0, &format!("for (let number = 1; number <= {tasks}; number++) task({number});"));
    } else {
        at_once(code, asked, 0, "task", asked.limit());
    }
    tell(code, asked, 0);
}

/// Each task in a worker, with what it needs of this thread.
fn in_workers(code: &mut Code, asked: &Asked<'_>) {
    let number = asked.is_numbered().then_some("number");
    let memory = shares(asked).then_some("memory: counter.buffer");
    let data = [number, memory].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let options = if data.is_empty() { data } else { format!(", {{ workerData: {{ {data} }} }}") };
    code.line(0, &format!("function start({}) {{", number.unwrap_or_default()));
    code.line(1, &format!("const worker = new Worker(new URL(import.meta.url){options});"));
    code.line(1, "return new Promise((resolve, reject) => worker.on(\"error\", reject).on(\"exit\", resolve));");
    code.line(0, "}");
    code.gap(1);
    code.line(0, "if (isMainThread) {");
    code.line(1, START);
    at_once(code, asked, 1, "start", (!asked.has_one_each()).then(|| asked.workers().into()));
    tell(code, asked, 1);
    code.line(0, "} else {");
    code.line(1, if asked.is_numbered() { "task(workerData.number);" } else { "task();" });
    code.line(0, "}");
}

const START: &str = "const begin = performance.now();";

/// All tasks at once, or so many of them.
fn at_once(code: &mut Code, asked: &Asked<'_>, level: usize, call: &str, limit: Option<u32>) {
    let tasks = whole(asked.tasks().into());
    let mut promises = if asked.is_numbered() {
        format!("Array.from({{ length: {tasks} }}, (_, i) => {call}(i + 1))")
    } else {
        format!("Array.from({{ length: {tasks} }}, () => {call}())")
    };
    let fails = asked.fails();
    if let Some(limit) = limit {
        let (is_next, one) = if asked.is_numbered() {
            ("next <= ", format!("{call}(next++)"))
        } else {
            ("next++ <= ", format!("{call}()"))
        };
        if fails {
            code.line(level, "const ends = [];");
        }
        code.line(level, "let next = 1;");
        code.line(level, "async function carry() {");
        let awaited =
            if fails { format!("ends.push(...(await Promise.allSettled([{one}])))") } else { format!("await {one}") };
        code.line(level + 1, &format!("while ({is_next}{tasks}) {awaited};"));
        code.line(level, "}");
        promises = format!("Array.from({{ length: {} }}, carry)", whole(limit.into()));
    }
    if fails {
        code.line(level, "// All go on to their end; then the first that failed is the failure of all.");
    }
    match (fails, limit) {
        (true, None) => code.line(level, &format!("const ends = await Promise.allSettled({promises});")),
        (true, Some(_)) | (false, _) => code.line(level, &format!("await Promise.all({promises});")),
    }
    if fails {
        code.line(level, "const failed = ends.find((end) => end.status === \"rejected\");");
        code.line(level, "if (failed) throw failed.reason;");
    }
}

/// Says what the counter and the time came to.
fn tell(code: &mut Code, asked: &Asked<'_>, level: usize) {
    if asked.workload.adds() {
        code.line(level, "console.log(`counter: ${counter[0]}`);");
    }
    code.line(level, "console.log(`total: ${((performance.now() - begin) / 1000).toFixed(3)} s`);");
}

fn ms(time: Micros) -> String {
    decimal(time, 1000)
}
