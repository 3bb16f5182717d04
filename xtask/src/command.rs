//! What each command does, step by step.

use crate::args::Command;
use crate::browser::Browser;
use crate::build::{BuildError, build};
use crate::e2e::{self, ProgramError};
use crate::project::{NoHome, Project};
use crate::server::{self, Isolation, ServeError};
use crate::setup::{self, Need, SetupError};
use crate::{args, testing};
use std::path::Path;

/// Why a command did not do its work. Each message is written for whoever gave the command.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// There is no place for the tools.
    #[error(transparent)]
    NoHome(#[from] NoHome),
    /// Something could not be set up.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// The page could not be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The page could not be served.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// A program of the e2e package failed.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// Tests failed; the summary has been printed.
    #[error("")]
    Tests,
}

/// Carries a command out.
///
/// # Errors
/// If something that it needs can't be had or done.
pub fn run(command: Command) -> Result<(), CommandError> {
    let project = Project::find()?;
    match command {
        Command::Help => println!("{}", args::USAGE),
        Command::Setup => {
            setup::ensure(&project, &Need::ALL)?;
            println!("All is set up; the tools are in {}", project.tools.display());
        }
        Command::Build { out } => {
            let tools = setup::ensure(&project, &Need::BUILD)?;
            let out = build(&project, &tools, out.as_deref())?;
            println!("The page is in {}: put it on any static host, under any path", out.display());
        }
        Command::Serve { port, isolation } => serve(&project, port, isolation)?,
        Command::Test(selection) => {
            if !testing::run(&project, &selection) {
                return Err(CommandError::Tests);
            }
        }
        Command::Bench { arguments } => {
            let tools = setup::ensure(&project, &[&Need::BUILD, Browser::Chromium.needs()].concat())?;
            let dist = build(&project, &tools, None)?;
            e2e::bench(&project, &tools, &dist, &arguments)?;
        }
        Command::Screenshots { folder } => {
            let tools = setup::ensure(&project, &[&Need::BUILD, Browser::Chromium.needs()].concat())?;
            let dist = build(&project, &tools, None)?;
            let folder = e2e::screenshots(&project, &tools, &dist, folder.as_deref())?;
            println!("The pictures are in {}", folder.display());
        }
    }
    Ok(())
}

fn serve(project: &Project, port: u16, isolation: Isolation) -> Result<(), CommandError> {
    // Only to find out now, not after a long build, whether the port is free. It is let go meanwhile:
    // a browser would take a port that is listened on for a page that hangs.
    drop(server::listen(port)?);
    let tools = setup::ensure(project, &Need::BUILD)?;
    let dist = build(project, &tools, None)?;
    serve_folder(&dist, port, isolation)?;
    Ok(())
}

fn serve_folder(dist: &Path, port: u16, isolation: Isolation) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let listeners = server::listen(port)?;
    let port = listeners.first().map_or(Ok(port), |listener| listener.local_addr().map(|at| at.port()))?;
    let router = server::router(dist, "/", isolation);
    println!("Interleave is on http://localhost:{port} (Ctrl-C ends it)");
    runtime.block_on(server::serve(listeners, router))
}
