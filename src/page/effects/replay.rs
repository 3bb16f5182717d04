//! Lets the playhead of a replay go on with each frame, as long as it plays; and shows where it begins.

use yew::prelude::*;

use super::Page;
use super::frame::{Drawn, Pace, use_drawing};
use crate::page::browser;
use crate::page::state::{Action, Replaying};
use crate::workload::Micros;

/// The longest time that may pass between two frames, in milliseconds: while the page is hidden there are none, and a
/// replay waits.
const LONGEST: f64 = 1000.0;
/// Who wants less motion sees the playhead move so seldom, in milliseconds.
const SELDOM: f64 = 500.0;

/// Brings the first timeline into sight when a replay begins, and tells how much time has passed since the playhead
/// moved last.
#[hook]
pub fn use_replay(page: &Page) {
    use_effect_with(page.replay.is_some(), |has_begun| {
        if let Some(first) = browser::find(".card").filter(|_| *has_begun) {
            browser::bring_into_sight(&first);
        }
    });
    let plays = page.replay.as_ref().filter(|replay| replay.playing).map(|replay| replay.at);
    let dispatcher = page.dispatcher();
    let last = browser::now();
    use_drawing(plays, Pace::Brisk, move |_| {
        if plays.is_none() {
            return Drawn::Whole;
        }
        let passed = browser::now() - last;
        if passed < SELDOM && browser::wants_less_motion() {
            return Drawn::InPart;
        }
        let micros = passed.min(LONGEST) * 1000.0;
        dispatcher.dispatch(Action::Replay(Replaying::Pass(Micros(micros as u64))));
        Drawn::Whole
    });
}
