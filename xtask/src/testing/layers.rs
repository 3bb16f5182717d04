//! The layers of tests: what each needs, and the commands that it is made of.

use super::Selection;
use super::summary::Summary;
use super::tally::{self, Ended, Tally};
use crate::browser::Browser;
use crate::project::{Project, command};
use crate::server::Isolation;
use crate::setup::{self, Need, Tools};
use crate::{build, e2e, process};
use std::process::Command;
use std::time::{Duration, Instant};

/// The longest that one part of a layer may take, with what it compiles.
const LIMIT: Duration = Duration::from_mins(30);
/// The longest that all tests of one wasm file may take in a browser, in seconds.
const WEB_LIMIT: &str = "600";
/// The longest that a driver may take to start, in seconds.
const DRIVER_LIMIT: &str = "60";

/// Tells the runner of wasm tests to serve them without the headers that isolate.
const PLAIN: &str = "WASM_BINDGEN_TEST_NO_ORIGIN_ISOLATION";

/// Crates that reach for a browser. The pure rooms must not see them.
const IMPURE: [&str; 5] = ["web-sys", "js-sys", "wasm-bindgen", "gloo-timers", "yew"];

/// A layer of tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// The code is formatted.
    Fmt,
    /// The linter has nothing to say, for this machine and for wasm32.
    Clippy,
    /// What is built for this machine sees no browser crate.
    Pure,
    /// The tests that run on this machine.
    Native,
    /// The tests that run as wasm, in each browser, isolated and not.
    Web,
    /// The tests of the built page, in each browser.
    E2e,
}

impl Layer {
    /// All, in the order in which they run.
    pub const ALL: [Self; 6] = [Self::Fmt, Self::Clippy, Self::Pure, Self::Native, Self::Web, Self::E2e];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::Pure => "pure",
            Self::Native => "native",
            Self::Web => "web",
            Self::E2e => "e2e",
        }
    }

    /// The layer of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.name() == name)
    }

    /// All names, for a message.
    #[must_use]
    pub fn names() -> String {
        Self::ALL.map(Self::name).join(", ")
    }
}

/// Runs one layer, and adds what came of it to `summary`.
pub fn run(layer: Layer, project: &Project, selection: &Selection, summary: &mut Summary) {
    let mut run = Run { layer, project, selection, summary };
    match layer {
        Layer::Fmt => run.check("", cargo(project, &["fmt", "--all", "--check"])),
        Layer::Clippy => run.clippy(),
        Layer::Pure => run.pure(),
        Layer::Native => run.native(),
        Layer::Web => run.web(),
        Layer::E2e => run.e2e(),
    }
}

/// A layer that is running.
struct Run<'a> {
    layer: Layer,
    project: &'a Project,
    selection: &'a Selection,
    summary: &'a mut Summary,
}

