//! A target, what was measured against it, and whether it is met.

use std::fmt;

use crate::figures::Figures;

/// A target with what was measured.
pub struct Target {
    what: String,
    asked: String,
    measured: String,
    ratio: String,
    met: Met,
}

/// Whether a target is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    Yes,
    No,
    /// It was not measured.
    Unknown,
}

/// Where a figure should be.
#[derive(Clone, Copy, Debug)]
pub enum Bound {
    AtMost(f64),
    AtLeast(f64),
    Between(f64, f64),
}

impl Bound {
    /// Whether a figure is there; one that is no number was not measured.
    pub fn met(self, figure: f64) -> Met {
        let holds = match self {
            _ if figure.is_nan() => return Met::Unknown,
            Self::AtMost(most) => figure <= most,
            Self::AtLeast(least) => figure >= least,
            Self::Between(least, most) => (least..=most).contains(&figure),
        };
        Met::when(holds)
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(most) => write!(f, "at most {most}"),
            Self::AtLeast(least) => write!(f, "at least {least}"),
            Self::Between(least, most) => write!(f, "{least} to {most}"),
        }
    }
}

impl Met {
    /// Met when this holds.
    pub const fn when(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    /// Met when both are.
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, other) => other,
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Unknown, _) => Self::Unknown,
        }
    }
}

impl Target {
    /// A bound on the median of ratios.
    pub fn of_ratio(what: &str, bound: Bound, measured: String, ratio: &Figures) -> Self {
        let met = bound.met(ratio.median());
        Self { what: what.to_owned(), asked: bound.to_string(), measured, ratio: ratio.to_string(), met }
    }

    /// A bound on the median of figures with a unit.
    pub fn of_figure(what: &str, bound: Bound, unit: &str, figures: &Figures) -> Self {
        let met = bound.met(figures.median());
        Self::told(what, &format!("{bound} {unit}"), format!("{figures} {unit}"), met)
    }

    /// A target that is no bound on one figure.
    pub fn told(what: &str, asked: &str, measured: String, met: Met) -> Self {
        Self { what: what.to_owned(), asked: asked.to_owned(), measured, ratio: "–".to_owned(), met }
    }

    /// The same with a ratio.
    pub fn with_ratio(mut self, ratio: &Figures) -> Self {
        self.ratio = ratio.to_string();
        self
    }

    /// Its cells in the table of targets.
    pub fn cells(&self) -> [String; 5] {
        let met = match self.met {
            Met::Yes => "yes",
            Met::No => "**no**",
            Met::Unknown => "not measured",
        };
        [&self.what, &self.asked, &self.measured, &self.ratio, met].map(ToString::to_string)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_met_on_its_very_edge() {
        assert_eq!(Bound::AtMost(1.03).met(1.03), Met::Yes);
        assert_eq!(Bound::AtMost(1.03).met(1.031), Met::No);
        assert_eq!(Bound::AtLeast(0.95).met(0.949), Met::No);
        assert_eq!(Bound::Between(5.0, 7.0).met(7.0), Met::Yes);
        assert_eq!(Bound::Between(5.0, 7.0).met(4.9), Met::No);
    }

    #[test]
    fn what_was_not_measured_is_neither_met_nor_missed() {
        assert_eq!(Bound::AtMost(1.0).met(f64::NAN), Met::Unknown);
        assert_eq!(Met::Yes.and(Met::Unknown), Met::Unknown);
        assert_eq!(Met::Unknown.and(Met::No), Met::No);
    }
}
