//! A consistent copy of the workspace while others write: to a temporary file beside the target, synced, then renamed.

use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::Store;
use super::error::{Doing, StoreError};
use super::file;

/// What SQLite plays back into a database of this name.
const LOGS: [&str; 2] = ["-wal", "-journal"];

/// Whether a backup may take the place of a file that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    /// It may.
    Yes,
    /// It is refused.
    No,
}

impl Store {
    /// Writes a copy of the whole workspace (mode 0600), consistent whatever others do meanwhile.
    pub fn backup(&self, to: &Path, overwrite: Overwrite) -> Result<(), StoreError> {
        copy(&self.conn, to, overwrite)
    }
}

pub(crate) fn copy(conn: &Connection, to: &Path, overwrite: Overwrite) -> Result<(), StoreError> {
    if fs::symlink_metadata(to).is_ok() {
        if to.is_dir() {
            return Err(StoreError::unusable(
                to,
                "this is a folder; name a file in it",
            ));
        }
        if fs::metadata(to).is_ok_and(|found| !found.is_file()) {
            return Err(StoreError::unusable(
                to,
                "this is no ordinary file, and a backup does not take its place; give another name",
            ));
        }
        if overwrite == Overwrite::No {
            return Err(StoreError::unusable(
                to,
                "this file is there already; give another name, or --force to replace it",
            ));
        }
        if same_file(conn, to) {
            return Err(StoreError::unusable(
                to,
                "this is the workspace itself; a backup needs another name",
            ));
        }
    }
    if overwrite == Overwrite::No {
        refuse_leftover_log(to)?;
    }
    let temporary = file::beside(to, &format!(".{}.tmp", std::process::id()));
    let _ = fs::remove_file(&temporary);
    if !file::touch(&temporary)? {
        // Somebody else's file, or a link of theirs: nothing of the workspace may get into it.
        return Err(StoreError::unusable(
            &temporary,
            "this file came into the way of the copy; remove it, and see who else may write here",
        ));
    }
    let done = pour(conn, &temporary).and_then(|()| settle(&temporary, to, overwrite));
    if done.is_err() {
        discard(&temporary);
    }
    done
}

/// SQLite would play a log that somebody's lost database left under this name into the copy at its first opening.
fn refuse_leftover_log(to: &Path) -> Result<(), StoreError> {
    let left = LOGS.iter().map(|ending| file::beside(to, ending));
    let mut full = left.filter(|log| fs::metadata(log).is_ok_and(|found| found.len() > 0));
    full.next().map_or(Ok(()), |log| {
        Err(StoreError::unusable(
            &log,
            "this is the log of a database that is gone; it would get into the copy: move it away, or give another name",
        ))
    })
}

/// Takes away a copy that came to nothing, and the journal that SQLite leaves beside it when the disk is full.
pub(super) fn discard(temporary: &Path) {
    let _ = fs::remove_file(temporary);
    let _ = fs::remove_file(file::beside(temporary, "-journal"));
}

fn same_file(conn: &Connection, to: &Path) -> bool {
    let own = conn.path().map(fs::canonicalize);
    matches!((own, fs::canonicalize(to)), (Some(Ok(own)), Ok(to)) if own == to)
}

fn pour(conn: &Connection, to: &Path) -> Result<(), StoreError> {
    let doing = "writing the backup";
    let mut target = Connection::open(to).doing(doing)?;
    {
        // One read transaction, so that a steady writer cannot make the copy start again and again.
        let _snapshot = conn
            .is_autocommit()
            .then(|| conn.unchecked_transaction())
            .transpose()
            .doing(doing)?;
        conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
            .doing(doing)?;
        let backup = Backup::new(conn, &mut target).doing(doing)?;
        loop {
            match backup.step(-1).doing(doing)? {
                StepResult::Done => break,
                _ => std::thread::sleep(Duration::from_millis(5)),
            }
        }
    }
    // A backup is one file: no log beside it.
    target
        .query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))
        .doing(doing)?;
    target
        .close()
        .map_err(|(_, error)| StoreError::sql(doing, error))
}

fn settle(temporary: &Path, to: &Path, overwrite: Overwrite) -> Result<(), StoreError> {
    let io = |error| StoreError::io(to, error);
    File::open(temporary)
        .and_then(|f| f.sync_all())
        .map_err(io)?;
    if overwrite == Overwrite::Yes {
        // They belong to the file that is replaced: left there, they would be played into the copy.
        for ending in LOGS.iter().chain(&["-shm"]) {
            let log = file::beside(to, ending);
            match fs::remove_file(&log) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(StoreError::io(&log, error));
                }
                _ => {}
            }
        }
        fs::rename(temporary, to).map_err(io)?;
    } else {
        // A link never replaces: nobody's file is lost to a race.
        fs::hard_link(temporary, to)
            .or_else(|_| {
                if to.exists() {
                    Err(std::io::Error::from(std::io::ErrorKind::AlreadyExists))
                } else {
                    fs::rename(temporary, to)
                }
            })
            .map_err(io)?;
        let _ = fs::remove_file(temporary);
    }
    let folder = to.parent().filter(|p| !p.as_os_str().is_empty());
    if let Ok(folder) = File::open(folder.unwrap_or(Path::new("."))) {
        let _ = folder.sync_all();
    }
    Ok(())
}
