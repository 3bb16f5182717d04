//! A mode's timeline on its way to the canvas: what there is to draw is worked out a little at a time, then drawn at
//! once. Where that takes long, what was drawn of it before is shown in the meantime. What it looks like is the scene's
//! affair.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::HtmlCanvasElement;

use super::scene::{self, Scene, draw, draw_again};
use super::shot::Shot;
use crate::page::browser;
use crate::page::effects::Drawn;
use crate::page::state::{Card, Stage};
use crate::timeline::{Painter, Picture, Rows, Sizes, Told, View, Window};
use crate::trace::Trace;
use crate::workload::{Micros, TaskCount};

/// What was worked out last of a card's timeline, to be used again where nothing has changed; and what was drawn of it
/// where that took long.
#[derive(Clone, Default)]
pub struct Sketch(Rc<RefCell<Kept>>);

#[derive(Default)]
struct Kept {
    predicted: Option<(Rc<Trace>, Rc<Painted>)>,
    measured: Option<(Stage, Rc<Painted>)>,
    /// As it was drawn: more of the axis first, then what was looked at last.
    shots: Vec<Shot>,
}

/// A picture of a view, and the same in words.
pub struct Painted {
    pub picture: Picture,
    told: Told,
    pub view: View,
    rows: Rows,
}

/// A timeline that is being drawn.
pub struct Drawing {
    card: Card,
    sizes: Sizes,
    view: View,
    /// How wide the canvas is, in CSS pixels.
    width: f64,
    sketch: Sketch,
    predicted: Work,
    measured: Work,
    /// What came of all goes but the last; whole while there was none.
    progress: Drawn,
    /// How long working it out has taken, in milliseconds.
    took: f64,
}

/// What took several goes and longer than this to be worked out is kept as it was drawn, in milliseconds: less is soon
/// done anew, and a canvas to keep it on costs as much.
const LONG: f64 = 3.0;

/// A picture on its way.
enum Work {
    None,
    /// Of this trace in this view. A painter has room for all tasks: where one moves on in each frame, none is needed.
    Asked(Trace, View),
    Begun(Box<Painter>, View),
    Done(Rc<Painted>),
}

impl Drawing {
    /// Nothing of a card's timeline yet, in this window and on a canvas that is so wide, in CSS pixels.
    pub fn new(card: Card, window: Window, width: f64, sketch: Sketch) -> Self {
        let sizes = card.sizes();
        let scale = browser::pixel_ratio();
        let pixels = (width * scale).round() - scene::gutter(sizes, scale) - scale;
        let view = View { from: window.from, to: window.to, width: pixels.max(1.0) as u32 };
        let work = |trace: &Trace, view: View, kept: Option<Rc<Painted>>| match kept {
            Some(kept) if kept.view == view => Work::Done(kept),
            _ => Work::Asked(trace.clone(), view),
        };
        let (kept_predicted, kept_measured) = (sketch.predicted(&card), sketch.measured(&card));
        // The prediction begins when the lanes are up.
        let own = view.later(card.startup().unwrap_or_default());
        let predicted = card.predicted_trace().map_or(Work::None, |trace| work(trace, own, kept_predicted));
        let measured = card.trace().map_or(Work::None, |trace| work(trace, view, kept_measured));
        Self { card, sizes, view, width, sketch, predicted, measured, progress: Drawn::Whole, took: 0.0 }
    }

    /// Goes on until that time. Where it was drawn for another window, as much of that as is seen in this one is drawn
    /// first; once all is worked out, that.
    pub fn go_on(&mut self, canvas: &HtmlCanvasElement, until: f64) -> Drawn {
        let is_first = self.progress == Drawn::Whole && !self.is_known();
        if is_first && self.sketch.draw_again(&self.card, canvas, self.sizes, self.view, self.width) {
            self.progress = Drawn::ForNow;
            return self.progress;
        }
        let (tasks, sizes, start) = (self.card.conditions.workload.tasks, &self.sizes, browser::now());
        let is_done = self.predicted.go_on(tasks, sizes, until) && self.measured.go_on(tasks, sizes, until);
        self.took += browser::now() - start;
        if is_done {
            self.draw(canvas);
            return Drawn::Whole;
        }
        if is_first {
            self.progress = Drawn::InPart;
        }
        self.progress
    }

    /// Whether nothing is to be worked out.
    const fn is_known(&self) -> bool {
        self.predicted.is_known() && self.measured.is_known()
    }

    /// Draws what is worked out.
    fn draw(&self, canvas: &HtmlCanvasElement) {
        if self.width < 1.0 {
            return;
        }
        let startup = self.card.startup().unwrap_or_default();
        let laid = |work: &Work, later| {
            let painted = work.painted()?;
            Some((Rc::clone(painted), painted.view.laid_on(&self.view, later)))
        };
        let (predicted, measured) = (laid(&self.predicted, startup), laid(&self.measured, Micros::ZERO));
        let is_bare = predicted.is_none() && measured.is_none();
        let scene = Scene {
            sizes: self.sizes,
            view: self.view,
            predicted: predicted.as_ref().map(|(painted, lay)| (&painted.picture, *lay)),
            measured: measured.as_ref().map(|(painted, lay)| (&painted.picture, *lay)),
            promised: self.card.predicted_end().filter(|_| is_bare && self.card.may_compare()),
            width: self.width,
        };
        let shot = draw(canvas, &scene, self.progress != Drawn::Whole && self.took > LONG);
        self.sketch.keep(&self.card, self.predicted.painted(), self.measured.painted(), shot);
    }

