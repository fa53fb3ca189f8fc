//! The history's columns as blobs in the file, so that a start need not walk the tables. Never a source of truth: what does
//! not fit is thrown away and read from the tables.

mod column;
mod columns;
mod deals;
mod keeper;
mod pack;

use std::cell::RefCell;

use rusqlite::{Connection, Row, Transaction, TransactionBehavior, params};
use rustc_hash::FxHashMap;

use super::error::{Doing, StoreError};
use super::load::{challenges, feedback, names};
use super::{Access, Store};
use crate::domain::money::Currency;
use crate::facts::Facts;
use crate::facts::column::Code;
use crate::facts::dictionary::Dictionary;

use column::Column;
pub(super) use keeper::{Keeper, code};
use pack::{Number, pack, unpack};

/// Changes whenever the columns do: caches of another layout are not read.
const LAYOUT: &str = "4";

/// Rows from which a history is long: shorter ones are read from the tables within a few milliseconds.
const LONG: usize = 20_000;
/// Changed rows that a start catches up with before the columns are worth keeping anew.
const BEHIND: i64 = 50;

/// Packed columns by name.
#[derive(Default)]
struct Packed(FxHashMap<String, Vec<u8>>);

impl Packed {
    /// Puts rows behind those that the column has.
    fn put<C: Column>(&mut self, name: &str, column: &C) {
        self.put_slice(name, &column.numbers());
    }

    /// The same of plain numbers.
    fn put_slice<N: Number>(&mut self, name: &str, column: &[N]) {
        if !self.0.contains_key(name) {
            self.0.insert(name.to_owned(), Vec::new());
        }
        if let Some(bytes) = self.0.get_mut(name) {
            pack(column, bytes);
        }
    }
}

/// Where kept columns are read from.
trait Shelf {
    /// The column of that name; `None` where there is none or it cannot be read.
    fn get<C: Column>(&self, name: &str) -> Option<C>;
}

impl Shelf for Packed {
    fn get<C: Column>(&self, name: &str) -> Option<C> {
        unpack(self.0.get(name)?)
    }
}

/// The columns in the file, read one by one: the bytes of all of them would lie beside what is made of them.
struct Kept<'c> {
    conn: &'c Connection,
    /// What the file said where it could not be read.
    failed: RefCell<Option<rusqlite::Error>>,
}

impl Shelf for Kept<'_> {
    fn get<C: Column>(&self, name: &str) -> Option<C> {
        let name = format!("{LAYOUT}:{name}");
        let column = || -> rusqlite::Result<Option<C>> {
            let mut stmt = self
                .conn
                .prepare_cached("SELECT bytes FROM facts_cache WHERE name = ?1")?;
            let mut rows = stmt.query([name])?;
            let bytes = rows.next()?.map(|row| row.get_ref(0)).transpose()?;
            Ok(bytes.and_then(|bytes| unpack(bytes.as_blob().ok()?)))
        };
        column().unwrap_or_else(|error| {
            self.failed.replace(Some(error));
            None
        })
    }
}

impl Store {
    /// The journal entry that the kept columns are of; `None` where there are none.
    pub fn cache_id(&self) -> Result<Option<i64>, StoreError> {
        self.conn
            .query_row(
                "SELECT max(journal_id) FROM facts_cache WHERE name LIKE ?1",
                [format!("{LAYOUT}:%")],
                |row| row.get(0),
            )
            .doing("looking for the kept columns")
    }

    /// Keeps the columns of a loaded history in the file, in the place of older ones, where that is worth it: a long history,
    /// and more changes since the kept one than a start would catch up with at once. Says whether it did. Not journalled,
    /// since it says nothing new; call it after a load or at the end, off the thread that draws.
    pub fn save_cache(&self, facts: &Facts) -> Result<bool, StoreError> {
        let rows = facts.leads.len() + facts.handoffs.len() + facts.opportunities.len();
        if rows < LONG || self.access() == Access::ReadOnly || !in_order(facts) {
            return Ok(false);
        }
        if let Some(kept) = self.cache_id()?
            && kept <= facts.journal_id
            && self.rows_since(kept)? < BEHIND
        {
            return Ok(false);
        }
        self.write_cache(facts)?;
        Ok(true)
    }

