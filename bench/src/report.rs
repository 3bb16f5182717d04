//! What a run of the benchmarks says: each target with what was measured, then the tables, as Markdown.

use std::fmt;
use std::fs;
use std::io;
use std::time::Duration;

use crate::failure::Failure;
use crate::figures::Figures;
use crate::options::Pace;
use crate::peers::page::Machine;
use crate::peers::python;
use crate::table::Table;
use crate::target::Target;

/// Where the tables are kept, and what stands before them there.
const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/benchmarks.md");
const MARK: &str = "<!-- `cargo xtask bench --write` writes all that follows. -->\n";

/// What a run of the benchmarks says.
pub struct Report {
    pace: Pace,
    machine: Option<Machine>,
    pulse: Vec<f64>,
    targets: Vec<Target>,
    tables: Vec<Table>,
    broken: Vec<String>,
    took: Duration,
}

impl Report {
    /// With nothing in it.
    pub fn new(pace: Pace) -> Self {
        let (targets, tables, broken) = (Vec::new(), Vec::new(), Vec::new());
        Self { pace, machine: None, pulse: Vec::new(), targets, tables, broken, took: Duration::ZERO }
    }

    /// Adds a target with what was measured.
    pub fn target(&mut self, target: Target) {
        self.targets.push(target);
    }

    /// Adds a table.
    pub fn table(&mut self, table: Table) {
        self.tables.push(table);
    }

    /// A scenario broke off.
    pub fn broke_off(&mut self, scenario: &str, failure: &Failure) {
        self.broken.push(format!("`{scenario}` broke off: {failure}"));
    }

    /// What the page told of the machine.
    pub fn machine(&mut self, machine: Machine) {
        self.machine.get_or_insert(machine);
    }

    /// How fast the machine counted by itself, before a scenario.
    pub fn pulse(&mut self, counts_per_ms: f64) {
        self.pulse.push(counts_per_ms);
    }

    /// How long it all took.
    pub const fn took(&mut self, time: Duration) {
        self.took = time;
    }

    /// Writes it into the documentation, in place of the last.
    pub fn write(&self) -> io::Result<()> {
        let docs = fs::read_to_string(DOCS)?;
        let Some((before, _)) = docs.split_once(MARK) else {
            return Err(io::Error::other("it has no mark after which the tables go"));
        };
        fs::write(DOCS, format!("{before}{MARK}\n{self}"))
    }

    fn made_on(&self) -> String {
        let rounds = match self.pace {
            Pace::Full => "all rounds",
            Pace::Quick => "a fifth of the rounds",
        };
        let mut words = vec![format!("One run with {rounds}, in {} s", self.took.as_secs())];
        words.extend(processor());
        if let Some(Machine { cores, user_agent, counts_per_ms, .. }) = &self.machine {
            words.push(format!("{cores} cores"));
            words.extend(user_agent.split(' ').find(|part| part.contains("Chrome/")).map(str::to_owned));
            words.push(format!("the page's lane {counts_per_ms:.0} counts a ms"));
        }
        let pulse = self.pulse.iter().copied().collect::<Figures>();
        words.push(format!("native Rust on all cores {pulse} counts a ms, before each scenario"));
        words.push(python::version().unwrap_or_else(|| "no python3 here".to_owned()));
        words.join("; ") + "."
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n", self.made_on())?;
        let mut table = Table::new("Targets", ["what", "target", "measured", "ratio", "met"]);
        self.targets.iter().for_each(|target| table.row(target.cells()));
        let tables = self.tables.iter().map(Table::to_string);
        let broken = self.broken.iter().map(|broken| broken.clone() + "\n");
        let targets = (!self.targets.is_empty()).then(|| table.to_string());
        let parts = targets.into_iter().chain(tables).chain(broken);
        f.write_str(&parts.collect::<Vec<_>>().join("\n"))
    }
}

/// What the processor is called, where the system tells.
fn processor() -> Option<String> {
    let told = fs::read_to_string("/proc/cpuinfo").ok()?;
    let (_, name) = told.lines().find(|line| line.starts_with("model name"))?.split_once(':')?;
    Some(name.trim().to_owned())
}
