//! Why a file could not be read, in words a user can act on; never holds a cell's content.

use std::path::PathBuf;

/// A file could not be read as a table; nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The operating system refused.
    #[error("{}: {source}; nothing was imported", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Not a regular file.
    #[error("{} is {what}; nothing was imported. Give the name of a CSV, XLSX, XLS or ODS file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
        /// What it is instead.
        what: &'static str,
    },
    /// A file that holds no table.
    #[error("{} is {what}, not a table; nothing was imported. Export it as CSV or XLSX first", path.display())]
    NotATable {
        /// The file.
        path: PathBuf,
        /// What it looks like.
        what: &'static str,
    },
    /// A workbook behind a password.
    #[error("{} is protected by a password; nothing was imported. Save it without one, or as CSV", path.display())]
    Encrypted {
        /// The file.
        path: PathBuf,
    },
    /// No bytes, or no rows.
    #[error("{} is empty; nothing was imported", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// Rows, but none that names the columns.
    #[error("{}: no row with column names was found in the first {looked} rows; nothing was imported. Put the names of the columns into one row above the data", path.display())]
    NoHeader {
        /// The file.
        path: PathBuf,
        /// How many rows were looked at.
        looked: usize,
    },
    /// Too many columns.
    #[error("{} has {found} columns, at most {most} are read; nothing was imported. Export only the columns you need", path.display())]
    TooWide {
        /// The file.
        path: PathBuf,
        /// How many it has.
        found: usize,
        /// The limit.
        most: usize,
    },
    /// A workbook or archive larger than what is unpacked.
    #[error("{}: {what}; nothing was imported. Save it as CSV, which has no such limit", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Which limit.
        what: String,
    },
    /// A damaged workbook or archive.
    #[error("{} cannot be read: {what}; nothing was imported. Save it again, or as CSV", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the reader said.
        what: String,
    },
    /// No such sheet.
    #[error("{} has no sheet '{sheet}' (it has: {}); nothing was imported", path.display(), known.join(", "))]
    NoSheet {
        /// The file.
        path: PathBuf,
        /// What was asked for.
        sheet: String,
        /// The sheets there are.
        known: Vec<String>,
    },
    /// No such encoding.
    #[error(
        "'{label}' is no known encoding; nothing was imported (known: utf-8, utf-16le, windows-1252, iso-8859-15, shift_jis, …)"
    )]
    NoEncoding {
        /// What was asked for.
        label: String,
    },
    /// A report with group headings in place of values.
    #[error("{} line {line}: this is a grouped report: its group cells are blank on most rows; nothing was imported. Export it again with 'Details Only'", path.display())]
    Grouped {
        /// The file.
        path: PathBuf,
        /// Where that showed.
        line: u64,
    },
    /// The file changed under the reader.
    #[error("{} changed while it was read; nothing was imported. Wait until its writer is done and import again", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
}
