//! Odd files are refused with the reason and stay as they are; many processes open and write at once and lose nothing.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::thread;

use rusqlite::Connection;

use super::*;
use crate::store::backup::Overwrite;
use crate::store::{Access, StoreError};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn made(folder: &Path) -> PathBuf {
    let path = folder.join("room.db");
    set_up(Store::create(&path).unwrap()).close();
    path
}

fn refusal(path: &Path) -> String {
    let before = fs::read(path).ok();
    let error = Store::open(path, Access::ReadWrite).unwrap_err();
    assert_eq!(before, fs::read(path).ok(), "the file was changed");
    error.to_string()
}

#[test]
fn odd_files_are_refused_and_left_as_they_were() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    assert!(refusal(&at("none")).contains("smarketing init"));
    assert!(refusal(folder.path()).contains("folder"));
    symlink(at("gone"), at("link")).unwrap();
    assert!(refusal(&at("link")).contains("link"));
    fs::write(at("empty"), "").unwrap();
    assert!(refusal(&at("empty")).contains("empty"));
    fs::write(at("text"), "id,name\n1,Ada\n".repeat(20)).unwrap();
    assert!(refusal(&at("text")).contains("smarketing import"));
    let foreign = Connection::open(at("foreign")).unwrap();
    foreign.execute_batch("CREATE TABLE t (x)").unwrap();
    drop(foreign);
    assert!(refusal(&at("foreign")).contains("another program"));
    assert!(Store::create(&at("foreign")).is_err());
    let path = made(folder.path());
    let whole = fs::read(&path).unwrap();
    fs::write(at("short"), &whole[..whole.len() - 4096]).unwrap();
    assert!(refusal(&at("short")).contains("cut off"));
    let mut newer = whole.clone();
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(at("newer"), newer).unwrap();
    assert!(refusal(&at("newer")).contains("newer smarketing"));
}

#[test]
fn a_name_is_a_name_and_never_a_uri() {
    let folder = folder();
    let path = folder.path().join("file:x?mode=memory");
    set_up(Store::create(&path).unwrap()).close();
    assert!(path.exists());
}

#[test]
fn the_file_and_its_companions_are_for_the_owner_only() {
    let folder = folder();
    let path = folder.path().join("room.db");
    let store = set_up(Store::create(&path).unwrap());
    for ending in ["", "-wal", "-shm"] {
        let file = crate::store::file::beside(&path, ending);
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.display());
    }
    drop(store);
}

#[test]
fn reading_only_changes_nothing() {
    let folder = folder();
    let path = made(folder.path());
    let mut store = Store::open(&path, Access::ReadOnly).unwrap();
    assert_eq!(store.book().unwrap().workspace.name, "Acme");
    let refused = store.apply(&person("ada", Side::Sales), &nobody());
    assert!(matches!(refused, Err(StoreError::ReadOnly(_))));
}

#[test]
fn a_folder_that_can_only_be_read_is_named_with_the_way_out() {
    let folder = folder();
    let path = made(folder.path());
    for companion in ["room.db-wal", "room.db-shm"] {
        let _ = fs::remove_file(folder.path().join(companion));
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let may_write_anyway = fs::write(folder.path().join("x"), "").is_ok();
    let opened = Store::open(&path, Access::ReadOnly);
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    if may_write_anyway {
        return;
    }
    let refused = opened.unwrap_err().to_string();
    assert!(
        refused.contains("copy it to a folder of your own"),
        "{refused}"
    );
}

#[test]
fn a_replaced_file_is_noticed() {
    let folder = folder();
    let path = made(folder.path());
    let mut store = Store::open(&path, Access::ReadWrite).unwrap();
    store.data_version().unwrap();
    fs::rename(&path, folder.path().join("old.db")).unwrap();
    assert!(matches!(store.data_version(), Err(StoreError::Moved(_))));
    let lost = store.apply(&person("ada", Side::Sales), &nobody());
    assert!(matches!(lost, Err(StoreError::Moved(_))));
}

#[test]
fn another_connections_change_is_seen() {
    let folder = folder();
    let path = made(folder.path());
    let mut ours = Store::open(&path, Access::ReadWrite).unwrap();
    let theirs = Store::open(&path, Access::ReadOnly).unwrap();
    let mut facts = theirs.load_facts(&mut |_| ()).unwrap();
    let version = theirs.data_version().unwrap();
    ours.apply(&person("ada", Side::Sales), &nobody()).unwrap();
    assert_ne!(version, theirs.data_version().unwrap());
    theirs.refresh(&mut facts).unwrap();
    assert_eq!(facts.names.people.find("ADA"), Some(0));
}

#[test]
fn twenty_open_a_new_file_at_once() {
    let folder = folder();
    let path = folder.path().join("room.db");
    thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| Store::create(&path).unwrap());
        }
    });
    set_up(Store::open(&path, Access::ReadWrite).unwrap());
}

