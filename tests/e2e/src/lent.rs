//! One browser for all tests of a program, lent to one of them at a time.
//!
//! To start a browser takes a second or three, to open a page in one that runs a few milliseconds. Sites
//! are served at ports of their own, so that no test sees what another one has stored.

use crate::browser::Options;
use crate::{Browser, Result};
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

static SHARED: Mutex<Option<Arc<Browser>>> = Mutex::new(None);

/// A browser that goes back when this is dropped. If the test panics by then, a picture of the page is
/// taken, and the next test gets a fresh browser.
#[derive(Debug)]
pub struct Lent {
    browser: Arc<Browser>,
    shared: MutexGuard<'static, Option<Arc<Browser>>>,
}

impl Browser {
    /// Lends the browser that this program's tests share; waits until no other test has it.
    ///
    /// # Errors
    /// If it has to be started and does not start.
    pub fn lend() -> Result<Lent> {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        let used = shared.take().filter(|browser| browser.reset().is_ok());
        let browser = if let Some(browser) = used {
            browser
        } else {
            let browser = Arc::new(Self::start(Options::default())?);
            browser.reset()?;
            browser
        };
        *shared = Some(Arc::clone(&browser));
        Ok(Lent { browser, shared })
    }
}

impl Deref for Lent {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if thread::panicking() {
            let name = thread::current().name().unwrap_or("test").replace("::", "-");
            let path = self.told().pictures.join(format!("{name}-{}.png", self.kind().name()));
            match self.picture(&path) {
                Ok(()) => eprintln!("the page as it was: {}", path.display()),
                Err(error) => eprintln!("there is no picture of the page: {error}"),
            }
            *self.shared = None;
        }
    }
}
