//! Percent-encoding, as links use it. Not the second escaping of a step's text, which `lists.rs` puts on top.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What is written escaped: all but letters, digits and what RFC 3986 calls unreserved, and `:` `,` `@`, which keep a
/// link readable.
const ESCAPED: AsciiSet =
    NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'~').remove(b'.').remove(b':').remove(b',').remove(b'@');

/// Why a text can't be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EscapeError {
    /// A percent sign that escapes nothing.
    #[error("There is a percent sign without two hex digits behind it.")]
    Percent,
    /// What is escaped is no text.
    #[error("What is escaped is no UTF-8 text: a part of it may have been cut off.")]
    NotUtf8,
}

impl EscapeError {
    /// What to do about it, where a percent sign itself is written like this.
    pub(super) fn hint(self, percent: &str) -> String {
        match self {
            Self::Percent => format!(" A percent sign itself is written {percent}."),
            Self::NotUtf8 => String::new(),
        }
    }
}

/// Decodes a name or a value of a query: a plus is a space.
pub(super) fn decode_query(text: &str) -> Result<Cow<'_, str>, EscapeError> {
    if text.contains('+') {
        return decode(&text.replace('+', " ")).map(|decoded| Cow::Owned(decoded.into_owned()));
    }
    decode(text)
}

/// Decodes: a plus is a plus.
pub(super) fn decode(text: &str) -> Result<Cow<'_, str>, EscapeError> {
    let escapes = text.split('%').skip(1);
    let hex = |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    if !escapes.into_iter().all(hex) {
        return Err(EscapeError::Percent);
    }
    percent_decode_str(text).decode_utf8().map_err(|_| EscapeError::NotUtf8)
}

/// Encodes a value for a query, piece by piece.
pub(super) fn encode(text: &str) -> impl Iterator<Item = &str> {
    utf8_percent_encode(text, &ESCAPED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_keeps_a_link_readable_stays_and_the_rest_is_escaped() {
        let encoded = |text| encode(text).collect::<String>();
        assert_eq!(encoded("a-b_c~d.e:f,g@h"), "a-b_c~d.e:f,g@h");
        assert_eq!(encoded("a b&c=d#e+f%g?h'é"), "a%20b%26c%3Dd%23e%2Bf%25g%3Fh%27%C3%A9");
    }

    #[test]
    fn what_escapes_nothing_can_not_be_read() {
        for text in ["%", "a%", "%4", "%%41", "%zz", "%4g", "%+1", "%é"] {
            assert_eq!(decode_query(text), Err(EscapeError::Percent), "{text}");
        }
        for text in ["%FF", "%C3", "%C3%28", "%ED%A0%80"] {
            assert_eq!(decode_query(text), Err(EscapeError::NotUtf8), "{text}");
        }
    }

    #[test]
    fn a_plus_is_a_space_in_a_query_alone() {
        assert_eq!(decode_query("a+b%2Bc").as_deref(), Ok("a b+c"));
        assert_eq!(decode("a+b%2Bc").as_deref(), Ok("a+b+c"));
    }

    proptest! {
        #[test]
        fn every_text_is_read_back(text in any::<String>()) {
            let encoded: String = encode(&text).collect();
            prop_assert!(encoded.is_ascii());
            prop_assert_eq!(decode_query(&encoded), Ok(Cow::Borrowed(text.as_str())));
        }
    }
}