impl Run<'_> {
    fn clippy(&mut self) {
        let deny = ["--", "--deny", "warnings"];
        self.check("native", arguments(cargo(self.project, &["clippy", "--workspace", "--all-targets"]), &deny));
        if let Some(tools) = self.ready("wasm32", &[Need::WasmTarget]) {
            let clippy = arguments(wasm_cargo(self.project, &tools, "clippy"), &["--lib", "--bins", "--test", "*"]);
            self.check("wasm32", arguments(clippy, &deny));
        }
    }

    fn pure(&mut self) {
        self.check("native build", cargo(self.project, &["check", "--package", "interleave"]));
        let start = Instant::now();
        let tree = ["tree", "--package", "interleave", "--edges", "normal,build", "--prefix", "none"];
        let seen = process::output(&mut cargo(self.project, &tree));
        let impure = seen.as_deref().map(impure_crates);
        match &impure {
            Some(crates) if crates.is_empty() => {}
            Some(crates) => eprintln!("a native build sees what is the browser's: {}", crates.join(", ")),
            None => eprintln!("`cargo tree` did not tell the dependencies"),
        }
        self.add("dependencies", Tally::check(impure.is_some_and(|crates| crates.is_empty())), start.elapsed());
    }

    fn native(&mut self) {
        if self.ready("python3", &[Need::Python]).is_none() {
            return;
        }
        let test = cargo(self.project, &["test", "--workspace", "--exclude", "e2e", "--no-fail-fast", "--"]);
        self.tests(vec![(String::new(), test)]);
    }

    fn web(&mut self) {
        let ready = self.browsers(&[Need::WasmTarget, Need::WasmBindgen]);
        for isolation in [Isolation::Isolated, Isolation::Plain] {
            let part = |(browser, tools): &(Browser, Tools)| {
                let name = format!("{}, {}", browser.name(), isolation.name());
                (name, web_test(self.project, tools, *browser, isolation))
            };
            self.tests(ready.iter().map(part).collect());
        }
    }

    fn e2e(&mut self) {
        let Some(tools) = self.ready("build", &Need::BUILD) else { return };
        let start = Instant::now();
        self.title("build");
        let built = build::build(self.project, &tools, None);
        if let Err(error) = &built {
            eprintln!("{error}");
        }
        self.add("build", Tally::check(built.is_ok()), start.elapsed());
        let Ok(dist) = built else { return };
        let part = |(browser, tools): (Browser, Tools)| {
            // One after another: they share a browser.
            let test = ["test", "--package", "e2e", "--test", "*", "--no-fail-fast", "--", "--test-threads=1"];
            let mut test = cargo(self.project, &test);
            e2e::tell(&mut test, self.project, &tools, browser, &dist);
            (browser.name().to_owned(), test)
        };
        let ready = self.browsers(&[Need::AxeCore]);
        self.tests(ready.into_iter().map(part).collect());
    }

    /// The browsers that are set up, with what the layer needs besides.
    fn browsers(&mut self, needs: &[Need]) -> Vec<(Browser, Tools)> {
        let browsers = self.selection.browsers().into_iter();
        browsers
            .filter_map(|browser| {
                let tools = self.ready(browser.name(), &[browser.needs(), needs].concat())?;
                Some((browser, tools))
            })
            .collect()
    }

    /// What the layer needs; or nothing, and a failure that says why.
    fn ready(&mut self, part: &str, needs: &[Need]) -> Option<Tools> {
        let start = Instant::now();
        let tools = setup::ensure(self.project, needs);
        if let Err(error) = &tools {
            eprintln!("\nerror: {error}\n");
            self.add(part, Tally::check(false), start.elapsed());
        }
        tools.ok()
    }

    /// A command that is itself one test.
    fn check(&mut self, part: &str, mut command: Command) {
        self.title(part);
        let start = Instant::now();
        let outcome = process::spawn(&mut command).and_then(|mut running| running.wait(LIMIT, || ()));
        match &outcome {
            Ok(outcome) if outcome.success() => {}
            Ok(outcome) => eprintln!("{} {part}: {outcome}", self.layer.name()),
            Err(error) => eprintln!("{} {part} can't be started: {error}", self.layer.name()),
        }
        self.add(part, Tally::check(outcome.is_ok_and(process::Outcome::success)), start.elapsed());
    }

    /// Commands that run tests, side by side. Unless some were asked for by name, each must run one.
    fn tests(&mut self, parts: Vec<(String, Command)>) {
        let start = |(part, command)| (part, tally::start(arguments(command, &self.selection.filter), LIMIT));
        let started: Vec<_> = parts.into_iter().map(start).collect();
        for (part, tests) in started {
            self.title(&part);
            let (mut tally, time) = match tests.show() {
                Ok(Ended { tally, outcome, time }) => {
                    if !outcome.success() {
                        eprintln!("{} {part}: {outcome}", self.layer.name());
                    }
                    (tally, time)
                }
                Err(error) => {
                    eprintln!("{} {part} can't be started: {error}", self.layer.name());
                    (Tally::check(false), Duration::ZERO)
                }
            };
            if tally.total() == 0 && self.selection.filter.is_empty() {
                eprintln!("{} {part} ran no test, which counts as a failure", self.layer.name());
                tally = Tally::check(false);
            }
            self.add(&part, tally, time);
        }
    }

    fn title(&self, part: &str) {
        eprintln!("\n== {} {part}", self.layer.name());
    }

    fn add(&mut self, part: &str, tally: Tally, time: Duration) {
        self.summary.add(self.layer.name(), part, tally, time);
    }
}

fn cargo(project: &Project, arguments: &[&str]) -> Command {
    let mut cargo = command("cargo");
    cargo.args(arguments).current_dir(&project.root);
    cargo
}

/// What is built for wasm32: unit tests are not, they belong to the pure rooms and run natively.
fn wasm_cargo(project: &Project, tools: &Tools, verb: &str) -> Command {
    let mut cargo = tools.wasm_cargo();
    cargo
        .args([verb, "--package", "interleave", "--target", "wasm32-unknown-unknown"])
        .current_dir(&project.root)
        .env("CARGO_TARGET_DIR", project.wasm_target());
    cargo
}

/// The wasm tests in one browser. Their runner serves them isolated unless told otherwise.
fn web_test(project: &Project, tools: &Tools, browser: Browser, isolation: Isolation) -> Command {
    let mut test = wasm_cargo(project, tools, "test");
    for variable in Browser::ALL.map(Browser::runner_variable).into_iter().chain([PLAIN]) {
        test.env_remove(variable);
    }
    if isolation == Isolation::Plain {
        test.env(PLAIN, "1");
    }
    test.env(browser.runner_variable(), tools.file(browser.driver()))
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", tools.file(Need::WasmBindgen))
        .env("WASM_BINDGEN_TEST_TIMEOUT", WEB_LIMIT)
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", DRIVER_LIMIT)
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        .args(["--test", "*", "--no-fail-fast", "--"]);
    test
}

fn arguments(mut command: Command, more: &[impl AsRef<std::ffi::OsStr>]) -> Command {
    command.args(more);
    command
}

/// The crates of a dependency tree, one a line as `name v1.2.3`, that are the browser's.
fn impure_crates(tree: &str) -> Vec<&str> {
    let names = tree.lines().filter_map(|line| line.split_whitespace().next());
    let mut impure: Vec<&str> = names.filter(|name| IMPURE.contains(name)).collect();
    impure.sort_unstable();
    impure.dedup();
    impure
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browser_crates_are_found_by_their_whole_name() {
        let tree =
            "interleave v0.1.0 (/some/folder)\nserde v1.0.0\nweb-sys v0.3.0\nyew-like v1.0.0\nweb-sys v0.3.0 (*)";
        assert_eq!(impure_crates(tree), ["web-sys"]);
    }

    #[test]
    fn every_layer_is_found_by_its_name() {
        for layer in Layer::ALL {
            assert_eq!(Layer::named(layer.name()), Some(layer));
        }
    }
}
