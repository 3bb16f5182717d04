//! What can be said of runs: the result, the figures that the page shows, and what is exported.
//!
//! Everything here is derived from records; nothing is kept. The link comes here as a string, and nothing here knows
//! of a page or of who is told.

mod clock;
mod counter;
mod figures;
mod guess;
mod json;
mod output;
mod repeated;
mod result;
mod summary;
pub mod sweep;
mod table;

pub use clock::clock_words;
pub use counter::{counted, counter_words};
pub use figures::{LONG, NONE, Scale, fixed, ratio, roughly, signed_ms, times_words, whole_ms};
pub use guess::{GuessedOrder, GuessedTime, LineOf, lines_of};
pub use json::to_json;
pub use output::{Hits, Search, Wanted, Written};
pub use repeated::Repeated;
pub use result::{Environment, LineResult, Results, RunResult, SpanResult};
pub use summary::{Summary, overhead, summaries, times_as_fast, took, words};
pub use table::{Caption, csv, markdown};
