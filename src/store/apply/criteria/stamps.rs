//! Handoffs and deals are stamped with the version in force; the stamp holds the version. Judges nobody.

use rusqlite::params;
use rusqlite::types::Value;

use crate::domain::moment::Moment;
use crate::store::apply::standing::Room;
use crate::store::criteria::judging;
use crate::store::error::{Doing, StoreError};
use crate::store::recorder::Recorder;
use crate::store::table::Table;

/// Stamps a qualified deal with the version in force for its first lead.
pub(in crate::store::apply) fn stamp_deal(
    to: &mut Recorder<'_>,
    room: &Room,
    deal: i64,
    lead: i64,
) -> Result<(), StoreError> {
    if let Some(version) = judging(to.conn, lead, room.now)? {
        to.update(
            Table::Opportunity,
            deal,
            &[("criteria_id", Value::Integer(version))],
        )?;
        to.rests_on(Table::Criteria, version)?;
    }
    Ok(())
}

/// Stamps a handoff with the version in force at its moment, and notes that it rests on it.
pub(in crate::store::apply) fn stamp(
    to: &mut Recorder<'_>,
    handoff: i64,
) -> Result<(), StoreError> {
    let doing = "looking up the handoff";
    let (lead, at): (i64, i64) = to
        .conn
        .query_row(
            "SELECT lead_id, handed_off_at FROM handoff WHERE id = ?1",
            params![handoff],
            |row| row.try_into(),
        )
        .doing(doing)?;
    let version = judging(to.conn, lead, Moment(at))?;
    if let Some(version) = version {
        to.update(
            Table::Handoff,
            handoff,
            &[("criteria_id", Value::Integer(version))],
        )?;
        to.rests_on(Table::Criteria, version)?;
    }
    Ok(())
}
