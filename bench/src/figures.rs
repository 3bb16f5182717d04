//! Figures of several rounds.

/// What the rounds measured, in milliseconds.
#[derive(Clone, Debug, Default)]
pub struct Figures(Vec<f64>);

impl Figures {
    /// Adds a round.
    pub fn add(&mut self, ms: f64) {
        self.0.push(ms);
    }

    /// The median; of an even number of rounds the mean of the two in the middle.
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
        self.0.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), ms| (low.min(*ms), high.max(*ms)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(of: &[f64]) -> Figures {
        Figures(of.to_vec())
    }

    #[test]
    fn the_median_is_that_in_the_middle() {
        assert!((figures(&[3.0, 1.0, 2.0]).median() - 2.0).abs() < f64::EPSILON);
        assert!((figures(&[4.0, 1.0, 2.0, 3.0]).median() - 2.5).abs() < f64::EPSILON);
        assert!(figures(&[]).median().is_nan());
        assert_eq!(figures(&[3.0, 1.0, 2.0]).range(), (1.0, 3.0));
    }
}
