//! As Python: a script. A Django view has most of it too.

use super::asked::Asked;
use super::text::{Code, FAILS, quoted, whole, with_variation};
use crate::workload::{Kind, Micros, Mode, StepName, in_unit};

/// The script.
pub fn write(asked: &Asked<'_>) -> String {
    let has_loop = asked.mode.has_loop();
    let mut code = Code::indented_by(4);
    heading(&mut code, asked);
    imports(&mut code, asked, asked.hands_over());
    beside(&mut code, asked, false);
    task(&mut code, asked, |call, argument| format!("await asyncio.to_thread({call}, {argument})"));
    code.gap(2);
    code.line(0, if has_loop { "async def main():" } else { "def main():" });
    if asked.hands_over() {
        if asked.settings.sensitive {
            code.line(1, "# One thread for all calls, as Django's sync_to_async has it unless told otherwise.");
        }
        code.line(1, &format!("pool = {}", pool(asked)));
        code.line(1, "asyncio.get_running_loop().set_default_executor(pool)");
    }
    all_tasks(&mut code, asked);
    code.gap(2);
    code.line(0, "if __name__ == \"__main__\":");
    code.line(1, START);
    code.line(1, if has_loop { "asyncio.run(main())" } else { "main()" });
    if asked.workload.adds() {
        code.line(1, &format!("print(f\"counter: {COUNTER}\")"));
    }
    code.line(1, &format!("print(f\"total: {TOTAL}\")"));
    code.finish()
}

/// Where the time is taken; what it and the counter come to, within a text.
pub const START: &str = "start = time.perf_counter()";
pub const TOTAL: &str = "{time.perf_counter() - start:.3f} s";
pub const COUNTER: &str = "{counter:,}";

const COUNT: &str = "

def count(iterations):
    for _ in range(iterations):
        pass
";

const ADD: &str = "

def add(times):
    global counter
    for _ in range(times):
        counter += 1
";

const ADD_LOCKED: &str = "

def add_locked(times):
    global counter
    for _ in range(times):
        with lock:
            counter += 1
";

/// `docs/interface.md` has it under `spread`.
const FACTOR: &str = "

def factor(number):
    # The first output of SplitMix64 for this state.
    mask = (1 << 64) - 1
    state = ((SEED << 32) + number + 0x9E3779B97F4A7C15) & mask
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & mask
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & mask
    unit = ((state ^ (state >> 31)) >> 11) / (1 << 53)
    return 1 - SPREAD + 2 * SPREAD * unit
";

/// What is to be known before anything else.
pub fn heading(code: &mut Code, asked: &Asked<'_>) {
    if asked.mode == Mode::FreeThreads {
        code.line(0, "# Without the GIL: for free-threaded Python, such as python3.14t.");
    }
}

/// The modules of Python's own that it takes.
pub fn imports(code: &mut Code, asked: &Asked<'_>, has_pool: bool) {
    let (mode, is_pooled) = (asked.mode, asked.is_pooled());
    let has_threads = matches!(mode, Mode::Threads | Mode::FreeThreads);
    let modules = [
        ("asyncio", mode.has_loop()),
        ("multiprocessing", mode == Mode::Processes && !is_pooled),
        ("sys", asked.sets_switch()),
        ("threading", asked.has(StepName::AddLocked) || has_threads && !is_pooled),
        ("time", true),
    ];
    for (module, _) in modules.into_iter().filter(|(_, is_used)| *is_used) {
        code.line(0, &format!("import {module}"));
    }
    let pool = if mode == Mode::Processes { "ProcessPoolExecutor" } else { "ThreadPoolExecutor" };
    if is_pooled {
        code.line(0, &format!("from concurrent.futures import {pool}, as_completed"));
    } else if has_pool {
        code.line(0, &format!("from concurrent.futures import {pool}"));
    }
}

/// What stands beside the task: what it calls, and what all tasks share.
pub fn beside(code: &mut Code, asked: &Asked<'_>, has_pool: bool) {
    let shared = [
        asked.sets_switch().then(|| format!("sys.setswitchinterval({})", seconds(asked.settings.switch))),
        has_pool.then(|| format!("pool = {}", pool(asked))),
        asked.workload.adds().then(|| "counter = 0".to_owned()),
        asked.has(StepName::AddLocked).then(|| "lock = threading.Lock()".to_owned()),
    ];
    for (at, line) in shared.iter().flatten().enumerate() {
        code.gap(usize::from(at == 0));
        code.line(0, line);
    }
    if asked.has_spread() {
        code.lines(&with_variation(FACTOR, asked));
    }
    for (name, helper) in [(StepName::Count, COUNT), (StepName::Add, ADD), (StepName::AddLocked, ADD_LOCKED)] {
        if asked.has(name) {
            code.lines(helper);
        }
    }
}

/// The pool of threads that an event loop hands calls to.
fn pool(asked: &Asked<'_>) -> String {
    format!("ThreadPoolExecutor(max_workers={})", asked.workers())
}

