//! Takes a run of rows away that an import has added; rows that something rests on stay.

use std::collections::BTreeSet;

use rusqlite::ErrorCode;

use super::super::error::{Doing, StoreError};
use super::super::import::index_accounts;
use super::super::recorder::Recorder;
use super::super::table::Table;
use super::revert::exists;

/// Takes a run of imported rows away; gives the ids that stay.
pub(super) fn take(
    to: &mut Recorder<'_>,
    table: Table,
    (first, last): (i64, i64),
    since: &BTreeSet<(Table, i64)>,
) -> Result<Vec<i64>, StoreError> {
    let mut kept: Vec<i64> = since
        .range((table, first)..=(table, last))
        .map(|(_, id)| *id)
        .collect();
    kept.retain(|id| exists(to.conn, table, *id).unwrap_or(true));
    if table == Table::Account {
        // Each company is looked for among the leads before it may go.
        index_accounts(to.conn)?;
    }
    let mut from = first;
    let mut gone = Vec::new();
    for until in kept.clone().into_iter().chain([last + 1]) {
        if from < until {
            take_span(to, table, (from, until - 1), &mut gone, &mut kept)?;
        }
        from = until + 1;
    }
    for ids in gone {
        to.run("delete", table, ids)?;
    }
    kept.sort_unstable();
    Ok(kept)
}

/// Deletes a span at once; where something else rests on one of its rows, in halves down to that row, which stays.
fn take_span(
    to: &Recorder<'_>,
    table: Table,
    (first, last): (i64, i64),
    gone: &mut Vec<(i64, i64)>,
    kept: &mut Vec<i64>,
) -> Result<(), StoreError> {
    let sql = format!("DELETE FROM {} WHERE id BETWEEN ?1 AND ?2", table.word());
    match to
        .conn
        .prepare_cached(&sql)
        .doing("undoing the import")?
        .execute([first, last])
    {
        Ok(0) => Ok(()),
        Ok(_) => {
            gone.push((first, last));
            Ok(())
        }
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            if first == last {
                kept.push(first);
                return Ok(());
            }
            let middle = first + (last - first) / 2;
            take_span(to, table, (first, middle), gone, kept)?;
            take_span(to, table, (middle + 1, last), gone, kept)
        }
        Err(error) => Err(StoreError::sql("undoing the import", error)),
    }
}
