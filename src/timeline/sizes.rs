//! How large a timeline's parts are, in CSS pixels, so that any number of tasks makes a picture of a sane height.

use super::gil::{has_strip, has_work};
use super::rows::Dealt;
use super::{By, Lanes, Rows};
use crate::workload::{Mode, Settings, Workload};

/// The sizes of a timeline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    /// The rows.
    pub rows: Rows,
    /// From one row to the next.
    pub pitch: f64,
    /// How high a bar is.
    pub bar: f64,
    /// How high the GIL's strip below the rows is; none where there is none.
    pub strip: Option<f64>,
    /// How wide the labels before the rows are.
    pub gutter: f64,
}

/// Rows share this height where they are many.
const ROWS_HEIGHT: f64 = 216.0;
/// The height of a row where there are few, and the least there is.
const PITCH: (f64, f64) = (20.0, 3.0);
/// A label needs this height, and more where it stands for rows that have none.
const LABEL: (f64, f64) = (18.0, 26.0);
/// The GIL's strip, the space around it, and how long its label is.
const STRIP: f64 = 8.0;
const AROUND_STRIP: (f64, f64) = (6.0, 2.0);
const STRIP_LABEL: usize = 3;
/// How long the longest label of a lane is: “thread”.
const LANE_LABEL: usize = 6;
/// The axis below the rows.
const AXIS: f64 = 22.0;
/// The width of a character of a label, and the space around it.
const CHARACTER: f64 = 8.0;
const AROUND: f64 = 12.0;

impl Sizes {
    /// The sizes for a workload in a mode, with rows by task or by lane. The gutter is the same in all modes, since they share the axis.
    #[must_use]
    pub fn of(workload: &Workload, settings: &Settings, mode: Mode, by: By) -> Self {
        let dealt = Dealt::of(workload.tasks, (ROWS_HEIGHT / PITCH.1) as u32);
        let (rows, label) = match by {
            By::Task => {
                let rows = Rows::Tasks(dealt);
                // Where rows stand for several tasks, the last need not have the longest.
                (rows, (0..rows.len()).map(|row| rows.label(row).chars().count()).max().unwrap_or_default())
            }
            By::Lane => (Rows::Lanes(Lanes::of(mode, settings.lanes(mode, workload.tasks))), LANE_LABEL),
        };
        let pitch = (ROWS_HEIGHT / f64::from(rows.len())).floor().clamp(PITCH.1, PITCH.0);
        let between = match pitch {
            12.0.. => 4.0,
            6.0.. => 2.0,
            _ => 1.0,
        };
        let strip_label = if has_work(workload) { STRIP_LABEL } else { 0 };
        let longest = label.max(strip_label) as f64;
        let strip = has_strip(mode, workload).then_some(STRIP);
        Self { rows, pitch, bar: pitch - between, strip, gutter: longest * CHARACTER + AROUND }
    }

    /// The height of all rows.
    #[must_use]
    pub fn rows_height(&self) -> f64 {
        f64::from(self.rows.len()) * self.pitch
    }

    /// From the top to the GIL's strip.
    #[must_use]
    pub fn strip_top(&self) -> f64 {
        self.rows_height() + AROUND_STRIP.0
    }

    /// From the top to the axis.
    #[must_use]
    pub fn floor(&self) -> f64 {
        self.strip.map_or(self.rows_height(), |strip| self.strip_top() + strip + AROUND_STRIP.1)
    }

    /// The height of everything.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.floor() + AXIS
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
    use crate::workload::{Step, Steps, TaskCount};

    fn sizes(tasks: u64) -> Sizes {
        let tasks = TaskCount::new(tasks).unwrap();
        Sizes::of(&Workload { tasks, ..Workload::default() }, &Settings::default(), Mode::Threads, By::Task)
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

    #[test]
    fn every_label_has_its_room_before_its_row() {
        for tasks in [3, 72, 99, 100, 101, 140, 1000, 1_000_000] {
            let Sizes { rows, gutter, .. } = sizes(tasks);
            let label = |row| rows.label(row).chars().count() as f64 * CHARACTER;
            assert!((0..rows.len()).all(|row| label(row) + AROUND <= gutter), "{tasks}");
        }
    }

    #[test]
    fn by_lane_there_is_a_row_for_each_and_one_gutter_for_all_modes() {
        let thousand = Workload { tasks: TaskCount::new(1000).unwrap(), ..Workload::default() };
        let of = |mode| Sizes::of(&thousand, &Settings::default(), mode, By::Lane);
        let rows = [Mode::Sync, Mode::Async, Mode::Threads, Mode::Offload].map(|mode| of(mode).rows.len());
        assert_eq!(rows, [1, 1, 32, 2]);
        assert!(of(Mode::Threads).height() <= ROWS_HEIGHT + AXIS);
        assert!((of(Mode::Sync).gutter - of(Mode::Threads).gutter).abs() < f64::EPSILON);
    }

    #[test]
    fn a_strip_has_its_room_below_the_rows_and_its_label_in_all_modes() {
        let steps = Steps::new(vec![Step::parse("count", "1M").unwrap()]).unwrap();
        let work = Workload { steps, ..Workload::default() };
        let of = |mode| Sizes::of(&work, &Settings::default(), mode, By::Task);
        let (with, without) = (of(Mode::Threads), of(Mode::Sync));
        assert!(with.floor() > with.strip_top() + STRIP && with.height() - without.height() < 20.0);
        assert!(
            with.gutter >= 24.0
                && (with.gutter, Some(STRIP)) == (without.gutter, with.strip)
                && without.strip.is_none()
        );
    }
}