#[test]
fn sixteen_writers_lose_nothing() {
    let folder = folder();
    let path = made(folder.path());
    thread::scope(|scope| {
        for writer in 0..16 {
            let path = &path;
            scope.spawn(move || {
                let mut store = Store::open(path, Access::ReadWrite).unwrap();
                for n in 0..25 {
                    let handle = format!("p{writer}-{n}");
                    store
                        .apply(&person(&handle, Side::Sales), &nobody())
                        .unwrap();
                }
            });
        }
    });
    let store = Store::open(&path, Access::ReadOnly).unwrap();
    assert_eq!(count(&store, "SELECT count(*) FROM person"), 400);
    assert_eq!(count(&store, "SELECT count(*) FROM journal"), 401);
}

#[test]
fn a_backup_opens_and_never_replaces_unasked() {
    let folder = folder();
    let path = made(folder.path());
    let store = Store::open(&path, Access::ReadWrite).unwrap();
    let copy = folder.path().join("copy.db");
    store.backup(&copy, Overwrite::No).unwrap();
    let mode = fs::metadata(&copy).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let refused = store.backup(&copy, Overwrite::No).unwrap_err();
    assert!(refused.to_string().contains("--force"), "{refused}");
    store.backup(&copy, Overwrite::Yes).unwrap();
    assert!(store.backup(&path, Overwrite::Yes).is_err());
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(names.len(), 4, "{names:?}");
    let opened = Store::open(&copy, Access::ReadWrite).unwrap();
    assert_eq!(dump(&store), dump(&opened));
}

#[test]
fn what_a_replaced_file_left_in_its_log_does_not_get_into_the_backup() {
    let folder = folder();
    let path = made(folder.path());
    let store = Store::open(&path, Access::ReadWrite).unwrap();
    let (other, killed) = (
        folder.path().join("other.db"),
        folder.path().join("killed.db"),
    );
    let log = folder.path().join("killed.db-wal");
    store.backup(&other, Overwrite::No).unwrap();
    {
        let writer = Connection::open(&other).unwrap();
        writer
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; UPDATE workspace SET name = 'Stale';",
            )
            .unwrap();
        fs::copy(&other, &killed).unwrap();
        fs::copy(folder.path().join("other.db-wal"), &log).unwrap();
    }
    store.backup(&killed, Overwrite::Yes).unwrap();
    let opened = Store::open(&killed, Access::ReadWrite).unwrap();
    assert_eq!(dump(&store), dump(&opened));
    opened.close();
    fs::remove_file(&killed).unwrap();
    fs::write(&log, "left").unwrap();
    let refused = store.backup(&killed, Overwrite::No).unwrap_err();
    assert!(refused.to_string().contains("killed.db-wal"), "{refused}");
    assert!(!killed.exists());
}

