//! A timeline as it was drawn: stretched, it stands for another part of the axis until that is drawn itself, which takes
//! many frames where there are a million tasks.

use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::pen::{Area, Pen};
use super::sheet::sheet;
use crate::timeline::View;

/// What was drawn of a view.
pub struct Shot {
    canvas: HtmlCanvasElement,
    /// What it shows.
    pub view: View,
}

impl Shot {
    /// What a pen has drawn of a view so far, in this area of its canvas.
    pub fn of(pen: &Pen, area: Area, view: View) -> Option<Self> {
        let (canvas, context) = sheet(area.width, area.height)?;
        copy(&context, &pen.context.canvas()?, area, Area { x: 0.0, y: 0.0, ..area });
        Some(Self { canvas, view })
    }

    /// Draws as much of it as is seen of another view in this area, over whatever is there.
    pub fn draw(&self, pen: &Pen, area: Area, view: View) {
        let (from, to) = (self.view.from.max(view.from), self.view.to.min(view.to));
        if from >= to {
            return;
        }
        let part = |of: View| Area { x: of.x(from), y: 0.0, width: of.x(to) - of.x(from), ..area };
        let there = part(view);
        let there = Area { x: there.x + area.x, y: area.y, ..there };
        pen.context.clear_rect(there.x, there.y, there.width, there.height);
        let height = f64::from(self.canvas.height());
        copy(&pen.context, &self.canvas, Area { height, ..part(self.view) }, there);
    }
}

fn copy(to: &CanvasRenderingContext2d, from: &HtmlCanvasElement, area: Area, there: Area) {
    // It fails for an area of no size alone, in which nothing is.
    let _ = to.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
        from,
        area.x,
        area.y,
        area.width,
        area.height,
        there.x,
        there.y,
        there.width,
        there.height,
    );
}
