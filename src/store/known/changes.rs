//! What the journal says of leads and companies that were changed, and when handoffs came into the file. Reads only.

use rusqlite::{Connection, OptionalExtension, Row, params};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value as Json};

use super::DOING;
use crate::store::error::{Doing, StoreError};

/// Seconds of a day: how long an import that brings history may take to bring all of it.
const DAY: i64 = 86_400;

/// Columns that rules can ask about; changes of others say nothing.
const ASKED: &[&str] = &[
    "created_at",
    "mql_at",
    "source_id",
    "campaign_id",
    "segment_id",
    "account_id",
    "email",
    "phone",
    "title",
    "country",
    "custom",
    "industry",
    "employees",
    "domain",
];

/// What a row was before somebody changed it.
#[derive(Debug)]
pub(super) struct Change {
    journal: i64,
    at: i64,
    before: Map<String, Json>,
}

/// When a run of handoffs came into the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrival {
    first: i64,
    last: i64,
    journal: i64,
    at: i64,
}

/// From when on changes leave what was known at a handoff as it was.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    /// A day after it came where it came as history; `None`: it was here when it happened.
    late_until: Option<i64>,
    handed_off: i64,
    journal: i64,
}

impl Cut {
    pub(super) fn new(handed_off: i64, arrival: Option<Arrival>) -> Cut {
        let late = arrival.filter(|came| came.at > handed_off + DAY);
        Cut {
            late_until: late.map(|came| came.at + DAY),
            handed_off,
            journal: arrival.map_or(0, |came| came.journal),
        }
    }

    fn is_after(&self, change: &Change) -> bool {
        change.journal > self.journal
            && change.at > self.handed_off
            && self.late_until.is_none_or(|until| change.at > until)
    }

    /// The columns of a row that were otherwise then, from its changes in their order.
    pub(super) fn then(&self, changes: &[Change]) -> Map<String, Json> {
        let mut then = Map::new();
        let counted = changes.iter().filter(|change| self.is_after(change));
        for (column, before) in counted.flat_map(|change| &change.before) {
            if self.late_until.is_none() {
                then.entry(column.as_str())
                    .or_insert_with(|| before.clone());
            } else if column == "custom" {
                let own = then
                    .entry("custom")
                    .or_insert_with(|| Json::Object(Map::new()));
                if let Json::Object(own) = own {
                    for (key, before) in object(before) {
                        own.entry(key).or_insert(before);
                    }
                }
            } else if !before.is_null() {
                then.entry(column.as_str())
                    .or_insert_with(|| before.clone());
            }
        }
        then
    }

    /// Own values then: what was there replaces all; of history, what was there stands over what is there now.
    pub(super) fn own(&self, now: Map<String, Json>, then: Option<&Json>) -> Map<String, Json> {
        match (then, self.late_until) {
            (None, _) => now,
            (Some(then), None) => object(then),
            (Some(then), Some(_)) => {
                let mut both = now;
                both.extend(object(then));
                both
            }
        }
    }
}

/// A kept JSON object: as text in its row, as an object once it was read.
pub(super) fn object(json: &Json) -> Map<String, Json> {
    match json {
        Json::Object(own) => own.clone(),
        Json::String(text) => serde_json::from_str(text).unwrap_or_default(),
        _ => Map::new(),
    }
}

/// The changes of one row, of a table's word.
pub(super) fn of_row(conn: &Connection, table: &str, id: i64) -> Result<Vec<Change>, StoreError> {
    let sql = "SELECT c.first_id, c.journal_id, j.at, c.before FROM change c JOIN journal j ON j.id = c.journal_id
               WHERE c.entity = ?1 AND c.first_id = ?2 AND c.op = 'update' ORDER BY c.id";
    let mut stmt = conn.prepare_cached(sql).doing(DOING)?;
    let found = stmt.query_map(params![table, id], change).doing(DOING)?;
    let all: Vec<Option<(i64, Change)>> = found.collect::<Result<_, _>>().doing(DOING)?;
    Ok(all
        .into_iter()
        .flatten()
        .map(|(_, change)| change)
        .collect())
}

/// The changes of every row of a table, by row.
pub(super) fn of_all(
    conn: &Connection,
    table: &str,
) -> Result<FxHashMap<i64, Vec<Change>>, StoreError> {
    let sql = "SELECT c.first_id, c.journal_id, j.at, c.before FROM change c JOIN journal j ON j.id = c.journal_id
               WHERE c.entity = ?1 AND c.op = 'update' ORDER BY c.id";
    let mut stmt = conn.prepare_cached(sql).doing(DOING)?;
    let mut rows = stmt.query([table]).doing(DOING)?;
    let mut all: FxHashMap<i64, Vec<Change>> = FxHashMap::default();
    while let Some(row) = rows.next().doing(DOING)? {
        if let Some((id, change)) = change(row).doing(DOING)? {
            all.entry(id).or_default().push(change);
        }
    }
    Ok(all)
}

/// A change of columns that rules ask about.
fn change(row: &Row<'_>) -> rusqlite::Result<Option<(i64, Change)>> {
    let text: String = row.get(3)?;
    let mut before: Map<String, Json> = serde_json::from_str(&text).unwrap_or_default();
    before.retain(|column, _| ASKED.contains(&column.as_str()));
    if before.is_empty() {
        return Ok(None);
    }
    let change = Change {
        journal: row.get(1)?,
        at: row.get(2)?,
        before,
    };
    Ok(Some((row.get(0)?, change)))
}

const ARRIVALS: &str = "SELECT c.first_id, c.last_id, c.journal_id, j.at FROM change c JOIN journal j ON j.id = c.journal_id
    WHERE c.entity = 'handoff' AND c.op = 'insert'";

fn arrival(row: &Row<'_>) -> rusqlite::Result<Arrival> {
    Ok(Arrival {
        first: row.get(0)?,
        last: row.get(1)?,
        journal: row.get(2)?,
        at: row.get(3)?,
    })
}

/// When a handoff came; `None`: the journal does not say.
pub(super) fn arrival_of(conn: &Connection, handoff: i64) -> Result<Option<Arrival>, StoreError> {
    let sql = format!(
        "{ARRIVALS} AND c.first_id <= ?1 AND c.last_id >= ?1 ORDER BY c.first_id DESC, c.id LIMIT 1"
    );
    conn.prepare_cached(&sql)
        .doing(DOING)?
        .query_row([handoff], arrival)
        .optional()
        .doing(DOING)
}

/// When all handoffs came, by their first id.
pub(super) fn arrivals(conn: &Connection) -> Result<Vec<Arrival>, StoreError> {
    let sql = format!("{ARRIVALS} ORDER BY c.first_id, c.id DESC");
    let mut stmt = conn.prepare_cached(&sql).doing(DOING)?;
    let found = stmt.query_map([], arrival).doing(DOING)?;
    found.collect::<Result<_, _>>().doing(DOING)
}

/// The run that a handoff came with; of runs that brought it again, the first.
pub(super) fn came(arrivals: &[Arrival], handoff: i64) -> Option<Arrival> {
    let end = arrivals.partition_point(|run| run.first <= handoff);
    let found = arrivals[..end].last().filter(|run| run.last >= handoff)?;
    Some(*found)
}
