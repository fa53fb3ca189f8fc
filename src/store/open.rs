//! Opening the workspace file: checks first, then a connection with the settings every promise rests on.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::{Connection, ErrorCode, FileControl, OpenFlags};

use super::Store;
use super::error::{Doing, StoreError};
use super::file::{self, APPLICATION_ID, Found};
use super::hold::Hold;
use super::migrate::{MIGRATIONS, migrate};
use super::wait::{Wait, Waits};

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// To read and change it.
    ReadWrite,
    /// To read it; nothing can be changed.
    ReadOnly,
}

/// Whether the pages are looked over before the file is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Check {
    /// Yes, where that takes no time worth speaking of; a larger file is checked later with [`Store::check`].
    #[default]
    Quick,
    /// No: the doctor opens what is damaged too.
    None,
}

/// How a file is opened, in full.
#[derive(Clone)]
pub struct Opening {
    /// To change it or to read it.
    pub access: Access,
    /// Whether its pages are looked over first.
    pub check: Check,
    /// How long others are waited for.
    pub waits: Waits,
}

impl Opening {
    /// Checked, with a minute's silent patience.
    pub fn to(access: Access) -> Opening {
        Opening {
            access,
            check: Check::default(),
            waits: Waits::default(),
        }
    }
}

/// Up to this size a file is checked whenever it is opened: some 20 ms.
const SMALL: u64 = 16 << 20;

impl Store {
    /// Makes a new workspace file (mode 0600), or opens the one that is there. An empty file is taken as a new one.
    pub fn create(path: &Path) -> Result<Store, StoreError> {
        let hold = match file::look(path)? {
            Found::Nothing => {
                file::touch(path)?;
                Hold::on(path).map_err(|error| file::denied(path, error))?
            }
            Found::Empty(hold) | Found::Workspace(hold) => hold,
        };
        Ok(connect(path, &Opening::to(Access::ReadWrite))?.held(hold))
    }

    /// Opens a workspace file that is there. Checks it before anything is written, and brings an older one up to date.
    pub fn open(path: &Path, access: Access) -> Result<Store, StoreError> {
        Store::open_with(path, &Opening::to(access))
    }

    /// The same, with everything said about how.
    pub fn open_with(path: &Path, how: &Opening) -> Result<Store, StoreError> {
        match file::look(path)? {
            Found::Nothing => Err(StoreError::Missing(path.to_owned())),
            Found::Empty(_) => Err(StoreError::unusable(
                path,
                "the file is empty; `smarketing init` makes a workspace of it, or bring back a backup",
            )),
            Found::Workspace(hold) => Ok(connect(path, how)?.held(hold)),
        }
    }

    /// A workspace in memory, for tests.
    pub fn open_in_memory() -> Result<Store, StoreError> {
        let mut conn = Connection::open_in_memory().doing("opening memory")?;
        harden(&mut conn)?;
        migrate(&mut conn, None, MIGRATIONS)?;
        Ok(Store {
            conn,
            path: None,
            access: Access::ReadWrite,
            known: RefCell::default(),
            own: BTreeSet::new(),
            hold: None,
        })
    }

    fn held(self, hold: Hold) -> Store {
        Store {
            hold: Some(hold),
            ..self
        }
    }

    /// A number that moves when another connection has changed the file; an error when the file at the path is another one now.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        if let Some(path) = &self.path {
            let mut moved = 0;
            let known = self
                .conn
                .file_control(Some("main"), FileControl::HasMoved(&mut moved));
            if known.is_ok() && moved != 0 {
                return Err(StoreError::Moved(path.clone()));
            }
        }
        self.conn
            .query_row("PRAGMA data_version", [], |row| row.get(0))
            .doing("looking for changes")
    }

    /// Looks over all pages: what [`Check::Quick`] leaves out for a large file. Takes seconds for a large one; never on the thread
    /// that draws or serves.
    pub fn check(&self) -> Result<(), StoreError> {
        check(&self.conn)
    }

    /// Whether the file was too large to be looked over when it was opened.
    pub fn is_large(&self) -> bool {
        self.path
            .as_deref()
            .is_some_and(|path| file::size(path) > SMALL)
    }

    /// Leaves the write-ahead log empty, so that the file alone is the workspace. Best effort: others may still be at work.
    pub fn close(self) {
        if self.access == Access::ReadWrite && self.path.is_some() {
            let _ = self.conn.busy_timeout(Duration::ZERO);
            let _ = self
                .conn
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        }
    }

    /// Whether the store may write; the error says why not.
    pub(crate) fn writable(&self) -> Result<(), StoreError> {
        match self.access {
            Access::ReadWrite => Ok(()),
            Access::ReadOnly => Err(StoreError::ReadOnly("as asked")),
        }
    }
}

/// Opens, sets up and migrates; again and again while others do the same (fact: switching to WAL can fail whatever the timeout).
fn connect(path: &Path, how: &Opening) -> Result<Store, StoreError> {
    let mut wait = Wait::new(how.waits.clone(), path);
    loop {
        match try_connect(path, how) {
            Err(StoreError::Busy(_)) if wait.nap() => {}
            Err(error) if is_denied(&error) => {
                let why = if how.access == Access::ReadOnly && is_half_done(path) {
                    HALF_DONE
                } else {
                    NOT_HERE
                };
                return Err(StoreError::unusable(path, why));
            }
            done => return done.map_err(|error| error.blaming(Some(path))),
        }
    }
}

