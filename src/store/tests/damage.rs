//! Damaged files: told before they are used, left as they are, mended where that is safe; waiting for others is told and ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rusqlite::Connection;

use super::records::*;
use super::*;
use crate::store::{Access, Check, Opening, StoreError, Waits};

const PAGE: usize = 8_192;
/// First byte of a page that holds entries of an index.
const INDEX_LEAF: u8 = 0x0A;

fn made(folder: &Path) -> PathBuf {
    let path = folder.join("room.db");
    let mut store = set_up(Store::create(&path).unwrap());
    let all = (0..400).map(|n| lead(&format!("lead-{n:04}"), "Ada"));
    import(&mut store, &leads(all.collect()));
    store.close();
    path
}

/// Changes one byte of the file: `at` within the first page for which `which` holds.
fn flip(path: &Path, which: impl Fn(&[u8]) -> bool, at: impl Fn(&[u8]) -> usize) {
    let mut bytes = fs::read(path).unwrap();
    let page = bytes.chunks_mut(PAGE).find(|page| which(page)).unwrap();
    let at = at(page);
    page[at] ^= 0x01;
    fs::write(path, bytes).unwrap();
}

fn place(page: &[u8], text: &str) -> Option<usize> {
    page.windows(text.len())
        .position(|part| part == text.as_bytes())
}

fn of_index(page: &[u8]) -> bool {
    page[0] == INDEX_LEAF && place(page, "lead-0123").is_some()
}

fn for_doctor(access: Access) -> Opening {
    Opening {
        check: Check::None,
        ..Opening::to(access)
    }
}

#[test]
fn an_index_that_does_not_fit_its_rows_is_built_anew_after_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = made(folder.path());
    let before = dump(&Store::open(&path, Access::ReadOnly).unwrap());
    flip(&path, of_index, |page| {
        place(page, "lead-0123").unwrap() + 8
    });
    let damaged = fs::read(&path).unwrap();
    let ill = Store::open_with(&path, &for_doctor(Access::ReadOnly)).unwrap();
    let health = ill.doctor().unwrap();
    assert!(!health.is_well());
    let found = &health.findings[0];
    assert!(found.what.contains("index lead_external"), "{found:?}");
    assert!(found.cure.contains("doctor --repair"), "{found:?}");
    drop(ill);
    assert_eq!(fs::read(&path).unwrap(), damaged);

    let taken = crate::store::file::beside(&path, ".before-repair.bak");
    fs::write(&taken, "somebody's own").unwrap();
    let mut store = Store::open_with(&path, &for_doctor(Access::ReadWrite)).unwrap();
    let done = store.repair().unwrap();
    assert!(done.health.is_well(), "{:?}", done.health.findings);
    assert!(
        done.mended
            .iter()
            .any(|what| what.contains("lead_external")),
        "{:?}",
        done.mended
    );
    assert_eq!(fs::read(&taken).unwrap(), b"somebody's own");
    assert_ne!(done.copy, taken);
    assert_eq!(dump(&store), before);
    // The copy is the damaged file: whoever mends by hand has all of it.
    let copy = Store::open_with(&done.copy, &for_doctor(Access::ReadOnly)).unwrap();
    assert!(!copy.doctor().unwrap().is_well());
}

#[test]
fn a_broken_page_is_told_at_the_door_and_the_file_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = made(folder.path());
    flip(&path, of_index, |_| 0);
    let damaged = fs::read(&path).unwrap();
    for access in [Access::ReadOnly, Access::ReadWrite] {
        let refused = Store::open(&path, access).unwrap_err();
        assert!(matches!(refused, StoreError::Damaged(_)), "{refused}");
        let said = refused.to_string();
        assert!(
            said.contains("smarketing doctor") && said.contains("backup"),
            "{said}"
        );
    }
    assert_eq!(fs::read(&path).unwrap(), damaged);
    let mut store = Store::open_with(&path, &for_doctor(Access::ReadWrite)).unwrap();
    assert!(!store.doctor().unwrap().is_well());
    let done = store.repair().unwrap();
    let left = &done.health.findings;
    assert!(
        left.iter()
            .all(|finding| !finding.cure.contains("--repair")),
        "{left:?}"
    );
    assert!(
        left.iter()
            .any(|finding| finding.what.contains("lead_external")),
        "{left:?}"
    );
}

#[test]
fn a_flipped_bit_anywhere_gives_rows_or_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = made(folder.path());
    let whole = fs::read(&path).unwrap();
    let odd = folder.path().join("odd.db");
    let step = whole.len() / 150;
    for (n, at) in (100..whole.len()).step_by(step).enumerate() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (n % 8);
        fs::write(&odd, &bytes).unwrap();
        let opened = Store::open(&odd, Access::ReadOnly);
        let read = opened.and_then(|store| {
            store.book()?;
            store.load_facts(&mut |_| ())
        });
        if let Err(error) = read {
            let said = error.to_string();
            assert!(said.contains("backup"), "byte {at}: {said}");
        }
        assert!(fs::read(&odd).unwrap() == bytes, "byte {at}: changed");
    }
}

#[test]
fn who_waits_for_a_change_is_told_and_gives_up_without_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("room.db");
    set_up(Store::create(&path).unwrap()).close();
    let told = Arc::new(Mutex::new(Vec::new()));
    let to = Arc::clone(&told);
    let waits = Waits::telling(Duration::ZERO, move |text| {
        to.lock().unwrap().push(text.to_owned());
    });
    let how = Opening {
        waits: waits.no_longer_than(Duration::from_millis(30)),
        ..Opening::to(Access::ReadWrite)
    };
    let mut ours = Store::open_with(&path, &how).unwrap();
    let theirs = Connection::open(&path).unwrap();
    theirs.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = ours.apply(&person("ada", Side::Sales), &nobody());
    let refused = refused.unwrap_err();
    assert!(matches!(refused, StoreError::Busy(_)), "{refused}");
    assert!(refused.to_string().contains("nothing was changed"));
    assert_eq!(
        *told.lock().unwrap(),
        ["waiting for another process's change…"]
    );
    theirs.execute_batch("ROLLBACK").unwrap();
    ours.apply(&person("ada", Side::Sales), &nobody()).unwrap();
}

#[test]
fn reading_only_after_a_first_import_was_cut_short_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("room.db");
    set_up(Store::create(&path).unwrap()).close();
    let conn = Connection::open(&path).unwrap();
    let mode = |name| {
        let sql = format!("PRAGMA journal_mode = {name}");
        conn.query_row(&sql, [], |_| Ok(())).unwrap();
    };
    mode("DELETE");
    conn.execute_batch("PRAGMA cache_size = 1; BEGIN EXCLUSIVE")
        .unwrap();
    conn.execute_batch(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
         INSERT INTO lead (created_at, name) SELECT i, 'Ada' FROM n",
    )
    .unwrap();
    let cut = folder.path().join("cut.db");
    for ending in ["", "-journal"] {
        let from = crate::store::file::beside(&path, ending);
        fs::copy(from, crate::store::file::beside(&cut, ending)).unwrap();
    }
    conn.execute_batch("ROLLBACK").unwrap();
    let refused = Store::open(&cut, Access::ReadOnly).unwrap_err().to_string();
    assert!(
        refused.contains("cut short") && refused.contains("without --read-only"),
        "{refused}"
    );
    let store = Store::open(&cut, Access::ReadWrite).unwrap();
    assert_eq!(count(&store, "SELECT count(*) FROM lead"), 0);
    drop(store);
    Store::open(&cut, Access::ReadOnly).unwrap();
}
