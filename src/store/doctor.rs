//! Looks the whole file over and says in the user's words what is wrong and how to mend it. Changes nothing unless asked to repair.

mod integrity;
mod repair;
pub(in crate::store) mod rules;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use rusqlite::Connection;

use super::Store;
use super::book::rows;
use super::error::{Doing, StoreError};
use super::table::Table;
use crate::domain::settings::{SETTINGS, Settings};

pub use repair::Mended;
pub use rules::RULES;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Worth knowing; nothing is broken.
    Note,
    /// A rule is broken or the file is damaged.
    Fault,
}

/// Something that the doctor has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub weight: Weight,
    /// What is the matter, and where.
    pub what: String,
    /// What to do.
    pub cure: String,
}

/// The outcome of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// What was found; empty: all is well.
    pub findings: Vec<Finding>,
    /// Rows by table, in the words of the screens.
    pub counts: Vec<(&'static str, u64)>,
    /// Agreed numbers: key, value, meaning.
    pub settings: Vec<(&'static str, i64, &'static str)>,
    /// Size of the file and its log, bytes.
    pub bytes: u64,
    /// Format of the file.
    pub format: i64,
}

impl Health {
    /// Whether anything is broken.
    pub fn is_well(&self) -> bool {
        self.findings.iter().all(|f| f.weight != Weight::Fault)
    }
}

const BACKUP: &str = "bring back the last backup (`smarketing --db BACKUP doctor` checks it first)";

impl Store {
    /// Checks the file's pages, its references, the rules of the domain over all rows, the journal and the settings.
    pub fn doctor(&self) -> Result<Health, StoreError> {
        let conn = &self.conn;
        let mut health = Health {
            format: super::migrate::version(conn)?,
            ..Health::default()
        };
        integrity::check(conn, &mut health)?;
        // What a damaged page hides is said once more and does not keep the doctor from the rest.
        look(&mut health, "the references", |h| references(conn, h))?;
        for rule in RULES {
            look(&mut health, rule.of, |h| rule.check(conn, h))?;
        }
        look(&mut health, "the journal", |h| journal(conn, h))?;
        look(&mut health, "the snapshots", |h| snapshots(conn, h))?;
        look(&mut health, "the settings", |h| settings(conn, h))?;
        look(&mut health, "the amounts", |h| currencies(conn, h))?;
        self.companions(&mut health);
        for table in Table::ALL {
            look(&mut health, table.label(), |h| {
                h.counts.push((table.label(), size(conn, *table)?));
                Ok(())
            })?;
        }
        Ok(health)
    }

    fn companions(&self, health: &mut Health) {
        let Some(path) = self.path() else { return };
        for ending in ["", "-wal", "-shm"] {
            let file = super::file::beside(path, ending);
            let Ok(meta) = fs::metadata(&file) else {
                continue;
            };
            if ending != "-shm" {
                health.bytes += meta.len();
            }
            if meta.permissions().mode() & 0o077 != 0 {
                health.findings.push(Finding {
                    weight: Weight::Note,
                    what: format!("{}: others on this machine may read it", file.display()),
                    cure: format!("chmod 600 '{}'", file.display()),
                });
            }
        }
    }
}

fn fault(health: &mut Health, what: String, cure: &str) {
    health.findings.push(Finding {
        weight: Weight::Fault,
        what,
        cure: cure.to_owned(),
    });
}

/// Looks at a part of the file; one that cannot be read is a finding.
fn look(
    health: &mut Health,
    what: &str,
    part: impl FnOnce(&mut Health) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    match part(health) {
        Err(StoreError::Damaged(why)) => {
            fault(health, format!("{what} cannot be read: {why}"), BACKUP);
            Ok(())
        }
        done => done,
    }
}

