//! How large a timeline's parts are, in CSS pixels, so that any number of tasks makes a picture of a sane height.

use super::Rows;
use crate::workload::TaskCount;

/// The sizes of a timeline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    /// The rows.
    pub rows: Rows,
    /// From one row to the next.
    pub pitch: f64,
    /// How high a bar is.
    pub bar: f64,
    /// How wide the labels before the rows are.
    pub gutter: f64,
}

/// Rows share this height where they are many.
const ROWS_HEIGHT: f64 = 216.0;
/// The height of a row where there are few, and the least there is.
const PITCH: (f64, f64) = (20.0, 3.0);
/// A label needs this height, and more where it stands for rows that have none.
const LABEL: (f64, f64) = (18.0, 26.0);
/// The axis below the rows.
const AXIS: f64 = 22.0;
/// The width of a character of a label, and the space around it.
const CHARACTER: f64 = 8.0;
const AROUND: f64 = 12.0;

impl Sizes {
    /// The sizes for so many tasks.
    #[must_use]
    pub fn of(tasks: TaskCount) -> Self {
        let rows = Rows::of(tasks, (ROWS_HEIGHT / PITCH.1) as u32);
        let pitch = (ROWS_HEIGHT / f64::from(rows.len())).floor().clamp(PITCH.1, PITCH.0);
        let between = match pitch {
            12.0.. => 4.0,
            6.0.. => 2.0,
            _ => 1.0,
        };
        let longest = rows.label(rows.len() - 1).chars().count() as f64;
        Self { rows, pitch, bar: pitch - between, gutter: longest * CHARACTER + AROUND }
    }

    /// The height of all rows.
    #[must_use]
    pub fn rows_height(&self) -> f64 {
        f64::from(self.rows.len()) * self.pitch
    }

    /// The height of everything.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.rows_height() + AXIS
    }

    /// Every so many rows there is room for a label.
    #[must_use]
    pub fn label_every(&self) -> usize {
        let apart = if self.pitch >= LABEL.0 { LABEL.0 } else { LABEL.1 };
        (apart / self.pitch).ceil().max(1.0) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(tasks: u64) -> Sizes {
        Sizes::of(TaskCount::new(tasks).unwrap())
    }

    #[test]
    fn few_tasks_have_room_and_many_stay_within_a_height() {
        assert_eq!((sizes(3).pitch as u32, sizes(3).bar as u32, sizes(3).label_every()), (20, 16, 1));
        for tasks in [1, 8, 11, 40, 72, 73, 1000, 1_000_000] {
            let sizes = sizes(tasks);
            assert!(sizes.height() <= ROWS_HEIGHT + AXIS && sizes.bar >= 2.0, "{tasks}");
            assert!(sizes.label_every() as f64 * sizes.pitch >= LABEL.0, "{tasks}");
        }
    }
}