#[test]
fn a_backup_that_came_to_nothing_leaves_nothing() {
    let folder = folder();
    let half = folder.path().join("copy.db.1.tmp");
    for name in ["copy.db.1.tmp", "copy.db.1.tmp-journal"] {
        fs::write(folder.path().join(name), "half").unwrap();
    }
    crate::store::backup::discard(&half);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn an_older_file_is_copied_and_brought_up_to_date() {
    let folder = folder();
    let path = made(folder.path());
    let mut conn = Connection::open(&path).unwrap();
    let mut steps = crate::store::migrate::MIGRATIONS.to_vec();
    steps.push((
        "next",
        "ALTER TABLE person ADD COLUMN phone TEXT; UPDATE workspace SET name = name || '!';",
    ));
    crate::store::migrate::migrate(&mut conn, Some(&path), &steps).unwrap();
    let name: String = conn
        .query_row("SELECT name FROM workspace", [], |row| row.get(0))
        .unwrap();
    assert_eq!(name, "Acme!");
    let newest = crate::store::migrate::newest();
    let copy = crate::store::file::beside(&path, &format!(".format{newest}.bak"));
    let old = Store::open(&copy, Access::ReadWrite).unwrap();
    assert_eq!(old.book().unwrap().workspace.name, "Acme");
    assert!(refusal(&path).contains("newer smarketing"));
}

#[test]
fn the_desk_comes_to_a_file_that_had_deals_before_it() {
    let mut conn = Connection::open_in_memory().unwrap();
    let steps = crate::store::migrate::MIGRATIONS;
    crate::store::migrate::migrate(&mut conn, None, &steps[..1]).unwrap();
    conn.execute_batch(
        "INSERT INTO lead (id, created_at, name) VALUES (1, 5, 'Ada');
         INSERT INTO handoff (id, lead_id, handed_off_at) VALUES (1, 1, 6);
         INSERT INTO opportunity (id, name, created_at) VALUES (3, 'Acme', 7);
         INSERT INTO opportunity_event (id, opportunity_id, at, kind, before, after) VALUES (9, 3, 8, 'amount', '1', '2');",
    )
    .unwrap();
    crate::store::migrate::migrate(&mut conn, None, steps).unwrap();
    let row: (i64, i64, String, Option<String>) = conn
        .query_row(
            "SELECT e.opportunity_id, e.at, e.after, h.despite FROM opportunity_event e, handoff h WHERE e.id = 9",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .unwrap();
    assert_eq!(row, (3, 8, "2".into(), None));
    let plan: String = conn
        .query_row(
            "EXPLAIN QUERY PLAN SELECT * FROM opportunity_event WHERE opportunity_id = 3",
            [],
            |row| row.get(3),
        )
        .unwrap();
    assert!(plan.contains("opportunity_event_of"), "{plan}");
}

#[test]
fn a_step_that_fails_leaves_the_file_as_it_was() {
    let mut store = store();
    let before = dump(&store);
    let mut steps = crate::store::migrate::MIGRATIONS.to_vec();
    steps.push(("bad", "UPDATE workspace SET name = 'x'; SELECT nonsense();"));
    assert!(crate::store::migrate::migrate(&mut store.conn, None, &steps).is_err());
    assert_eq!(before, dump(&store));
}

#[cfg(target_os = "linux")]
#[test]
fn a_change_made_elsewhere_is_told_and_so_is_the_end_of_the_log() {
    let folder = folder();
    let path = made(folder.path());
    let mut store = Store::open(&path, Access::ReadWrite).unwrap();
    let watch = crate::store::watch::Watch::begin(&path).unwrap();
    let (to, told) = std::sync::mpsc::channel();
    let watching = thread::spawn(move || {
        while watch.wait() {
            to.send(()).unwrap();
        }
    });
    assert!(told.try_recv().is_err());
    let change = Command::Set {
        key: "small_n".into(),
        value: 7,
    };
    store.apply(&change, &nobody()).unwrap();
    told.recv().unwrap();
    fs::remove_file(folder.path().join("room.db-wal")).unwrap();
    store.close();
    watching.join().unwrap();
}
