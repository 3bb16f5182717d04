//! What xtask tells the tests by the environment.

use crate::{E2eError, Kind, Result};
use std::env;
use std::path::PathBuf;
use xtask::browser::{AXE, BROWSER, DIST, DRIVER, PICTURES};

/// Which browser to drive, and where everything is.
#[derive(Debug, Clone)]
pub struct Told {
    /// The browser.
    pub browser: Kind,
    /// Its driver.
    pub driver: PathBuf,
    /// The folder of the built page.
    pub dist: PathBuf,
    /// axe-core's script.
    pub axe: PathBuf,
    /// Where pictures go.
    pub pictures: PathBuf,
}

impl Told {
    /// Reads the environment.
    ///
    /// # Errors
    /// If something is not told: then the test was not started by xtask.
    pub fn read() -> Result<Self> {
        let told = |variable| env::var_os(variable).ok_or(E2eError::NotTold { variable });
        let browser = told(BROWSER)?;
        Ok(Self {
            browser: browser.to_str().and_then(Kind::named).ok_or(E2eError::NotTold { variable: BROWSER })?,
            driver: told(DRIVER)?.into(),
            dist: told(DIST)?.into(),
            axe: told(AXE)?.into(),
            pictures: told(PICTURES)?.into(),
        })
    }
}
