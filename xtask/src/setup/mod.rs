//! The set-up: what a command needs is looked for, and installed if it is missing.
//!
//! One file a way of installing: `wasm` (rustup, else Debian), `cargo_tool`, `npm`, `apt`. Each looks
//! first, so that a second set-up takes no time and a tool that is there already is used as it is. What
//! is installed goes into the user's cache or, by apt, into the system; nothing into the checkout.

mod apt;
mod cargo_tool;
mod error;
mod find;
mod npm;
mod tools;
mod wasm;

pub use error::SetupError;
pub use tools::Tools;
pub use wasm::Toolchain;

use crate::progress::in_words;
use crate::project::Project;
use std::fs::File;
use std::time::Instant;

/// Something that a command can't do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A Rust that can build for wasm32.
    WasmTarget,
    /// Builds the page.
    Trunk,
    /// The glue between wasm and JavaScript, and the runner of wasm tests.
    WasmBindgen,
    /// Makes the wasm small.
    WasmOpt,
    /// A browser to test in, with its driver.
    Chromium,
    /// The other browser to test in.
    Firefox,
    /// Its driver.
    Geckodriver,
    /// Finds barriers to accessibility.
    AxeCore,
    /// Runs the Python that the page writes.
    Python,
}

impl Need {
    /// What the release build needs.
    pub const BUILD: [Self; 4] = [Self::WasmTarget, Self::Trunk, Self::WasmBindgen, Self::WasmOpt];
    /// Everything.
    pub const ALL: [Self; 9] = [
        Self::WasmTarget,
        Self::Trunk,
        Self::WasmBindgen,
        Self::WasmOpt,
        Self::Chromium,
        Self::Firefox,
        Self::Geckodriver,
        Self::AxeCore,
        Self::Python,
    ];
}

/// Looks for all `needs`, installs those that are missing, and tells where they are.
///
/// # Errors
/// If one can't be had; the message says what to do about it.
pub fn ensure(project: &Project, needs: &[Need]) -> Result<Tools, SetupError> {
    let mut tools = Tools::default();
    for need in needs {
        match need {
            Need::WasmTarget => {
                tools.set_toolchain(ready(project, &wasm::step(), wasm::find, || wasm::install(project))?);
            }
            Need::Trunk => cargo_tool(project, &mut tools, *need, &cargo_tool::trunk())?,
            Need::WasmBindgen => {
                cargo_tool(project, &mut tools, *need, &cargo_tool::wasm_bindgen(&project.root)?)?;
            }
            Need::Geckodriver => cargo_tool(project, &mut tools, *need, &cargo_tool::geckodriver())?,
            Need::WasmOpt => npm_package(project, &mut tools, *need, &npm::BINARYEN)?,
            Need::AxeCore => npm_package(project, &mut tools, *need, &npm::AXE_CORE)?,
            Need::Chromium => system_program(project, &mut tools, *need, &apt::CHROMIUM)?,
            Need::Firefox => system_program(project, &mut tools, *need, &apt::FIREFOX)?,
            Need::Python => system_program(project, &mut tools, *need, &apt::PYTHON)?,
        }
    }
    Ok(tools)
}

fn cargo_tool(
    project: &Project,
    tools: &mut Tools,
    need: Need,
    tool: &cargo_tool::CargoTool,
) -> Result<(), SetupError> {
    tools.add(need, ready(project, &tool.step(), || tool.find(project), || tool.install(project))?);
    Ok(())
}

fn npm_package(project: &Project, tools: &mut Tools, need: Need, package: &npm::NpmPackage) -> Result<(), SetupError> {
    tools.add(need, ready(project, &package.step(), || package.find(project), || package.install(project))?);
    Ok(())
}

fn system_program(
    project: &Project,
    tools: &mut Tools,
    need: Need,
    program: &apt::SystemProgram,
) -> Result<(), SetupError> {
    tools.add(need, ready(project, &program.step(), || program.find(), || program.install(project))?);
    Ok(())
}

/// What the reader is told before something is installed.
#[derive(Debug, Clone)]
struct Step {
    /// What it is, with its version.
    what: String,
    /// What it is for.
    why: &'static str,
    /// How it is installed, and about how long that takes on two cores.
    how: &'static str,
}

/// Finds something, or installs it and finds it then. Only one set-up installs at a time; another one waits
/// for it and then finds the thing in its place.
fn ready<T>(
    project: &Project,
    step: &Step,
    find: impl Fn() -> Option<T>,
    install: impl FnOnce() -> Result<(), SetupError>,
) -> Result<T, SetupError> {
    if let Some(found) = find() {
        return Ok(found);
    }
    let _alone = alone(project)?;
    if let Some(found) = find() {
        return Ok(found);
    }
    let Step { what, why, how } = step;
    eprintln!("set-up: {what}: {why}; {how}");
    let start = Instant::now();
    install()?;
    let found = find().ok_or_else(|| SetupError::NotThere { what: what.clone() })?;
    eprintln!("        done in {}", in_words(start.elapsed()));
    Ok(found)
}

/// Waits until no other set-up is installing; the right to do so is given back on drop.
fn alone(project: &Project) -> Result<File, SetupError> {
    let path = project.tools.join("lock");
    let error = |source| SetupError::Folder { path: project.tools.clone(), source };
    std::fs::create_dir_all(&project.tools).map_err(error)?;
    let file = File::create(path).map_err(error)?;
    if file.try_lock().is_err() {
        eprintln!("set-up: another set-up is installing; waiting for it");
        file.lock().map_err(error)?;
    }
    Ok(file)
}
