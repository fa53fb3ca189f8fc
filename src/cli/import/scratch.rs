//! A copy of the workspace that a rehearsal of several files may fill, so that a later file finds what an earlier one brings. Never
//! outlives the rehearsal.

use std::fs;
use std::path::PathBuf;

use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::store::{Overwrite, Store};

/// The copy; removed when dropped.
pub(super) struct Scratch {
    session: Session,
    file: PathBuf,
}

impl Scratch {
    /// Copies the workspace into the folder for temporary files.
    pub(super) fn of(session: &Session) -> Result<Scratch, Failure> {
        let file =
            std::env::temp_dir().join(format!("smarketing-rehearsal-{}.db", std::process::id()));
        let mut global = session.global.clone();
        global.db = Some(file.clone());
        let scratch = Scratch {
            session: Session {
                global,
                author: session.author.clone(),
            },
            file,
        };
        session.read()?.backup(&scratch.file, Overwrite::No)?;
        Ok(scratch)
    }

    /// Opens the copy to fill it.
    pub(super) fn open(&self) -> Result<Store, Failure> {
        self.session.write()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            let mut name = self.file.clone().into_os_string();
            name.push(end);
            // What is not there needs no removal, and nothing rests on the rest.
            let _ = fs::remove_file(name);
        }
    }
}
