//! Why something could not be set up, told with what the reader can do.

use crate::progress::LoggedError;
use crate::project::TOOLS_VARIABLE;
use crate::versions::LockError;
use std::path::PathBuf;

/// Why something could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// A step's command failed.
    #[error("{what} could not be installed: {source}\n\n{advice}")]
    Step {
        /// What was to be installed.
        what: String,
        /// How its command failed.
        source: Box<LoggedError>,
        /// What the reader can do.
        advice: String,
    },
    /// The step ended well, and still the thing is not there.
    #[error("{what} was installed, but it can't be found; is it on another PATH?")]
    NotThere {
        /// What was to be installed.
        what: String,
    },
    /// This machine has no apt, and the project knows no other way.
    #[error("{what} is missing, and this machine has no apt-get to install it with.\n\n{advice}")]
    NoApt {
        /// What was to be installed.
        what: String,
        /// What the reader can do.
        advice: String,
    },
    /// Nobody here may install packages.
    #[error(
        "{what} is missing, and installing it needs root or sudo.\n\n\
         Run this, then the same command again:\n    sudo {command}"
    )]
    NoRoot {
        /// What was to be installed.
        what: String,
        /// The command that installs it.
        command: String,
    },
    /// npm is not there.
    #[error(
        "{what} comes by npm, and there is no npm here.\n\n\
         Install Node.js, which brings it (on Debian: sudo apt-get install nodejs npm), then run the \
         same command again"
    )]
    NoNpm {
        /// What was to be installed.
        what: String,
    },
    /// The folder of the tools can't be written.
    #[error("the tools' folder {path} can't be used: {source}; name another with {TOOLS_VARIABLE}=/some/folder", path = path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A version can't be told.
    #[error(transparent)]
    Lock(#[from] LockError),
}
