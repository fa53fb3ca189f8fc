//! Reasons of another workspace's own that an import brings. One that is known here stays as it is.

use rusqlite::{Connection, params};

use super::super::error::{Doing, StoreError};
use super::super::table::Table;
use super::names::ReasonLine;
use super::state::State;
use crate::domain::import::OwnReason;
use crate::domain::reason::Asks;
use crate::text::clean;

/// Adds those whose code nobody has here.
pub(super) fn declare(
    conn: &Connection,
    state: &mut State,
    reasons: &[OwnReason],
) -> Result<(), StoreError> {
    for OwnReason { entry, retired } in reasons {
        if state.names.reasons.contains_key(&entry.code) {
            continue;
        }
        let line = ReasonLine {
            id: state.ids.take(Table::Reason),
            needs_note: entry.asks == Asks::Note,
            objective: entry.asks == Asks::Nothing,
        };
        conn.execute(
            "INSERT INTO reason (id, code, label, class, needs_note, needs_attempts, objective, acts, criteria_field, retired)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                line.id,
                entry.code,
                clean(&entry.label),
                entry.class.word(),
                line.needs_note,
                entry.asks == Asks::Attempts,
                line.objective,
                entry.acts.word(),
                entry.field,
                retired
            ],
        )
        .doing("adding a reason")?;
        state.names.reasons.insert(entry.code.clone(), line);
    }
    Ok(())
}
