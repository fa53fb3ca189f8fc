//! Clusters of rejections that were put before marketing. Read whole each time: there are dozens, not millions.

use rusqlite::Connection;

use super::super::book::rows;
use super::super::error::StoreError;
use super::super::pages::moment;
use crate::domain::moment::Moment;
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::feedback::FeedbackRow;

/// Reads them anew; names must be loaded.
pub(in crate::store) fn load(conn: &Connection, facts: &mut Facts) -> Result<(), StoreError> {
    let sql = "SELECT id, acknowledged_at, acted_at, source_id, campaign_id, segment_id, rep_id, raised_at, checked_at, reason_id
               FROM feedback ORDER BY id";
    let names = &facts.names;
    facts.feedback = rows(conn, sql, |row| {
        let code = |code| (code != NONE).then_some(code);
        Ok(FeedbackRow {
            id: row.get(0)?,
            acknowledged: moment(row, 1)?.unwrap_or(Moment::NEVER),
            acted: moment(row, 2)?.unwrap_or(Moment::NEVER),
            raised: moment(row, 7)?.unwrap_or(Moment::NEVER),
            checked: moment(row, 8)?.unwrap_or(Moment::NEVER),
            reason: code(names.reasons.code(row.get(9)?)),
            shared: [
                code(names.sources.code(row.get(3)?)),
                code(names.campaigns.code(row.get(4)?)),
                code(names.segments.code(row.get(5)?)),
                code(names.people.code(row.get(6)?)),
            ],
        })
    })?;
    Ok(())
}