fn references(conn: &Connection, health: &mut Health) -> Result<(), StoreError> {
    let sql = "SELECT \"table\", \"parent\", count(*) FROM pragma_foreign_key_check GROUP BY 1, 2";
    for (table, parent, count) in rows(conn, sql, |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, i64>(2)?,
        ))
    })? {
        fault(
            health,
            format!("{count} rows of {table} point to a {parent} that is not there"),
            BACKUP,
        );
    }
    Ok(())
}

/// Rows that came in or went beside the journal: inserts minus deletes must be what is there.
fn journal(conn: &Connection, health: &mut Health) -> Result<(), StoreError> {
    for table in Table::ALL {
        let journalled: i64 = conn
            .query_row(
                "SELECT coalesce(sum(CASE op WHEN 'insert' THEN last_id - first_id + 1
                                             WHEN 'delete' THEN first_id - last_id - 1 ELSE 0 END), 0)
                 FROM change WHERE entity = ?1",
                [table.word()],
                |row| row.get(0),
            )
            .doing("checking the journal")?;
        let there = size(conn, *table)? as i64;
        if there != journalled {
            fault(
                health,
                format!(
                    "{there} rows of {}, but the journal knows of {journalled}: something else has written to this file",
                    table.word()
                ),
                "let only smarketing write to the file; a backup from before brings the rows back",
            );
        }
    }
    Ok(())
}

/// Figures of a meeting are as they were written: text and hash fit, and the journal knows the same hash.
fn snapshots(conn: &Connection, health: &mut Health) -> Result<(), StoreError> {
    let mut wrong = super::meeting::changed(conn)?;
    wrong.extend(rows(
        conn,
        "SELECT s.id FROM snapshot s JOIN change c ON c.entity = 'snapshot' AND c.op = 'insert' AND c.first_id = s.id
         WHERE json_extract(c.after, '$.sha256') <> s.sha256",
        |row| row.get::<_, i64>(0),
    )?);
    wrong.sort_unstable();
    wrong.dedup();
    for id in wrong {
        fault(
            health,
            format!(
                "snapshot {id} of a meeting is not what was frozen: text, hash and journal do not fit"
            ),
            BACKUP,
        );
    }
    Ok(())
}

fn settings(conn: &Connection, health: &mut Health) -> Result<(), StoreError> {
    let mut known = Settings::default();
    let found = rows(conn, "SELECT key, value FROM setting ORDER BY key", |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
    })?;
    for (key, value) in found {
        if let Err(bad) = known.set(&key, value) {
            health.findings.push(Finding {
                weight: Weight::Note,
                what: format!("setting {key}: {bad}"),
                cure: "the default is used until the setting is given anew".into(),
            });
        }
    }
    for setting in SETTINGS {
        if let Some(value) = known.get(setting.key) {
            health.settings.push((setting.key, value, setting.meaning));
        }
    }
    Ok(())
}

/// Foreign amounts without a rate are counted and not priced (C9).
fn currencies(conn: &Connection, health: &mut Health) -> Result<(), StoreError> {
    let sql = "SELECT currency, count(*) FROM (
                   SELECT currency FROM opportunity UNION ALL
                   SELECT qualified_currency FROM opportunity UNION ALL SELECT currency FROM spend)
               WHERE currency IS NOT NULL AND currency NOT IN (SELECT currency FROM workspace)
                 AND currency NOT IN (SELECT currency FROM fx_rate) GROUP BY currency";
    for (currency, count) in rows(conn, sql, |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
    })? {
        health.findings.push(Finding {
            weight: Weight::Note,
            what: format!(
                "{count} amounts in {currency} are counted but not priced: there is no rate"
            ),
            cure: format!(
                "give the worth of one {currency} (`smarketing rate {currency} DATE RATE`)"
            ),
        });
    }
    Ok(())
}

fn size(conn: &Connection, table: Table) -> Result<u64, StoreError> {
    let sql = format!("SELECT count(*) FROM {}", table.word());
    conn.query_row(&sql, [], |row| row.get::<_, i64>(0).map(|n| n as u64))
        .doing("counting rows")
}
