//! The same workload as code, to be taken away: one file a language.
//!
//! What is written does in that language what the mode does here, by the same rules: a failing task fails as there, a
//! cap holds, tasks differ by the same factors. It is a whole program, or a view, with nothing to be filled in.

mod asked;
mod braces;
mod django;
mod javascript;
mod python;
mod rust;
mod text;

use asked::Asked;

use crate::workload::{Mode, Settings, Workload};

/// A language, or what stands for one, in which a workload can be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// A script for `CPython` 3.10 or later.
    #[default]
    Python,
    /// The module of a view, for Django 4.2 or later.
    Django,
    /// A module for Node.js 20 or later.
    JavaScript,
    /// A program for Rust 2021 or later.
    Rust,
}

/// A language has nothing that is like a mode; why, and what is usual there, in whole sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotThere(pub &'static str);

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Python, Self::Django, Self::JavaScript, Self::Rust];

    /// Tells it from all others, in lower case.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::Django => "django",
            Self::JavaScript => "javascript",
            Self::Rust => "rust",
        }
    }

    /// The name on the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Python => "Python",
            Self::Django => "Django",
            Self::JavaScript => "JavaScript",
            Self::Rust => "Rust",
        }
    }

    /// How the code of a mode is run, in a sentence.
    #[must_use]
    pub const fn how_to_run(self, mode: Mode) -> &'static str {
        match (self, mode) {
            (Self::Python, Mode::FreeThreads) => "Run it with a Python that has no GIL: python3.14t interleave.py",
            (Self::Python, _) => "Run it with Python 3.10 or later: python3 interleave.py",
            (Self::Django, _) => {
                "The views.py of an app, for Django 4.2 or later: add path(\"\", views.view) to its urls.py. What it \
                 prints comes where the server prints."
            }
            (Self::JavaScript, _) => "Run it with Node.js 20 or later: node interleave.mjs",
            (Self::Rust, _) => "The src/main.rs of a package: cargo run --release",
        }
    }

    /// The media type of its code.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Python | Self::Django => "text/x-python",
            Self::JavaScript => "text/javascript",
            Self::Rust => "text/plain",
        }
    }

    /// What the code may be saved as.
    #[must_use]
    pub const fn file(self) -> &'static str {
        match self {
            Self::Python => "interleave.py",
            Self::Django => "views.py",
            Self::JavaScript => "interleave.mjs",
            Self::Rust => "main.rs",
        }
    }
}

/// The workload in a mode, under these settings, as code of a language.
///
/// # Errors
/// The language has nothing like the mode.
pub fn write(language: Language, mode: Mode, workload: &Workload, settings: &Settings) -> Result<String, NotThere> {
    let asked = Asked { mode, workload, settings };
    match language {
        Language::Python => Ok(python::write(&asked)),
        Language::Django => django::write(&asked),
        Language::JavaScript => javascript::write(&asked),
        Language::Rust => rust::write(&asked),
    }
}
