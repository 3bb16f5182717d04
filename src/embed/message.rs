//! The messages between an embedding page and the frame, as JSON (`docs/interface.md`, Embed). Not their listener,
//! and not what is done about them.
//!
//! ```text
//! parent                                          frame
//!   │ ◀──────────────────────────────────────────── ready
//!   │ {interleave: 1, type: "load", id: 7, link} ─▶  │
//!   │ ◀─ {interleave: 1, type: "loaded", id: 7, …} ─ │    an answer has the id of what it answers
//!   │ {interleave: 1, type: "run"} ────────────────▶ │
//!   │ ◀── progress, progress, …, result ──────────── │
//! ```

use serde::Serialize;
use serde_json::{Map, Value};

use crate::link::{LinkError, Modes, Notice};
use crate::report::{Results, to_json};
use crate::workload::Mode;

/// The version of the messages, which each of them bears as `interleave`.
const VERSION: u8 = 1;

/// A message for the frame, as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// What comes back in every answer, if the message had one.
    pub id: Option<Id>,
    /// What is asked for, or why that can't be told: then the answer is [`ToParent::error`].
    pub asked: Result<FromParent, EmbedError>,
}

/// The id of a message: JSON of any kind, which comes back to the letter. Read and written anew, a number might become
/// another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id(pub String);

/// What a parent can ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FromParent {
    /// To be told `ready`.
    Hello,
    /// To set up a link: a query or an address, see [`crate::link::query_of`].
    Load {
        /// The query or the address, unread.
        link: String,
    },
    /// To run.
    Run {
        /// In these modes; none: in those of the link.
        modes: Option<Modes>,
    },
    /// To stop.
    Cancel,
}

/// What the frame tells.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum ToParent {
    /// It is up.
    Ready {
        /// The version of Interleave.
        version: &'static str,
        /// Whether the frame is cross-origin isolated.
        isolated: bool,
        /// How many threads the browser says the machine can run at once.
        cores: u32,
    },
    /// A link is set up.
    Loaded {
        /// The canonical link.
        link: String,
        /// What was not taken as it stands.
        notices: Vec<Notice>,
    },
    /// How high the frame should be.
    Height {
        /// The CSS pixels that the content wants.
        height: f64,
    },
    /// How far a run is.
    Progress {
        /// The mode that runs.
        mode: Mode,
        /// How many of its tasks have come to their end.
        done: u32,
        /// How many there are.
        tasks: u32,
    },
    /// All modes have ended.
    Result {
        /// What they gave.
        result: Box<Results>,
    },
    /// A message could not be obeyed.
    Error {
        /// Why: a sentence.
        message: String,
    },
}

/// Why a message could not be obeyed. The reader is who writes the embedding page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmbedError {
    /// No type, or one that is no text.
    #[error("A message needs a type, one of {TYPES}.")]
    NoType,
    /// An unknown type.
    #[error("There is no message “{0}”. The types are {TYPES}.")]
    UnknownType(String),
    /// A `load` without a link.
    #[error("load needs a link, as a text: a query or an address.")]
    NoLink,
    /// The modes of a `run` are no list.
    #[error(
        "The modes of run are a list of mode ids, as in [\"sync\", \"async\"]; leave them out for those of the link."
    )]
    NotModes,
    /// The modes of a `run` can't be taken.
    #[error(transparent)]
    Modes(#[from] LinkError),
    /// A `run` while one is going on.
    #[error("A run is going on. Wait for its result, or send cancel first.")]
    Busy,
}

/// The types of messages that the frame understands.
const TYPES: &str = "hello, load, run, cancel";

impl Received {
    /// Understands what a parent sent, with this id. None if it is not for Interleave: it is passed over in silence.
    #[must_use]
    pub fn read(sent: &Value, id: Option<Id>) -> Option<Self> {
        let sent = sent.as_object().filter(|sent| sent.get("interleave").is_some_and(is_version))?;
        Some(Self { id, asked: FromParent::read(sent) })
    }
}

/// Whether this is the number of the version; a browser doesn't tell 1 from 1.0.
fn is_version(number: &Value) -> bool {
    number.as_f64().is_some_and(|number| number.to_bits() == f64::from(VERSION).to_bits())
}

impl FromParent {
    fn read(sent: &Map<String, Value>) -> Result<Self, EmbedError> {
        match sent.get("type").and_then(Value::as_str).ok_or(EmbedError::NoType)? {
            "hello" => Ok(Self::Hello),
            "load" => {
                let link = sent.get("link").and_then(Value::as_str).ok_or(EmbedError::NoLink)?;
                Ok(Self::Load { link: link.to_owned() })
            }
            "run" => Ok(Self::Run { modes: read_modes(sent.get("modes"))? }),
            "cancel" => Ok(Self::Cancel),
            other => Err(EmbedError::UnknownType(other.chars().take(40).collect())),
        }
    }
}

/// Reads a list of mode ids, if there is one.
fn read_modes(modes: Option<&Value>) -> Result<Option<Modes>, EmbedError> {
    let Some(modes) = modes.filter(|modes| !modes.is_null()) else { return Ok(None) };
    let list = modes.as_array().ok_or(EmbedError::NotModes)?;
    let mode = |id: &Value| {
        let id = id.as_str().ok_or(EmbedError::NotModes)?;
        Mode::parse(id).map_err(|error| EmbedError::Modes(error.into()))
    };
    // A mode more than there are, and one is there twice: no need to read on.
    let modes = list.iter().take(Mode::ALL.len() + 1).map(mode).collect::<Result<_, _>>()?;
    Ok(Some(Modes::new(modes)?))
}

/// A message to the parent with what all messages bear.
#[derive(Serialize)]
struct Sent<'a> {
    interleave: u8,
    #[serde(flatten)]
    told: &'a ToParent,
}

impl ToParent {
    /// That the frame is up.
    #[must_use]
    pub const fn ready(isolated: bool, cores: u32) -> Self {
        Self::Ready { version: env!("CARGO_PKG_VERSION"), isolated, cores }
    }

    /// Why a message could not be obeyed.
    #[must_use]
    pub fn error(error: &EmbedError) -> Self {
        Self::Error { message: error.to_string() }
    }

    /// As JSON, with the id of the message that it answers.
    ///
    /// # Errors
    /// None that is known: all keys are strings, and a number that JSON doesn't have becomes `null`.
    pub fn to_json(&self, id: Option<&Id>) -> serde_json::Result<String> {
        let mut json = to_json(&Sent { interleave: VERSION, told: self })?;
        if let Some(Id(id)) = id {
            json.insert_str(1, &format!("\"id\":{id},"));
        }
        Ok(json)
    }
}
