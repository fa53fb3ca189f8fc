//! Other programs on the file: what they do on leaving takes nothing from those who stay.

use std::process::Command as Process;

use rusqlite::Connection;

use super::*;
use crate::store::Access;

/// Names the file for the process that plays the stranger.
const FILE: &str = "SMARKETING_TEST_STRANGER";

#[test]
fn a_stranger_that_leaves_takes_no_log_with_it() {
    if let Some(file) = std::env::var_os(FILE) {
        let conn = Connection::open(file).unwrap();
        let rows = conn.query_row("SELECT count(*) FROM person", [], |row| {
            row.get::<_, i64>(0)
        });
        println!("stranger saw {}", rows.unwrap());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("room.db");
    let mut room = set_up(Store::create(&path).unwrap());
    // Threads of the room open the file and leave it again.
    for access in [Access::ReadOnly, Access::ReadWrite] {
        drop(Store::open(&path, access).unwrap());
    }
    let saw = || {
        let this = "store::tests::strangers::a_stranger_that_leaves_takes_no_log_with_it";
        let mut stranger = Process::new(std::env::current_exe().unwrap());
        stranger
            .args(["--exact", this, "--nocapture"])
            .env(FILE, &path);
        String::from_utf8(stranger.output().unwrap().stdout).unwrap()
    };
    let before = saw();
    let people = |room: &Store| -> i64 {
        let count = "SELECT count(*) FROM person";
        room.conn.query_row(count, [], |row| row.get(0)).unwrap()
    };
    assert!(
        before.contains(&format!("stranger saw {}", people(&room))),
        "{before}"
    );
    room.apply(&person("ada", Side::Sales), &nobody()).unwrap();
    let after = saw();
    assert_ne!(
        before, after,
        "what was acknowledged is in no file that others read"
    );
    assert!(
        after.contains(&format!("stranger saw {}", people(&room))),
        "{after}"
    );
}
