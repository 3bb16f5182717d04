//! Why something was not measured.

use e2e::E2eError;

/// Why something was not measured.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It can't be had here, for this reason.
    #[error("{0}")]
    NotHere(String),
    /// The browser, or what drives it, broke.
    #[error(transparent)]
    Browser(#[from] E2eError),
    /// A peer could not be run, or its answer could not be read.
    #[error("{peer}: {what}")]
    Peer {
        /// Its name.
        peer: &'static str,
        /// What went wrong.
        what: String,
    },
}

/// What measuring gives.
pub type Result<T = ()> = std::result::Result<T, Failure>;
