//! The project's commands: set-up, serve, test, build, bench.
//!
//! A library with a thin `main`, so that the end-to-end tests serve the page by the same server.

#[cfg(not(unix))]
compile_error!("the project's commands need a Unix: on Windows, run them in WSL");

pub mod args;
pub mod browser;
pub mod build;
pub mod command;
pub mod e2e;
pub mod lane;
pub mod long_links;
pub mod process;
pub mod progress;
pub mod project;
pub mod server;
pub mod setup;
pub mod stamp;
pub mod testing;
pub mod versions;
