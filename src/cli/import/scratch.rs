//! A copy of the workspace that a rehearsal of several files may fill, so that a later file finds what an earlier one brings. Never
//! outlives the rehearsal.

use tempfile::TempDir;

use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::store::{Overwrite, Store};

/// The copy; removed when dropped.
pub(super) struct Scratch {
    session: Session,
    _folder: TempDir,
}

impl Scratch {
    /// Copies the workspace into a folder of its own that nobody else can look into.
    pub(super) fn of(session: &Session) -> Result<Scratch, Failure> {
        let folder = tempfile::Builder::new()
            .prefix("smarketing-rehearsal-")
            .tempdir()
            .map_err(|error| {
                Failure::new(format!("no folder for the rehearsal can be made: {error}"))
            })?;
        let file = folder.path().join("rehearsal.db");
        session.read()?.backup(&file, Overwrite::No)?;
        let mut global = session.global.clone();
        global.db = Some(file);
        Ok(Scratch {
            session: Session {
                global,
                author: session.author.clone(),
            },
            _folder: folder,
        })
    }

    /// Opens the copy to fill it.
    pub(super) fn open(&self) -> Result<Store, Failure> {
        self.session.write()
    }
}
