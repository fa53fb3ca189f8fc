//! A page that is to be written to a file for those who were not in the room: what, where, over what. Data; writes nothing.

use crate::domain::ids::{CriteriaId, MeetingId};

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// What a meeting left.
    Recap(MeetingId),
    /// The page of the whole board.
    Report,
    /// The page of a definition, agreed or not.
    Definition(CriteriaId),
}

/// What becomes of a file of that name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Over {
    /// It stays, and nothing is written.
    #[default]
    Stays,
    /// The page takes its place.
    Goes,
}

/// A page that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// What.
    pub page: Page,
    /// Where, as it was typed; its ending says whether as HTML or Markdown.
    pub file: String,
    /// What becomes of a file that is there.
    pub over: Over,
}

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotWritten {
    /// There is a file of that name; by its whole path.
    There(String),
    /// Something else.
    Because(String),
}
