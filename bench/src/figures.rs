//! Figures of several rounds, and how they are written.

use std::fmt;

/// What the rounds gave, one figure each, in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures(Vec<f64>);

impl Figures {
    /// The median; of an even number of rounds the mean of the two in the middle; of none no number.
    pub fn median(&self) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        match sorted.len() {
            0 => f64::NAN,
            n if n % 2 == 1 => sorted[middle],
            _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
        }
    }

    /// The smallest and the largest.
    pub fn range(&self) -> (f64, f64) {
        self.0
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), figure| (low.min(*figure), high.max(*figure)))
    }

    /// Each made into another.
    pub fn map(&self, of: impl Fn(f64) -> f64) -> Self {
        self.0.iter().copied().map(of).collect()
    }

    /// Each over that of another in the same round: what slows a whole round down is in both.
    pub fn over(&self, other: &Self) -> Self {
        self.0.iter().zip(&other.0).map(|(own, other)| own / other).collect()
    }

    /// Each less that of another in the same round.
    pub fn less(&self, other: &Self) -> Self {
        self.0.iter().zip(&other.0).map(|(own, other)| own - other).collect()
    }
}

impl FromIterator<f64> for Figures {
    fn from_iter<I: IntoIterator<Item = f64>>(figures: I) -> Self {
        Self(figures.into_iter().collect())
    }
}

/// The median, and the range if there are several: `0.63 (0.49–4.53)`.
impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (low, high) = self.range();
        match self.0.len() {
            0 => f.write_str("–"),
            1 => f.write_str(&number(low)),
            _ => write!(f, "{} ({}–{})", number(self.median()), number(low), number(high)),
        }
    }
}

/// A number with as many decimals as it bears: about four digits.
pub fn number(value: f64) -> String {
    match value.abs() {
        size if size.is_nan() => "–".to_owned(),
        size if size >= 1000.0 => format!("{value:.0}"),
        size if size >= 100.0 => format!("{value:.1}"),
        size if size >= 10.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(of: &[f64]) -> Figures {
        of.iter().copied().collect()
    }

    #[test]
    fn the_median_is_that_in_the_middle() {
        assert!((figures(&[3.0, 1.0, 2.0]).median() - 2.0).abs() < f64::EPSILON);
        assert!((figures(&[4.0, 1.0, 2.0, 3.0]).median() - 2.5).abs() < f64::EPSILON);
        assert!(figures(&[]).median().is_nan());
        assert_eq!(figures(&[3.0, 1.0, 2.0]).range(), (1.0, 3.0));
    }

    #[test]
    fn rounds_are_compared_with_rounds() {
        let (own, other) = (figures(&[1.0, 9.0]), figures(&[2.0, 3.0, 4.0]));
        assert_eq!((own.over(&other), own.less(&other)), (figures(&[0.5, 3.0]), figures(&[-1.0, 6.0])));
    }

    #[test]
    fn a_range_is_written_where_there_is_one() {
        assert_eq!(figures(&[]).to_string(), "–");
        assert_eq!(figures(&[1234.5]).to_string(), "1234");
        assert_eq!(figures(&[0.5, 12.345, 1.0]).to_string(), "1.000 (0.500–12.35)");
    }
}
