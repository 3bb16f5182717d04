//! The page's heartbeat: a strip below the run bar that moves on with a run, and is broken where the page could not
//! draw. What it shows is worked out in the state.
//!
//! It is drawn with the news of a run and at no other time. Beside lanes in workers the page draws seldom, so as not to
//! disturb them; that is no freeze, and the strip knows it by the frames' own record. A loop of its own for this would
//! be a disturbance.

use yew::prelude::*;

use super::state::{Heartbeat, Page, Piece};

/// The strip's width in its own units: it is stretched to that of the bar.
const WIDTH: f64 = 1000.0;

/// The strip; what it says is said in words beside it too.
pub fn heartbeat(heartbeat: &Heartbeat) -> Html {
    html! {
        <svg class="heartbeat" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true" data-heartbeat="">
            { for heartbeat.pieces().into_iter().map(piece) }
            { for heartbeat.borders().into_iter().map(border) }
        </svg>
    }
}

fn piece(Piece { from, to, page }: Piece) -> Html {
    let (class, y, height) = match page {
        Page::Drew => ("drew", "5", "3"),
        Page::Froze => ("froze", "0", "8"),
    };
    let (x, width) = (format!("{:.1}", from * WIDTH), format!("{:.1}", (to - from) * WIDTH));
    html! { <rect {class} {x} {y} {width} {height} /> }
}

/// Between two modes.
fn border(at: f64) -> Html {
    let x = format!("{:.1}", at * WIDTH);
    html! { <line x1={x.clone()} x2={x} y1="0" y2="8" /> }
}
