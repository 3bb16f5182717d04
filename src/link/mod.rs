//! The link: a set-up as the query of an address, read and written (`docs/interface.md`, Link).
//!
//! ```text
//! "?v=1&tasks=5&…" ─▶ raw values ─▶ upgraders ─▶ parameters, one by one ─▶ Setup, and a notice for each that can't be read
//! Setup            ─▶ parameters, one by one ─▶ "?v=1&tasks=5&…", the canonical link
//! ```
//!
//! Nothing here knows of an address bar, a page or a run, and nothing in a link can make it fail: what can't be read
//! is left at its default, with a notice for the reader.

mod address;
mod error;
mod escape;
mod lists;
mod notice;
mod parameter;
mod raw;
mod read;
mod setup;
mod version;

pub use address::query_of;
pub use error::LinkError;
pub use escape::EscapeError;
pub use notice::Notice;
pub use parameter::Parameter;
pub use read::{Reading, read};
pub use setup::{Modes, RunWhen, Setup, Theme, Title};
pub use version::VERSION;

/// The canonical link: the version first and always, then what is not at its default, in the interface's order.
#[must_use]
pub fn write(setup: &Setup) -> String {
    let default = Setup::default();
    let mut link = format!("?{}={VERSION}", Parameter::Version.name());
    for parameter in Parameter::ALL {
        let value = parameter.write(setup);
        if value == parameter.write(&default) {
            continue;
        }
        link.extend(["&", parameter.name(), "="]);
        link.extend(escape::encode(&value.unwrap_or_default()));
    }
    link
}
