//! The one descriptor through which a file is looked at beside SQLite, held as long as any connection to it. Changes nothing.
//!
//! The system drops *all* locks that a process has on a file when the process closes *any* descriptor of it, those of SQLite's
//! connections too. Another program then takes itself for the last one, and on leaving deletes the log into which this one still
//! writes: changes that were acknowledged would be gone.

use std::fs::{self, File, Metadata};
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Device and inode: which file it is, whatever the path.
type Which = (u64, u64);

struct Held {
    which: Which,
    holders: usize,
    /// One, save where the path came to mean another file while it was opened.
    files: Vec<File>,
}

/// Locks belong to the process, so the list does.
static HELD: Mutex<Vec<Held>> = Mutex::new(Vec::new());

/// A share in a file's descriptor; the last one closes it.
#[derive(Debug)]
pub(crate) struct Hold(Which);

impl Hold {
    /// Opens the file, or shares the descriptor that is open already.
    pub(crate) fn on(path: &Path) -> io::Result<Hold> {
        let mut all = held();
        let at = which(&fs::metadata(path)?);
        if let Some(known) = all.iter_mut().find(|held| held.which == at) {
            known.holders += 1;
            return Ok(Hold(at));
        }
        let file = File::open(path)?;
        let opened = which(&file.metadata()?);
        match all.iter_mut().find(|held| held.which == opened) {
            Some(known) => {
                known.holders += 1;
                known.files.push(file);
            }
            None => all.push(Held {
                which: opened,
                holders: 1,
                files: vec![file],
            }),
        }
        Ok(Hold(opened))
    }

    /// The first bytes of the file; `None` where it is shorter.
    pub(crate) fn header(&self) -> Option<[u8; 100]> {
        let mut header = [0; 100];
        let all = held();
        let file = all
            .iter()
            .find(|held| held.which == self.0)?
            .files
            .first()?;
        file.read_exact_at(&mut header, 0).ok()?;
        Some(header)
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let mut all = held();
        if let Some(at) = all.iter().position(|held| held.which == self.0) {
            all[at].holders -= 1;
            if all[at].holders == 0 {
                // Closed before anybody else may look: the list is locked until here.
                all.swap_remove(at);
            }
        }
    }
}

fn held() -> MutexGuard<'static, Vec<Held>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

fn which(meta: &Metadata) -> Which {
    (meta.dev(), meta.ino())
}
