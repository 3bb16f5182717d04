//! The browsers that tests run in, and what the environment tells a test of them.
//!
//! The end-to-end tests, the pictures and the benchmarks are started by xtask with the variables named
//! here; the e2e package reads them back by the same names.

use crate::setup::Need;

/// Names the browser: `chromium` or `firefox`.
pub const BROWSER: &str = "INTERLEAVE_BROWSER";
/// The path of its driver.
pub const DRIVER: &str = "INTERLEAVE_DRIVER";
/// The folder of the built page.
pub const DIST: &str = "INTERLEAVE_DIST";
/// The path of axe-core's script.
pub const AXE: &str = "INTERLEAVE_AXE";
/// The folder for pictures: of pages where a test failed, or those that were asked for.
pub const PICTURES: &str = "INTERLEAVE_PICTURES";

/// A browser to test in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// Chromium or Chrome.
    Chromium,
    /// Firefox.
    Firefox,
}

impl Browser {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    /// Its name, on the command line and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }

    /// The browser of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|browser| browser.name() == name)
    }

    /// What must be set up to drive it.
    #[must_use]
    pub fn needs(self) -> &'static [Need] {
        match self {
            Self::Chromium => &[Need::Chromium],
            Self::Firefox => &[Need::Firefox, Need::Geckodriver],
        }
    }

    /// The need whose file is its driver.
    #[must_use]
    pub fn driver(self) -> Need {
        match self {
            Self::Chromium => Need::Chromium,
            Self::Firefox => Need::Geckodriver,
        }
    }

    /// The variable by which the runner of wasm tests is told of the driver.
    #[must_use]
    pub fn runner_variable(self) -> &'static str {
        match self {
            Self::Chromium => "CHROMEDRIVER",
            Self::Firefox => "GECKODRIVER",
        }
    }
}
