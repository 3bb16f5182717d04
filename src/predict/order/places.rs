//! The places of lines in the predicted output, and what was seen of them in a measured one.

use std::collections::HashMap;

use super::{Chain, Place};
use crate::workload::{Steps, TaskId};

/// Where each line is in the predicted output, by task and step: a table of tasks by the steps that print.
pub(super) struct Places {
    /// The column of each step, if it prints.
    column: [Option<u8>; Steps::MAX],
    columns: usize,
    table: Vec<Option<u32>>,
}

impl Places {
    pub fn of(lines: &[Place]) -> Self {
        let mut places = Self { column: [None; Steps::MAX], columns: 0, table: Vec::new() };
        for line in lines {
            if let Some(column @ None) = places.column.get_mut(usize::from(line.step)) {
                *column = Some(places.columns as u8);
                places.columns += 1;
            }
        }
        let tasks = lines.iter().map(|line| line.task.index() + 1).max().unwrap_or_default();
        places.table = vec![None; tasks * places.columns];
        for (at, line) in (0..).zip(lines) {
            let index = places.index((line.task, line.step));
            if let Some(place) = index.and_then(|index| places.table.get_mut(index)) {
                *place = Some(at);
            }
        }
        places
    }

    pub fn find(&self, line: (TaskId, u8)) -> Option<usize> {
        self.table.get(self.index(line)?).copied().flatten().map(|at| at as usize)
    }

    fn index(&self, (task, step): (TaskId, u8)) -> Option<usize> {
        let column = (*self.column.get(usize::from(step))?)?;
        Some(task.index() * self.columns + usize::from(column))
    }
}

/// The lines of a measured output so far, by their places in the predicted one.
#[derive(Default)]
pub(super) struct Seen {
    furthest: Option<usize>,
    of_task: Vec<Option<u32>>,
    of_chain: HashMap<Chain, usize>,
}

impl Seen {
    /// A line that has been seen, and certainly comes after this one.
    pub fn contradicts(&self, lines: &[Place], at: usize) -> Option<usize> {
        let line = lines.get(at)?;
        let of_task = self.of_task.get(line.task.index()).copied().flatten().map(|at| at as usize);
        let of_chain = self.of_chain.get(&line.chain).copied();
        // Who is settled before a line is settled before all behind it: of all that was seen the furthest is enough.
        let furthest = self.furthest.filter(|furthest| *furthest >= line.settled as usize);
        of_task.into_iter().chain(of_chain).filter(|seen| *seen > at).chain(furthest).max()
    }

    pub fn add(&mut self, lines: &[Place], at: usize) {
        let Some(line) = lines.get(at) else { return };
        self.furthest = self.furthest.max(Some(at));
        if self.of_task.len() <= line.task.index() {
            self.of_task.resize(line.task.index() + 1, None);
        }
        if let Some(of_task) = self.of_task.get_mut(line.task.index()) {
            *of_task = (*of_task).max(Some(at as u32));
        }
        if line.chain != Chain::NONE {
            let of_chain = self.of_chain.entry(line.chain).or_default();
            *of_chain = at.max(*of_chain);
        }
    }
}
