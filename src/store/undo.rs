//! Takes journal entries back row by row; an undo is itself an entry, so that it can be taken back too. Never guesses:
//! what somebody changed since is kept and named, or the whole undo is refused.

mod runs;

use std::collections::BTreeSet;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};

use super::Store;
use super::apply::{Applied, signer};
use super::error::{Doing, StoreError};
use super::recorder::{self, Recorder};
use super::table::Table;
use crate::domain::command::Author;
use crate::domain::ids::{BatchId, JournalId};
use crate::domain::policy::Deed;

/// What happens to rows that were changed after the entry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Touched {
    /// They stay, and are named.
    Keep,
    /// Nothing is undone at all.
    Refuse,
}

/// One line of the journal's `change` table.
struct Change {
    op: String,
    table: Table,
    ids: (i64, i64),
    before: Option<String>,
    after: Option<String>,
}

/// How many kept rows are named; the rest is counted.
const NAMED: usize = 50;

impl Store {
    /// Takes one journal entry back (and an undo by undoing it). Refused when a row it wrote was changed since.
    pub fn undo(&mut self, entry: JournalId, author: &Author) -> Result<Applied, StoreError> {
        self.writable()?;
        let tx = self.begin()?;
        let signer = signer(&tx, author, Some(Deed::Settings))?;
        let (summary, batch): (String, Option<i64>) = tx
            .query_row(
                "SELECT summary, batch_id FROM journal WHERE id = ?1",
                [entry.0],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .doing("reading the journal")?
            .ok_or_else(|| StoreError::refused(format!("there is no journal entry {}", entry.0)))?;
        if batch.is_some() {
            return Err(StoreError::refused(
                "an import is taken back as a whole; `smarketing import --undo BATCH` does it",
            ));
        }
        if let Some(by) = undone_by(&tx, entry.0)? {
            return Err(StoreError::refused(format!(
                "entry {} was taken back already, by entry {by}",
                entry.0
            )));
        }
        let mut recorder = Recorder::new(&tx, signer, "undo").undoing(entry.0);
        revert(&mut recorder, entry.0, Touched::Refuse)?;
        let summary = format!("undo: {summary}");
        let journal_id = recorder.finish(&summary)?.map(JournalId);
        tx.commit().doing("saving the undo")?;
        Ok(Applied {
            journal_id,
            summary,
            kept: Vec::new(),
        })
    }
}

/// Takes an import back inside a command. Gives the recorder back with the summary and the names of what was kept.
pub(crate) fn batch(
    recorder: Recorder<'_>,
    batch: BatchId,
) -> Result<(Recorder<'_>, String, Vec<String>), StoreError> {
    let conn = recorder.conn;
    let doing = "reading the import";
    let found: Option<(i64, Option<String>, Option<i64>)> = conn
        .query_row(
            "SELECT j.id, b.file, b.undone_at FROM batch b JOIN journal j ON j.batch_id = b.id
             WHERE b.id = ?1 AND j.undoes IS NULL",
            [batch.0],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()
        .doing(doing)?;
    let Some((entry, file, undone)) = found else {
        return Err(StoreError::refused(format!(
            "there is no import {}; `smarketing import --batches` names them",
            batch.0
        )));
    };
    if undone.is_some() {
        return Err(StoreError::refused(format!(
            "import {} was taken back already",
            batch.0
        )));
    }
    let mut recorder = recorder.undoing(entry).of_batch(batch.0);
    recorder.journal_id()?;
    let kept = revert(&mut recorder, entry, Touched::Keep)?;
    conn.execute(
        "UPDATE batch SET undone_at = ?2 WHERE id = ?1",
        params![batch.0, recorder.signer.at],
    )
    .doing("undoing the import")?;
    let mut summary = format!("undo of import {}", batch.0);
    if let Some(file) = file {
        summary = format!("{summary} ({file})");
    }
    if !kept.is_empty() {
        summary = format!("{summary}; kept {} rows changed since", kept.len());
    }
    Ok((recorder, summary, kept))
}

/// The entry that took this one back and still holds, if any.
fn undone_by(conn: &Connection, entry: i64) -> Result<Option<i64>, StoreError> {
    let doing = "reading the journal";
    let mut stmt = conn
        .prepare_cached("SELECT id FROM journal WHERE undoes = ?1 ORDER BY id DESC")
        .doing(doing)?;
    let ids: Vec<i64> = stmt
        .query_map([entry], |row| row.get(0))
        .doing(doing)?
        .collect::<Result<_, _>>()
        .doing(doing)?;
    for id in ids {
        if undone_by(conn, id)?.is_none() {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

fn revert(to: &mut Recorder<'_>, entry: i64, touched: Touched) -> Result<Vec<String>, StoreError> {
    let mut changes = changes(to.conn, entry)?;
    changes.reverse();
    if touched == Touched::Keep {
        // An import writes its tables in turns; children go before their parents whatever the turn was.
        changes.sort_by_key(|change| std::cmp::Reverse(change.table));
    }
    let since = changed_since(to.conn, entry)?;
    let mut kept = Vec::new();
    for change in &changes {
        let left = match change.op.as_str() {
            "insert" if change.after.is_none() => runs::take(to, change.table, change.ids, &since)?,
            "insert" => take_row(to, change, &since)?,
            "update" => put_back(to, change)?,
            _ => bring_back(to, change)?,
        };
        for id in left {
            let name = name(to.conn, change.table, id)?;
            if touched == Touched::Refuse {
                return Err(StoreError::refused(format!(
                    "{name} was changed or is in use since; undo that first"
                )));
            }
            kept.push(name);
        }
    }
    kept.reverse();
    if kept.len() > NAMED {
        let more = kept.len() - NAMED;
        kept.truncate(NAMED);
        kept.push(format!("… and {more} more"));
    }
    Ok(kept)
}

fn changes(conn: &Connection, entry: i64) -> Result<Vec<Change>, StoreError> {
    let doing = "reading the journal";
    let mut stmt = conn
        .prepare_cached(
            "SELECT op, entity, first_id, last_id, before, after FROM change
             WHERE journal_id = ?1 ORDER BY id",
        )
        .doing(doing)?;
    let mut rows = stmt.query([entry]).doing(doing)?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next().doing(doing)? {
        let entity: String = row.get(1).doing(doing)?;
        let table = Table::parse(&entity).ok_or_else(|| {
            StoreError::Damaged(format!("the journal names an unknown table '{entity}'"))
        })?;
        changes.push(Change {
            op: row.get(0).doing(doing)?,
            table,
            ids: (row.get(2).doing(doing)?, row.get(3).doing(doing)?),
            before: row.get(4).doing(doing)?,
            after: row.get(5).doing(doing)?,
        });
    }
    Ok(changes)
}

/// Rows that entries after this one have changed and that still stand so: what was done and undone again does not count.
fn changed_since(conn: &Connection, entry: i64) -> Result<BTreeSet<(Table, i64)>, StoreError> {
    let doing = "reading the journal";
    let mut later: Vec<(i64, Option<i64>)> = {
        let mut stmt = conn
            .prepare_cached("SELECT id, undoes FROM journal WHERE id > ?1 ORDER BY id DESC")
            .doing(doing)?;
        stmt.query_map([entry], |row| Ok((row.get(0)?, row.get(1)?)))
            .doing(doing)?
            .collect::<Result<_, _>>()
            .doing(doing)?
    };
    let mut void = BTreeSet::new();
    later.retain(|(id, undoes)| {
        if void.contains(id) {
            return false;
        }
        if let Some(undone) = undoes {
            void.insert(*undone);
            return *undone < entry;
        }
        true
    });
    let mut rows = BTreeSet::new();
    for (id, _) in later {
        for change in changes(conn, id)? {
            // A run of rows is new rows; they cannot be rows of an older entry.
            if change.ids.0 == change.ids.1 {
                rows.insert((change.table, change.ids.0));
            }
        }
    }
    Ok(rows)
}

fn take_row(
    to: &mut Recorder<'_>,
    change: &Change,
    since: &BTreeSet<(Table, i64)>,
) -> Result<Vec<i64>, StoreError> {
    let id = change.ids.0;
    if !exists(to.conn, change.table, id)? {
        return Ok(Vec::new());
    }
    if since.contains(&(change.table, id)) || in_use(to.conn, change.table, id)? {
        return Ok(vec![id]);
    }
    to.delete(change.table, id)?;
    Ok(Vec::new())
}

/// Whether another row points to this one.
fn in_use(conn: &Connection, table: Table, id: i64) -> Result<bool, StoreError> {
    for child in Table::ALL {
        for (column, parent) in child.references() {
            if *parent != table {
                continue;
            }
            let sql = format!(
                "SELECT EXISTS (SELECT 1 FROM {} WHERE {column} = ?1)",
                child.word()
            );
            let used: bool = conn
                .prepare_cached(&sql)
                .doing("undoing")?
                .query_row([id], |row| row.get(0))
                .doing("undoing")?;
            if used {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Puts the old values back, unless one of the columns was changed again since.
fn put_back(to: &mut Recorder<'_>, change: &Change) -> Result<Vec<i64>, StoreError> {
    let id = change.ids.0;
    let Some(now) = recorder::read(to.conn, change.table, id)? else {
        return Ok(Vec::new());
    };
    let after = recorder::cells(change.after.as_deref().unwrap_or("{}"))?;
    let as_left = after
        .iter()
        .all(|cell| now.iter().find(|(c, _)| *c == cell.0) == Some(cell));
    if !as_left {
        return Ok(vec![id]);
    }
    let before = recorder::cells(change.before.as_deref().unwrap_or("{}"))?;
    let cells: Vec<(&str, Value)> = before
        .iter()
        .map(|(column, value)| (column.as_str(), value.clone()))
        .collect();
    to.update(change.table, id, &cells)?;
    Ok(Vec::new())
}

/// Brings a deleted row back under its old id.
fn bring_back(to: &mut Recorder<'_>, change: &Change) -> Result<Vec<i64>, StoreError> {
    let Some(before) = &change.before else {
        return Err(StoreError::refused(
            "rows of an import are brought back by importing the file again",
        ));
    };
    let id = change.ids.0;
    if exists(to.conn, change.table, id)? {
        return Ok(vec![id]);
    }
    let before = recorder::cells(before)?;
    let cells: Vec<(&str, Value)> = before
        .iter()
        .map(|(column, value)| (column.as_str(), value.clone()))
        .collect();
    to.insert(change.table, &cells)?;
    Ok(Vec::new())
}

fn exists(conn: &Connection, table: Table, id: i64) -> Result<bool, StoreError> {
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM {} WHERE id = ?1)",
        table.word()
    );
    conn.prepare_cached(&sql)
        .doing("undoing")?
        .query_row([id], |row| row.get(0))
        .doing("undoing")
}

/// What a person would call a row.
fn name(conn: &Connection, table: Table, id: i64) -> Result<String, StoreError> {
    let named = match table.naming() {
        Some(column) => {
            let sql = format!("SELECT {column} FROM {} WHERE id = ?1", table.word());
            conn.query_row(&sql, [id], |row| Ok(recorder::shown(row.get_ref(0)?)))
                .optional()
                .doing("undoing")?
        }
        None => None,
    };
    Ok(match named {
        Some(name) => format!("{} {name}", table.label()),
        None => format!("{} {id}", table.label()),
    })
}
