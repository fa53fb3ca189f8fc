//! A file to a stream of rows under headers, whatever wrote it; never interprets a cell and never holds a whole text file.

mod decode;
mod dialect;
mod fault;
mod footer;
mod grid;
mod groups;
mod heading;
mod item;
mod ods;
mod ole;
mod reader;
mod row;
mod source;
mod split;
mod unpack;
mod workbook;

pub use fault::ReadError;
pub use heading::{fold, fold_into};
pub use item::{Broken, Found, Item, Shape};
pub use reader::{Reader, open};
pub use row::Row;
pub use source::{Progress, Stamp};

/// A question to the caller: is this (folded) header one that some preset knows?
pub type KnownHeader<'a> = &'a dyn Fn(&str) -> bool;

/// What the user fixed by hand about a file; everything left out is found.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// The sheet of a workbook, by name.
    pub sheet: Option<String>,
    /// The cell delimiter of a text file.
    pub delimiter: Option<u8>,
    /// The encoding of a text file, by its WHATWG label (`windows-1252`, `utf-16le`, …).
    pub encoding: Option<String>,
}

/// The longest record that is read, in bytes; a longer one is refused.
pub(crate) const LONGEST_RECORD: usize = 16 << 20;
/// The most physical lines one record may span; more means a quote was never closed.
pub(crate) const MOST_LINES: u64 = 50;
/// The most columns a file may have.
pub(crate) const MOST_COLUMNS: usize = 4_000;
