//! Other programs on the file: the locks that keep them from deleting the log under us outlive every look at the file.

use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::*;
use crate::store::Access;

/// Whether the system's list has a lock of this process on the file itself (its log's index has another inode).
fn is_locked(path: &Path) -> bool {
    let locks = fs::read_to_string("/proc/locks").unwrap();
    let pid = std::process::id().to_string();
    let inode = format!(":{}", fs::metadata(path).unwrap().ino());
    locks.lines().any(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.contains(&pid.as_str()) && words.iter().any(|word| word.ends_with(&inode))
    })
}

#[test]
#[cfg(target_os = "linux")]
fn whoever_opens_the_file_again_leaves_the_others_their_locks() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("room.db");
    let room = set_up(Store::create(&path).unwrap());
    assert!(is_locked(&path));
    for access in [Access::ReadOnly, Access::ReadWrite] {
        drop(Store::open(&path, access).unwrap());
        assert!(is_locked(&path), "{access:?}");
    }
    let again = Store::create(&path).unwrap();
    drop(room);
    assert!(is_locked(&path));
    // What the room must never do: the locks are gone, and an older SQLite deletes the log when it leaves.
    drop(File::open(&path).unwrap());
    assert!(!is_locked(&path));
    drop(again);
}
