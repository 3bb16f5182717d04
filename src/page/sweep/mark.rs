//! How a mode is told from the others in the plot of a sweep: its mark and the dashes of its line, and only then its
//! colour.

use yew::prelude::*;

use crate::workload::Mode;

/// Half the width of a mark, in pixels.
const HALF: f64 = 5.0;

/// The mark of a mode around a place.
pub fn mark(mode: Mode, (x, y): (f64, f64)) -> Html {
    html! { <path class={class(mode)} data-point={mode.id()} d={outline(mode, x, y)} /> }
}

/// The class that has a mode's colour.
pub fn class(mode: Mode) -> String {
    format!("mode-{mode}")
}

/// The dashes of a mode's line.
pub const fn dashes(mode: Mode) -> &'static str {
    match mode {
        Mode::Sync => "none",
        Mode::Async => "8 4",
        Mode::Threads => "2 4",
        Mode::Processes => "12 4 2 4",
        Mode::Offload => "5 3",
        Mode::FreeThreads => "10 3 2 3 2 3",
    }
}

fn outline(mode: Mode, x: f64, y: f64) -> String {
    let corners = |corners: &[(f64, f64)]| {
        let corner = |(right, down): &(f64, f64)| format!("{:.1} {:.1}", x + right * HALF, y + down * HALF);
        format!("M{}Z", corners.iter().map(corner).collect::<Vec<_>>().join("L"))
    };
    let (left, top, right, bottom) = (x - HALF, y - HALF, x + HALF, y + HALF);
    match mode {
        Mode::Sync => corners(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        Mode::Async => {
            format!("M{left:.1} {y:.1}A{HALF} {HALF} 0 1 1 {right:.1} {y:.1}A{HALF} {HALF} 0 1 1 {left:.1} {y:.1}Z")
        }
        Mode::Threads => corners(&[(0.0, -1.1), (1.1, 0.9), (-1.1, 0.9)]),
        Mode::Processes => corners(&[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)]),
        Mode::Offload => {
            format!("M{left:.1} {top:.1}L{right:.1} {bottom:.1}M{right:.1} {top:.1}L{left:.1} {bottom:.1}")
        }
        Mode::FreeThreads => format!("M{x:.1} {top:.1}V{bottom:.1}M{left:.1} {y:.1}H{right:.1}"),
    }
}
