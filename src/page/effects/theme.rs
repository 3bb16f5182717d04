//! The colours that the user chose here last, where the link says nothing of colours.

use crate::link::Theme;
use crate::page::browser;
use crate::page::state::State;

/// Under which name the choice is kept. `static/boot.js` reads it too, before the page is up.
pub const KEY: &str = "interleave-theme";

/// Takes up the last choice. A frame has the colours of its link.
pub fn restore(state: &mut State) {
    if state.setup.theme == Theme::Auto && !state.embedded {
        let kept = browser::kept(KEY).and_then(|kept| Theme::parse(&kept).ok());
        state.theme = kept.unwrap_or_default();
    }
}
