//! Snapshots stay as they were: after edits, imports and undo, byte by byte; the doctor sees where one does not.

use super::*;
use crate::domain::ids::SnapshotId;
use crate::domain::meeting::snapshot::Part;
use crate::store::Overwrite;

/// Bytes and hash of every snapshot, as the file has them.
fn bytes(store: &Store) -> Vec<(i64, Vec<u8>, String)> {
    let sql = "SELECT id, CAST(text AS BLOB), sha256 FROM snapshot ORDER BY id";
    let mut stmt = store.conn.prepare(sql).unwrap();
    let rows = stmt.query_map([], |row| row.try_into()).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn the_hash_is_that_of_the_text() {
    let mut store = room();
    does(&mut store, &at("mia", 0), start(&["sam"]));
    does(&mut store, &at("mia", 1), close());
    let [first, last] = bytes(&store).try_into().unwrap();
    // printf 'smarketing snapshot 1\nfigure win_rate 0.25\n' | sha256sum
    assert_eq!(
        first.2,
        "4024f6eb5000348822a6f3ab7d24e4ce354f048722876f41b218a27496713331"
    );
    assert_eq!(last.1, frozen("0.5").text.into_bytes());
    assert_ne!(first.2, last.2);
    let meetings = store.meetings().unwrap();
    let end = meetings.all[0].snapshot(Part::End).unwrap();
    assert_eq!((end.id, end.period.as_str()), (SnapshotId(2), "2025-Q2"));
    assert_eq!(store.snapshot_text(end.id).unwrap(), frozen("0.5").text);
}

#[test]
fn a_snapshot_stays_whatever_is_done_later() {
    let mut store = desk::desk();
    store
        .apply(&person("max", Side::Marketing), &nobody())
        .unwrap();
    does(&mut store, &at("mia", 0), start(&["sam"]));
    does(&mut store, &at("mia", 1), close());
    let before = bytes(&store);
    desk::done(&mut store, &desk::accept(1));
    let rejections = [
        desk::reject(2, "competitor", None),
        desk::reject(3, "competitor", None),
    ];
    store.apply_each(&rejections, &at("sam", 2)).unwrap();
    let imported = records::import(&mut store, &records::everything());
    assert_eq!(imported.of(crate::store::Kind::Lead).added, 4);
    assert_eq!(bytes(&store), before);
    let entries = store.journal(None, 999).unwrap();
    for entry in entries {
        // Whatever can be undone is undone.
        let _ = store.undo(entry.id, &at("mia", 2));
    }
    let batches: Vec<_> = store.batches().unwrap();
    for batch in batches {
        let _ = store.apply(&Command::UndoBatch(batch.id), &nobody());
    }
    does(&mut store, &at("mia", 3), start(&[]));
    does(&mut store, &at("mia", 4), close());
    assert_eq!(bytes(&store)[..2], before);
    assert!(
        store
            .doctor()
            .unwrap()
            .findings
            .iter()
            .all(|f| !f.what.contains("snapshot"))
    );
}

#[test]
fn no_statement_reaches_a_snapshot_on_any_connection() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("made.db");
    let made = furnished(set_up(Store::create(&file).unwrap()));
    let opened = Store::open(&file, crate::store::Access::ReadWrite).unwrap();
    for mut store in [room(), made, opened] {
        if store.meetings().unwrap().all.is_empty() {
            does(&mut store, &at("mia", 0), start(&["sam"]));
        }
        let before = bytes(&store);
        assert_eq!(before.len(), 1);
        for sql in [
            "UPDATE snapshot SET text = text || ' '",
            "UPDATE OR REPLACE snapshot SET sha256 = '' WHERE id = 1",
            "DELETE FROM snapshot WHERE id = 1",
            "WITH it AS (SELECT 1) DELETE FROM snapshot",
            "INSERT INTO snapshot SELECT * FROM snapshot WHERE true ON CONFLICT (id) DO UPDATE SET text = 'other'",
            "DROP TABLE snapshot",
        ] {
            let done = store.conn.execute(sql, []);
            let code = done.unwrap_err().sqlite_error_code();
            assert_eq!(
                code,
                Some(rusqlite::ErrorCode::AuthorizationForStatementDenied),
                "{sql}"
            );
        }
        assert_eq!(bytes(&store), before);
    }
}

#[test]
fn the_doctor_sees_a_figure_that_somebody_changed() {
    for sql in [
        "UPDATE snapshot SET text = text || ' ' WHERE id = 1",
        "UPDATE snapshot SET sha256 = replace(sha256, substr(sha256, 1, 1), 'x') WHERE id = 1",
    ] {
        let mut store = room();
        does(&mut store, &at("mia", 0), start(&["sam"]));
        assert!(
            store
                .doctor()
                .unwrap()
                .findings
                .iter()
                .all(|f| !f.what.contains("frozen"))
        );
        // Another program, with another connection.
        let anything =
            None::<fn(rusqlite::hooks::AuthContext<'_>) -> rusqlite::hooks::Authorization>;
        store.conn.authorizer(anything).unwrap();
        store.conn.execute(sql, []).unwrap();
        let found = store.doctor().unwrap().findings;
        assert!(
            found.iter().any(|f| f.what.starts_with("snapshot 1 ")),
            "{sql}: {found:?}"
        );
    }
}

#[test]
fn only_the_newest_meetings_carry_their_texts_and_a_backup_carries_all() {
    let folder = tempfile::tempdir().unwrap();
    let made = Store::create(&folder.path().join("made.db")).unwrap();
    let mut store = furnished(set_up(made));
    for round in 0..3 {
        does(&mut store, &at("mia", round), start(&["sam"]));
        does(&mut store, &at("mia", round), close());
    }
    let meetings = store.meetings().unwrap();
    let with: Vec<usize> = meetings
        .all
        .iter()
        .map(|m| m.snapshots.iter().filter(|s| s.text.is_some()).count())
        .collect();
    assert_eq!(with, [0, 2, 2]);
    let file = folder.path().join("copy.db");
    store.backup(&file, Overwrite::No).unwrap();
    let copy = Store::open(&file, crate::store::Access::ReadOnly).unwrap();
    assert_eq!(bytes(&copy), bytes(&store));
}

#[test]
fn text_that_is_no_snapshot_opens_no_meeting() {
    let mut store = room();
    let mut change = start(&[]);
    if let Change::Start { snapshot, .. } = &mut change {
        snapshot.text = "figures".into();
    }
    assert!(refused(&mut store, &at("mia", 0), change).contains("first line"));
}