/// The task. `hand_over` writes a call, with its argument, that an event loop hands to a thread.
pub fn task(code: &mut Code, asked: &Asked<'_>, hand_over: impl Fn(&str, &str) -> String) {
    let number = if asked.is_numbered() { "number" } else { "" };
    code.gap(2);
    code.line(0, &format!("{}def task({number}):", if asked.mode.has_loop() { "async " } else { "" }));
    if asked.has_spread() {
        code.line(1, "by = factor(number)");
    }
    for stretch in asked.stretches() {
        let deeper = usize::from(stretch.task.is_some());
        if let Some(task) = stretch.task {
            code.line(1, &format!("if number == {task}:"));
        }
        for kind in stretch.kinds {
            code.line(1 + deeper, &step(asked, kind, &hand_over));
        }
    }
}

/// A step of the task.
fn step(asked: &Asked<'_>, kind: &Kind, hand_over: impl Fn(&str, &str) -> String) -> String {
    let time = |time: Micros| if asked.has_spread() { seconds(time) + " * by" } else { seconds(time) };
    let times = |times: u64| if asked.has_spread() { format!("round({} * by)", whole(times)) } else { whole(times) };
    // A process keeps what it prints for later where nobody looks on, and then all of it comes at once.
    let flush = if asked.mode == Mode::Processes { ", flush=True" } else { "" };
    let (call, argument) = match kind {
        Kind::Print(text) => return format!("print({}{flush})", quoted(text.as_str())),
        Kind::Fail(text) => return format!("raise RuntimeError({})", quoted(text.as_str())),
        Kind::Sleep(of) if asked.mode.has_loop() => return format!("await asyncio.sleep({})", time(*of)),
        Kind::Sleep(of) | Kind::Block(of) => ("time.sleep", time(*of)),
        Kind::Count(of) => ("count", times(*of)),
        Kind::Add(of) => ("add", times(*of)),
        Kind::AddLocked(of) => ("add_locked", times(*of)),
    };
    if asked.hands_over() { hand_over(call, &argument) } else { format!("{call}({argument})") }
}

/// All tasks, as the mode has it.
pub fn all_tasks(code: &mut Code, asked: &Asked<'_>) {
    let tasks = u64::from(asked.tasks());
    let (number, numbers) = if asked.is_numbered() {
        ("number", format!("range(1, {})", whole(tasks + 1)))
    } else {
        ("", format!("range({})", whole(tasks)))
    };
    let each = format!("for {} in {numbers}", if number.is_empty() { "_" } else { number });
    match asked.mode {
        Mode::Sync => {
            code.line(1, &format!("{each}:"));
            code.line(2, &format!("task({number})"));
        }
        Mode::Async | Mode::Offload => gathered(code, asked, number, &each),
        Mode::Threads | Mode::FreeThreads | Mode::Processes => carried(code, asked, number, &each),
    }
}

/// All tasks, gathered on an event loop: all at once, or so many of them.
fn gathered(code: &mut Code, asked: &Asked<'_>, number: &str, each: &str) {
    let mut call = "task";
    if let Some(limit) = asked.limit() {
        // Made here: a semaphore belongs to one event loop, and under WSGI each request has its own.
        code.line(1, &format!("at_once = asyncio.Semaphore({})", whole(limit.into())));
        code.gap(1);
        code.line(1, &format!("async def limited({number}):"));
        code.line(2, "async with at_once:");
        code.line(3, &format!("await task({number})"));
        code.gap(1);
        call = "limited";
    }
    if !asked.fails() {
        return code.line(1, &format!("await asyncio.gather(*({call}({number}) {each}))"));
    }
    code.line(1, &format!("tasks = [asyncio.create_task({call}({number})) {each}]"));
    code.line(1, "try:");
    code.line(2, "await asyncio.gather(*tasks)");
    code.line(1, "finally:");
    code.line(2, &format!("# {FAILS}"));
    code.line(2, "await asyncio.wait(tasks)");
}

/// All tasks, carried by threads or processes: one each, or by a pool of them.
fn carried(code: &mut Code, asked: &Asked<'_>, number: &str, each: &str) {
    let (class, pool, all, one) = match asked.mode {
        Mode::Processes => ("multiprocessing.Process", "ProcessPoolExecutor", "processes", "process"),
        _ => ("threading.Thread", "ThreadPoolExecutor", "threads", "thread"),
    };
    if asked.is_pooled() {
        let argument = if number.is_empty() { "" } else { ", number" };
        code.line(1, &format!("with {pool}(max_workers={}) as pool:", asked.workers()));
        code.line(2, &format!("calls = [pool.submit(task{argument}) {each}]"));
        if asked.fails() {
            code.line(2, &format!("# {FAILS}"));
        }
        code.line(2, "for call in as_completed(calls):");
        return code.line(3, "call.result()");
    }
    let arguments = if number.is_empty() { "" } else { ", args=(number,)" };
    code.line(1, &format!("{all} = [{class}(target=task{arguments}) {each}]"));
    for does in ["start", "join"] {
        code.line(1, &format!("for {one} in {all}:"));
        code.line(2, &format!("{one}.{does}()"));
    }
}

fn seconds(time: Micros) -> String {
    in_unit(time.0, 1_000_000)
}
