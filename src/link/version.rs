//! Versions of the link, and the upgraders from one to the next.
//!
//! A link lasts: what version 1 wrote is read by every later one. A change that an old link can't be read under adds
//! a version here and an upgrader that turns the raw values of the version before into its own; the golden links in
//! `tests/links/` stay as they are. There is one upgrader a step, which the array's length holds the compiler to.

use super::LinkError;
use super::raw::Raw;

/// The version that this page writes.
pub const VERSION: u32 = 1;

/// Turns the raw values of one version into those of the next.
type Upgrader = fn(&mut Raw<'_>);

/// The upgrader from version 1 to 2 first, then from 2 to 3, and so on.
const UPGRADERS: [Upgrader; VERSION as usize - 1] = [];

/// Reads a version; one that is newer than any known is an error that lets the rest be read.
pub(super) fn parse(text: &str) -> Result<u32, LinkError> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(LinkError::Version);
    }
    // All digits, so what is no number here is only too large for one.
    match text.parse().unwrap_or(u32::MAX) {
        0 => Err(LinkError::Version),
        version @ 1..=VERSION => Ok(version),
        _ => Err(LinkError::TooNew(text.trim_start_matches('0').chars().take(20).collect())),
    }
}

/// Brings raw values of an older version up to this one.
pub(super) fn upgrade(raw: &mut Raw<'_>, version: u32) {
    for upgrader in due(&UPGRADERS, version) {
        upgrader(raw);
    }
}

/// The upgraders that values of this version still have to go through.
fn due<U>(upgraders: &[U], version: u32) -> &[U] {
    upgraders.get(version.saturating_sub(1) as usize..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_values_go_through_every_upgrader_since_their_version() {
        let upgraders = ["1 to 2", "2 to 3"];
        assert_eq!([1, 2, 3, 4].map(|version| due(&upgraders, version).len()), [2, 1, 0, 0]);
        assert_eq!(due(&upgraders, 2), ["2 to 3"]);
    }

    #[test]
    fn a_version_is_a_whole_number_from_1_and_a_newer_one_is_told() {
        assert_eq!(parse("1"), Ok(1));
        assert_eq!(parse("2"), Err(LinkError::TooNew("2".to_owned())));
        assert_eq!(parse("99999999999"), Err(LinkError::TooNew("99999999999".to_owned())));
        for text in ["", "0", "-1", "1.0", "one", "+1"] {
            assert_eq!(parse(text), Err(LinkError::Version), "{text}");
        }
    }
}
