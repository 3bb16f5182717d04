//! How far the tasks of a workload differ: one factor a task, the same everywhere for the same seed.

use serde::{Deserialize, Serialize};

use super::notation::{NumberError, parse_thousandths, thousandths};
use super::units::TaskId;

/// How far tasks differ, from 0 (not at all) to 1, in thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread(u16);

/// Why a text is no spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpreadError {
    /// It is no number.
    #[error("The spread {0}.")]
    NotANumber(NumberError),
    /// It is outside 0 to 1, or finer than a thousandth.
    #[error("The spread must be from 0 to 1, with at most three decimals.")]
    OutOfRange,
}

impl Spread {
    /// # Errors
    /// No number, over 1, or more than three decimals.
    pub fn parse(text: &str) -> Result<Self, SpreadError> {
        match parse_thousandths(text) {
            Ok(n @ 0..=1000) => Ok(Self(n as u16)),
            Ok(_) | Err(NumberError::TooFine | NumberError::TooLarge) => Err(SpreadError::OutOfRange),
            Err(other) => Err(SpreadError::NotANumber(other)),
        }
    }

    /// As a number from 0 to 1.
    #[must_use]
    pub fn get(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&thousandths(self.0.into()))
    }
}

/// How far tasks differ, and where the differences come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variation {
    /// How far.
    pub spread: Spread,
    /// Where from.
    pub seed: u32,
}

impl Default for Variation {
    fn default() -> Self {
        Self { spread: Spread::default(), seed: 1 }
    }
}

impl Variation {
    /// The factor for all durations and counts of a task, from 1 − spread to 1 + spread.
    ///
    /// From the first output of `SplitMix64` (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators",
    /// 2014) for the state seed · 2³² + task, as `docs/interface.md` lays down.
    #[must_use]
    #[inline]
    pub fn factor(&self, task: TaskId) -> f64 {
        let spread = self.spread.get();
        if spread == 0.0 {
            return 1.0;
        }
        let state = (u64::from(self.seed) << 32).wrapping_add(task.0.into());
        let unit = (split_mix_64(state) >> 11) as f64 / (1_u64 << 53) as f64;
        1.0 - spread + 2.0 * spread * unit
    }

    /// Whether there is no difference at all.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        self.spread.0 == 0
    }
}

/// The first output of `SplitMix64` for a state.
const fn split_mix_64(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factors_are_those_of_the_interface() {
        let variation = Variation { spread: Spread::parse("0.5").unwrap(), seed: 1 };
        let factors = [1, 2, 3].map(|task| variation.factor(TaskId(task)).to_bits());
        let reference = [0.626_031_020_420_987_1_f64, 1.200_931_241_870_707, 1.132_876_260_770_660_2];
        assert_eq!(factors, reference.map(f64::to_bits));
    }

    #[test]
    fn no_spread_is_no_difference() {
        assert_eq!(Variation::default().factor(TaskId(7)).to_bits(), 1.0_f64.to_bits());
    }

    #[test]
    fn a_spread_is_from_0_to_1_with_three_decimals() {
        assert_eq!(Spread::parse("0.125").map(|s| s.to_string()), Ok("0.125".to_owned()));
        assert_eq!(Spread::parse("1.000"), Ok(Spread(1000)));
        for text in ["1.001", "2", "0.0001", "99999999999999999999999"] {
            assert_eq!(Spread::parse(text), Err(SpreadError::OutOfRange), "{text}");
        }
        for text in ["", "-0.5", "half", ".5"] {
            assert!(matches!(Spread::parse(text), Err(SpreadError::NotANumber(_))), "{text}");
        }
    }
}
