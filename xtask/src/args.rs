//! The command line: read once into a [`Command`], with a clear word about what can't be read.

use crate::browser::Browser;
use crate::server::Isolation;
use crate::testing::{Layer, Selection};
use lexopt::{Arg, Parser, ValueExt};
use std::path::PathBuf;

/// What is printed when xtask is asked for help, or not understood.
pub const USAGE: &str = "\
Usage: cargo xtask COMMAND

  serve [--port N] [--no-isolation]
                        build, then serve the page on http://localhost:8080
  test [--only LAYER] [--browser chromium|firefox] [-- FILTER]
                        run every test, or only some
  build [--out FOLDER]  the release build: static files, in dist/
  bench [--quick] [--write] [-- SCENARIO]
                        the benchmarks beside their peers, or some of them;
                        --write puts the tables into docs/benchmarks.md
  screenshots [FOLDER]  the pictures of the page, in docs/screenshots/
  setup                 set up what all of these need, and nothing else

Each command first sets up what it needs and what is missing.";

/// The port unless told otherwise.
const PORT: u16 = 8080;

/// A command, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Print [`USAGE`].
    Help,
    /// Build and serve.
    Serve {
        /// Where.
        port: u16,
        /// With or without the headers that isolate.
        isolation: Isolation,
    },
    /// Test.
    Test(Selection),
    /// Build.
    Build {
        /// Where to, if not to `dist/`.
        out: Option<PathBuf>,
    },
    /// Measure.
    Bench {
        /// What the program is told: it knows its scenarios.
        arguments: Vec<String>,
    },
    /// Take pictures of the page.
    Screenshots {
        /// Where to, if not to `docs/screenshots/`.
        folder: Option<PathBuf>,
    },
    /// Set up everything.
    Setup,
}

/// A command line that can't be understood.
#[derive(Debug, thiserror::Error)]
pub enum UsageError {
    /// An option or its value is wrong.
    #[error("{0}")]
    Option(#[from] lexopt::Error),
    /// There is no such command.
    #[error("there is no command '{0}'")]
    Command(String),
    /// There is no such layer.
    #[error("there is no layer '{name}' of tests; there are: {names}", name = .0, names = Layer::names())]
    Layer(String),
    /// There is no such browser.
    #[error("there is no browser '{0}' to test in; there are: chromium, firefox")]
    Browser(String),
}

/// Reads the command line of this process.
///
/// # Errors
/// If it can't be understood.
pub fn parse() -> Result<Command, UsageError> {
    read(Parser::from_env())
}

fn read(mut parser: Parser) -> Result<Command, UsageError> {
    let name = match parser.next()? {
        None | Some(Arg::Short('h') | Arg::Long("help")) => return Ok(Command::Help),
        Some(Arg::Value(name)) => name.string()?,
        Some(other) => return Err(other.unexpected().into()),
    };
    let mut command = match name.as_str() {
        "help" => Command::Help,
        "serve" => Command::Serve { port: PORT, isolation: Isolation::default() },
        "test" => Command::Test(Selection::default()),
        "build" => Command::Build { out: None },
        "bench" => Command::Bench { arguments: Vec::new() },
        "screenshots" => Command::Screenshots { folder: None },
        "setup" => Command::Setup,
        _ => return Err(UsageError::Command(name)),
    };
    while let Some(argument) = parser.next()? {
        match (&mut command, argument) {
            (_, Arg::Short('h') | Arg::Long("help")) => return Ok(Command::Help),
            (Command::Serve { port, .. }, Arg::Long("port")) => *port = parser.value()?.parse()?,
            (Command::Serve { isolation, .. }, Arg::Long("no-isolation")) => *isolation = Isolation::Plain,
            (Command::Test(selection), Arg::Long("only")) => selection.layer = Some(layer(parser.value()?.string()?)?),
            (Command::Test(selection), Arg::Long("browser")) => {
                selection.browser = Some(browser(parser.value()?.string()?)?);
            }
            (Command::Test(selection), Arg::Value(value)) => selection.filter.push(value.string()?),
            (Command::Build { out }, Arg::Long("out")) => *out = Some(parser.value()?.into()),
            (Command::Bench { arguments }, Arg::Long(option @ ("quick" | "write"))) => {
                arguments.push(format!("--{option}"));
            }
            (Command::Bench { arguments }, Arg::Value(scenario)) => arguments.push(scenario.string()?),
            (Command::Screenshots { folder }, Arg::Value(value)) => *folder = Some(value.into()),
            (_, argument) => return Err(argument.unexpected().into()),
        }
    }
    Ok(command)
}

fn layer(name: String) -> Result<Layer, UsageError> {
    Layer::named(&name).ok_or(UsageError::Layer(name))
}

fn browser(name: String) -> Result<Browser, UsageError> {
    Browser::named(&name).ok_or(UsageError::Browser(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        read(Parser::from_args(line.split_whitespace())).map_err(|error| error.to_string())
    }

    #[test]
    fn no_command_asks_for_help() {
        assert_eq!(parsed(""), Ok(Command::Help));
        assert_eq!(parsed("serve --help"), Ok(Command::Help));
    }

    #[test]
    fn serve_has_a_port_and_isolation() {
        assert_eq!(parsed("serve"), Ok(Command::Serve { port: 8080, isolation: Isolation::Isolated }));
        let plain = Command::Serve { port: 9, isolation: Isolation::Plain };
        assert_eq!(parsed("serve --no-isolation --port 9"), Ok(plain));
        assert!(parsed("serve --port 70000").is_err());
    }

    #[test]
    fn a_filter_follows_two_dashes() {
        let selection =
            Selection { layer: Some(Layer::E2e), browser: Some(Browser::Firefox), filter: vec!["title".into()] };
        assert_eq!(parsed("test --only e2e --browser firefox -- title"), Ok(Command::Test(selection)));
    }

    #[test]
    fn the_benchmarks_are_told_what_they_know() {
        let arguments = vec!["--quick".to_owned(), "few".to_owned()];
        assert_eq!(parsed("bench --quick -- few"), Ok(Command::Bench { arguments }));
        assert!(parsed("bench --slow").is_err());
    }

    #[test]
    fn an_unknown_layer_lists_the_known() {
        let error = parsed("test --only unit").unwrap_err();
        assert_eq!(error, "there is no layer 'unit' of tests; there are: fmt, clippy, pure, native, web, e2e");
    }

    #[test]
    fn what_is_not_known_is_not_passed_over() {
        assert_eq!(parsed("biuld").unwrap_err(), "there is no command 'biuld'");
        assert!(parsed("build --port 3").is_err());
    }
}
