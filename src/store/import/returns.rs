//! When the leads come back that a file calls recycled: a handoff dated on that day, planned, moved and taken away with the
//! verdict. Days that have passed plan nothing: the system that the file is of knows whether the lead came back.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};

use super::super::error::{Doing, StoreError};
use super::super::table::Table;
use super::handoffs;
use super::state::{State, Writers};
use super::{bulk, merge};
use crate::domain::import::{Dating, HandoffRecord, VerdictRecord};
use crate::domain::moment::Moment;
use crate::domain::verdict::Verdict;

/// When the lead comes back, if that lies ahead.
fn ahead(state: &State, verdict: &VerdictRecord) -> Option<Moment> {
    let on = verdict
        .recycle_on
        .filter(|_| verdict.verdict == Verdict::Recycled)?;
    let start = state.calendar.start_of(on);
    (start > state.now).then_some(start)
}

/// A return that the end of the import makes.
pub(super) struct Return {
    lead: i64,
    number: i64,
    owner: Option<i64>,
    at: Moment,
}

/// Plans the return of a lead whose newest handoff has that number; made at the end, behind the rows of the file.
pub(super) fn plan(
    state: &mut State,
    (lead, number): (i64, i64),
    owner: Option<i64>,
    verdict: &VerdictRecord,
) {
    if let Some(at) = ahead(state, verdict) {
        state.returns.push(Return {
            lead,
            number: number + 1,
            owner,
            at,
        });
    }
}

/// Makes the planned returns.
pub(super) fn make(conn: &Connection, state: &mut State) -> Result<(), StoreError> {
    let planned = std::mem::take(&mut state.returns);
    if planned.is_empty() {
        return Ok(());
    }
    let mut writers = Writers::new(conn)?;
    for back in planned {
        let record = HandoffRecord {
            dating: Dating::Stated,
            at: back.at,
            assigned: back.owner.map(|_| back.at),
            trigger: Some("recycled".into()),
            verdict: None,
        };
        let (lead, number) = (back.lead, back.number);
        handoffs::add(&mut writers, state, lead, number, back.owner, &record)?;
    }
    Ok(())
}

/// Keeps the planned return in step with a verdict that was just brought onto a handoff.
pub(super) fn follow(
    conn: &Connection,
    state: &mut State,
    (lead, handoff): (i64, i64),
    verdict: &VerdictRecord,
) -> Result<(), StoreError> {
    let doing = "looking up a handoff";
    bulk::need(conn, state, Table::Handoff)?;
    let (number, owner): (i64, Option<i64>) = conn
        .prepare_cached("SELECT number, owner_id FROM handoff WHERE id = ?1")
        .doing(doing)?
        .query_row([handoff], |row| Ok((row.get(0)?, row.get(1)?)))
        .doing(doing)?;
    let next: Option<(i64, i64)> = conn
        .prepare_cached(
            "SELECT id, handed_off_at FROM handoff WHERE lead_id = ?1 AND number > ?2 ORDER BY number LIMIT 1",
        )
        .doing(doing)?
        .query_row([lead, number], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
        .doing(doing)?;
    let Some((next, planned)) = next else {
        plan(state, (lead, number), owner, verdict);
        return Ok(());
    };
    if planned <= state.now.0 {
        return Ok(());
    }
    match ahead(state, verdict) {
        Some(at) if at.0 == planned => Ok(()),
        Some(at) => {
            let moved = |column, was| ((column, was), (column, Value::Integer(at.0)));
            let assigned = owner.map_or(Value::Null, |_| Value::Integer(planned));
            let mut cells = vec![moved("handed_off_at", Value::Integer(planned))];
            if owner.is_some() {
                cells.push(moved("assigned_at", assigned));
            }
            merge::write(conn, state, (Table::Handoff, next), cells).map(|_| ())
        }
        None => {
            state.updates += 1;
            state.keeper = None;
            state.recorder(conn).delete(Table::Handoff, next)
        }
    }
}
