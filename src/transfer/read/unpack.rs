//! How much a packed workbook unpacks to, measured before anything holds it; keeps none of it.

use super::fault::ReadError;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// The most bytes a workbook may unpack to.
const UNPACKED_LIMIT: u64 = 400 << 20;
/// The most bytes of shared text a workbook may hold; they are all kept while reading.
const SHARED_LIMIT: u64 = 120 << 20;
/// The most parts a workbook may have.
const MOST_PARTS: usize = 10_000;

/// Refuses an archive that would not fit, whatever sizes it claims.
pub(super) fn check(path: &Path) -> Result<(), ReadError> {
    within(path, UNPACKED_LIMIT)
}

/// [`check`] with a limit.
pub(super) fn within(path: &Path, limit: u64) -> Result<(), ReadError> {
    let damaged = |what: String| ReadError::Damaged {
        path: path.to_path_buf(),
        what,
    };
    let too_large = |what: &str| ReadError::TooLarge {
        path: path.to_path_buf(),
        what: what.to_owned(),
    };
    let file = File::open(path).map_err(|source| ReadError::Io {
        path: path.to_path_buf(),
        source,
    })?;
    let mut archive =
        zip::ZipArchive::new(BufReader::new(file)).map_err(|e| damaged(e.to_string()))?;
    if archive.len() > MOST_PARTS {
        return Err(too_large("the workbook has more than 10,000 parts"));
    }
    let mut left = limit;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|e| damaged(e.to_string()))?;
        let shared = part
            .name()
            .is_ok_and(|name| name.ends_with("sharedStrings.xml"));
        let limit = if shared { left.min(SHARED_LIMIT) } else { left };
        let got = std::io::copy(&mut part.take(limit + 1), &mut std::io::sink())
            .map_err(|e| damaged(e.to_string()))?;
        if got > limit {
            return Err(too_large("the workbook unpacks to more than 400 MB"));
        }
        left -= got;
    }
    Ok(())
}
