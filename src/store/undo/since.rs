//! What was built on an entry since: later changes of the same rows that still stand. Reads only.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::super::error::{Doing, StoreError};
use super::super::recorder;
use super::super::table::Table;
use super::revert::{Change, changes, name};
use crate::text::clean;

/// Entries after this one that still stand: what was done and undone again does not count.
fn standing_since(conn: &Connection, entry: i64) -> Result<BTreeSet<i64>, StoreError> {
    let doing = "reading the journal";
    let mut stmt = conn
        .prepare_cached("SELECT id, undoes FROM journal WHERE id > ?1 ORDER BY id DESC")
        .doing(doing)?;
    let mut rows = stmt.query([entry]).doing(doing)?;
    let mut void = BTreeSet::new();
    let mut standing = BTreeSet::new();
    while let Some(row) = rows.next().doing(doing)? {
        let (id, undoes): (i64, Option<i64>) = row.try_into().doing(doing)?;
        if void.contains(&id) {
            continue;
        }
        match undoes {
            Some(undone) => {
                void.insert(undone);
                if undone < entry {
                    standing.insert(id);
                }
            }
            None => {
                standing.insert(id);
            }
        }
    }
    Ok(standing)
}

/// Rows that stand on an entry.
#[derive(Default)]
pub(super) struct Since {
    /// Those that entries after it have changed and that still stand so.
    pub changed: BTreeSet<(Table, i64)>,
    /// Those of them on which a later entry has decided something without changing them.
    pub rested_on: BTreeSet<(Table, i64)>,
}

/// What entries after this one have changed or rest on.
pub(super) fn changed_since(conn: &Connection, entry: i64) -> Result<Since, StoreError> {
    let mut since = Since::default();
    for id in standing_since(conn, entry)? {
        for change in changes(conn, id)? {
            // A run of rows is new rows; they cannot be rows of an older entry.
            if change.ids.0 == change.ids.1 {
                let row = (change.table, change.ids.0);
                since.changed.insert(row);
                if change.after.as_deref() == Some("{}") {
                    since.rested_on.insert(row);
                }
            }
        }
    }
    Ok(since)
}

/// How a later change of a row stands in the way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Whatever it changed.
    Any,
    /// Only where it decided something on the ground of the row: a verdict, or a mark that it rests on it.
    Decided,
}

/// Refuses where somebody has built on the entry since, and names what.
pub(super) fn check(conn: &Connection, entry: i64) -> Result<(), StoreError> {
    let standing = standing_since(conn, entry)?;
    if standing.is_empty() {
        return Ok(());
    }
    let redo: bool = conn
        .query_row(
            "SELECT undoes IS NOT NULL FROM journal WHERE id = ?1",
            [entry],
            |row| row.get(0),
        )
        .doing("reading the journal")?;
    for change in changes(conn, entry)? {
        if change.ids.0 != change.ids.1 {
            continue;
        }
        if change.table == Table::Handoff && decides_again(&change, redo) {
            attempts_since(conn, &standing, entry, change.ids.0)?;
        }
        look(
            conn,
            &standing,
            entry,
            (change.table, change.ids.0, Way::Any),
        )?;
        if let Some(handoff) = parent(&change)? {
            look(
                conn,
                &standing,
                entry,
                (Table::Handoff, handoff, Way::Decided),
            )?;
        }
    }
    Ok(())
}

/// Whether taking the change back brings a decision on its handoff back: one that it took away, or (a redo) one that rests on it.
fn decides_again(change: &Change, redo: bool) -> bool {
    let before = change.before.as_deref().unwrap_or("");
    redo && before == "{}" || before.contains("\"verdict\":\"")
}

/// A decision comes back only onto the attempts that it was made on.
fn attempts_since(
    conn: &Connection,
    standing: &BTreeSet<i64>,
    entry: i64,
    handoff: i64,
) -> Result<(), StoreError> {
    let doing = "reading the journal";
    let mut stmt = conn
        .prepare_cached(
            "SELECT journal_id FROM change WHERE journal_id > ?1 AND entity = 'attempt' AND first_id = last_id
             AND json_extract(coalesce(after, before), '$.handoff_id') = ?2 ORDER BY id DESC",
        )
        .doing(doing)?;
    let mut rows = stmt.query([entry, handoff]).doing(doing)?;
    while let Some(row) = rows.next().doing(doing)? {
        let by: i64 = row.get(0).doing(doing)?;
        if standing.contains(&by) {
            return Err(built_on(conn, (Table::Handoff, handoff), by)?);
        }
    }
    Ok(())
}

/// The handoff of an attempt that came or went: verdicts rest on attempts.
fn parent(change: &Change) -> Result<Option<i64>, StoreError> {
    if change.table != Table::Attempt {
        return Ok(None);
    }
    let text = change.after.as_deref().or(change.before.as_deref());
    let cells = recorder::cells(text.unwrap_or("{}"))?;
    Ok(cells.into_iter().find_map(|(column, value)| match value {
        rusqlite::types::Value::Integer(id) if column == "handoff_id" => Some(id),
        _ => None,
    }))
}

fn look(
    conn: &Connection,
    standing: &BTreeSet<i64>,
    entry: i64,
    (table, id, way): (Table, i64, Way),
) -> Result<(), StoreError> {
    let doing = "reading the journal";
    let mut stmt = conn
        .prepare_cached(
            "SELECT journal_id, after FROM change
             WHERE entity = ?1 AND first_id = ?2 AND last_id = ?2 AND journal_id > ?3 ORDER BY id DESC",
        )
        .doing(doing)?;
    let mut rows = stmt.query(params![table.word(), id, entry]).doing(doing)?;
    while let Some(row) = rows.next().doing(doing)? {
        let by: i64 = row.get(0).doing(doing)?;
        let after: Option<String> = row.get(1).doing(doing)?;
        let decided = after
            .as_deref()
            .is_some_and(|after| after == "{}" || after.contains("\"verdict\""));
        if standing.contains(&by) && (way == Way::Any || decided) {
            return Err(built_on(conn, (table, id), by)?);
        }
    }
    Ok(())
}

fn built_on(conn: &Connection, row: (Table, i64), by: i64) -> Result<StoreError, StoreError> {
    let (summary, who): (String, String) = conn
        .query_row(
            "SELECT j.summary, coalesce(p.name, j.os_user) FROM journal j LEFT JOIN person p ON p.id = j.person_id
             WHERE j.id = ?1",
            [by],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .doing("reading the journal")?;
    let name = name(conn, row.0, row.1)?;
    Ok(StoreError::refused(format!(
        "{} was worked on since: '{}' by {} (entry {by}) rests on it; undo that first",
        clean(&name),
        clean(&summary),
        clean(&who)
    )))
}
