//! A text into a file: written beside it, then renamed, for its owner only. Follows no link, replaces nothing unasked.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

pub use crate::app::Over;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Unsaved {
    /// The file is there, and nobody said that it may be replaced.
    #[error("this file is there already")]
    There,
    /// Anything else.
    #[error("{0}")]
    Otherwise(String),
}

/// Whether the file may be written; the reason where not.
pub fn may(file: &Path, over: Over, workspace: &Path) -> Result<(), Unsaved> {
    let refuse = |why: &str| Err(Unsaved::Otherwise(why.to_owned()));
    let there = match fs::symlink_metadata(file) {
        Ok(there) => there,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return refuse(&error.to_string()),
    };
    if there.is_symlink() {
        return refuse("this is a link, and links are not followed; name the file itself");
    }
    if !there.is_file() {
        return refuse("this is no ordinary file; name one");
    }
    let same = |own: fs::Metadata| (own.dev(), own.ino()) == (there.dev(), there.ino());
    if fs::metadata(workspace).is_ok_and(same) {
        return refuse("this is the workspace itself; the text needs another name");
    }
    match over {
        Over::Ask => Err(Unsaved::There),
        Over::Replace => Ok(()),
    }
}

/// Writes the text to the file, whole or not at all.
pub fn write(file: &Path, over: Over, workspace: &Path, text: &str) -> Result<(), Unsaved> {
    may(file, over, workspace)?;
    put(file, over, text).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Unsaved::There,
        _ => Unsaved::Otherwise(error.to_string()),
    })
}

fn put(file: &Path, over: Over, text: &str) -> io::Result<()> {
    let folder = file.parent().filter(|f| !f.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    // Made new under a name that nobody knows, with mode 0600.
    let mut beside = tempfile::Builder::new()
        .prefix(".smarketing-")
        .tempfile_in(folder)?;
    beside.write_all(text.as_bytes())?;
    beside.as_file().sync_all()?;
    // Renaming replaces a link that came meanwhile and does not follow it.
    let done = match over {
        Over::Replace => beside.persist(file),
        Over::Ask => beside.persist_noclobber(file),
    };
    done.map_err(|error| error.error)?;
    File::open(folder).and_then(|folder| folder.sync_all())
}
