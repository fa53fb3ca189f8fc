//! The schema as numbered SQL files, applied in one IMMEDIATE transaction. Never goes back, never touches a newer file.

use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::error::{Doing, StoreError};
use super::file;

/// A step of the schema: its name and its SQL. The number is its place, from 1.
pub(crate) type Migration = (&'static str, &'static str);

/// Every step, in order. Released ones never change.
pub(crate) const MIGRATIONS: &[Migration] = &[
    (
        "0001_workspace",
        include_str!("../../assets/migrations/0001_workspace.sql"),
    ),
    (
        "0002_desk",
        include_str!("../../assets/migrations/0002_desk.sql"),
    ),
    (
        "0003_review",
        include_str!("../../assets/migrations/0003_review.sql"),
    ),
    (
        "0004_criteria",
        include_str!("../../assets/migrations/0004_criteria.sql"),
    ),
    (
        "0005_meeting",
        include_str!("../../assets/migrations/0005_meeting.sql"),
    ),
    (
        "0006_sla",
        include_str!("../../assets/migrations/0006_sla.sql"),
    ),
];

/// The format that this program writes.
pub(crate) fn newest() -> i64 {
    MIGRATIONS.len() as i64
}

/// The format of an open file.
pub(crate) fn version(conn: &Connection) -> Result<i64, StoreError> {
    conn.query_row("PRAGMA user_version", [], |row| row.get(0))
        .doing("reading the file's format")
}

/// Brings the file to the newest step. A file with content is copied beside itself first (`NAME.formatN.bak`).
pub(crate) fn migrate(
    conn: &mut Connection,
    path: Option<&Path>,
    steps: &[Migration],
) -> Result<(), StoreError> {
    let before = version(conn)?;
    if let Some(path) = path {
        if before == steps.len() as i64 {
            return Ok(());
        }
        file::newer(path, before)?;
        if before > 0 {
            copy_beside(conn, path, before)?;
        }
    }
    let tx = Transaction::new(conn, TransactionBehavior::Immediate).doing("upgrading the file")?;
    // Read again inside: another process may have been faster.
    let at = version(&tx)?.max(0) as usize;
    for (_, sql) in steps.iter().skip(at) {
        tx.execute_batch(sql).doing("upgrading the file")?;
    }
    if at < steps.len() {
        tx.pragma_update(None, "user_version", steps.len() as i64)
            .doing("upgrading the file")?;
    }
    tx.commit().doing("upgrading the file")
}

fn copy_beside(conn: &Connection, path: &Path, format: i64) -> Result<(), StoreError> {
    let copy = file::beside(path, &format!(".format{format}.bak"));
    if copy.exists() {
        return Ok(());
    }
    super::backup::copy(conn, &copy, super::backup::Overwrite::No)
}
