//! Where a mode's lanes are, and what may hold the page (`docs/interface.md`, Running, On the page).

use super::hold::LONGEST_ON_PAGE;
use super::plan::Plan;
use crate::workload::{Micros, Mode, Place, friendly_duration};

/// A stretch longer than this doesn't hold the page, unless the reader asked for that.
const LONG: Micros = Micros(2_000_000);

/// Why a counter can't be shared, and what to do.
const NOTHING_SHARED: &str = "The counter must be shared between workers, and a browser allows that only in a page that \
                              is isolated from all others. Open this page in a tab of its own, over https.";

/// Where lanes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// On the page's own thread.
    Page,
    /// In workers.
    Workers,
}

/// Where a mode's lanes are for this plan, and what the reader should know of that.
///
/// # Errors
/// Why the mode can't be had, in a sentence, with the nearest thing that works.
pub fn choose(plan: &Plan, mode: Mode, is_isolated: bool) -> Result<(Spot, Vec<String>), String> {
    let has_one_lane = matches!(mode, Mode::Sync | Mode::Async);
    if plan.workload.adds() && mode.shares_memory() && !has_one_lane && !is_isolated {
        return Err(NOTHING_SHARED.to_owned());
    }
    let on_page = match (mode, plan.settings.place) {
        (Mode::Sync, Place::Page) => plan.workload.total(&plan.pace),
        (Mode::Async, Place::Page | Place::Split) => plan.workload.longest_hold(&plan.pace),
        _ => return Ok((Spot::Workers, Vec::new())),
    };
    match plan.settings.place {
        Place::Split if on_page > LONG => Ok((Spot::Workers, vec![moved(on_page)])),
        Place::Page if on_page > LONGEST_ON_PAGE => Err(too_long(on_page)),
        _ => Ok((Spot::Page, Vec::new())),
    }
}

fn moved(hold: Micros) -> String {
    format!("One stretch of blocking would freeze the page for about {}, so the loop ran in a worker.", rounded(hold))
}

fn too_long(hold: Micros) -> String {
    format!(
        "This would freeze the page for about {}; 10s is the most. Let it run in a worker: place=split or place=worker \
         (More, Sync and async run).",
        rounded(hold)
    )
}

/// To tenths of a second.
fn rounded(time: Micros) -> String {
    friendly_duration(Micros((time.0 + 50_000) / 100_000 * 100_000))
}
