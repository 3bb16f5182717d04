//! One mode run several times under the same conditions: how long it mostly took, and how far that goes apart.

use super::figures::Scale;
use crate::workload::Micros;

/// What several runs of a mode came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeated {
    /// How many there were.
    pub runs: usize,
    /// The elapsed time in the middle; of an even number the mean of the two there.
    pub median: Micros,
    /// The shortest elapsed time.
    pub least: Micros,
    /// The longest.
    pub most: Micros,
}

impl Repeated {
    /// What these elapsed times come to; none of fewer than two.
    #[must_use]
    pub fn of(times: impl IntoIterator<Item = Micros>) -> Option<Self> {
        let mut times: Vec<_> = times.into_iter().collect();
        times.sort_unstable();
        let (runs, half) = (times.len(), times.len() / 2);
        let (least, most) = (*times.first()?, *times.last().filter(|_| runs > 1)?);
        let upper = times.get(half)?.0;
        let lower = if runs.is_multiple_of(2) { times.get(half - 1)?.0 } else { upper };
        Some(Self { runs, median: Micros(lower.midpoint(upper)), least, most })
    }

    /// From the shortest to the longest, with the unit once where both have one: `1.001 to 1.004 s`.
    #[must_use]
    pub fn range(&self, scale: Scale) -> String {
        let (least, most) = (scale.write(self.least), scale.write(self.most));
        let number = match (least.split_once(' '), most.split_once(' ')) {
            (Some((number, unit)), Some((_, other))) if unit == other && !unit.contains(' ') => number,
            _ => &least,
        };
        format!("{number} to {most}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(times: &[u64]) -> Option<Repeated> {
        Repeated::of(times.iter().map(|time| Micros(*time)))
    }

    #[test]
    fn several_runs_have_a_median_and_a_range() {
        assert_eq!((of(&[]), of(&[7])), (None, None), "one run says nothing of how far they differ");
        let odd = Repeated { runs: 3, median: Micros(2000), least: Micros(1000), most: Micros(9000) };
        assert_eq!(of(&[9000, 1000, 2000]), Some(odd));
        assert_eq!(of(&[4, 8, 1, 100]).map(|even| even.median), Some(Micros(6)));
        assert_eq!(odd.range(Scale::Milliseconds), "1.0 to 9.0 ms");
        let long =
            Repeated { runs: 2, median: Micros(95_000_000), least: Micros(59_000_000), most: Micros(731_000_000) };
        assert_eq!(long.range(Scale::Seconds), "59.000 s to 12 min 11 s");
    }
}
