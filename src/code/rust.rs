//! As Rust: a program, with tokio where it has an event loop.

use super::NotThere;
use super::asked::Asked;
use super::braces;
use super::text::{Code, quoted_with, whole, with_variation};
use crate::workload::{Kind, Micros, Mode, StepName};

const NO_GIL: NotThere = NotThere("Rust has no GIL: its threads all run at once. See Free threads.");
const NO_PROCESSES: NotThere =
    NotThere("Rust’s threads use every core, so what takes processes in Python takes threads there. See Free threads.");

const COUNT: &str = "fn count(iterations: u64) {
    for i in 0..iterations {
        std::hint::black_box(i);
    }
}
";

const ADD: &str = "// Read and written apart: what another thread adds in between is lost.
fn add(times: u64) {
    for _ in 0..times {
        COUNTER.store(COUNTER.load(Relaxed) + 1, Relaxed);
    }
}
";

const ADD_LOCKED: &str = "fn add_locked(times: u64) {
    for _ in 0..times {
        let _lock = LOCK.lock().unwrap();
        COUNTER.store(COUNTER.load(Relaxed) + 1, Relaxed);
    }
}
";

/// `docs/interface.md` has it under `spread`.
const FACTOR: &str = "fn factor(number: u64) -> f64 {
    // The first output of SplitMix64 for this state.
    let mut state = ((SEED << 32) + number).wrapping_add(0x9e3779b97f4a7c15);
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58476d1ce4e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d049bb133111eb);
    let unit = ((state ^ (state >> 31)) >> 11) as f64 / (1_u64 << 53) as f64;
    1.0 - SPREAD + 2.0 * SPREAD * unit
}
";

/// The program.
pub fn write(asked: &Asked<'_>) -> Result<String, NotThere> {
    match asked.mode {
        Mode::Threads => return Err(NO_GIL),
        Mode::Processes => return Err(NO_PROCESSES),
        Mode::Sync | Mode::Async | Mode::Offload | Mode::FreeThreads => {}
    }
    let mut code = Code::indented_by(4);
    imports(&mut code, asked);
    beside(&mut code, asked);
    task(&mut code, asked);
    code.gap(1);
    main(&mut code, asked);
    Ok(code.finish())
}

fn imports(code: &mut Code, asked: &Asked<'_>) {
    let (blocks, has_loop) = (asked.has(StepName::Block), asked.mode.has_loop());
    let waits = blocks || asked.has(StepName::Sleep);
    if has_loop {
        code.line(
            0,
            "// In Cargo.toml: tokio = { version = \"1.40\", features = [\"macros\", \"rt\", \"sync\", \"time\"] }",
        );
    }
    for (line, is_used) in [
        ("use std::sync::Arc;", asked.limit().is_some()),
        ("use std::sync::Mutex;", asked.has(StepName::AddLocked)),
        ("use std::sync::atomic::{AtomicU64, Ordering::Relaxed};", asked.workload.adds() || asked.is_pooled()),
        ("use std::thread;", blocks || waits && !has_loop || asked.mode == Mode::FreeThreads),
        (if waits { "use std::time::{Duration, Instant};" } else { "use std::time::Instant;" }, true),
    ] {
        if is_used {
            code.line(0, line);
        }
    }
}

/// What stands beside the task: what it calls, and what all tasks share.
fn beside(code: &mut Code, asked: &Asked<'_>) {
    if asked.workload.adds() {
        code.gap(1);
        code.line(0, "static COUNTER: AtomicU64 = AtomicU64::new(0);");
    }
    if asked.has(StepName::AddLocked) {
        code.line(0, "static LOCK: Mutex<()> = Mutex::new(());");
    }
    for (name, helper) in [(StepName::Count, COUNT), (StepName::Add, ADD), (StepName::AddLocked, ADD_LOCKED)] {
        if asked.has(name) {
            code.gap(1);
            code.lines(helper);
        }
    }
    if asked.has_spread() {
        code.gap(1);
        // A number with a point, or it is none of a float.
        let spread = format!("{:?}", asked.workload.variation.spread.get());
        code.lines(&with_variation(&FACTOR.replace("SPREAD", &spread), asked));
    }
}

/// The task.
fn task(code: &mut Code, asked: &Asked<'_>) {
    let number = if asked.is_numbered() { "number: u64" } else { "" };
    let head = format!("{}fn task({number}) {{", if asked.mode.has_loop() { "async " } else { "" });
    let is_task = |task| format!("number == {task}");
    braces::task(code, asked, &head, "let by = factor(number);", is_task, |kind| step(asked, kind));
}

/// A step of the task.
fn step(asked: &Asked<'_>, kind: &Kind) -> String {
    let time = |time: Micros| duration(time) + if asked.has_spread() { ".mul_f64(by)" } else { "" };
    let times = |times: u64| {
        if asked.has_spread() { format!("({}.0 * by).round() as u64", whole(times)) } else { whole(times) }
    };
    let call = match kind {
        Kind::Print(text) => return format!("println!({});", quoted(text.as_str())),
        Kind::Fail(text) => return format!("panic!({});", quoted(text.as_str())),
        Kind::Sleep(of) if asked.mode.has_loop() => return format!("tokio::time::sleep({}).await;", time(*of)),
        Kind::Sleep(of) | Kind::Block(of) => format!("thread::sleep({})", time(*of)),
        Kind::Count(of) => format!("count({})", times(*of)),
        Kind::Add(of) => format!("add({})", times(*of)),
        Kind::AddLocked(of) => format!("add_locked({})", times(*of)),
    };
    if asked.hands_over() { format!("tokio::task::spawn_blocking(move || {call}).await.unwrap();") } else { call + ";" }
}

