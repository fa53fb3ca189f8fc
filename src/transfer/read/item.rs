//! What a reader says of a file and hands out of it: its shape, its rows, its broken records. Reads nothing.

use super::row::Row;

/// What was found out about a file before its first row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Text or workbook.
    pub shape: Shape,
    /// The line that names the columns.
    pub header_line: u64,
}

/// How a file holds its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Delimited text.
    Text {
        /// What parts the cells.
        delimiter: char,
        /// The WHATWG name of the encoding.
        encoding: &'static str,
    },
    /// A sheet of a workbook.
    Workbook {
        /// The name of the sheet.
        sheet: String,
    },
}

/// A record that is no row of the table, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The physical line it begins on.
    pub line: u64,
    /// What is wrong and how to mend it.
    pub reason: String,
    /// Its cells, or its raw line where it could not be split.
    pub cells: Vec<String>,
}

/// One record of a file.
#[derive(Debug)]
pub enum Item<'a> {
    /// A row as wide as the header.
    Row(Row<'a>),
    /// A record to refuse.
    Broken(Broken),
}
