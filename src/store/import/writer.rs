//! A statement that adds rows at the end of a table and binds only what differs from the row before. Decides nothing.

use rusqlite::types::Null;
use rusqlite::{CachedStatement, Connection};

use super::super::error::{Doing, StoreError};

/// A value of a new row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Put<'a> {
    Null,
    Number(i64),
    /// A word of ours: it need not be bound again while the next rows have it too.
    Fixed(&'static str),
    Text(&'a str),
}

impl From<Option<i64>> for Put<'_> {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Put::Null, Put::Number)
    }
}

impl<'a> From<Option<&'a str>> for Put<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Put::Null, Put::Text)
    }
}

/// One of our words, where there is one.
pub(super) fn fixed(word: Option<&'static str>) -> Put<'static> {
    word.map_or(Put::Null, Put::Fixed)
}

/// What a parameter holds since the row before.
#[derive(Clone, Copy, PartialEq)]
enum Bound {
    Null,
    Number(i64),
    Fixed(&'static str),
    Text,
}

/// A prepared INSERT that leaves the id to SQLite, whose place at the end is found without a search.
pub(super) struct Writer<'c> {
    conn: &'c Connection,
    stmt: CachedStatement<'c>,
    bound: Vec<Bound>,
}

impl<'c> Writer<'c> {
    pub(super) fn new(conn: &'c Connection, sql: &str) -> Result<Writer<'c>, StoreError> {
        let stmt = conn.prepare_cached(sql).doing("preparing the import")?;
        let bound = vec![Bound::Null; stmt.parameter_count()];
        Ok(Writer { conn, stmt, bound })
    }

    /// Adds a row, which gets this id: the one after the table's last.
    pub(super) fn add<const N: usize>(
        &mut self,
        id: i64,
        row: [Put<'_>; N],
        doing: &'static str,
    ) -> Result<(), StoreError> {
        for (at, (value, bound)) in row.into_iter().zip(&mut self.bound).enumerate() {
            let now = match value {
                Put::Null => Bound::Null,
                Put::Number(n) => Bound::Number(n),
                Put::Fixed(word) => Bound::Fixed(word),
                Put::Text(_) => Bound::Text,
            };
            if now == *bound && now != Bound::Text {
                continue;
            }
            *bound = now;
            match value {
                Put::Null => self.stmt.raw_bind_parameter(at + 1, Null),
                Put::Number(n) => self.stmt.raw_bind_parameter(at + 1, n),
                Put::Fixed(text) | Put::Text(text) => self.stmt.raw_bind_parameter(at + 1, text),
            }
            .doing(doing)?;
        }
        self.stmt.raw_execute().doing(doing)?;
        if self.conn.last_insert_rowid() != id {
            let why = "a new row did not come after the last one; nothing was imported";
            return Err(StoreError::Damaged(why.into()));
        }
        Ok(())
    }
}
