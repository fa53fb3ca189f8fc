//! Mends what can be made anew from the rows: indexes and the kept columns, after a copy of the file. Never touches a row.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::integrity::REPAIR;
use super::{Finding, Health, Weight};
use crate::store::Store;
use crate::store::backup::{self, Overwrite};
use crate::store::book::rows;
use crate::store::error::{Doing, StoreError};
use crate::store::file;

/// What a repair did.
#[derive(Debug)]
pub struct Mended {
    /// The copy of the file as it was before.
    pub copy: PathBuf,
    /// What is in order again, in the user's words.
    pub mended: Vec<String>,
    /// How the file is now; its faults are what could not be mended.
    pub health: Health,
}

impl Store {
    /// Copies the file beside itself, then builds every index and the kept columns anew and examines the file again.
    pub fn repair(&mut self) -> Result<Mended, StoreError> {
        self.writable()?;
        self.data_version()?;
        let path = self
            .path
            .clone()
            .ok_or_else(|| StoreError::refused("a workspace in memory needs no repair"))?;
        let before = self.doctor()?;
        let copy = copy_beside(&self.conn, &path)?;
        let mut broken = Vec::new();
        for index in indexes(&self.conn)? {
            match rebuild(&self.conn, &index) {
                Ok(()) => {}
                Err(StoreError::Damaged(why)) => broken.push((index, why)),
                Err(error) => return Err(error),
            }
        }
        let mut mended = vec!["every index was built anew from its rows".to_owned()];
        let columns = self.rebuild_columns();
        let mut health = self.doctor()?;
        mended.extend(gone(&before.findings, &health.findings));
        for (index, why) in broken {
            mended[0] = "the other indexes were built anew from their rows".into();
            health
                .findings
                .push(lost(&format!("the index {index} ({why})")));
        }
        match columns {
            Ok(()) => {
                mended.push("the kept columns were thrown away and read from the rows".into());
            }
            Err(StoreError::Damaged(why)) => {
                health
                    .findings
                    .push(lost(&format!("the kept columns ({why})")));
            }
            Err(error) => return Err(error),
        }
        for finding in &mut health.findings {
            // It has just been tried.
            if finding.cure == REPAIR {
                finding.cure = super::BACKUP.into();
            }
        }
        Ok(Mended {
            copy,
            mended,
            health,
        })
    }

    fn rebuild_columns(&self) -> Result<(), StoreError> {
        self.conn
            .execute("DELETE FROM facts_cache", [])
            .doing("throwing the kept columns away")?;
        let facts = self.load_facts(&mut |_| {})?;
        self.save_cache(&facts).map(|_| ())
    }
}

fn lost(what: &str) -> Finding {
    Finding {
        weight: Weight::Fault,
        what: format!("{what} could not be built anew"),
        cure: super::BACKUP.into(),
    }
}

/// Faults from before that are no more.
fn gone(before: &[Finding], after: &[Finding]) -> Vec<String> {
    before
        .iter()
        .filter(|old| old.weight == Weight::Fault)
        .filter(|old| after.iter().all(|new| new.what != old.what))
        .map(|old| format!("no longer so: {}", old.what))
        .collect()
}

/// A copy under a name that is free: `NAME.before-repair.bak`, `NAME.before-repair-2.bak` and so on.
fn copy_beside(conn: &Connection, path: &Path) -> Result<PathBuf, StoreError> {
    let mut ending = ".before-repair.bak".to_owned();
    let mut number = 1;
    loop {
        let copy = file::beside(path, &ending);
        if std::fs::symlink_metadata(&copy).is_err() {
            backup::copy(conn, &copy, Overwrite::No)?;
            return Ok(copy);
        }
        number += 1;
        ending = format!(".before-repair-{number}.bak");
    }
}

fn indexes(conn: &Connection) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY name";
    rows(conn, sql, |row| row.get(0))
}

/// One index at a time, so that one beyond repair does not keep the others from it.
fn rebuild(conn: &Connection, index: &str) -> Result<(), StoreError> {
    let name = index.replace('"', "\"\"");
    conn.execute_batch(&format!("REINDEX \"{name}\""))
        .doing("building an index anew")
}
