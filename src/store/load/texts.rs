//! The searchable text of all leads, read once in the background and kept up by what the journal says since.

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row};
use rustc_hash::FxHashMap;

use super::super::Store;
use super::super::error::{Doing, StoreError};
use super::super::recorder::cells;
use super::super::table::Table;
use super::{Progress, Reporter};
use crate::facts::Facts;
use crate::facts::texts::Texts;

const LEAD: &str = "SELECT id, name, email, note, phone FROM lead";
const NOTES: &str = "SELECT h.lead_id, h.note FROM handoff h WHERE h.note IS NOT NULL
    UNION ALL SELECT h.lead_id, a.note FROM attempt a JOIN handoff h ON h.id = a.handoff_id WHERE a.note IS NOT NULL";
const NOTES_OF: &str = "SELECT note FROM handoff WHERE lead_id = ?1 AND note IS NOT NULL
    UNION ALL SELECT a.note FROM attempt a JOIN handoff h ON h.id = a.handoff_id
    WHERE h.lead_id = ?1 AND a.note IS NOT NULL";

/// More changed rows than this are read faster by loading anew.
const FEW: usize = 5_000;

impl Store {
    /// Reads name, e-mail, phone and notes of every lead and the names of the companies.
    pub fn load_texts(&self, progress: &mut dyn FnMut(Progress)) -> Result<Texts, StoreError> {
        let doing = "reading the names";
        let snapshot = self.conn.unchecked_transaction().doing(doing)?;
        let mut texts = Texts::default();
        texts.journal_id = self.journal_id()?;
        let notes = notes(&self.conn)?;
        let total = self
            .conn
            .query_row("SELECT coalesce(max(id), 0) FROM lead", [], |row| {
                row.get::<_, i64>(0)
            })
            .doing(doing)?;
        let mut reporter = Reporter {
            progress,
            so_far: Progress {
                done: 0,
                total: total as u64,
            },
        };
        let sql = format!("{LEAD} ORDER BY id");
        let mut stmt = self.conn.prepare_cached(&sql).doing(doing)?;
        let mut rows = stmt.query([]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            let id: i64 = row.get(0).doing(doing)?;
            let own = notes.get(&id).map_or("", String::as_str);
            texts.push(fields(row).doing(doing)?.into_iter().chain([own]));
            reporter.row();
        }
        let mut stmt = self
            .conn
            .prepare_cached("SELECT id, name FROM account ORDER BY id")
            .doing(doing)?;
        let mut rows = stmt.query([]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            let id = row.get(0).doing(doing)?;
            texts.push_company(id, shown(row, 1).doing(doing)?);
        }
        drop(rows);
        drop(stmt);
        snapshot.commit().doing(doing)?;
        Ok(texts)
    }

    /// Brings the texts up to the facts beside them. Reads everything anew where rows have moved.
    pub fn refresh_texts(&self, texts: &mut Texts, facts: &Facts) -> Result<(), StoreError> {
        let newest = self.journal_id()?;
        if texts.journal_id == newest {
            return Ok(());
        }
        let (mut leads, mut companies, mut count) = (Vec::new(), Vec::new(), 0);
        for touched in self.touched_since(texts.journal_id)? {
            let ids = touched.ids.0..=touched.ids.1;
            let moved = touched.table == Table::Lead && touched.op == "delete";
            count += (touched.ids.1 - touched.ids.0) as usize + 1;
            if moved || count > FEW {
                *texts = self.load_texts(&mut |_| ())?;
                return Ok(());
            }
            match touched.table {
                Table::Lead => leads.extend(ids),
                Table::Account => companies.extend(ids),
                Table::Handoff | Table::Attempt => {
                    for id in ids {
                        leads.extend(lead_of(&self.conn, touched.table, id)?);
                    }
                    leads.extend(lead_that_lost(&self.conn, touched.gone.as_deref())?);
                }
                _ => (),
            }
        }
        leads.sort_unstable();
        leads.dedup();
        for lead in leads {
            if let Some(row) = facts.leads.row(lead) {
                self.put(texts, row as u32, lead)?;
            }
        }
        for company in companies {
            let name: Option<String> = self
                .conn
                .query_row("SELECT name FROM account WHERE id = ?1", [company], |row| {
                    row.get(0)
                })
                .optional()
                .doing("reading the names")?;
            texts.put_company(company as u32, name.as_deref().unwrap_or(""));
        }
        texts.journal_id = newest;
        Ok(())
    }

    fn put(&self, texts: &mut Texts, row: u32, lead: i64) -> Result<(), StoreError> {
        let doing = "reading the names";
        let notes: Vec<String> = self
            .conn
            .prepare_cached(NOTES_OF)
            .doing(doing)?
            .query_map([lead], |row| row.get(0))
            .doing(doing)?
            .collect::<Result<_, _>>()
            .doing(doing)?;
        let sql = format!("{LEAD} WHERE id = ?1");
        self.conn
            .prepare_cached(&sql)
            .doing(doing)?
            .query_row([lead], |found| {
                let own = notes.iter().map(String::as_str);
                texts.put(row, fields(found)?.into_iter().chain(own));
                Ok(())
            })
            .optional()
            .doing(doing)?;
        Ok(())
    }
}

fn fields<'r>(row: &'r Row<'_>) -> rusqlite::Result<[&'r str; 4]> {
    Ok([
        shown(row, 1)?,
        shown(row, 2)?,
        shown(row, 3)?,
        shown(row, 4)?,
    ])
}

/// Text of a column, nothing where it has none.
fn shown<'r>(row: &'r Row<'_>, column: usize) -> rusqlite::Result<&'r str> {
    Ok(match row.get_ref(column)? {
        ValueRef::Text(text) => std::str::from_utf8(text).unwrap_or(""),
        _ => "",
    })
}

/// Notes on handoffs and attempts by lead; most leads have none.
fn notes(conn: &Connection) -> Result<FxHashMap<i64, String>, StoreError> {
    let doing = "reading the notes";
    let mut notes: FxHashMap<i64, String> = FxHashMap::default();
    let mut stmt = conn.prepare_cached(NOTES).doing(doing)?;
    let mut rows = stmt.query([]).doing(doing)?;
    while let Some(row) = rows.next().doing(doing)? {
        let note = shown(row, 1).doing(doing)?;
        let of_lead = notes.entry(row.get(0).doing(doing)?).or_default();
        if !of_lead.is_empty() {
            of_lead.push(' ');
        }
        of_lead.push_str(note);
    }
    Ok(notes)
}

/// The lead of a handoff or an attempt that is gone.
fn lead_that_lost(conn: &Connection, gone: Option<&str>) -> Result<Option<i64>, StoreError> {
    for (column, value) in cells(gone.unwrap_or("{}"))? {
        match (column.as_str(), value) {
            ("lead_id", Value::Integer(lead)) => return Ok(Some(lead)),
            ("handoff_id", Value::Integer(id)) => return lead_of(conn, Table::Handoff, id),
            _ => (),
        }
    }
    Ok(None)
}

fn lead_of(conn: &Connection, table: Table, id: i64) -> Result<Option<i64>, StoreError> {
    let sql = if table == Table::Handoff {
        "SELECT lead_id FROM handoff WHERE id = ?1"
    } else {
        "SELECT h.lead_id FROM attempt a JOIN handoff h ON h.id = a.handoff_id WHERE a.id = ?1"
    };
    conn.prepare_cached(sql)
        .doing("reading the names")?
        .query_row([id], |row| row.get(0))
        .optional()
        .doing("reading the names")
}
