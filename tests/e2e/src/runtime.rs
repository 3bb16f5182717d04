//! The one thread on which sockets are served, for all tests of a program.
//!
//! Tests are plain blocking functions; what the WebDriver client and the sites need of a runtime goes on
//! here, and outlives the test that began it.

use std::future::{Future, pending};
use std::sync::OnceLock;
use std::{io, thread};
use tokio::runtime::{Builder, Handle};

/// Waits for a future.
///
/// # Errors
/// If there is no runtime to be had.
pub fn wait<F: Future>(future: F) -> io::Result<F::Output> {
    Ok(handle()?.block_on(future))
}

/// The runtime, begun when it is first asked for.
///
/// # Errors
/// If the system gives none.
pub fn handle() -> io::Result<&'static Handle> {
    static HANDLE: OnceLock<Handle> = OnceLock::new();
    if let Some(handle) = HANDLE.get() {
        return Ok(handle);
    }
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    thread::Builder::new().name("runtime".to_owned()).spawn(move || runtime.block_on(pending::<()>()))?;
    Ok(HANDLE.get_or_init(|| handle))
}
