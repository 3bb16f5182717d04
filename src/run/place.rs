//! Where a mode's lanes are, and what may hold the page (`docs/interface.md`, Running, On the page).

use super::plan::{NOTHING_SHARED, Plan};
use crate::workload::{LONGEST_ON_PAGE, Micros, Mode, OnPage, about, duration_words};

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
    if plan.workload.needs_shared_memory(mode) && !is_isolated {
        return Err(NOTHING_SHARED.to_owned());
    }
    match OnPage::of(mode, &plan.workload, &plan.settings, &plan.pace) {
        OnPage::No => Ok((Spot::Workers, Vec::new())),
        OnPage::Yes(_) => Ok((Spot::Page, Vec::new())),
        OnPage::Moved(hold) => Ok((Spot::Workers, vec![moved(hold)])),
        OnPage::Refused(hold) => Err(too_long(hold)),
    }
}

fn moved(hold: Micros) -> String {
    format!("One stretch of blocking would freeze the page for {}, so the loop ran in a worker.", about(hold))
}

fn too_long(hold: Micros) -> String {
    format!(
        "This would freeze the page for {}; at most {} is allowed. Run it in a worker instead: place=split or \
         place=worker.",
        about(hold),
        duration_words(LONGEST_ON_PAGE)
    )
}
