//! Real exports, read from `../shared/data` (or `$SMARKETING_TEST_DATA`) where they are there. None of them lies in the project.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot do")]

use std::path::{Path, PathBuf};

mod board;
mod records;

/// The folder of a data set; says so and gives nothing where it is not there.
fn data(set: &str) -> Option<PathBuf> {
    let root = std::env::var_os("SMARKETING_TEST_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let folder = root.join(set);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: {} is not there", folder.display());
    None
}
