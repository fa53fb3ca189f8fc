//! Reads the journal: what was done, by whom, and which rows it touched. Never writes.

use rusqlite::params;

use super::Store;
use super::book::rows;
use super::error::{Doing, StoreError};
use super::table::Table;
use crate::domain::card::Change;
use crate::domain::catalogue::Chapter;
use crate::domain::ids::{BatchId, JournalId};
use crate::domain::moment::Moment;

/// One entry of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id; entries are numbered in the order in which they were made.
    pub id: JournalId,
    /// When.
    pub at: Moment,
    /// The person's name, if they said who they are.
    pub person: Option<String>,
    /// The operating system's user.
    pub os_user: String,
    /// What kind of command.
    pub verb: String,
    /// What a person would call it.
    pub summary: String,
    /// The import it belongs to.
    pub batch: Option<BatchId>,
    /// The entry that it takes back.
    pub undoes: Option<JournalId>,
}

/// One import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchLine {
    /// Its id.
    pub id: BatchId,
    /// When.
    pub at: Moment,
    /// The file's name.
    pub file: Option<String>,
    /// The preset or map that read it.
    pub map: Option<String>,
    /// Whether it was taken back.
    pub undone: bool,
}

/// What an entry did to a run of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Touched {
    pub op: String,
    pub table: Table,
    pub ids: (i64, i64),
    /// The row that was deleted, as JSON.
    pub gone: Option<String>,
}

impl Store {
    /// The newest entries before an id (from the newest of all without one), newest first.
    pub fn journal(&self, before: Option<JournalId>, limit: u32) -> Result<Vec<Entry>, StoreError> {
        let doing = "reading the journal";
        let mut stmt = self
            .conn
            .prepare_cached(
                "SELECT j.id, j.at, p.name, j.os_user, j.verb, j.summary, j.batch_id, j.undoes
                 FROM journal j LEFT JOIN person p ON p.id = j.person_id
                 WHERE j.id < ?1 ORDER BY j.id DESC LIMIT ?2",
            )
            .doing(doing)?;
        stmt.query_map(params![before.map_or(i64::MAX, |b| b.0), limit], |row| {
            Ok(Entry {
                id: JournalId(row.get(0)?),
                at: Moment(row.get(1)?),
                person: row.get(2)?,
                os_user: row.get(3)?,
                verb: row.get(4)?,
                summary: row.get(5)?,
                batch: row.get::<_, Option<i64>>(6)?.map(BatchId),
                undoes: row.get::<_, Option<i64>>(7)?.map(JournalId),
            })
        })
        .doing(doing)?
        .collect::<Result<_, _>>()
        .doing(doing)
    }

    /// The newest entries that touched a part of the agreements, newest first.
    pub fn history(&self, chapter: Chapter, limit: u32) -> Result<Vec<Change>, StoreError> {
        let doing = "reading the history";
        let mut stmt = self
            .conn
            .prepare_cached(
                "SELECT j.at, coalesce(p.name, j.os_user), j.summary
                 FROM journal j LEFT JOIN person p ON p.id = j.person_id
                 WHERE j.id IN (SELECT journal_id FROM change WHERE entity = ?1)
                 ORDER BY j.id DESC LIMIT ?2",
            )
            .doing(doing)?;
        stmt.query_map(params![chapter.word(), limit], |row| {
            Ok(Change {
                at: Moment(row.get(0)?),
                by: row.get(1)?,
                what: row.get(2)?,
            })
        })
        .doing(doing)?
        .collect::<Result<_, _>>()
        .doing(doing)
    }

    /// Imports, newest first.
    pub fn batches(&self) -> Result<Vec<BatchLine>, StoreError> {
        rows(
            &self.conn,
            "SELECT id, at, file, map, undone_at IS NOT NULL FROM batch ORDER BY id DESC",
            |row| {
                Ok(BatchLine {
                    id: BatchId(row.get(0)?),
                    at: Moment(row.get(1)?),
                    file: row.get(2)?,
                    map: row.get(3)?,
                    undone: row.get(4)?,
                })
            },
        )
    }

    /// The newest entry's id; 0 in an empty journal.
    pub fn journal_id(&self) -> Result<i64, StoreError> {
        self.conn
            .query_row("SELECT coalesce(max(id), 0) FROM journal", [], |row| {
                row.get(0)
            })
            .doing("reading the journal")
    }

    /// What the entries after an id did, in order.
    pub(crate) fn touched_since(&self, entry: i64) -> Result<Vec<Touched>, StoreError> {
        let doing = "reading the journal";
        let mut stmt = self
            .conn
            .prepare_cached(
                "SELECT op, entity, first_id, last_id, CASE op WHEN 'delete' THEN before END FROM change
                 WHERE journal_id > ?1 ORDER BY id",
            )
            .doing(doing)?;
        let mut rows = stmt.query([entry]).doing(doing)?;
        let mut touched = Vec::new();
        while let Some(row) = rows.next().doing(doing)? {
            let entity: String = row.get(1).doing(doing)?;
            // A table of a later version changes nothing here.
            if let Some(table) = Table::parse(&entity) {
                touched.push(Touched {
                    op: row.get(0).doing(doing)?,
                    table,
                    ids: (row.get(2).doing(doing)?, row.get(3).doing(doing)?),
                    gone: row.get(4).doing(doing)?,
                });
            }
        }
        Ok(touched)
    }
}
