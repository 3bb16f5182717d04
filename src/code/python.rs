//! As Python: a script. A Django view has most of it too.

use super::asked::Asked;
use super::text::{Code, decimal, quoted, whole};
use crate::workload::{Kind, Micros, Mode, Settings};

/// The script.
pub fn write(asked: &Asked<'_>) -> String {
    let mut code = Code::indented_by(4);
    heading(&mut code, asked);
    imports(&mut code, asked, asked.hands_over());
    beside(&mut code, asked, asked.hands_over());
    code.lines(if asked.hands_over() { IN_THREAD } else { "" });
    task(&mut code, asked, |call, argument| format!("await in_thread({call}, {argument})"));
    let has_loop = asked.mode.has_loop();
    code.gap(2);
    code.line(0, if has_loop { "async def main():" } else { "def main():" });
    all_tasks(&mut code, asked);
    code.gap(2);
    code.line(0, "if __name__ == \"__main__\":");
    code.line(1, START);
    code.line(1, if has_loop { "asyncio.run(main())" } else { "main()" });
    tell_counter(&mut code, asked);
    code.line(1, &format!("print(f\"total: {TOTAL}\")"));
    code.finish()
}

/// Where the time is taken, and what it comes to within a text.
pub const START: &str = "start = time.perf_counter()";
pub const TOTAL: &str = "{time.perf_counter() - start:.3f} s";

const IN_THREAD: &str = "

async def in_thread(call, argument):
    await asyncio.get_running_loop().run_in_executor(pool, call, argument)
";

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

/// `SplitMix64`, as `Variation::factor` has it.
const MIX: &str = "    # The first output of SplitMix64 for this state.
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & mask
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & mask
    unit = ((state ^ (state >> 31)) >> 11) / (1 << 53)
";

/// What is to be known before anything else.
pub fn heading(code: &mut Code, asked: &Asked<'_>) {
    if asked.mode == Mode::FreeThreads {
        code.line(0, "# Without the GIL: for free-threaded Python, as python3.14t.");
    }
}

/// The modules of Python's own that it takes.
pub fn imports(code: &mut Code, asked: &Asked<'_>, has_pool: bool) {
    let (mode, one_each) = (asked.mode, asked.has_one_each());
    let has_threads = matches!(mode, Mode::Threads | Mode::FreeThreads);
    let locks = asked.has(|kind| matches!(kind, Kind::AddLocked(_)));
    let modules = [
        ("asyncio", mode.has_loop()),
        ("multiprocessing", mode == Mode::Processes && one_each),
        ("sys", sets_switch(asked)),
        ("threading", locks || has_threads && one_each),
        ("time", true),
    ];
    for (module, _) in modules.into_iter().filter(|(_, is_used)| *is_used) {
        code.line(0, &format!("import {module}"));
    }
    if has_pool || (has_threads && !one_each) {
        code.line(0, "from concurrent.futures import ThreadPoolExecutor");
    } else if mode == Mode::Processes && !one_each {
        code.line(0, "from concurrent.futures import ProcessPoolExecutor");
    }
}

/// Whether the switch interval is another than Python's own.
fn sets_switch(asked: &Asked<'_>) -> bool {
    asked.mode.has_gil() && asked.settings.switch != Settings::SWITCH
}

/// What stands beside the task: what it calls, and what all tasks share.
pub fn beside(code: &mut Code, asked: &Asked<'_>, has_pool: bool) {
    let adds_locked = asked.has(|kind| matches!(kind, Kind::AddLocked(_)));
    let shared = [
        sets_switch(asked).then(|| format!("sys.setswitchinterval({})", seconds(asked.settings.switch))),
        has_pool.then(|| format!("pool = ThreadPoolExecutor(max_workers={})", asked.workers())),
        asked.workload.adds().then(|| "counter = 0".to_owned()),
        adds_locked.then(|| "lock = threading.Lock()".to_owned()),
    ];
    for (at, line) in shared.iter().flatten().enumerate() {
        code.gap(usize::from(at == 0));
        code.line(0, line);
    }
    if asked.has_spread() {
        factor(code, asked);
    }
    for (is_such, helper) in [
        (asked.has(|kind| matches!(kind, Kind::Count(_))), COUNT),
        (asked.has(|kind| matches!(kind, Kind::Add(_))), ADD),
        (adds_locked, ADD_LOCKED),
    ] {
        code.lines(if is_such { helper } else { "" });
    }
}

/// How far a task's durations and counts differ from those of the steps.
fn factor(code: &mut Code, asked: &Asked<'_>) {
    let variation = asked.workload.variation;
    let (seed, spread) = (variation.seed, variation.spread);
    code.gap(2);
    code.line(0, "def factor(number):");
    code.line(1, "mask = (1 << 64) - 1");
    code.line(1, &format!("state = (({seed} << 32) + number + 0x9E3779B97F4A7C15) & mask"));
    code.lines(MIX);
    code.line(1, &format!("return 1 + {spread} * (2 * unit - 1)"));
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
    let (call, argument) = match kind {
        Kind::Print(text) => return format!("print({})", quoted(text.as_str())),
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
    code.line(1, "# All go on to their end; then the first that failed is the failure of all.");
    code.line(1, &format!("ends = await asyncio.gather(*({call}({number}) {each}), return_exceptions=True)"));
    code.line(1, "for end in ends:");
    code.line(2, "if isinstance(end, Exception):");
    code.line(3, "raise end");
}

/// All tasks, carried by threads or processes: one each, or by a pool of them.
fn carried(code: &mut Code, asked: &Asked<'_>, number: &str, each: &str) {
    let (class, pool, all, one) = match asked.mode {
        Mode::Processes => ("multiprocessing.Process", "ProcessPoolExecutor", "processes", "process"),
        _ => ("threading.Thread", "ThreadPoolExecutor", "threads", "thread"),
    };
    if asked.has_one_each() {
        let arguments = if number.is_empty() { "" } else { ", args=(number,)" };
        code.line(1, &format!("{all} = [{class}(target=task{arguments}) {each}]"));
        for does in ["start", "join"] {
            code.line(1, &format!("for {one} in {all}:"));
            code.line(2, &format!("{one}.{does}()"));
        }
        return;
    }
    let argument = if number.is_empty() { "" } else { ", number" };
    code.line(1, &format!("with {pool}(max_workers={}) as pool:", asked.workers()));
    code.line(2, &format!("calls = [pool.submit(task{argument}) {each}]"));
    code.line(1, "for call in calls:");
    code.line(2, "call.result()");
}

/// Says what the counter came to.
pub fn tell_counter(code: &mut Code, asked: &Asked<'_>) {
    if asked.workload.adds() {
        code.line(1, "print(f\"counter: {counter:,}\")");
    }
}

fn seconds(time: Micros) -> String {
    decimal(time, 1_000_000)
}
