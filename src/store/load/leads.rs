//! One row per lead.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::super::error::{Doing, StoreError};
use super::{Clocks, Reporter};
use crate::domain::moment::Moment;
use crate::domain::verdict::Exclusion;
use crate::facts::Facts;
use crate::facts::dictionary::Names;
use crate::facts::leads::LeadRow;

const COLUMNS: &str = "SELECT id, created_at, mql_at, source_id, campaign_id, segment_id, owner_id, account_id, excluded,
    email IS NOT NULL OR phone IS NOT NULL OR social IS NOT NULL OR withheld = 1 FROM lead";

pub(super) fn load(
    conn: &Connection,
    facts: &mut Facts,
    reporter: &mut Reporter<'_>,
) -> Result<(), StoreError> {
    let doing = "reading the leads";
    let sql = format!("{COLUMNS} ORDER BY id");
    let mut stmt = conn.prepare_cached(&sql).doing(doing)?;
    let mut rows = stmt.query([]).doing(doing)?;
    while let Some(row) = rows.next().doing(doing)? {
        facts.leads.push(read(row, &facts.names).doing(doing)?);
        reporter.row();
    }
    Ok(())
}

pub(super) fn reread(
    conn: &Connection,
    facts: &mut Facts,
    ids: &[i64],
    clocks: Clocks,
) -> Result<(), StoreError> {
    let doing = "reading the leads";
    let sql = format!("{COLUMNS} WHERE id = ?1");
    let mut stmt = conn.prepare_cached(&sql).doing(doing)?;
    for id in ids {
        let row = stmt
            .query_row([id], |row| read(row, &facts.names))
            .doing(doing)?;
        match clocks {
            Clocks::Follow => facts.leads.put(row),
            Clocks::Later => _ = facts.leads.place(row),
        }
    }
    Ok(())
}

fn read(row: &Row<'_>, names: &Names) -> rusqlite::Result<LeadRow> {
    let excluded = match row.get_ref(8)? {
        ValueRef::Text(word) => std::str::from_utf8(word).ok().and_then(Exclusion::parse),
        _ => None,
    };
    Ok(LeadRow {
        id: row.get(0)?,
        created: Moment(row.get(1)?),
        mql: moment(row, 2)?,
        source: names.sources.code(row.get(3)?),
        campaign: names.campaigns.code(row.get(4)?),
        segment: names.segments.code(row.get(5)?),
        owner: names.people.code(row.get(6)?),
        account: row.get::<_, Option<u32>>(7)?.unwrap_or(0),
        contactable: row.get(9)?,
        excluded,
    })
}

/// An optional moment of a row.
pub(super) fn moment(row: &Row<'_>, column: usize) -> rusqlite::Result<Moment> {
    row.get::<_, Option<i64>>(column)
        .map(|at| Moment::or_never(at.map(Moment)))
}
