//! Why a test could not do what it wanted, told so that it can be read in a test's output.

use fantoccini::error::{CmdError, NewSessionError};
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::Duration;
use xtask::server::ServeError;

/// Why a step of a test failed. A test harness prints errors by `Debug`; here that is the message.
#[derive(thiserror::Error)]
pub enum E2eError {
    /// The test was not started by xtask.
    #[error(
        "{variable} is not set. Run these tests by `cargo xtask test --only e2e`: it sets up the browsers, \
         builds the page, and tells the tests where everything is"
    )]
    NotTold {
        /// What was looked for in the environment.
        variable: &'static str,
    },
    /// The driver did not start.
    #[error("the driver {driver} did not listen within {waited:?}. Its log:\n{log}", driver = driver.display())]
    Driver {
        /// The driver.
        driver: PathBuf,
        /// How long it had.
        waited: Duration,
        /// What it printed.
        log: String,
    },
    /// The driver gave no browser.
    #[error("the browser did not start: {0}")]
    Session(#[from] NewSessionError),
    /// The browser did not do something.
    #[error("{action}: {source}")]
    Action {
        /// What it was to do.
        action: String,
        /// What the driver said.
        source: CmdError,
    },
    /// Something did not come.
    #[error("waited {waited:?} in vain for {what}. The page is at {url} and reads:\n{text}")]
    Waited {
        /// What for.
        what: String,
        /// How long.
        waited: Duration,
        /// Where the page was.
        url: String,
        /// What it read.
        text: String,
    },
    /// A script gave something else than was expected.
    #[error("{script} gave {value}, which is not {expected}")]
    Value {
        /// The script.
        script: String,
        /// What it gave.
        value: serde_json::Value,
        /// What was expected.
        expected: &'static str,
    },
    /// Something that only one of the browsers can do.
    #[error("{0} can't be had in this browser")]
    Unsupported(&'static str),
    /// The site could not be served.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// A file or a socket could not be used.
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl fmt::Debug for E2eError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
