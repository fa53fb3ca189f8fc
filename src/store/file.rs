//! What the file is before SQLite touches it: kind, header, owner's eyes only, file system. Reads, never writes content.

use std::fs::{self, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::error::StoreError;
use super::hold::Hold;

/// "SMKT": marks a file as ours in SQLite's header.
pub(crate) const APPLICATION_ID: i32 = 0x534D_4B54;

/// What lies at a path; a file is held so that looking at it costs no connection its locks.
#[derive(Debug)]
pub(crate) enum Found {
    /// No file.
    Nothing,
    /// A file of 0 bytes.
    Empty(Hold),
    /// A workspace file, by its header.
    Workspace(Hold),
}

/// Looks at the file without SQLite; an error for everything that is no workspace file.
pub(crate) fn look(path: &Path) -> Result<Found, StoreError> {
    let meta = match fs::metadata(path) {
        Ok(meta) => meta,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            // Not merely there: another process may have made the file a moment ago.
            if fs::symlink_metadata(path).is_ok_and(|meta| meta.is_symlink()) {
                return Err(StoreError::unusable(
                    path,
                    "this link points to a file that is not there; mend or remove the link",
                ));
            }
            return Ok(Found::Nothing);
        }
        Err(error) => return Err(denied(path, error)),
    };
    if meta.is_dir() {
        return Err(StoreError::unusable(
            path,
            "this is a folder; give the name of a file in it",
        ));
    }
    if !meta.is_file() {
        return Err(StoreError::unusable(
            path,
            "this is no ordinary file; give the name of a workspace file",
        ));
    }
    refuse_network(path)?;
    let hold = Hold::on(path).map_err(|error| denied(path, error))?;
    if meta.len() == 0 {
        return Ok(Found::Empty(hold));
    }
    let header = hold.header();
    let Some(header) = header.filter(|bytes| bytes.starts_with(b"SQLite format 3\0")) else {
        return Err(StoreError::unusable(
            path,
            "this is no smarketing workspace (not even a database); an export is read with `smarketing import`",
        ));
    };
    check_header(path, &header, meta.len())?;
    Ok(Found::Workspace(hold))
}

fn check_header(path: &Path, header: &[u8; 100], bytes: u64) -> Result<(), StoreError> {
    let word = |at: usize| {
        u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
    };
    if word(68) != APPLICATION_ID as u32 {
        return Err(StoreError::unusable(
            path,
            "this is another program's database, no smarketing workspace",
        ));
    }
    newer(path, i64::from(word(60)))?;
    let page = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    // While a checkpoint runs the file may be shorter than its first page says; the write-ahead log then has the rest.
    let pages = u64::from(word(28));
    let counted = word(24) == word(92);
    if counted && pages * page > bytes && log_is_empty(path) {
        return Err(StoreError::unusable(
            path,
            format!(
                "the file is cut off ({bytes} of {} bytes are there); bring back a backup",
                pages * page
            ),
        ));
    }
    Ok(())
}

/// Refuses a file that a later version has written.
pub(crate) fn newer(path: &Path, version: i64) -> Result<(), StoreError> {
    let known = super::migrate::newest();
    if version > known {
        return Err(StoreError::unusable(
            path,
            format!(
                "a newer smarketing has written it (format {version}, this one knows {known}); update smarketing"
            ),
        ));
    }
    Ok(())
}

/// Bytes of the file and its log.
pub(crate) fn size(path: &Path) -> u64 {
    let bytes = |path: &Path| fs::metadata(path).map_or(0, |meta| meta.len());
    bytes(path) + bytes(&beside(path, "-wal"))
}

fn log_is_empty(path: &Path) -> bool {
    fs::metadata(beside(path, "-wal")).map_or(true, |meta| meta.len() == 0)
}

/// The file's name with an ending of its own behind it.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Makes the file for the owner's eyes only, whatever the umask; an existing one stays as it is. Whether it was made.
pub(crate) fn touch(path: &Path) -> Result<bool, StoreError> {
    refuse_network(path)?;
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    match made {
        Ok(file) => file
            .set_permissions(fs::Permissions::from_mode(0o600))
            .map(|()| true)
            .map_err(|error| StoreError::io(path, error)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(denied(path, error)),
    }
}

/// An error of the system in the user's words.
pub(crate) fn denied(path: &Path, error: std::io::Error) -> StoreError {
    let why = match error.kind() {
        ErrorKind::PermissionDenied => {
            "no permission; ask its owner, or give another file with --db"
        }
        ErrorKind::NotFound => "its folder is not there; make the folder first",
        ErrorKind::ReadOnlyFilesystem => "its folder can only be read; give another with --db",
        ErrorKind::NotADirectory => "a part of this path is a file, not a folder",
        _ => return StoreError::io(path, error),
    };
    StoreError::unusable(path, why)
}

/// Write-ahead logging needs shared memory, which network file systems do not give: changes would be lost.
#[cfg(target_os = "linux")]
fn refuse_network(path: &Path) -> Result<(), StoreError> {
    const NETWORK: &[(u32, &str)] = &[
        (0x6969, "NFS"),
        (0x517B, "SMB"),
        (0xFF53_4D42, "CIFS"),
        (0xFE53_4D42, "SMB2"),
        (0x0102_1997, "9p"),
        (0x5346_414F, "AFS"),
        (0x00C3_6400, "Ceph"),
        (0x7375_7245, "Coda"),
        (0x564C, "NCP"),
    ];
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    let place = if path.exists() {
        path
    } else {
        folder.unwrap_or(Path::new("."))
    };
    let Ok(stat) = rustix::fs::statfs(place) else {
        return Ok(());
    };
    match NETWORK
        .iter()
        .find(|(magic, _)| *magic == stat.f_type as u32)
    {
        Some((_, name)) => Err(StoreError::unusable(
            path,
            format!(
                "it lies on a network file system ({name}), where several programs on one file lose changes; \
                 keep it on this machine's own disk and share the machine (ssh), or copy it there"
            ),
        )),
        None => Ok(()),
    }
}

#[cfg(not(target_os = "linux"))]
fn refuse_network(_path: &Path) -> Result<(), StoreError> {
    Ok(())
}
