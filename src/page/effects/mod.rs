//! What happens in the browser because of the state, one hook a file. Each tells what came of it by actions, and
//! gives back on drop whatever the browser lent it.

mod address;
mod auto_run;
mod checked;
mod colours;
mod copied;
mod document;
mod embed;
mod explained;
mod forecasts;
mod found;
mod frame;
mod gestures;
mod keys;
mod machine;
pub mod menus;
mod outbox;
mod pieces;
mod replay;
mod runner;
mod scrolled;
mod style;
mod sweep;
pub mod theme;
mod throttle;
mod width;

use yew::UseReducerHandle;

use super::state::State;

pub use address::use_address;
pub use auto_run::use_auto_run;
pub use checked::use_checked;
pub use colours::use_colours_changed;
pub use copied::{Copied, copy, use_copied};
pub use document::use_document;
pub use embed::{results, use_embed};
pub use explained::use_explained;
pub use forecasts::{told_at_once, use_forecasts};
pub use found::use_found;
pub use frame::{Drawn, Pace, use_drawing};
pub use gestures::{Gesture, use_gestures};
pub use keys::{use_keys, use_pointing};
pub use machine::{environment, use_machine};
pub use menus::use_menus;
pub use pieces::{in_pieces, use_answer};
pub use replay::use_replay;
pub use runner::use_runner;
pub use scrolled::use_scrolled;
pub use style::use_style;
pub use sweep::use_sweep;
pub use width::use_width;

/// The page's state, as hooks see it.
pub type Page = UseReducerHandle<State>;
