//! Writes JSON, for the result and for the messages. Not their fields.
//!
//! A number with a point is written by the standard library, as it is wherever the page tells one. What `serde_json`
//! has for that is faster, and needs a table of 10 KB that no compression makes smaller.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// Without spaces or lines.
struct Compact;

impl Formatter for Compact {
    fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        // Like JSON's own: a whole number with a point, a very large or small one with an exponent.
        write!(writer, "{value:?}")
    }
}

/// As JSON, in one line.
///
/// # Errors
/// A key is no text, or the value refuses.
pub fn to_json(value: &impl Serialize) -> serde_json::Result<String> {
    let mut json = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut json, Compact))?;
    Ok(String::from_utf8_lossy(&json).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    #[test]
    fn what_json_does_not_have_is_null() {
        assert_eq!(to_json(&[f64::NAN, f64::INFINITY]).unwrap(), "[null,null]");
    }

    #[test]
    fn all_but_numbers_is_as_serde_json_has_it() {
        let value = json!({"text": "a \"b\"\n\u{2013}", "none": null, "some": [1, -1, true], "nothing": [], "in": {}});
        assert_eq!(to_json(&value).unwrap(), value.to_string());
    }

    proptest! {
        #[test]
        fn a_number_is_read_as_it_was(bits: u64) {
            let number = f64::from_bits(bits);
            let json = to_json(&number).unwrap();
            let read: Value = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(read.is_number(), number.is_finite());
            if number.is_finite() {
                prop_assert_eq!(&json, &format!("{number:?}"));
                prop_assert_eq!(json.parse().map(f64::to_bits), Ok(bits));
            }
        }
    }
}
