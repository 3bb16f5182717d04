//! A picture of a trace, and the same in words, worked out a stretch at a time: a long trace takes longer than a page
//! may be held up. Not how a pixel comes to its state (`bars`), nor when there is time to go on.

use super::bars::{Bar, Mark, Shares};
use super::gil::{Held, Strip};
use super::words::Words;
use super::{Sizes, View};
use crate::trace::{Found, Lives, Trace};
use crate::workload::TaskCount;

/// All that there is to draw of a trace, by row and from left to right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// What the tasks were doing.
    pub bars: Vec<Bar>,
    /// Where they printed.
    pub marks: Vec<Mark>,
    /// Who held the GIL, where there is a strip for it.
    pub strip: Vec<Held>,
}

/// A picture that is being worked out.
#[derive(Clone, Debug)]
pub struct Painter {
    lives: Lives,
    shares: Shares,
    strip: Option<Strip>,
    words: Words,
}

impl Painter {
    /// Nothing of the picture yet.
    #[must_use]
    pub fn new(trace: Trace, tasks: TaskCount, sizes: &Sizes, view: View) -> Self {
        Self {
            lives: Lives::new(trace, tasks),
            shares: Shares::new(sizes.rows, view),
            strip: sizes.strip.map(|_| Strip::new(view)),
            words: Words::new(tasks),
        }
    }

    /// Works for about a millisecond. Whether there is more to do.
    pub fn go_on(&mut self) -> bool {
        let Self { lives, shares, strip, words } = self;
        lives.go_on(|found| match found {
            Found::Span(span) => {
                shares.add(span);
                if let Some(strip) = strip {
                    strip.add(span);
                }
                words.add(span);
            }
            Found::Line(event) => shares.mark(event),
        })
    }

    /// What there is to draw, as far as it has come.
    #[must_use]
    pub fn picture(&self) -> Picture {
        let (bars, marks) = self.shares.drawn();
        Picture { bars, marks, strip: self.strip.as_ref().map(Strip::held).unwrap_or_default() }
    }

    /// The same in words.
    #[must_use]
    pub fn words(&self) -> String {
        self.words.told()
    }
}
