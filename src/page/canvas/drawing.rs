//! A mode's timeline on its way to the canvas: what there is to draw is worked out a little at a time, then drawn at
//! once. What it looks like is the scene's affair.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::HtmlCanvasElement;

use super::scene::{self, Scene, draw};
use crate::page::browser;
use crate::page::effects::Drawn;
use crate::page::state::Card;
use crate::timeline::{Painter, Picture, Sizes, Told, View};
use crate::trace::Trace;
use crate::workload::Micros;

/// What is predicted of a mode, as it was drawn last: while a run goes on it mostly stays as it is.
#[derive(Clone, Default)]
pub struct Outline(Rc<RefCell<Option<Kept>>>);

struct Kept {
    trace: Rc<Trace>,
    view: View,
    painted: Rc<Painted>,
}

/// A picture, and the same in words.
struct Painted {
    picture: Picture,
    told: Told,
}

/// A timeline that is being drawn.
pub struct Drawing {
    card: Card,
    sizes: Sizes,
    view: View,
    /// How wide the canvas is, in CSS pixels.
    width: f64,
    outline: Outline,
    predicted: Work,
    measured: Work,
}

/// A picture on its way.
enum Work {
    None,
    Begun(Box<Painter>),
    Done(Rc<Painted>),
}

impl Drawing {
    /// Nothing of a card's timeline yet, on an axis that goes so far and on a canvas that is so wide, in CSS pixels.
    pub fn new(card: Card, axis: Micros, width: f64, outline: Outline) -> Self {
        let tasks = card.conditions.workload.tasks;
        let sizes = Sizes::of(&card.conditions.workload, card.mode);
        let scale = browser::pixel_ratio();
        let pixels = (width * scale).round() - scene::gutter(sizes, scale) - scale;
        let view = View { from: Micros::ZERO, to: axis, width: pixels.max(1.0) as u32 };
        let begun = |trace: &Trace| Work::Begun(Box::new(Painter::new(trace.clone(), tasks, &sizes, view)));
        let predicted = match card.predicted_trace() {
            Some(trace) => outline.kept(trace, view).map_or_else(|| begun(trace), Work::Done),
            None => Work::None,
        };
        let measured = card.trace().map_or(Work::None, begun);
        Self { card, sizes, view, width, outline, predicted, measured }
    }

    /// Goes on until that time; once all is worked out, it is drawn.
    pub fn go_on(&mut self, canvas: &HtmlCanvasElement, until: f64) -> Drawn {
        if self.predicted.go_on(until) == Drawn::InPart {
            return Drawn::InPart;
        }
        if let (Some(trace), Work::Done(painted)) = (self.card.predicted_trace(), &self.predicted) {
            self.outline.keep(trace, self.view, painted);
        }
        if self.measured.go_on(until) == Drawn::InPart {
            return Drawn::InPart;
        }
        if self.width >= 1.0 {
            // The prediction begins when the lanes are up.
            let from = self.view.x(self.card.startup().unwrap_or_default());
            let predicted = self.predicted.painted().map(|painted| (&painted.picture, from));
            let measured = self.measured.painted().map(|painted| &painted.picture);
            let (sizes, view, width) = (self.sizes, self.view, self.width);
            draw(canvas, &Scene { sizes, view, predicted, measured, width });
        }
        Drawn::Whole
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

impl Work {
    fn go_on(&mut self, until: f64) -> Drawn {
        let Self::Begun(painter) = self else { return Drawn::Whole };
        while painter.go_on() {
            if browser::now() >= until {
                return Drawn::InPart;
            }
        }
        *self = Self::Done(Rc::new(Painted { picture: painter.picture(), told: painter.told() }));
        Drawn::Whole
    }

    const fn painted(&self) -> Option<&Rc<Painted>> {
        match self {
            Self::Done(painted) => Some(painted),
            Self::None | Self::Begun(_) => None,
        }
    }

    fn told(&self) -> Option<&Told> {
        self.painted().map(|painted| &painted.told)
    }
}

impl Outline {
    fn kept(&self, trace: &Rc<Trace>, view: View) -> Option<Rc<Painted>> {
        let kept = self.0.borrow();
        let kept = kept.as_ref().filter(|kept| Rc::ptr_eq(&kept.trace, trace) && kept.view == view);
        kept.map(|kept| Rc::clone(&kept.painted))
    }

    fn keep(&self, trace: &Rc<Trace>, view: View, painted: &Rc<Painted>) {
        self.0.replace(Some(Kept { trace: Rc::clone(trace), view, painted: Rc::clone(painted) }));
    }
}
