//! The code is run, by `python3`, by `node` and once `rustc` has compiled it, and does what the mode does here.
//!
//! Where the system says in which order threads and processes print, it is held against what is printed in all; and two of
//! them can come between a text and the end of its line.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use interleave::code::Language;
use interleave::workload::Mode;

use crate::code;

/// What a program came to.
struct Ran {
    /// Its lines, without those on the counter and the time.
    lines: Vec<String>,
    counter: Option<u64>,
    /// In seconds; none if it failed.
    total: Option<f64>,
    error: String,
}

/// What a view needs of Django, as far as it needs it: a reply, and calls that go to one thread unless told otherwise.
const HTTP: &str = "
class HttpResponse(str):
    def __new__(cls, text, content_type):
        return super().__new__(cls, text)
";
const SYNC: &str = "
import asyncio
from concurrent.futures import ThreadPoolExecutor
one = ThreadPoolExecutor(max_workers=1)
def sync_to_async(call, thread_sensitive=True, executor=None):
    async def called(argument):
        return await asyncio.get_running_loop().run_in_executor(one if thread_sensitive else executor, call, argument)
    return called
";
const ASK: &str = "
import asyncio, views
reply = views.view(None)
print(asyncio.run(reply) if asyncio.iscoroutine(reply) else reply)
";

/// Runs what a link sets up, in a mode and a language.
fn run(query: &str, mode: Mode, language: Language) -> Ran {
    let code = code(query, mode, language).expect("the language has the mode");
    let folder = Folder::new();
    folder.put(language.file(), &code);
    let mut command = match language {
        Language::Python => script("python3", language.file()),
        Language::Django => script("python3", "ask.py"),
        Language::JavaScript => script("node", language.file()),
        Language::Rust => compiled(&folder),
    };
    if language == Language::Django {
        let stand_ins = [("django/__init__.py", ""), ("django/http.py", HTTP), ("asgiref/__init__.py", "")];
        for (name, text) in [("ask.py", ASK), ("asgiref/sync.py", SYNC)].into_iter().chain(stand_ins) {
            folder.put(name, text);
        }
    }
    let done = command.current_dir(&folder.0).env_remove("PYTHONUNBUFFERED").output();
    let done = done.unwrap_or_else(|error| panic!("{command:?} is needed (README.md, Two commands): {error}"));
    let output = String::from_utf8(done.stdout).unwrap();
    let after = |word: &str| output.lines().find_map(|line| line.strip_prefix(word)).map(str::to_owned);
    let is_told = |line: &&str| !line.starts_with("counter: ") && !line.starts_with("total: ");
    let ran = Ran {
        lines: output.lines().filter(is_told).map(str::to_owned).collect(),
        counter: after("counter: ").map(|counter| counter.replace(',', "").parse().expect("a number")),
        total: after("total: ").map(|total| total.trim_end_matches(" s").parse().expect("a time")),
        error: String::from_utf8(done.stderr).unwrap(),
    };
    let failed = (!done.status.success(), ran.total.is_none(), !ran.error.is_empty());
    let is_clear = matches!(failed, (true, true, true) | (false, false, false));
    assert!(is_clear, "{query}, {mode}, {language:?}: {failed:?} {}", ran.error);
    ran
}

fn script(program: &str, script: &str) -> Command {
    let mut command = Command::new(program);
    command.arg(script);
    command
}

/// Compiles the program in a folder. Where tokio was built more than once, one of them has all that it takes.
fn compiled(folder: &Folder) -> Command {
    let beside = std::env::current_exe().unwrap().parent().unwrap().to_owned();
    let is_tokio = |path: &PathBuf| {
        let begins = path.file_name().and_then(OsStr::to_str).is_some_and(|name| name.starts_with("libtokio-"));
        begins && path.extension() == Some(OsStr::new("rlib"))
    };
    let built = fs::read_dir(&beside).unwrap().map(|file| file.unwrap().path()).filter(is_tokio);
    let mut said = String::new();
    for tokio in built {
        let mut rustc = Command::new("rustc");
        rustc.args(["--edition", "2021", "-Dwarnings", "-Aunreachable_code", "main.rs"]).current_dir(&folder.0);
        rustc.arg("-L").arg(&beside).arg("--extern").arg(format!("tokio={}", tokio.display()));
        let done = rustc.output().expect("rustc runs");
        if done.status.success() {
            return Command::new(folder.0.join("main"));
        }
        said = String::from_utf8(done.stderr).unwrap();
    }
    panic!("it is not compiled: {said}");
}

