//! Where a mode's lanes are, and what may hold the page (`docs/interface.md`, Running, On the page).

use super::hold::LONGEST_ON_PAGE;
use super::plan::Plan;
use crate::workload::{Micros, Mode, Place, friendly_duration};

/// A stretch longer than this doesn't hold the page, unless the reader asked for that.
const LONG: Micros = Micros(2_000_000);

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
pub fn choose(plan: &Plan, mode: Mode) -> Result<(Spot, Vec<String>), String> {
    if matches!(mode, Mode::Offload | Mode::FreeThreads) {
        return Err(format!("{} is not built yet. Threads is the nearest that runs.", mode.name()));
    }
    if plan.workload.adds() {
        return Err("Adding to the shared counter is not built yet. Use count for work of the same kind.".to_owned());
    }
    let on_page = match (mode, plan.settings.place) {
        (Mode::Sync, Place::Page) => plan.workload.total(plan.counts_per_ms),
        (Mode::Async, Place::Page | Place::Split) => plan.workload.longest_hold(plan.counts_per_ms),
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
