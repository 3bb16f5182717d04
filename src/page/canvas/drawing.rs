//! A mode's timeline on its way to the canvas: what there is to draw is worked out a little at a time, then drawn at
//! once. What it looks like is the scene's affair.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::HtmlCanvasElement;

use super::scene::{self, Scene, draw};
use crate::page::browser;
use crate::page::effects::Drawn;
use crate::page::state::{Card, Stage};
use crate::timeline::{Painter, Picture, Rows, Sizes, Told, View, Window};
use crate::trace::Trace;
use crate::workload::Micros;

/// What was worked out last of a card's timeline: it is shown until there is something better, and again where nothing
/// has changed.
#[derive(Clone, Default)]
pub struct Sketch(Rc<RefCell<Kept>>);

#[derive(Default)]
struct Kept {
    predicted: Option<(Rc<Trace>, Rc<Painted>)>,
    measured: Option<(Stage, Rc<Painted>)>,
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
    /// Whether anything was drawn yet.
    has_drawn: bool,
}

/// A picture on its way.
enum Work {
    None,
    Begun(Box<Painter>, View, Rows),
    Done(Rc<Painted>),
}

impl Drawing {
    /// Nothing of a card's timeline yet, in this window and on a canvas that is so wide, in CSS pixels.
    pub fn new(card: Card, window: Window, width: f64, sketch: Sketch) -> Self {
        let tasks = card.conditions.workload.tasks;
        let sizes = card.sizes();
        let scale = browser::pixel_ratio();
        let pixels = (width * scale).round() - scene::gutter(sizes, scale) - scale;
        let view = View { from: window.from, to: window.to, width: pixels.max(1.0) as u32 };
        let work = |trace: &Trace, view: View, kept: Option<Rc<Painted>>| match kept {
            Some(kept) if kept.view == view => Work::Done(kept),
            _ => Work::Begun(Box::new(Painter::new(trace.clone(), tasks, &sizes, view)), view, sizes.rows),
        };
        let (kept_predicted, kept_measured) = (sketch.predicted(&card), sketch.measured(&card));
        // The prediction begins when the lanes are up.
        let own = view.later(card.startup().unwrap_or_default());
        let predicted = card.predicted_trace().map_or(Work::None, |trace| work(trace, own, kept_predicted));
        let measured = card.trace().map_or(Work::None, |trace| work(trace, view, kept_measured));
        Self { card, sizes, view, width, sketch, predicted, measured, has_drawn: false }
    }

    /// Goes on until that time. Once all is worked out, it is drawn; before that, where there is something older.
    pub fn go_on(&mut self, canvas: &HtmlCanvasElement, until: f64) -> Drawn {
        let drawn = match self.predicted.go_on(until) {
            Drawn::InPart => Drawn::InPart,
            Drawn::Whole => self.measured.go_on(until),
        };
        let predicted = self.predicted.painted().cloned().or_else(|| self.sketch.predicted(&self.card));
        let measured = self.measured.painted().cloned().or_else(|| self.sketch.measured(&self.card));
        let has_all = (self.card.predicted_trace().is_none() || predicted.is_some())
            && (self.card.trace().is_none() || measured.is_some());
        let is_ready = drawn == Drawn::Whole || (has_all && !self.has_drawn);
        if is_ready && self.width >= 1.0 {
            let startup = self.card.startup().unwrap_or_default();
            let lay = |painted: &Painted, later| painted.view.laid_on(&self.view, later);
            let predicted = predicted.as_ref().map(|painted| (&painted.picture, lay(painted, startup)));
            let measured = measured.as_ref().map(|painted| (&painted.picture, lay(painted, Micros::ZERO)));
            let (sizes, view, width) = (self.sizes, self.view, self.width);
            let is_all = predicted.is_none() && measured.is_none();
            let promised = self.card.predicted_end().filter(|_| is_all && self.card.may_compare());
            draw(canvas, &Scene { sizes, view, predicted, measured, promised, width });
            self.has_drawn = true;
        }
        if drawn == Drawn::Whole {
            self.sketch.keep(&self.card, self.predicted.painted(), self.measured.painted());
        }
        drawn
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
    fn go_on(&mut self, until: f64) -> Drawn {
        let Self::Begun(painter, view, rows) = self else { return Drawn::Whole };
        while painter.go_on() {
            if browser::now() >= until {
                return Drawn::InPart;
            }
        }
        let done = Painted { picture: painter.picture(), told: painter.told(), view: *view, rows: *rows };
        *self = Self::Done(Rc::new(done));
        Drawn::Whole
    }

    const fn painted(&self) -> Option<&Rc<Painted>> {
        match self {
            Self::Done(painted) => Some(painted),
            Self::None | Self::Begun(..) => None,
        }
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

    fn keep(&self, card: &Card, predicted: Option<&Rc<Painted>>, measured: Option<&Rc<Painted>>) {
        let trace = card.predicted_trace().map(Rc::clone);
        self.0.replace(Kept {
            predicted: trace.zip(predicted.cloned()),
            measured: measured.map(|painted| (card.stage.clone(), Rc::clone(painted))),
        });
    }
}
