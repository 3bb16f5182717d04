//! Lines of code, and how texts and numbers are written in it.

use super::asked::Asked;
use crate::workload::grouped;

/// What is said where a task may fail, as every mode but sync has it.
pub const FAILS: &str = "The first failure is that of all, but the others go on to their end.";

/// Code, as it is written line by line.
pub struct Code {
    text: String,
    /// How far a line is moved in at each level.
    step: usize,
}

impl Code {
    /// Nothing yet; each level moves a line in by so many spaces.
    pub const fn indented_by(step: usize) -> Self {
        Self { text: String::new(), step }
    }

    /// A line at a level.
    pub fn line(&mut self, level: usize, line: &str) {
        self.text.extend(std::iter::repeat_n(' ', level * self.step));
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Lines that stand as they are.
    pub fn lines(&mut self, lines: &str) {
        self.text.push_str(lines);
    }

    /// So many empty lines, but not at the beginning.
    pub fn gap(&mut self, lines: usize) {
        if !self.text.is_empty() {
            self.text.extend(std::iter::repeat_n('\n', lines));
        }
    }

    /// All of it.
    pub fn finish(self) -> String {
        self.text
    }
}

/// A text in double quotes, as Python and JavaScript read it alike. Control characters and those that join, hide or turn
/// round others are written as `\n`, `\xNN` or `\uNNNN`.
pub fn quoted(text: &str) -> String {
    quoted_with(text, |one| if one < 0x100 { format!("\\x{one:02x}") } else { format!("\\u{one:04x}") })
}

/// A text in double quotes, with such characters, by their numbers, as `escaped` writes them.
pub fn quoted_with(text: &str, escaped: impl Fn(u32) -> String) -> String {
    let mut quoted = String::from('"');
    for one in text.chars() {
        match one {
            '"' | '\\' => quoted.extend(['\\', one]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => quoted.push_str(&escaped(one.into())),
            _ if one.is_control() => quoted.push_str(&escaped(one.into())),
            _ => quoted.push(one),
        }
    }
    quoted.push('"');
    quoted
}

/// A whole number with its digits in groups: `20_000_000`.
pub fn whole(number: u64) -> String {
    grouped(number).replace(',', "_")
}

/// Code with `SEED` and `SPREAD` as the workload has them.
pub fn with_variation(code: &str, asked: &Asked<'_>) -> String {
    let variation = asked.workload.variation;
    code.replace("SEED", &variation.seed.to_string()).replace("SPREAD", &variation.spread.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_can_not_end_its_quotes() {
        assert_eq!(quoted("One"), r#""One""#);
        assert_eq!(quoted("\"); evil(\"\\"), r#""\"); evil(\"\\""#);
        assert_eq!(quoted("a\nb\tc\r\u{85}\u{202e}é€😀"), r#""a\nb\tc\x0d\x85\u202eé€😀""#);
    }

    #[test]
    fn a_long_number_is_in_groups() {
        assert_eq!([0, 999, 20_000_000].map(whole), ["0", "999", "20_000_000"]);
    }
}
