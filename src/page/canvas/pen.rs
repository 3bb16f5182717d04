//! A canvas' context with the colours and patterns at hand.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use web_sys::{CanvasPattern, CanvasRenderingContext2d, HtmlCanvasElement};

use super::palette::Palette;
use super::pattern::tile;
use super::sheet::context;
use crate::page::browser;
use crate::timeline::Ink;
use crate::trace::State;

/// Tiles by state, colour and pixels of the device in one of CSS; none where a state has none.
type Tiles = HashMap<(State, Rc<str>, u64), Option<CanvasPattern>>;

thread_local! {
    /// The tiles that were needed so far. A page has few colours.
    static TILES: RefCell<Tiles> = RefCell::default();
}

/// Draws on one canvas, once. All lengths are pixels of the device.
pub struct Pen {
    pub context: CanvasRenderingContext2d,
    pub palette: Rc<Palette>,
    /// Pixels of the device in one of CSS.
    pub scale: f64,
    /// What it fills with now: a colour, or the tile of a state in it. To say it anew costs more than to fill.
    filling: RefCell<Option<(Option<State>, Rc<str>)>>,
}

/// A rectangle in pixels of the device.
#[derive(Clone, Copy)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Pen {
    /// Clears a canvas and makes it so large, in CSS pixels.
    pub fn on(canvas: &HtmlCanvasElement, width: f64, height: f64) -> Option<Self> {
        let scale = browser::pixel_ratio();
        let pixels = [width, height].map(|length| (length * scale).round() as u32);
        // A canvas that is told its size gets new memory, even if it is the size that it has.
        if pixels != [canvas.width(), canvas.height()] {
            canvas.set_width(pixels[0]);
            canvas.set_height(pixels[1]);
        }
        let context = context(canvas)?;
        context.clear_rect(0.0, 0.0, pixels[0].into(), pixels[1].into());
        context.set_font(&format!("{}px system-ui, sans-serif", 14.0 * scale));
        context.set_text_baseline("middle");
        Some(Self { context, palette: Palette::of(canvas), scale, filling: RefCell::default() })
    }

    /// A stretch in a state, in the colour of a task or of many.
    pub fn bar(&self, area: Area, state: State, ink: Option<Ink>) {
        let Area { x, y, width, height } = area;
        let colour = self.palette.ink(ink);
        let line = self.scale.round().max(1.0);
        match state {
            State::Running => self.mark(area, &colour),
            State::Ready => {
                self.fill_with(&colour);
                // On the thinnest rows a line would look solid.
                self.context.set_global_alpha(if height < 4.0 * line { 0.4 } else { 1.0 });
                self.context.fill_rect(x, y + ((height - line) / 2.0).round(), width, line);
                self.context.set_global_alpha(1.0);
            }
            State::Starting => self.outline(area, &colour, 1.0),
            State::Sleeping | State::Blocked | State::Gil => {
                self.fill_with_tile(state, &colour);
                self.context.fill_rect(x, y, width, height);
            }
        }
    }

    /// A frame around an area, inside of it.
    pub fn outline(&self, area: Area, colour: &str, strength: f64) {
        let line = self.scale.round().max(1.0);
        let half = line / 2.0;
        self.context.set_stroke_style_str(colour);
        self.context.set_global_alpha(strength);
        self.context.set_line_width(line);
        let (width, height) = ((area.width - line).max(0.0), (area.height - line).max(0.0));
        self.context.stroke_rect(area.x + half, area.y + half, width, height);
        self.context.set_global_alpha(1.0);
    }

    /// A point where something was printed.
    pub fn mark(&self, area: Area, colour: &str) {
        self.fill_with(colour);
        self.context.fill_rect(area.x, area.y, area.width, area.height);
    }

    /// Words, at 14 CSS pixels.
    pub fn write(&self, text: &str, x: f64, y: f64, align: &str) {
        self.context.set_text_align(align);
        self.fill_with(&self.palette.muted);
        let _ = self.context.fill_text(text, x, y);
    }

    fn fill_with(&self, colour: &str) {
        if self.is_new(None, colour) {
            self.context.set_fill_style_str(colour);
        }
    }

    fn fill_with_tile(&self, state: State, colour: &Rc<str>) {
        if self.is_new(Some(state), colour) {
            TILES.with_borrow_mut(|tiles| {
                let key = (state, Rc::clone(colour), self.scale.to_bits());
                let tile = tiles.entry(key).or_insert_with_key(|(state, colour, _)| tile(*state, colour, self.scale));
                if let Some(tile) = tile {
                    self.context.set_fill_style_canvas_pattern(tile);
                }
            });
        }
    }

    /// Whether it fills with something else by now; then it notes this.
    fn is_new(&self, state: Option<State>, colour: &str) -> bool {
        let mut filling = self.filling.borrow_mut();
        let is_same = filling.as_ref().is_some_and(|(of, with)| *of == state && &**with == colour);
        if !is_same {
            filling.replace((state, colour.into()));
        }
        !is_same
    }
}
