//! Puts rows back as an entry of the journal found them, last change first. Knows no author and no rule of the domain.

use std::collections::BTreeSet;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};

use super::super::doctor::rules::FALLEN;
use super::super::error::{Doing, StoreError};
use super::super::recorder::{self, Recorder};
use super::super::table::Table;
use super::runs;
use super::since::{Since, changed_since};

/// What happens to rows that were changed after the entry.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Touched {
    /// They stay, and are named.
    Keep,
    /// Nothing is undone at all.
    Refuse,
}

/// One line of the journal's `change` table.
pub(super) struct Change {
    pub op: String,
    pub table: Table,
    pub ids: (i64, i64),
    pub before: Option<String>,
    pub after: Option<String>,
}

/// How many kept rows are named; the rest is counted.
const NAMED: usize = 50;

/// Takes back what the entry did; gives the names of what stays.
pub(super) fn revert(
    to: &mut Recorder<'_>,
    entry: i64,
    touched: Touched,
) -> Result<Vec<String>, StoreError> {
    let mut changes = changes(to.conn, entry)?;
    changes.reverse();
    if touched == Touched::Keep {
        // An import writes its tables in turns; children go before their parents whatever the turn was.
        changes.sort_by_key(|change| std::cmp::Reverse(change.table));
    }
    // One entry has been checked row by row before; an import keeps what was changed since.
    let since = match touched {
        Touched::Keep => changed_since(to.conn, entry)?,
        Touched::Refuse => Since::default(),
    };
    let mut kept = Vec::new();
    for change in &changes {
        let left = match change.op.as_str() {
            "insert" if change.after.is_none() => {
                runs::take(to, change.table, change.ids, &since.changed)?
            }
            "insert" => take_row(to, change, &since.changed)?,
            "update" if holds_a_verdict(change, &since) => vec![change.ids.0],
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
    challenges_stand(to.conn, &changes)?;
    kept.reverse();
    if kept.len() > NAMED {
        let more = kept.len() - NAMED;
        kept.truncate(NAMED);
        kept.push(format!("… and {more} more"));
    }
    Ok(kept)
}

/// Refuses where a challenge came back whose rejection was taken back or given anew while it did not hold it.
fn challenges_stand(conn: &Connection, changes: &[Change]) -> Result<(), StoreError> {
    let doing = "undoing";
    let brought = changes.iter().filter(|c| c.table == Table::Challenge);
    for change in brought {
        let sql = format!("SELECT EXISTS (SELECT 1 FROM ({FALLEN}) WHERE id = ?1)");
        let fallen: bool = conn
            .prepare_cached(&sql)
            .doing(doing)?
            .query_row([change.ids.0], |row| row.get(0))
            .doing(doing)?;
        if fallen {
            return Err(StoreError::refused(
                "the rejection that was challenged was taken back or given anew since; undo that first",
            ));
        }
    }
    Ok(())
}

/// Whether the change brought a verdict on which something was decided since: a challenge, a settlement, a qualification.
fn holds_a_verdict(change: &Change, since: &Since) -> bool {
    let verdict = change
        .after
        .as_deref()
        .is_some_and(|after| after.contains("\"verdict"));
    verdict && since.rested_on.contains(&(change.table, change.ids.0))
}

/// What an entry did, in order.
pub(super) fn changes(conn: &Connection, entry: i64) -> Result<Vec<Change>, StoreError> {
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
    if cells.is_empty() {
        // What rested on the row rests on it again when this is taken back.
        to.rests_on(change.table, id)?;
    } else {
        to.update(change.table, id, &cells)?;
    }
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

pub(super) fn exists(conn: &Connection, table: Table, id: i64) -> Result<bool, StoreError> {
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
pub(super) fn name(conn: &Connection, table: Table, id: i64) -> Result<String, StoreError> {
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
