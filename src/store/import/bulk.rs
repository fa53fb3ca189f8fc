//! The quick way into empty tables: their indexes are made after the rows, and keys are looked up in memory meanwhile.

use rusqlite::Connection;

use super::super::cache::Keeper;
use super::super::error::{Doing, StoreError};
use super::super::table::Table;
use super::state::State;

/// Tables whose indexes wait while they are filled for the first time.
const TABLES: [Table; 6] = [
    Table::Lead,
    Table::Handoff,
    Table::Opportunity,
    Table::OpportunityLead,
    Table::OpportunityEvent,
    Table::Spend,
];

/// Takes the indexes of empty tables away. Everything happens in the import's transaction: a crash brings them back.
pub(super) fn prepare(conn: &Connection, state: &mut State) -> Result<(), StoreError> {
    let doing = "preparing the import";
    for table in TABLES {
        if !state.ids.was_empty(table) {
            continue;
        }
        let indexes: Vec<(String, String)> = conn
            .prepare(
                "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?1 AND sql IS NOT NULL
                 AND name NOT IN ('spend_day', 'spend_external', 'lead_duplicate')",
            )
            .doing(doing)?
            .query_map([table.word()], |row| Ok((row.get(0)?, row.get(1)?)))
            .doing(doing)?
            .collect::<Result<_, _>>()
            .doing(doing)?;
        for (name, sql) in indexes {
            conn.execute_batch(&format!("DROP INDEX \"{name}\""))
                .doing(doing)?;
            state.indexes.push((table, sql));
        }
    }
    let empty = |table| state.ids.was_empty(table);
    if empty(Table::Lead) && empty(Table::Handoff) && empty(Table::Attempt) {
        state.keeper = Some(Keeper::default());
    }
    if state.ids.was_empty(Table::Lead) {
        state.finder.leads_in_memory();
    }
    if state.ids.was_empty(Table::Opportunity) {
        state.finder.deals_in_memory();
    }
    Ok(())
}

/// Goes over to the indexes when the tables in memory have reached their bound.
pub(super) fn keep_bounds(conn: &Connection, state: &mut State) -> Result<(), StoreError> {
    if state.finder.is_full() {
        finish(conn, state)?;
        state.finder.index_channels(conn)?;
    }
    Ok(())
}

/// Makes the indexes of one table that are still to be made: a row of it is looked for.
pub(super) fn need(conn: &Connection, state: &mut State, table: Table) -> Result<(), StoreError> {
    while let Some(at) = state.indexes.iter().position(|(of, _)| *of == table) {
        let (_, sql) = state.indexes.swap_remove(at);
        conn.execute_batch(&sql).doing("making the indexes")?;
    }
    Ok(())
}

/// Makes the indexes. The cache is also the room to sort in: runs that fit the processor's own cache sort faster than long ones.
pub(super) fn finish(conn: &Connection, state: &mut State) -> Result<(), StoreError> {
    state.finder.forget();
    // A second thread sorts one run while this one reads the next.
    conn.execute_batch("PRAGMA cache_size = -8192; PRAGMA threads = 1;")
        .doing("making the indexes")?;
    for (_, sql) in state.indexes.drain(..) {
        conn.execute_batch(&sql).doing("making the indexes")?;
    }
    Ok(())
}
