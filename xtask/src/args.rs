//! The command line: read once into a [`Command`], with a clear word about what can't be read.

/// What is printed when xtask is asked for help, or not understood.
pub const USAGE: &str = "\
Usage: cargo xtask COMMAND

  serve [--port N] [--no-isolation]
                        build, then serve the page on http://localhost:8080
  test [--only LAYER] [--browser chromium|firefox] [-- FILTER]
                        run every test, or one layer of them
  build [--out FOLDER]  the release build, static files in dist/
  bench                 the benchmarks beside their peers
  screenshots [FOLDER]  pictures of the page, into target/screenshots/
  setup                 only set up what the commands above need

Each command first sets up what it needs and is missing.";

/// A command, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Print [`USAGE`].
    Help,
    /// Set up everything.
    Setup,
}

/// A command line that can't be understood.
#[derive(Debug, thiserror::Error)]
pub enum UsageError {
    /// An option or its value is wrong.
    #[error("{0}")]
    Option(#[from] lexopt::Error),
}