/// A folder that is gone with its value.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        use std::sync::atomic::{AtomicU32, Ordering};
        static LAST: AtomicU32 = AtomicU32::new(0);
        let number = LAST.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("interleave-code-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// All languages that have this in a mode.
fn languages(query: &str, mode: Mode) -> impl Iterator<Item = Language> {
    Language::ALL.into_iter().filter(move |language| code(query, mode, *language).is_some())
}

/// Whether these texts were printed so often each, in whatever order.
fn assert_printed(ran: &Ran, texts: &[(&str, usize)], what: &str) {
    let all = ran.lines.concat();
    let length: usize = texts.iter().map(|(text, times)| text.len() * times).sum();
    let found: Vec<_> = texts.iter().map(|(text, _)| (*text, all.matches(text).count())).collect();
    assert_eq!((found.as_slice(), all.len()), (texts, length), "{what}: {:?}", ran.lines);
}

const IN_TURN: [&str; 6] = ["One", "Two", "One", "Two", "One", "Two"];
const AT_ONCE: [&str; 6] = ["One", "One", "One", "Two", "Two", "Two"];
const ARTICLE: &str = "steps=print:One,sleep:400ms,print:Two";

#[test]
fn one_after_another_is_as_long_as_all_and_in_turn() {
    for language in languages(ARTICLE, Mode::Sync) {
        let ran = run(ARTICLE, Mode::Sync, language);
        assert_eq!(ran.lines, IN_TURN, "{language:?}");
        assert!(ran.total >= Some(1.2), "{language:?}: {:?}", ran.total);
    }
}

#[test]
fn on_an_event_loop_the_waits_are_one_wait() {
    for mode in [Mode::Async, Mode::Offload] {
        for language in languages(ARTICLE, mode) {
            let ran = run(ARTICLE, mode, language);
            assert_eq!(ran.lines, AT_ONCE, "{mode}, {language:?}");
            assert!(ran.total >= Some(0.4), "{mode}, {language:?}: {:?}", ran.total);
        }
    }
}

#[test]
fn threads_and_processes_wait_at_once() {
    let three = "steps=print:One,sleep:300ms,print:Two,sleep:300ms,print:Three";
    // By a thread or process each, and by a pool of them.
    for query in [three.to_owned(), format!("{three},fail@9:Boom")] {
        let (query, expected) = (query.as_str(), "OneOneOneTwoTwoTwoThreeThreeThree");
        for mode in [Mode::Threads, Mode::Processes, Mode::FreeThreads] {
            for language in languages(query, mode) {
                // Two threads may come between a text and the end of its line.
                assert_eq!(run(query, mode, language).lines.concat(), expected, "{query}, {mode}, {language:?}");
            }
        }
    }
}

#[test]
fn fewer_workers_than_tasks_carry_all_of_them() {
    let few = "tasks=7&steps=print:One,sleep:10ms,print:Two&workers=2";
    for mode in [Mode::Threads, Mode::Processes, Mode::FreeThreads] {
        for language in languages(few, mode) {
            assert_printed(&run(few, mode, language), &[("One", 7), ("Two", 7)], &format!("{mode}, {language:?}"));
        }
    }
}

#[test]
fn one_worker_or_one_task_at_once_is_one_after_another() {
    let one = "steps=print:One,sleep:10ms,print:Two&workers=1&limit=1";
    for mode in [Mode::Async, Mode::Threads, Mode::Processes, Mode::Offload] {
        for language in languages(one, mode) {
            assert_eq!(run(one, mode, language).lines, IN_TURN, "{mode}, {language:?}");
        }
    }
}

#[test]
fn a_blocking_call_holds_up_a_loop_that_does_not_hand_it_over() {
    let blocks = "steps=print:One,block:100ms,print:Two&sensitive=off";
    for language in languages(blocks, Mode::Async) {
        assert_eq!(run(blocks, Mode::Async, language).lines, IN_TURN, "{language:?}");
    }
    for language in languages(blocks, Mode::Offload) {
        assert_eq!(run(blocks, Mode::Offload, language).lines, AT_ONCE, "{language:?}");
        let to_one = run("steps=print:One,block:100ms,print:Two", Mode::Offload, language);
        assert_eq!((to_one.lines[..3].join(" "), to_one.total.unwrap() >= 0.3), ("One One One".to_owned(), true));
    }
}

#[test]
fn calls_wait_for_one_another_in_one_thread_and_not_in_a_pool() {
    let calls = "tasks=2&steps=block@1:500ms,block@2:100ms,print@1:Late,print@2:Soon";
    for (query, expected) in [(calls, ["Late", "Soon"]), (&format!("{calls}&sensitive=off"), ["Soon", "Late"])] {
        for language in languages(query, Mode::Offload) {
            assert_eq!(run(query, Mode::Offload, language).lines, expected, "{query}, {language:?}");
        }
    }
}

#[test]
fn a_counter_is_shared_where_memory_is() {
    let adds = "steps=add-locked:2K,add-locked@2:1K&modes=threads";
    for mode in Mode::ALL {
        for language in languages(adds, mode) {
            let expected = if mode == Mode::Processes { 0 } else { 7000 };
            assert_eq!(run(adds, mode, language).counter, Some(expected), "{mode}, {language:?}");
        }
    }
    // Without a lock too, where one task adds after another.
    for language in Language::ALL {
        assert_eq!(run("steps=add:2K", Mode::Async, language).counter, Some(6000), "{language:?}");
    }
    // Without the GIL updates may be lost, and mostly are.
    let races = "tasks=2&steps=add:300K";
    for language in [Language::JavaScript, Language::Rust] {
        let counter = run(races, Mode::FreeThreads, language).counter;
        assert!((Some(1)..=Some(600_000)).contains(&counter), "{language:?}: {counter:?}");
    }
}

#[test]
fn a_task_that_fails_fails_by_the_modes_rule() {
    for caps in ["", "&workers=2&limit=2"] {
        let fails = format!("steps=print:One,sleep:10ms,fail@2:Boom,print:Two{caps}");
        for mode in Mode::ALL {
            for language in languages(&fails, mode) {
                let ran = run(&fails, mode, language);
                let what = format!("{fails}, {mode}, {language:?}");
                assert!(ran.error.contains("Boom"), "{what}: {}", ran.error);
                if mode == Mode::Sync {
                    assert_eq!(ran.lines, ["One", "Two", "One"], "{what}: nothing after it runs");
                } else {
                    assert_printed(&ran, &[("One", 3), ("Two", 2)], &what);
                }
            }
        }
    }
}

#[test]
fn the_first_failure_is_that_of_all() {
    // The first in time is not that of the first task.
    let fails = "tasks=2&steps=print:One,sleep@1:300ms,fail@2:First,fail@1:Second";
    for mode in [Mode::Async, Mode::Threads, Mode::Processes, Mode::FreeThreads] {
        // Rust tells of each panic as it comes.
        for language in languages(fails, mode).filter(|language| *language != Language::Rust) {
            let error = run(fails, mode, language).error;
            let last = error.lines().rfind(|line| line.contains("First") || line.contains("Second"));
            assert!(last.is_some_and(|line| line.contains("First")), "{mode}, {language:?}: {error}");
            assert!(!error.contains("Second"), "{mode}, {language:?}: {error}");
        }
    }
}

#[test]
fn tasks_differ_by_the_factors_of_the_interface() {
    // 0.626, 1.201 and 1.133 of 300 ms.
    let spread = "steps=sleep:300ms,print@1:a,print@2:b,print@3:c&spread=0.5";
    for language in languages(spread, Mode::Async) {
        let ran = run(spread, Mode::Async, language);
        assert_eq!(ran.lines, ["a", "c", "b"], "{language:?}");
        assert!(ran.total.unwrap() >= 0.36, "{language:?}: {:?}", ran.total);
    }
    let counts = "steps=count:1K,add-locked:1M&spread=0.5&tasks=3";
    for language in languages(counts, Mode::Sync) {
        assert_eq!(run(counts, Mode::Sync, language).counter, Some(626_031 + 1_200_931 + 1_132_876), "{language:?}");
    }
}

#[test]
fn each_step_alone_is_a_whole_program() {
    for step in ["print:One", "sleep:1ms", "block:1ms", "count:1K", "add:1K", "add-locked@2:1K", "fail@9:Boom"] {
        let query = format!("tasks=4&steps={step}&spread=0.5&workers=2&limit=2");
        for mode in [Mode::Async, Mode::FreeThreads] {
            for language in languages(&query, mode) {
                let ran = run(&query, mode, language);
                assert_eq!(ran.error, "", "{query}, {mode}, {language:?}");
            }
        }
    }
}

#[test]
fn a_text_is_printed_as_it_is_whatever_is_in_it() {
    for (query, text) in [
        ("steps=print:%22%29%3B%20x%28%22", "\"); x(\""),
        ("steps=print:a%5Cb%24%7Bx%7D", "a\\b${x}"),
        ("steps=print:%2525%257B%257D%2525s", "%{}%s"),
        ("steps=print:%F0%9F%98%80%E2%80%AEx", "😀\u{202e}x"),
    ] {
        for language in Language::ALL {
            assert_eq!(run(query, Mode::Sync, language).lines, [text; 3], "{language:?}");
        }
    }
}
