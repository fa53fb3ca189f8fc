//! Challenges that were not withdrawn. Read whole each time: a room settles dozens, not millions.

use rusqlite::Connection;

use super::super::book::rows;
use super::super::error::StoreError;
use super::super::pages::{moment, word};
use crate::domain::moment::Moment;
use crate::domain::review::{MustChange, Settlement};
use crate::domain::verdict::Evidence;
use crate::facts::Facts;
use crate::facts::challenges::{ChallengeRow, Challenges};

/// Reads them anew; handoffs and names must be loaded.
pub(in crate::store) fn load(conn: &Connection, facts: &mut Facts) -> Result<(), StoreError> {
    let sql = "SELECT id, handoff_id, opened_at, opened_by, settlement, settled_at, must_change, was_at, was_reason_id,
                      was_evidence FROM challenge WHERE state <> 'withdrawn' ORDER BY id";
    let found = rows(conn, sql, |row| {
        let Some(handoff) = facts.handoffs.row(row.get(1)?) else {
            // Its handoff came after the kept columns; what came since is read in a moment.
            return Ok(None);
        };
        let settled = moment(row, 5)?;
        Ok(Some(ChallengeRow {
            id: row.get(0)?,
            handoff: handoff as u32,
            opened: Moment(row.get(2)?),
            opened_by: facts.names.people.code(row.get(3)?),
            settlement: settled.and(word(row, 4, Settlement::parse)?),
            settled: settled.unwrap_or(Moment::NEVER),
            must_change: settled.and(word(row, 6, MustChange::parse)?),
            was_at: Moment(row.get(7)?),
            was_reason: facts.names.reasons.code(row.get(8)?),
            was_evidence: word(row, 9, Evidence::parse)?.unwrap_or(Evidence::None),
        }))
    })?;
    facts.challenges = Challenges::new(found.into_iter().flatten().collect());
    Ok(())
}
