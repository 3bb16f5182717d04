//! A picture of a trace, and the same in words, worked out a stretch at a time: a long trace takes longer than a page
//! may be held up. Not how a pixel comes to its state (`bars`), nor when there is time to go on.

use super::bars::{Bar, Mark, Shares};
use super::gil::{Sharing, is_hold};
use super::lanes::Carried;
use super::strip::Strip;
use super::words::Words;
use super::{Rows, Sizes, View};
use crate::trace::{Found, Lives, Trace};
use crate::workload::{Micros, TaskCount};

/// All that there is to draw of a trace, by row and from left to right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// What the tasks were doing.
    pub bars: Vec<Bar>,
    /// Where they printed.
    pub marks: Vec<Mark>,
    /// Who held the GIL, where there is a strip for it.
    pub strip: Vec<Bar>,
}

/// The same in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What the tasks were doing, in sentences.
    pub tasks: String,
    /// Who held the GIL, without a full stop, where there is a strip for it.
    pub gil: Option<String>,
}

/// A picture that is being worked out.
#[derive(Clone, Debug)]
pub struct Painter {
    lives: Lives,
    rows: Growing,
    gil: Option<(Strip, Sharing)>,
    words: Words,
    /// How long it is from the start-up to the end.
    whole: Micros,
}

/// The rows of a picture that is being worked out.
#[derive(Clone, Debug)]
enum Growing {
    Tasks(Shares),
    Lanes(Carried),
}

impl Painter {
    /// Nothing of the picture yet.
    #[must_use]
    pub fn new(trace: Trace, tasks: TaskCount, sizes: &Sizes, view: View) -> Self {
        Self {
            whole: trace.until.since(trace.released),
            lives: Lives::new(trace, tasks),
            rows: match sizes.rows {
                Rows::Tasks(dealt) => Growing::Tasks(Shares::new(dealt, view)),
                Rows::Lanes(lanes) => Growing::Lanes(Carried::new(lanes, view)),
            },
            gil: sizes.strip.map(|_| (Strip::new(view, 0), Sharing::new(tasks))),
            words: Words::new(tasks),
        }
    }

    /// Works for about a millisecond. Whether there is more to do.
    pub fn go_on(&mut self) -> bool {
        let Self { lives, rows, gil, words, .. } = self;
        lives.go_on(|found| match found {
            Found::Span(span) => {
                match rows {
                    Growing::Tasks(shares) => shares.add(span),
                    Growing::Lanes(carried) => carried.add(span),
                }
                if let Some((strip, sharing)) = gil.as_mut().filter(|_| is_hold(span)) {
                    strip.add(span);
                    sharing.add(span);
                }
                words.add(span);
            }
            Found::Line(event) => match rows {
                Growing::Tasks(shares) => shares.mark(event),
                Growing::Lanes(carried) => carried.mark(event),
            },
        })
    }

    /// What there is to draw, as far as it has come.
    #[must_use]
    pub fn picture(&self) -> Picture {
        let (bars, marks) = match &self.rows {
            Growing::Tasks(shares) => shares.drawn(),
            Growing::Lanes(carried) => carried.drawn(),
        };
        Picture { bars, marks, strip: self.gil.as_ref().map(|(strip, _)| strip.drawn().0).unwrap_or_default() }
    }

    /// The same in words.
    #[must_use]
    pub fn told(&self) -> Told {
        let gil = self.gil.as_ref().map(|(_, sharing)| sharing.told(self.whole));
        Told { tasks: self.words.told(), gil }
    }
}
