//! `CPython`, where there is a `python3`: the scripts in `bench/python/`.

use std::io::ErrorKind;
use std::process::Command;

use super::{Run, Step, Work, read};
use crate::failure::{Failure, Result};

/// How many times fewer iterations it counts: about as many times as slow it is.
const SLOWER: u64 = 128;

/// A script, by what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// One task after the other.
    Sync,
    /// `asyncio.gather`.
    Asyncio,
    /// `threading`, a thread a task.
    Threading,
    /// `multiprocessing`, a process a task.
    Multiprocessing(Start),
}

/// How a process starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// As a fresh interpreter: the one way that every system has, and the nearest to a fresh worker.
    Spawn,
    /// As a copy of its parent, as Linux can.
    Fork,
}

impl Script {
    /// Its name, in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sync => "one by one",
            Self::Asyncio => "asyncio.gather",
            Self::Threading => "threading",
            Self::Multiprocessing(Start::Spawn) => "multiprocessing, spawn",
            Self::Multiprocessing(Start::Fork) => "multiprocessing, fork",
        }
    }

    const fn file(self) -> &'static str {
        match self {
            Self::Sync => "one_by_one.py",
            Self::Asyncio => "gather.py",
            Self::Threading => "threads.py",
            Self::Multiprocessing(_) => "processes.py",
        }
    }

    /// Does the work in an interpreter of its own, whose own start is not counted.
    pub fn run(self, work: &Work) -> Result<Run> {
        let (step, value) = match work.step {
            Step::Print => ("print", 0),
            Step::Sleep(ms) => ("sleep", ms.into()),
            Step::Count(iterations) => ("count", iterations / SLOWER),
        };
        let mut python = Command::new("python3");
        python.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/python/").to_owned() + self.file());
        python.args([&work.tasks.to_string(), step, &value.to_string()]);
        match self {
            Self::Multiprocessing(Start::Spawn) => _ = python.arg("spawn"),
            Self::Multiprocessing(Start::Fork) => _ = python.arg("fork"),
            _ => {}
        }
        let told = output(python.env("PYTHONDONTWRITEBYTECODE", "1"))?;
        let value = serde_json::from_str(&told).map_err(|error| broke(&error.to_string()))?;
        read("CPython", value)
    }
}

/// How it calls itself: `Python 3.11.7`.
pub fn version() -> Option<String> {
    output(Command::new("python3").arg("--version")).ok().map(|told| told.trim().to_owned())
}

fn output(python: &mut Command) -> Result<String> {
    let output = python.output().map_err(|error| match error.kind() {
        ErrorKind::NotFound => Failure::NotHere("no python3 here".to_owned()),
        _ => broke(&error.to_string()),
    })?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(broke(&String::from_utf8_lossy(&output.stderr)))
    }
}

fn broke(what: &str) -> Failure {
    Failure::Peer { peer: "CPython", what: what.to_owned() }
}
