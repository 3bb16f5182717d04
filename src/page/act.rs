//! How components tell of what the user did. What follows from it is the reducer's to say.

use yew::Callback;

use super::state::Action;

/// Told of what the user did.
pub type Act = Callback<Action>;
