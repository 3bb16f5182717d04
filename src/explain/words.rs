//! Parts and numbers as a reader would say them.

use crate::workload::grouped;

/// Parts that have a name, in hundredths.
const NAMED: [(u64, &str); 6] =
    [(20, "a fifth"), (25, "a quarter"), (33, "a third"), (50, "half"), (67, "two thirds"), (75, "three quarters")];

/// A part of a whole: `a third` where it is that to a hundredth, else `41 %`.
pub(super) fn part(part: f64) -> String {
    let hundredths = (part * 100.0).round() as u64;
    let name = NAMED.into_iter().find(|(named, _)| named.abs_diff(hundredths) <= 1);
    name.map_or_else(|| format!("{hundredths} %"), |(_, name)| name.to_owned())
}

/// So many of something: `1 sleep`, `1,000 sleeps`.
pub(super) fn many(number: u64, one: &str, more: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { more })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_its_name_where_it_is_close_to_it() {
        assert_eq!([0.334, 0.5, 0.41, 0.0, 1.0].map(part), ["a third", "half", "41 %", "0 %", "100 %"]);
    }

    #[test]
    fn one_is_one_and_others_are_more() {
        assert_eq!([1, 1000].map(|n| many(n, "sleep", "sleeps")), ["1 sleep", "1,000 sleeps"]);
    }
}