    /// Keeps the columns anew where too much came since, or where there are none of a long history: at the end of something
    /// that changed much. Without them the next start is slower, never wrong.
    pub fn keep_columns(&self) -> Result<bool, StoreError> {
        let due = match self.cache_id()? {
            Some(kept) => self.rows_since(kept)? >= BEHIND,
            None => super::load::expected(&self.conn)? >= LONG as u64,
        };
        if !due || self.access() == Access::ReadOnly {
            return Ok(false);
        }
        self.save_cache(&self.load_facts(&mut |_| ())?)
    }

    fn rows_since(&self, entry: i64) -> Result<i64, StoreError> {
        self.conn
            .query_row(
                "SELECT coalesce(sum(last_id - first_id + 1), 0) FROM change WHERE journal_id > ?1",
                [entry],
                |row| row.get(0),
            )
            .doing("looking for changes")
    }

    pub(super) fn write_cache(&self, facts: &Facts) -> Result<(), StoreError> {
        self.data_version()?;
        let doing = "keeping the columns";
        let mut packed = Packed::default();
        columns::put(facts, &mut packed);
        deals::put(facts, &mut packed);
        put_currencies(facts, &mut packed);
        let tx =
            Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate).doing(doing)?;
        clear(&tx)?;
        write(&tx, facts.journal_id, &packed)?;
        tx.commit().doing(doing)
    }

    /// The history as the kept columns have it; `None` where there are none or they do not fit.
    pub(super) fn load_cache(&self) -> Result<Option<Facts>, StoreError> {
        let doing = "reading the kept columns";
        let sql = "SELECT min(journal_id), max(journal_id) FROM facts_cache";
        let ids = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let (first, last): (Option<i64>, Option<i64>) =
            self.conn.query_row(sql, [], ids).doing(doing)?;
        let Some(journal_id) = first.filter(|_| first == last) else {
            return Ok(None);
        };
        let kept = Kept {
            conn: &self.conn,
            failed: RefCell::default(),
        };
        let mut facts = Facts {
            journal_id,
            ..Facts::default()
        };
        let filled = currencies(&mut facts, &kept)
            .and_then(|()| columns::get(&mut facts, &kept))
            .and_then(|()| deals::get(&mut facts, &kept));
        if let Some(error) = kept.failed.into_inner() {
            return Err(error).doing(doing);
        }
        if filled.is_none() {
            return Ok(None);
        }
        names::load(&self.conn, &mut facts)?;
        challenges::load(&self.conn, &mut facts)?;
        feedback::load(&self.conn, &mut facts)?;
        Ok(Some(facts))
    }
}

/// Throws the kept columns away.
fn clear(conn: &Connection) -> Result<(), StoreError> {
    conn.execute("DELETE FROM facts_cache", [])
        .doing("keeping the columns")?;
    Ok(())
}

/// Puts columns beside those that are kept.
fn write(conn: &Connection, journal_id: i64, packed: &Packed) -> Result<(), StoreError> {
    let doing = "keeping the columns";
    let mut stmt = conn
        .prepare("INSERT INTO facts_cache (name, journal_id, bytes) VALUES (?1, ?2, ?3)")
        .doing(doing)?;
    for (name, bytes) in &packed.0 {
        let name = format!("{LAYOUT}:{name}");
        stmt.execute(params![name, journal_id, bytes])
            .doing(doing)?;
    }
    Ok(())
}

fn put_currencies(facts: &Facts, packed: &mut Packed) {
    let letters: Vec<u8> = facts
        .names
        .currencies
        .iter()
        .flat_map(|currency| currency.code().bytes())
        .collect();
    packed.put_slice("currencies", &letters);
}

fn currencies(facts: &mut Facts, packed: &impl Shelf) -> Option<()> {
    let letters: Vec<u8> = packed.get("currencies")?;
    for code in letters.chunks(3) {
        let code = std::str::from_utf8(code).ok()?;
        facts.names.currencies.push(Currency::parse(code).ok()?);
    }
    Some(())
}

/// Codes are kept as they are: they mean the same after the next start only if they follow the ids.
fn in_order(facts: &Facts) -> bool {
    let names = &facts.names;
    let ordered = |dictionary: &Dictionary| {
        (1..dictionary.len() as Code).all(|code| dictionary.id(code - 1) < dictionary.id(code))
    };
    [
        &names.sources,
        &names.campaigns,
        &names.segments,
        &names.people,
        &names.reasons,
        &names.stages,
    ]
    .into_iter()
    .all(ordered)
}
