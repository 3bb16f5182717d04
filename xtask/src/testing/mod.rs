//! `cargo xtask test`: the layers of tests, fast checks first, and their sum.
//!
//! A layer that fails stops no other one. One that can't run, because something it needs can't be set up,
//! is a failure and never skipped in silence.

mod layers;
mod summary;
mod tally;

pub use layers::Layer;

use crate::browser::Browser;
use crate::project::Project;
use summary::Summary;

/// Which tests to run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// One layer, or all.
    pub layer: Option<Layer>,
    /// One browser, or all.
    pub browser: Option<Browser>,
    /// Words of which a test's name must contain one; all tests without them.
    pub filter: Vec<String>,
}

impl Selection {
    fn layers(&self) -> Vec<Layer> {
        self.layer.map_or_else(|| Layer::ALL.to_vec(), |layer| vec![layer])
    }

    fn browsers(&self) -> Vec<Browser> {
        self.browser.map_or_else(|| Browser::ALL.to_vec(), |browser| vec![browser])
    }
}

/// Runs the tests and prints their sum, last of all as `N passed, N failed`; says whether all is well.
#[must_use]
pub fn run(project: &Project, selection: &Selection) -> bool {
    let mut summary = Summary::default();
    for layer in selection.layers() {
        layers::run(layer, project, selection, &mut summary);
    }
    println!("\n{summary}");
    summary.is_good()
}
