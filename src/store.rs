//! The only SQL: opens and migrates the workspace file, loads the history, applies commands, imports, keeps the journal.
//! Knows no terminal and no command line.

pub mod apply;
pub mod backup;
pub mod book;
mod cache;
pub mod cards;
mod criteria;
pub mod doctor;
pub mod error;
mod export;
mod file;
mod find;
mod hold;
pub mod import;
pub mod journal;
mod known;
pub mod load;
mod meeting;
mod migrate;
mod open;
pub mod pages;
pub mod presence;
mod recorder;
mod refresh;
mod review;
pub mod table;
mod undo;
mod wait;
pub mod watch;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;

pub use apply::{Applied, Bulk};
pub use backup::Overwrite;
pub use doctor::{Finding, Health, Mended, Weight};
use error::Doing as _;
pub use error::StoreError;
pub use export::Wanted;
pub use import::{Import, ImportPlan, ImportReport, Kind, Noted, Notes, Rehearsal, Strictness};
pub use journal::{BatchLine, Entry};
pub use load::{FieldLine, Progress};
pub use open::{Access, Check, Opening};
pub use refresh::Changed;
pub use wait::Waits;

/// An open workspace file (or one in memory, for tests).
///
/// One connection, for one thread; a worker thread opens its own with [`Store::open`] on [`Store::path`].
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    path: Option<PathBuf>,
    access: Access,
    /// What was known at handoffs, as long as nothing new is journalled.
    known: RefCell<Option<Arc<known::Known>>>,
    /// The newest entries that were written through this connection.
    own: BTreeSet<i64>,
    /// Given back after the connection, which stands before it.
    #[expect(dead_code, reason = "held for its end")]
    hold: Option<hold::Hold>,
}

impl Store {
    /// Where the file lies; `None` in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Reads several things as of one moment, whatever others write meanwhile.
    ///
    /// # Errors
    /// What `read` says, or that the file cannot be read. Within a reading no other one begins.
    pub fn at_one_moment<T>(
        &self,
        read: impl FnOnce(&Store) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let doing = "reading";
        let snapshot = self.conn.unchecked_transaction().doing(doing)?;
        let answer = read(self)?;
        snapshot.commit().doing(doing)?;
        Ok(answer)
    }

    /// Whether changes are possible.
    pub fn access(&self) -> Access {
        self.access
    }
}

#[cfg(test)]
mod tests;
