//! SQLite's own examination of the file, line by line in the user's words. Changes nothing.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::{BACKUP, Health, fault};
use crate::store::book::rows;
use crate::store::error::StoreError;

/// What mends an index.
pub(super) const REPAIR: &str = "`smarketing doctor --repair` builds it anew, after a backup";

/// As many places of damage are looked for; more say nothing new.
const MOST: usize = 200;
/// As many are listed one by one.
const LISTED: usize = 10;

/// Checks every page, and every index against the rows of its table.
pub(super) fn check(conn: &Connection, health: &mut Health) -> Result<(), StoreError> {
    let sql = format!("PRAGMA integrity_check({MOST})");
    let lines = match rows(conn, &sql, |row| row.get::<_, String>(0)) {
        Ok(lines) => lines,
        Err(StoreError::Damaged(what)) => vec![what],
        Err(error) => return Err(error),
    };
    let (indexes, rest) = sorted(&lines);
    for (index, places) in indexes {
        let what = format!("the index {index} does not fit its rows ({places} places)");
        fault(health, what, REPAIR);
    }
    for line in rest.iter().take(LISTED) {
        fault(health, format!("the file is damaged: {line}"), BACKUP);
    }
    if rest.len() > LISTED {
        let more = rest.len() - LISTED;
        fault(
            health,
            format!("the file is damaged in {more} more places"),
            BACKUP,
        );
    }
    Ok(())
}

/// The places by index, and what lies elsewhere.
fn sorted(lines: &[String]) -> (BTreeMap<&str, usize>, Vec<String>) {
    let mut indexes = BTreeMap::new();
    let mut rest = Vec::new();
    // One message may hold several lines.
    for line in lines.iter().flat_map(|text| text.lines()) {
        match index_of(line) {
            Some(index) => *indexes.entry(index).or_insert(0) += 1,
            None if line != "ok" && !line.trim().is_empty() => rest.push(line.to_owned()),
            None => {}
        }
    }
    (indexes, rest)
}

/// The index that a line of SQLite's speaks of: "row 3 missing from index `lead_email`", "wrong # of entries in index …",
/// "non-unique entry in index …".
fn index_of(line: &str) -> Option<&str> {
    let (_, name) = line.rsplit_once(" index ")?;
    (!name.contains(' ')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_index_lacks_is_told_apart_from_damage() {
        let lines = [
            "row 3 missing from index lead_email",
            "row 4 missing from index lead_email\nwrong # of entries in index lead_external",
            "Tree 4 page 5: btreeInitPage() returns error code 11",
            "ok",
        ];
        let lines = lines.map(String::from);
        let (indexes, rest) = sorted(&lines);
        assert_eq!(
            indexes.into_iter().collect::<Vec<_>>(),
            [("lead_email", 2), ("lead_external", 1)]
        );
        assert_eq!(rest.len(), 1);
    }
}