/// A log needs a file beside it, which a folder that can only be read does not take.
fn is_denied(error: &StoreError) -> bool {
    match error {
        StoreError::ReadOnly(_) => true,
        StoreError::Sql { source, .. } => source.sqlite_error_code() == Some(ErrorCode::CannotOpen),
        _ => false,
    }
}

/// Whether a first import was cut short: the pages from before it lie in a journal beside the file.
fn is_half_done(path: &Path) -> bool {
    std::fs::metadata(file::beside(path, "-journal")).is_ok_and(|meta| meta.len() > 0)
}

const HALF_DONE: &str = "an import into it was cut short, and taking back what is half done is a change; \
                         open it once without --read-only (any command does), then it can be read again";

const NOT_HERE: &str = "it cannot be opened here; the file or its folder gives no permission, \
                        copy it to a folder of your own and give that with --db";

fn try_connect(path: &Path, how: &Opening) -> Result<Store, StoreError> {
    let access = how.access;
    // No URI flag: a path is a path, never `file:x?mode=memory`.
    let way = match access {
        Access::ReadWrite => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let mut conn = Connection::open_with_flags(path, way | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .doing("opening the file")?;
    wait_for_others(&mut conn, Wait::new(how.waits.clone(), path))?;
    harden(&mut conn)?;
    if how.check == Check::Quick && file::size(path) <= SMALL {
        check(&conn)?;
    }
    if access == Access::ReadWrite {
        prepare_to_write(&mut conn, path)?;
    } else {
        conn.pragma_update(None, "query_only", true)
            .doing("opening the file")?;
        let version = super::migrate::version(&conn)?;
        file::newer(path, version)?;
        if version < super::migrate::newest() {
            return Err(StoreError::unusable(
                path,
                "an older smarketing has written it and it is open for reading only; open it once for writing",
            ));
        }
    }
    Ok(Store {
        conn,
        path: Some(path.to_owned()),
        access,
        known: RefCell::default(),
        own: BTreeSet::new(),
        hold: None,
    })
}

fn prepare_to_write(conn: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let doing = "preparing the file";
    if conn.is_readonly("main").doing("preparing the file")? {
        return Err(StoreError::unusable(
            path,
            "no permission to change it; ask its owner, or open it with --read-only",
        ));
    }
    let id: i32 = conn
        .query_row("PRAGMA application_id", [], |row| row.get(0))
        .doing(doing)?;
    if id != APPLICATION_ID {
        // Pages of 8 KB: half as many steps down each tree and half as many writes.
        conn.pragma_update(None, "page_size", 8_192).doing(doing)?;
        // Before WAL, so that the mark stands in the file itself and not only in its log.
        conn.pragma_update(None, "application_id", APPLICATION_ID)
            .doing(doing)?;
    }
    let mode: String = conn
        .query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))
        .doing(doing)?;
    if mode != "wal" {
        return Err(StoreError::Busy(None));
    }
    let mut keep = 1;
    conn.file_control(Some("main"), FileControl::PersistWal(&mut keep))
        .doing(doing)?;
    // 8 MB of pages: a room that has read its columns would keep a larger cache full of them.
    conn.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -8192;",
    )
    .doing(doing)?;
    migrate(conn, Some(path), MIGRATIONS)
}

/// Settings that no path may be without.
fn harden(conn: &mut Connection) -> Result<(), StoreError> {
    let doing = "opening the file";
    for (config, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        // A statement keeps its plan whatever is bound to it: planning anew costs more than most of ours do.
        (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true),
    ] {
        conn.set_db_config(config, on).doing(doing)?;
    }
    conn.set_prepared_statement_cache_capacity(64);
    conn.authorizer(Some(never_a_snapshot)).doing(doing)
}

/// The figures of a meeting stay as they stood: SQLite takes no statement that changes or removes them, whoever asks.
fn never_a_snapshot(asked: AuthContext<'_>) -> Authorization {
    match asked.action {
        AuthAction::Update { table_name, .. } | AuthAction::Delete { table_name }
            if table_name == "snapshot" =>
        {
            Authorization::Deny
        }
        _ => Authorization::Allow,
    }
}

/// Waits for other writers whenever SQLite meets one.
fn wait_for_others(conn: &mut Connection, mut wait: Wait) -> Result<(), StoreError> {
    conn.busy_handler(Some(move |tries| {
        if tries == 0 {
            wait.anew();
        }
        wait.nap()
    }))
    .doing("opening the file")
}

/// Looks over the pages without comparing indexes with rows; what it finds is an error.
fn check(conn: &Connection) -> Result<(), StoreError> {
    let found: String = conn
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .doing("checking the file")?;
    if found == "ok" {
        return Ok(());
    }
    Err(StoreError::Damaged(found.replace('\n', " ")))
}
