//! A text into a file: written beside it, then renamed, for its owner only. Follows no link, replaces nothing unasked.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use crate::cli::failure::Failure;

/// Whether the file may be written; the reason where not.
pub(in crate::cli) fn may(file: &Path, force: bool, workspace: &Path) -> Result<(), Failure> {
    let refuse = |why: &str| {
        let shown = file.display();
        Err(Failure::new(format!("{shown}: {why}; nothing was written")))
    };
    let there = match fs::symlink_metadata(file) {
        Ok(there) => there,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return refuse(&error.to_string()),
    };
    if there.is_symlink() {
        return refuse("this is a link, and links are not followed; name the file itself");
    }
    if !there.is_file() {
        return refuse("this is no ordinary file; name one, or leave --out away and redirect");
    }
    let same = |own: fs::Metadata| (own.dev(), own.ino()) == (there.dev(), there.ino());
    if fs::metadata(workspace).is_ok_and(same) {
        return refuse("this is the workspace itself; a report needs another name");
    }
    if !force {
        return refuse("this file is there already; give another name, or --force to replace it");
    }
    Ok(())
}

/// Writes the text to the file, whole or not at all.
pub(in crate::cli) fn write(
    file: &Path,
    force: bool,
    workspace: &Path,
    text: &str,
) -> Result<(), Failure> {
    may(file, force, workspace)?;
    put(file, force, text).map_err(|error| {
        let shown = file.display();
        Failure::new(format!("{shown}: {error}; nothing was written"))
    })
}

fn put(file: &Path, force: bool, text: &str) -> io::Result<()> {
    let folder = file.parent().filter(|f| !f.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    // Made new under a name that nobody knows, with mode 0600.
    let mut beside = tempfile::Builder::new()
        .prefix(".smarketing-")
        .tempfile_in(folder)?;
    beside.write_all(text.as_bytes())?;
    beside.as_file().sync_all()?;
    // Renaming replaces a link that came meanwhile and does not follow it.
    let done = if force {
        beside.persist(file)
    } else {
        beside.persist_noclobber(file)
    };
    done.map_err(|error| error.error)?;
    File::open(folder).and_then(|folder| folder.sync_all())
}
