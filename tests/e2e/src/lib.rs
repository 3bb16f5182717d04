//! Helpers for the end-to-end tests: a browser to drive, a site to drive it to.
//!
//! `tests/page/any_static_host.rs` is a short example. Tests block and know nothing of futures: one browser does one
//! thing at a time anyway. Which browser it is, where its driver and the built page are, is told by xtask
//! through the environment; a test started without it fails and says so.

mod actions;
mod breakage;
mod browser;
mod cdp;
mod driver;
mod error;
mod lent;
mod page;
mod parent;
mod runtime;
mod shape;
mod site;
mod told;
mod wait;
mod watch;

pub use breakage::{BREAKABLE, CROWDED};
pub use browser::{Browser, Options, Scripts, Storage};
pub use cdp::Scheme;
pub use error::E2eError;
pub use lent::Lent;
pub use page::Card;
pub use parent::{Frame, Parent};
pub use shape::faults_of_result;
pub use site::{Fault, Host, Plan, Site};
pub use told::Told;
pub use watch::{WATCHED, Workers};
pub use xtask::browser::Browser as Kind;
pub use xtask::server::Isolation;

/// What a test gives back.
pub type Result<T = ()> = std::result::Result<T, E2eError>;
