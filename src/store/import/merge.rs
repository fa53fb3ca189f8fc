//! Brings what a file says onto a row that is there: fills, replaces, or leaves it and lists the conflict.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::super::error::{Doing, StoreError};
use super::super::recorder::{self, Cell, json};
use super::super::table::Table;
use super::custom;
use super::state::{Fate, State};

/// How far a record may change a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// What differs is replaced, unless a person set it here.
    Replace,
    /// Only what is empty is filled.
    Fill,
}

/// The columns of a row, in the order asked for.
pub(super) fn current(
    conn: &Connection,
    table: Table,
    id: i64,
    columns: &[&str],
) -> Result<Vec<Value>, StoreError> {
    let sql = format!(
        "SELECT {} FROM {} WHERE id = ?1",
        columns.join(", "),
        table.word()
    );
    conn.prepare_cached(&sql)
        .doing("comparing a row")?
        .query_row([id], |row| (0..columns.len()).map(|c| row.get(c)).collect())
        .doing("comparing a row")
}

/// Brings non-empty cells onto a row.
pub(super) fn merge(
    conn: &Connection,
    state: &mut State,
    line: u64,
    (table, id): (Table, i64),
    cells: Vec<Cell<'static>>,
    reach: Reach,
) -> Result<Fate, StoreError> {
    let cells: Vec<Cell<'static>> = cells
        .into_iter()
        .filter(|(_, v)| *v != Value::Null)
        .collect();
    if cells.is_empty() {
        return Ok(Fate::Unchanged);
    }
    let columns: Vec<&str> = cells.iter().map(|(column, _)| *column).collect();
    let old = current(conn, table, id, &columns)?;
    let mut taken = Vec::new();
    for ((column, mut new), old) in cells.into_iter().zip(old) {
        if column == "custom" {
            match (&old, &new) {
                (Value::Text(was), Value::Text(now)) => match custom::merged(Some(was), now) {
                    Some(both) => new = Value::Text(both),
                    None => continue,
                },
                _ if old == new => continue,
                _ => (),
            }
        } else if old == new {
            continue;
        }
        let blank = old == Value::Null;
        if set_by_person(state, table, id, column) {
            if reach == Reach::Replace {
                conflict(
                    conn,
                    state,
                    line,
                    (table, id),
                    column,
                    "as a person set it here",
                );
            }
        } else if blank || (reach == Reach::Replace && column != "source_id") {
            taken.push(((column, old), (column, new)));
        } else if reach == Reach::Replace {
            conflict(
                conn,
                state,
                line,
                (table, id),
                column,
                "as first recorded; a source is locked",
            );
        }
    }
    write(conn, state, (table, id), taken)
}

/// Writes differing cells, with a note where the row is older than this import.
pub(super) fn write(
    conn: &Connection,
    state: &mut State,
    (table, id): (Table, i64),
    differing: Vec<(Cell<'static>, Cell<'static>)>,
) -> Result<Fate, StoreError> {
    if differing.is_empty() {
        return Ok(Fate::Unchanged);
    }
    let (before, after): (Vec<Cell<'_>>, Vec<Cell<'_>>) = differing.into_iter().unzip();
    recorder::update_row(conn, table, id, &after)?;
    state.updates += 1;
    if matches!(table, Table::Lead | Table::Handoff) {
        state.keeper = None;
    }
    if !state.ids.is_new(table, id) {
        let (before, after) = (json(&before), json(&after));
        state
            .recorder(conn)
            .note("update", table, (id, id), Some(&before), Some(&after))?;
    }
    Ok(Fate::Updated)
}

/// Whether a person's own entry has set this column.
pub(super) fn set_by_person(state: &State, table: Table, id: i64, column: &str) -> bool {
    state
        .by_people
        .get(&(table, id))
        .is_some_and(|columns| columns.iter().any(|c| c == column))
}

/// Lists that the file says something else than what stays.
pub(super) fn conflict(
    conn: &Connection,
    state: &mut State,
    line: u64,
    (table, id): (Table, i64),
    column: &str,
    why: &str,
) {
    state.report.conflicts.add(line, || {
        let name = table.naming().and_then(|naming| {
            let sql = format!("SELECT {naming} FROM {} WHERE id = ?1", table.word());
            conn.query_row(&sql, [id], |row| row.get::<_, String>(0))
                .ok()
        });
        let who = name.unwrap_or_else(|| id.to_string());
        let what = column.trim_end_matches("_id").trim_end_matches("_at");
        format!("{} {who}: {what} stays {why}", table.label())
    });
}
