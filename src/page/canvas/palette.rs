//! The colours of a canvas, read from the style sheet so that there is one place for them.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::Element;

use crate::page::browser::{colour, frame_time};
use crate::timeline::Ink;

/// The colours of a canvas, in the theme that it is in.
pub struct Palette {
    /// Of each hue in all its shades, one hue after another.
    inks: Vec<Rc<str>>,
    /// For words and for tasks that share a row.
    pub muted: String,
    /// For lines of the axis.
    pub line: String,
    /// For failures.
    pub alarm: String,
    many: Rc<str>,
}

type Rgb = [u8; 3];

thread_local! {
    /// The colours of the frame that was drawn in last, and its time. Reading them takes as long as drawing a timeline.
    static LAST: RefCell<Option<(f64, Rc<Palette>)>> = const { RefCell::new(None) };
}

const SHADES: usize = Ink::SHADES as usize;
/// How much of white or black is mixed into a hue for its other shades.
const MIXED: f64 = 0.38;

impl Palette {
    /// The colours that a canvas is to be drawn in: all of a frame in the same.
    pub fn of(canvas: &Element) -> Rc<Self> {
        let time = frame_time();
        LAST.with_borrow_mut(|last| match last {
            Some((of, palette)) if of.to_bits() == time.to_bits() => Rc::clone(palette),
            _ => Rc::clone(&last.insert((time, Rc::new(Self::read(canvas)))).1),
        })
    }

    fn read(element: &Element) -> Self {
        let named = |name: &str| colour(element, name);
        Self {
            inks: (1..=Ink::HUES).flat_map(|hue| shades(rgb(&named(&format!("task-{hue}"))))).collect(),
            muted: named("muted"),
            line: named("line"),
            alarm: named("alarm"),
            many: named("edge").into(),
        }
    }

    /// The colour of a task, or of a row of many.
    pub fn ink(&self, ink: Option<Ink>) -> Rc<str> {
        let place = |ink: Ink| usize::from(ink.hue.saturating_sub(1)) * SHADES + usize::from(ink.shade).min(SHADES - 1);
        Rc::clone(ink.and_then(|ink| self.inks.get(place(ink))).unwrap_or(&self.many))
    }
}

/// A hue as it is, lighter, and darker.
fn shades(hue: Rgb) -> [Rc<str>; SHADES] {
    [hue, mixed(hue, 255.0), mixed(hue, 0.0)].map(|[r, g, b]| format!("#{r:02x}{g:02x}{b:02x}").into())
}

fn mixed(hue: Rgb, with: f64) -> Rgb {
    hue.map(|part| (f64::from(part) * (1.0 - MIXED) + with * MIXED) as u8)
}

/// Reads `rgb(0, 114, 178)`, as browsers write what a colour comes to; what is none is black.
fn rgb(text: &str) -> Rgb {
    let mut parts = text.split(|character: char| !character.is_ascii_digit()).filter_map(|part| part.parse().ok());
    [(); 3].map(|()| parts.next().unwrap_or_default())
}
