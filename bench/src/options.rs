//! The command line: which scenarios, how many rounds, and where the tables go.

use crate::scenarios::{self, Scenario};

/// How many rounds are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// As many as a scenario asks for.
    Full,
    /// A fifth of those: to see that all works, and roughly where it stands.
    Quick,
}

/// Where the tables go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// To the terminal.
    Terminal,
    /// Into `docs/benchmarks.md` as well.
    Docs,
}

/// What the command line asks for.
pub struct Options {
    /// Which scenarios to run, in order.
    pub scenarios: Vec<&'static Scenario>,
    /// How many rounds of each.
    pub pace: Pace,
    /// Where the tables go.
    pub output: Output,
}

impl Options {
    /// Reads the arguments.
    ///
    /// # Errors
    /// A sentence about what can't be understood, or can't be had together.
    pub fn read(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut scenarios, mut pace, mut output) = (Vec::new(), Pace::Full, Output::Terminal);
        for argument in arguments {
            match argument.as_str() {
                "--quick" => pace = Pace::Quick,
                "--write" => output = Output::Docs,
                name => scenarios.push(find(name)?),
            }
        }
        if output == Output::Docs && !scenarios.is_empty() {
            return Err("docs/benchmarks.md holds one whole run: --write goes without scenarios".to_owned());
        }
        if scenarios.is_empty() {
            scenarios.extend(&scenarios::ALL);
        }
        Ok(Self { scenarios, pace, output })
    }
}

fn find(name: &str) -> Result<&'static Scenario, String> {
    scenarios::ALL.iter().find(|scenario| scenario.name == name).ok_or_else(|| {
        let names = scenarios::ALL.each_ref().map(|scenario| scenario.name).join(", ");
        format!("there is no scenario '{name}'; there are: {names}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Options, String> {
        Options::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn all_scenarios_are_run_unless_some_are_named() {
        assert_eq!(read("").unwrap().scenarios.len(), scenarios::ALL.len());
        let some = read("--quick few").unwrap();
        assert_eq!((some.scenarios.len(), some.pace, some.output), (1, Pace::Quick, Output::Terminal));
    }

    #[test]
    fn what_is_not_known_is_not_passed_over() {
        assert!(read("fwe").is_err_and(|error| error.contains("few")));
        assert!(read("--fast").is_err());
    }

    #[test]
    fn only_a_whole_run_is_written() {
        assert!(read("--write --quick").is_ok() && read("--write few").is_err());
    }
}
