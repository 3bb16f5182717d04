//! A table of figures, as Markdown that reads well on a terminal too.

use std::fmt;

use crate::bench::Measured;

/// A table: a row of cells for each thing measured.
pub struct Table {
    title: String,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with a title, the heads of its columns, and nothing in it.
    pub fn new<const N: usize>(title: impl Into<String>, head: [&str; N]) -> Self {
        Self { title: title.into(), rows: vec![head.map(str::to_owned).to_vec()] }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Adds a row for each peer: its name, then its cells; of one that is absent, why.
    pub fn peers<const N: usize>(&mut self, all: &[Measured], cells: impl Fn(&Measured) -> [String; N]) {
        for measured in all {
            let name = measured.peer.name();
            match &measured.absent {
                Some(reason) => self.row([name, reason.clone()]),
                None => self.row([vec![name], cells(measured).to_vec()].concat()),
            }
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let mut widths = vec![3; columns];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.chars().count().max(*width);
            }
        }
        writeln!(f, "### {}\n", self.title)?;
        for (index, row) in self.rows.iter().enumerate() {
            let cells = row.iter().map(String::as_str).chain(std::iter::repeat("")).zip(&widths);
            let cells = cells.map(|(cell, &width)| format!("{cell:<width$}"));
            writeln!(f, "| {} |", cells.collect::<Vec<_>>().join(" | "))?;
            if index == 0 {
                let rules = widths.iter().map(|&width| "-".repeat(width));
                writeln!(f, "| {} |", rules.collect::<Vec<_>>().join(" | "))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut table = Table::new("Title", ["", "head"]);
        table.row(["a long name".to_owned(), "1".to_owned()]);
        table.row(["b".to_owned()]);
        let lines = "### Title\n\n|             | head |\n| ----------- | ---- |\n| a long name | 1    |\n";
        assert_eq!(table.to_string(), lines.to_owned() + "| b           |      |\n");
    }
}