    /// What was drawn, in words.
    pub fn label(&self) -> String {
        self.card.label(self.measured.told(), self.predicted.told())
    }

    /// How the GIL is shared, where there is a strip for it.
    pub fn gil_words(&self) -> Option<String> {
        self.card.gil_words(self.measured.told(), self.predicted.told())
    }
}

impl Painted {
    /// Whether it has the rows that a card has now.
    fn is_of(&self, card: &Card) -> bool {
        self.rows == card.sizes().rows
    }
}

impl Work {
    /// Whether it is done by then.
    fn go_on(&mut self, tasks: TaskCount, sizes: &Sizes, until: f64) -> bool {
        if let Self::Asked(trace, view) = self {
            let painter = Painter::new(std::mem::take(trace), tasks, sizes, *view);
            *self = Self::Begun(Box::new(painter), *view);
        }
        let Self::Begun(painter, view) = self else { return true };
        while painter.go_on() {
            if browser::now() >= until {
                return false;
            }
        }
        let done = Painted { picture: painter.picture(), told: painter.told(), view: *view, rows: sizes.rows };
        *self = Self::Done(Rc::new(done));
        true
    }

    const fn is_known(&self) -> bool {
        matches!(self, Self::None | Self::Done(_))
    }

    const fn painted(&self) -> Option<&Rc<Painted>> {
        if let Self::Done(painted) = self { Some(painted) } else { None }
    }

    fn told(&self) -> Option<&Told> {
        self.painted().map(|painted| &painted.told)
    }
}

impl Sketch {
    /// What was worked out last of what is predicted of a card, if that is still the same.
    pub fn predicted(&self, card: &Card) -> Option<Rc<Painted>> {
        let (kept, now) = (self.0.borrow(), card.predicted_trace()?);
        let is_same = |(trace, painted): &&(Rc<Trace>, Rc<Painted>)| Rc::ptr_eq(trace, now) && painted.is_of(card);
        kept.predicted.as_ref().filter(is_same).map(|(_, painted)| Rc::clone(painted))
    }

    /// What was worked out last of what was measured, if that is still the same.
    pub fn measured(&self, card: &Card) -> Option<Rc<Painted>> {
        let kept = self.0.borrow();
        let is_same = |(stage, painted): &&(Stage, Rc<Painted>)| *stage == card.stage && painted.is_of(card);
        kept.measured.as_ref().filter(is_same).map(|(_, painted)| Rc::clone(painted))
    }

    /// Keeps what a card's timeline came to.
    fn keep(&self, card: &Card, predicted: Option<&Rc<Painted>>, measured: Option<&Rc<Painted>>, shot: Option<Shot>) {
        let shots = if self.is_of(card) { std::mem::take(&mut self.0.borrow_mut().shots) } else { Vec::new() };
        let trace = card.predicted_trace().map(Rc::clone);
        self.0.replace(Kept {
            predicted: trace.zip(predicted.cloned()),
            measured: measured.map(|painted| (card.stage.clone(), Rc::clone(painted))),
            shots: with(shots, shot),
        });
    }

    /// Draws what was drawn before, if it is of what a card shows now; whether that is all that is seen.
    fn draw_again(&self, card: &Card, canvas: &HtmlCanvasElement, sizes: Sizes, view: View, width: f64) -> bool {
        let kept = self.0.borrow();
        let is_kept = self.is_of(card) && !kept.shots.is_empty();
        if is_kept {
            draw_again(canvas, sizes, view, width, &kept.shots);
        }
        is_kept && kept.shots.iter().any(|shot| shot.view.from <= view.from && view.to <= shot.view.to)
    }

    /// Forgets how it was drawn: in other colours.
    pub fn forget_shots(&self) {
        self.0.borrow_mut().shots.clear();
    }

    /// Whether what is kept is what a card shows, no more and no less.
    fn is_of(&self, card: &Card) -> bool {
        let kept = self.0.borrow();
        let has = (kept.predicted.is_some(), kept.measured.is_some());
        has == (self.predicted(card).is_some(), self.measured(card).is_some())
            && has == (card.predicted_trace().is_some(), card.trace().is_some())
    }
}

/// With another one: of all that there are, the one that shows most of the axis, and this.
fn with(mut shots: Vec<Shot>, shot: Option<Shot>) -> Vec<Shot> {
    if let Some(shot) = shot {
        let length = |shot: &Shot| shot.view.to.since(shot.view.from);
        shots.truncate(1);
        shots.retain(|first| length(first) > length(&shot));
        shots.push(shot);
    }
    shots
}