/// A text within the quotes of a macro, where braces stand for something unless they are doubled.
fn quoted(text: &str) -> String {
    quoted_with(&text.replace('{', "{{").replace('}', "}}"), |one| format!("\\u{{{one:x}}}"))
}

fn duration(time: Micros) -> String {
    let units = [("secs", 1_000_000), ("millis", 1000), ("micros", 1)];
    let (unit, micros) = units.into_iter().find(|(_, micros)| time.0.is_multiple_of(*micros)).unwrap_or(units[2]);
    format!("Duration::from_{unit}({})", whole(time.0 / micros))
}

/// The beginning of the program, and all tasks.
fn main(code: &mut Code, asked: &Asked<'_>) {
    if asked.hands_over() {
        code.line(0, "fn main() {");
        code.line(1, "let runtime = tokio::runtime::Builder::new_current_thread()");
        code.line(2, ".enable_time()");
        code.line(2, &format!(".max_blocking_threads({})", asked.workers()));
        code.line(2, ".build()");
        code.line(2, ".unwrap();");
        code.line(1, "runtime.block_on(all());");
        code.line(0, "}");
        code.gap(1);
        code.line(0, "async fn all() {");
    } else if asked.mode.has_loop() {
        code.line(0, "#[tokio::main(flavor = \"current_thread\")]");
        code.line(0, "async fn main() {");
    } else {
        code.line(0, "fn main() {");
    }
    code.line(1, "let start = Instant::now();");
    let tasks = whole(asked.tasks().into());
    // How tasks are gone through, and what each is given.
    let (each, numbers, number) = if asked.is_numbered() {
        ("number", format!("1..={tasks}"), "number")
    } else {
        ("_", format!("0..{tasks}"), "")
    };
    match asked.mode {
        Mode::FreeThreads if !asked.is_pooled() => {
            let call = if asked.is_numbered() { "move || task(number)" } else { "task" };
            code.line(1, "thread::scope(|scope| {");
            code.line(2, &format!("for {each} in {numbers} {{"));
            code.line(3, &format!("scope.spawn({call});"));
            code.line(2, "}");
            code.line(1, "});");
        }
        Mode::FreeThreads => pooled(code, asked, &tasks, number),
        Mode::Async | Mode::Offload => spawned(code, asked, each, &numbers, number),
        Mode::Sync | Mode::Threads | Mode::Processes => {
            code.line(1, &format!("for {each} in {numbers} {{"));
            code.line(2, &format!("task({number});"));
            code.line(1, "}");
        }
    }
    if asked.workload.adds() {
        code.line(1, "println!(\"counter: {}\", COUNTER.load(Relaxed));");
    }
    code.line(1, "println!(\"total: {:.3} s\", start.elapsed().as_secs_f64());");
    code.line(0, "}");
}

/// All tasks, dealt to fewer threads.
fn pooled(code: &mut Code, asked: &Asked<'_>, tasks: &str, number: &str) {
    let next = "next.fetch_add(1, Relaxed)";
    let head = if asked.is_numbered() {
        format!("while let number @ ..={tasks} = {next} {{")
    } else {
        format!("while {next} <= {tasks} {{")
    };
    // A task that fails ends, but not the thread, which goes on with the next.
    let call = if asked.fails() {
        code.line(1, "let failed = AtomicU64::new(0);");
        format!("let end = std::panic::catch_unwind(|| task({number}));")
    } else {
        format!("task({number});")
    };
    code.line(1, "let next = AtomicU64::new(1);");
    code.line(1, "thread::scope(|scope| {");
    code.line(2, &format!("for _ in 0..{} {{", asked.workers()));
    code.line(3, "scope.spawn(|| {");
    code.line(4, &head);
    code.line(5, &call);
    if asked.fails() {
        code.line(5, "failed.fetch_add(end.is_err().into(), Relaxed);");
    }
    code.line(4, "}");
    code.line(3, "});");
    code.line(2, "}");
    code.line(1, "});");
    if asked.fails() {
        code.line(1, "assert_eq!(failed.load(Relaxed), 0, \"so many tasks failed\");");
    }
}

/// All tasks, spawned on an event loop: all at once, or so many of them.
fn spawned(code: &mut Code, asked: &Asked<'_>, each: &str, numbers: &str, number: &str) {
    let mut call = "task";
    if let Some(limit) = asked.limit() {
        code.line(1, &format!("let at_once = Arc::new(tokio::sync::Semaphore::new({}));", whole(limit.into())));
        code.line(1, &format!("let limited = |{number}| {{"));
        code.line(2, "let at_once = Arc::clone(&at_once);");
        code.line(2, "async move {");
        code.line(3, "let _permit = at_once.acquire().await.unwrap();");
        code.line(3, &format!("task({number}).await;"));
        code.line(2, "}");
        code.line(1, "};");
        call = "limited";
    }
    let joined = format!("({numbers}).map(|{each}| {call}({number})).collect()");
    if !asked.fails() {
        code.line(1, &format!("let tasks: tokio::task::JoinSet<_> = {joined};"));
        return code.line(1, "tasks.join_all().await;");
    }
    code.line(1, &format!("let mut tasks: tokio::task::JoinSet<_> = {joined};"));
    code.line(1, "let mut ends = Vec::new();");
    code.line(1, "while let Some(end) = tasks.join_next().await {");
    code.line(2, "ends.push(end);");
    code.line(1, "}");
    code.line(1, "// The first failure is that of all, but the others have gone on to their end.");
    code.line(1, "ends.into_iter().for_each(|end| end.unwrap());");
}
