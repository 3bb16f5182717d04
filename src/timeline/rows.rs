//! What the rows of a timeline are: tasks, one each while there is room and else neighbours together; or lanes. Not where
//! a row is drawn.

use super::Lanes;
use crate::workload::{TaskCount, TaskId, grouped};

/// What a timeline has a row for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Each task, or neighbours together.
    #[default]
    Task,
    /// Each lane.
    Lane,
}

/// The rows of a timeline, from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Of tasks.
    Tasks(Dealt),
    /// Of lanes.
    Lanes(Lanes),
}

impl Rows {
    /// How many rows there are; never none.
    #[must_use]
    pub const fn len(self) -> u32 {
        match self {
            Self::Tasks(dealt) => dealt.rows,
            Self::Lanes(lanes) => lanes.len(),
        }
    }

    /// Always false; there is a task, and a lane that carries it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// What stands before a row: its task, or the first and the last; or its lane.
    #[must_use]
    pub fn label(self, row: u32) -> String {
        match self {
            Self::Tasks(dealt) => dealt.label(row),
            Self::Lanes(lanes) => lanes.label(row),
        }
    }
}

/// Tasks dealt out to rows, as evenly as can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dealt {
    tasks: u32,
    rows: u32,
}

impl Dealt {
    /// To as many rows as there are tasks, but at most so many.
    #[must_use]
    pub fn of(tasks: TaskCount, most: u32) -> Self {
        Self { tasks: tasks.get(), rows: tasks.get().min(most.max(1)) }
    }

    /// How many rows there are; never none.
    pub(super) const fn len(self) -> u32 {
        self.rows
    }

    /// Whether each task has a row of its own.
    #[must_use]
    pub const fn one_each(self) -> bool {
        self.rows == self.tasks
    }

    /// The task that has a row to itself, if each has.
    #[must_use]
    pub fn only(self, row: u32) -> Option<TaskId> {
        self.one_each().then(|| TaskId::at(row))
    }

    /// The row of a task, counted from 0.
    #[must_use]
    pub fn row(self, task: TaskId) -> u32 {
        if self.one_each() {
            return task.0.saturating_sub(1);
        }
        (task.index() as u64 * u64::from(self.rows) / u64::from(self.tasks.max(1))) as u32
    }

    /// The first and the last task of a row.
    #[must_use]
    pub fn tasks(self, row: u32) -> (TaskId, TaskId) {
        // The first task of a row is the least that `row` sends there.
        let first = |row: u32| (u64::from(row) * u64::from(self.tasks)).div_ceil(u64::from(self.rows.max(1))) as u32;
        (TaskId::at(first(row)), TaskId(first(row + 1)))
    }

    fn label(self, row: u32) -> String {
        let (first, last) = self.tasks(row);
        let number = |task: TaskId| grouped(task.0.into());
        if first == last { number(first) } else { format!("{}–{}", number(first), number(last)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(tasks: u64, most: u32) -> Dealt {
        Dealt::of(TaskCount::new(tasks).unwrap(), most)
    }

    #[test]
    fn a_row_each_while_there_is_room() {
        assert_eq!((rows(3, 80).len(), rows(3, 80).row(TaskId(3))), (3, 2));
        assert_eq!((rows(3, 80).label(1).as_str(), rows(1000, 80).label(1).as_str()), ("2", "14–25"));
        assert!(!Rows::Tasks(rows(3, 80)).is_empty() && rows(3, 0).len() == 1);
        assert_eq!((rows(3, 80).only(1), rows(3, 2).only(1)), (Some(TaskId(2)), None));
    }

    proptest! {
        #[test]
        fn a_row_holds_the_tasks_that_are_sent_there(tasks in 1_u64..=1_000_000, most in 1_u32..200, pick in 0.0..1.0) {
            let rows = rows(tasks, most);
            let row = (f64::from(rows.len()) * pick) as u32;
            let (first, last) = rows.tasks(row);
            prop_assert!(first <= last);
            prop_assert_eq!((rows.row(first), rows.row(last)), (row, row));
            prop_assert!(row == 0 || rows.row(TaskId(first.0 - 1)) == row - 1);
            prop_assert!(u64::from(last.0) == tasks || rows.row(TaskId(last.0 + 1)) == row + 1);
        }
    }
}
