//! The rows of one sheet as compact text; holds filled cells only and refuses to grow without bound.

use super::row::{Row, Span};

/// The most filled cells of a sheet that are read.
pub(super) const MOST_CELLS: usize = 4_000_000;
/// The most text of a sheet that is read.
pub(super) const MOST_TEXT: usize = 96 << 20;

/// Rows of a sheet, walked from top to bottom.
#[derive(Debug, Default)]
pub(super) struct Grid {
    text: String,
    cells: Vec<(u32, Span)>,
    rows: Vec<(u32, usize)>,
    next: usize,
    current: Vec<Span>,
    line: u64,
    /// Whole numbers that were too long to be exact.
    pub(super) imprecise: u64,
}

impl Grid {
    /// Adds the text of a cell; cells come row by row. False when the sheet is too large.
    pub(super) fn push(&mut self, row: u32, column: u32, text: &str) -> bool {
        if text.is_empty() || column as usize >= super::MOST_COLUMNS {
            return true;
        }
        if self.cells.len() >= MOST_CELLS || self.text.len() + text.len() > MOST_TEXT {
            return false;
        }
        if self.rows.last().is_none_or(|(last, _)| *last != row) {
            self.rows.push((row, self.cells.len()));
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.cells.push((column, Span::new(start, self.text.len())));
        true
    }

    /// Moves to the next row that has cells.
    pub(super) fn step(&mut self) -> bool {
        self.current.clear();
        let Some(&(row, from)) = self.rows.get(self.next) else {
            return false;
        };
        let to = self
            .rows
            .get(self.next + 1)
            .map_or(self.cells.len(), |(_, start)| *start);
        for &(column, span) in &self.cells[from..to] {
            let column = column as usize;
            if self.current.len() <= column {
                self.current.resize(column + 1, Span::EMPTY);
            }
            self.current[column] = span;
        }
        self.next += 1;
        self.line = u64::from(row) + 1;
        true
    }

    /// Goes back before the first row.
    pub(super) fn rewind(&mut self) {
        self.next = 0;
    }

    /// Makes every row at least `width` cells wide: a sheet does not store the empty cells at the end.
    pub(super) fn widen(&mut self, width: usize) {
        if self.current.len() < width {
            self.current.resize(width, Span::EMPTY);
        }
    }

    pub(super) fn row(&self) -> Row<'_> {
        Row::new(&self.text, "", &self.current, self.line)
    }
}
