//! How an import is made safe while it runs. Rows for an empty workspace go straight into the file, with a rollback journal that
//! holds its few old pages; the log would write every row twice. Never does so while another connection has the file open.

use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::super::error::{Doing, StoreError};

/// The connection's settings while an import runs; dropping it brings the usual ones back.
pub(super) struct Journalling<'s> {
    conn: &'s Connection,
    cache_size: i64,
    straight: bool,
}

/// Page cache of an import, KiB: rows are appended, so little is read again.
const CACHE: i64 = 16_384;
/// How often the way back to the log is tried while others look at the file.
const TRIES: u32 = 200;

impl<'s> Journalling<'s> {
    /// Sets the connection up for many rows.
    pub(super) fn begin(conn: &'s Connection) -> Result<Journalling<'s>, StoreError> {
        let doing = "starting the import";
        let ask = |sql| conn.query_row(sql, [], |row| row.get(0)).doing(doing);
        let cache_size = ask("PRAGMA cache_size")?;
        conn.pragma_update(None, "cache_size", -CACHE)
            .doing(doing)?;
        let empty = ask(
            "SELECT NOT EXISTS (SELECT 1 FROM lead) AND NOT EXISTS (SELECT 1 FROM opportunity)",
        )? == 1;
        Ok(Journalling {
            conn,
            cache_size,
            // Refused at once where others have the file open: then the log serves, as for every other change.
            straight: empty && mode(conn, "DELETE").as_deref() == Some("delete"),
        })
    }

    /// The import's transaction.
    pub(super) fn transaction(&self) -> Result<Transaction<'s>, StoreError> {
        // Without the log nobody can read beside a writer; who opens the file now waits.
        let behaviour = if self.straight {
            TransactionBehavior::Exclusive
        } else {
            TransactionBehavior::Immediate
        };
        Transaction::new_unchecked(self.conn, behaviour).doing("starting the import")
    }
}

impl Drop for Journalling<'_> {
    fn drop(&mut self) {
        let _ = self.conn.pragma_update(None, "cache_size", self.cache_size);
        if !self.straight {
            return;
        }
        // Whoever opens the file to write brings the log back too, so giving up is safe.
        for _ in 0..TRIES {
            if mode(self.conn, "WAL").as_deref() == Some("wal") {
                return;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

/// Asks for a journal mode; gives the one that is then in force.
fn mode(conn: &Connection, name: &str) -> Option<String> {
    conn.query_row(&format!("PRAGMA journal_mode = {name}"), [], |row| {
        row.get(0)
    })
    .ok()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::super::super::{Access, Store};
    use super::*;

    const LEADS: &str =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
         INSERT INTO lead (created_at, name) SELECT i, 'Ada Lovelace' FROM n";

    fn in_force(store: &Store) -> String {
        let ask = |row: &rusqlite::Row<'_>| row.get(0);
        store
            .conn
            .query_row("PRAGMA journal_mode", [], ask)
            .unwrap()
    }

    fn leads(store: &Store) -> i64 {
        let sql = "SELECT count(*) FROM lead";
        store.conn.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    fn copy(from: &Path, to: &Path) {
        for ending in ["", "-journal", "-wal"] {
            let from = super::super::super::file::beside(from, ending);
            if from.exists() {
                fs::copy(from, super::super::super::file::beside(to, ending)).unwrap();
            }
        }
    }

    #[test]
    fn rows_for_an_empty_file_go_straight_in_and_a_crash_halfway_leaves_none() {
        let folder = tempfile::tempdir().unwrap();
        let (path, crashed) = (
            folder.path().join("room.db"),
            folder.path().join("crash.db"),
        );
        let store = Store::create(&path).unwrap();
        let way = Journalling::begin(&store.conn).unwrap();
        let tx = way.transaction().unwrap();
        assert_eq!(in_force(&store), "delete");
        // A cache this small sends rows to the file at once.
        tx.pragma_update(None, "cache_size", 10).unwrap();
        tx.execute_batch("DROP INDEX lead_external").unwrap();
        tx.execute_batch(LEADS).unwrap();
        copy(&path, &crashed);
        let before = fs::metadata(&crashed).unwrap().len();
        tx.commit().unwrap();
        drop(way);
        assert_eq!((in_force(&store), leads(&store)), ("wal".into(), 5_000));
        let back = Store::open(&crashed, Access::ReadWrite).unwrap();
        assert_eq!((in_force(&back), leads(&back)), ("wal".into(), 0));
        let check = |row: &rusqlite::Row<'_>| row.get::<_, String>(0);
        let healthy = back.conn.query_row("PRAGMA integrity_check", [], check);
        assert_eq!(healthy.unwrap(), "ok");
        back.close();
        let after = fs::metadata(&crashed).unwrap().len();
        assert!(after + 50_000 < before, "{after} of {before} bytes");
    }

    #[test]
    fn the_log_serves_where_others_look_on_or_rows_are_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("room.db");
        let store = Store::create(&path).unwrap();
        let other = Store::open(&path, Access::ReadOnly).unwrap();
        let way = Journalling::begin(&store.conn).unwrap();
        let tx = way.transaction().unwrap();
        tx.execute_batch(LEADS).unwrap();
        assert_eq!((in_force(&store), leads(&other)), ("wal".into(), 0));
        tx.commit().unwrap();
        drop(way);
        drop(other);
        let way = Journalling::begin(&store.conn).unwrap();
        assert_eq!(in_force(&store), "wal");
        drop(way);
        assert_eq!(leads(&store), 5_000);
    }
}
