//! Words to row ids: companies, sources, campaigns, segments, reps, stages, reasons. Makes what is new.

use std::hash::Hasher;

use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::{FxHashMap, FxHasher};

use super::super::book::rows;
use super::super::error::{Doing, StoreError};
use super::super::table::Table;
use super::state::Ids;
use crate::domain::import::{ImportRecord, ImportRow, Word};

/// What an import must know of a reason.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReasonLine {
    pub id: i64,
    pub needs_note: bool,
    pub objective: bool,
}

/// Names that are known, by table.
pub(super) struct Names {
    known: FxHashMap<Table, FxHashMap<Word, i64>>,
    /// The same whatever their case and blanks: "web" and "Web" are one source, in one file and in the next.
    folded: FxHashMap<(Table, u64), i64>,
    /// The same by the word's place in memory: the reader shares equal words of a chunk, and comparing places costs nothing.
    /// The word is kept, so that its place is nobody else's.
    places: FxHashMap<(Table, usize), (Word, i64)>,
    /// The companies of the records at hand, by their words' places too. The records keep these words.
    companies: FxHashMap<usize, i64>,
    /// Whether every company is known here; else the index is asked.
    all_accounts: bool,
    pub reasons: FxHashMap<String, ReasonLine>,
    pub stage_positions: FxHashMap<i64, i64>,
}

/// Companies kept in memory.
const MOST_ACCOUNTS: usize = 200_000;

impl Names {
    pub(super) fn new(conn: &Connection) -> Result<Names, StoreError> {
        let mut known = FxHashMap::default();
        for table in [
            Table::Source,
            Table::Campaign,
            Table::Segment,
            Table::Stage,
            Table::Person,
        ] {
            let sql = format!("SELECT name, id FROM {} ORDER BY id DESC", table.word());
            known.insert(table, words(conn, &sql)?);
        }
        let people: &mut FxHashMap<Word, i64> = known.entry(Table::Person).or_default();
        for (handle, id) in words(conn, "SELECT handle, id FROM person")? {
            people.entry(handle).or_insert(id);
        }
        let accounts: usize = conn
            .query_row("SELECT count(*) FROM account", [], |row| {
                row.get::<_, i64>(0).map(|n| n as usize)
            })
            .doing("reading the companies")?;
        let all_accounts = accounts <= MOST_ACCOUNTS;
        if all_accounts {
            let sql = "SELECT name, id FROM account ORDER BY id DESC";
            known.insert(Table::Account, words(conn, sql)?);
        }
        Ok(Names {
            folded: folded(&known),
            known,
            places: FxHashMap::default(),
            companies: FxHashMap::default(),
            all_accounts,
            reasons: reasons(conn)?,
            stage_positions: rows(conn, "SELECT id, position FROM stage", |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?
            .into_iter()
            .collect(),
        })
    }

    /// The id of a name, made when it is new; `None` for no name.
    pub(super) fn id(
        &mut self,
        conn: &Connection,
        ids: &mut Ids,
        table: Table,
        word: Option<&Word>,
    ) -> Result<Option<i64>, StoreError> {
        let Some(word) = word else {
            return Ok(None);
        };
        let place = word.as_ptr().addr();
        let known = if table == Table::Account {
            self.companies.get(&place)
        } else {
            self.places.get(&(table, place)).map(|(_, id)| id)
        };
        if let Some(id) = known {
            return Ok(Some(*id));
        }
        if is_blank(word) {
            return Ok(None);
        }
        let id = self.of_word(conn, ids, table, word)?;
        // Companies rarely recur within a chunk.
        if table != Table::Account {
            let kept = (Word::clone(word), id);
            self.places.insert((table, place), kept);
        }
        Ok(Some(id))
    }

    /// Looks the companies of these records up, which are the next to be taken: side by side they come far quicker than one by
    /// one, and the deal and the company of a lead's row need not look again.
    pub(super) fn look_ahead(&mut self, rows: &[ImportRow]) {
        self.companies.clear();
        let Some(known) = self.known.get(&Table::Account) else {
            return;
        };
        for row in rows {
            if let ImportRecord::Lead(lead) = &row.record
                && let Some(word) = &lead.account
                && let Some(id) = known.get(word)
                && !is_blank(word)
            {
                self.companies.insert(word.as_ptr().addr(), *id);
            }
        }
    }

    /// Forgets where words lie: the next records bring words of their own.
    pub(super) fn forget_places(&mut self) {
        self.places.clear();
        self.companies.clear();
    }

    fn of_word(
        &mut self,
        conn: &Connection,
        ids: &mut Ids,
        table: Table,
        word: &Word,
    ) -> Result<i64, StoreError> {
        if let Some(id) = self.known.get(&table).and_then(|known| known.get(word)) {
            return Ok(*id);
        }
        let folded = fold(word);
        if let Some(id) = self.folded.get(&(table, folded)).copied() {
            self.remember(table, word, folded, id);
            return Ok(id);
        }
        if table == Table::Account && !self.all_accounts {
            let found: Option<i64> = conn
                .prepare_cached("SELECT id FROM account WHERE name = ?1 ORDER BY id LIMIT 1")
                .doing("looking up a company")?
                .query_row([&**word], |row| row.get(0))
                .optional()
                .doing("looking up a company")?;
            if let Some(id) = found {
                return Ok(id);
            }
        }
        let id = ids.take(table);
        self.make(conn, table, id, word)?;
        self.remember(table, word, folded, id);
        Ok(id)
    }

    /// Remembers a name.
    pub(super) fn learn(&mut self, table: Table, word: &Word, id: i64) {
        self.remember(table, word, fold(word), id);
    }

    fn remember(&mut self, table: Table, word: &Word, folded: u64, id: i64) {
        let known = self.known.entry(table).or_default();
        if table == Table::Account && known.len() >= MOST_ACCOUNTS {
            self.all_accounts = false;
            return;
        }
        known.insert(Word::clone(word), id);
        self.folded.entry((table, folded)).or_insert(id);
    }

    fn make(
        &mut self,
        conn: &Connection,
        table: Table,
        id: i64,
        word: &Word,
    ) -> Result<(), StoreError> {
        let doing = "adding a name";
        match table {
            Table::Person => {
                let handle = free_handle(conn, word)?;
                conn.prepare_cached(
                    "INSERT INTO person (id, handle, name, side) VALUES (?1, ?2, ?3, 'sales')",
                )
                .doing(doing)?
                .execute(params![id, handle, &**word])
                .doing(doing)?;
            }
            Table::Stage => {
                let position = self.stage_positions.values().max().map_or(1, |p| p + 1);
                conn.prepare_cached("INSERT INTO stage (id, name, position) VALUES (?1, ?2, ?3)")
                    .doing(doing)?
                    .execute(params![id, &**word, position])
                    .doing(doing)?;
                self.stage_positions.insert(id, position);
            }
            _ => {
                let sql = format!("INSERT INTO {} (id, name) VALUES (?1, ?2)", table.word());
                conn.prepare_cached(&sql)
                    .doing(doing)?
                    .execute(params![id, &**word])
                    .doing(doing)?;
            }
        }
        Ok(())
    }
}

fn is_blank(word: &str) -> bool {
    word.bytes().all(|b| b == b' ')
}

fn folded(known: &FxHashMap<Table, FxHashMap<Word, i64>>) -> FxHashMap<(Table, u64), i64> {
    let mut folded: FxHashMap<(Table, u64), i64> = FxHashMap::default();
    for (table, words) in known {
        for (word, id) in words {
            // Of several that were told apart once, the first stays the one.
            let first = folded.entry((*table, fold(word))).or_insert(*id);
            *first = (*first).min(*id);
        }
    }
    folded
}

/// A name without its case and the number of its blanks, in 64 bits that no two names of a workspace share.
fn fold(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    let mut parts = name.split_ascii_whitespace();
    let first = parts.next().unwrap_or_default();
    let plain = name.is_ascii() && first.len() == name.len() && name.len() <= 64;
    if plain {
        let mut lower = [0; 64];
        let lower = &mut lower[..name.len()];
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        hasher.write(lower);
    } else {
        let folded: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        hasher.write(folded.join(" ").as_bytes());
    }
    hasher.finish()
}

fn words(conn: &Connection, sql: &str) -> Result<FxHashMap<Word, i64>, StoreError> {
    let found = rows(conn, sql, |row| {
        Ok((Word::from(row.get_ref(0)?.as_str()?), row.get(1)?))
    })?;
    Ok(found.into_iter().collect())
}

fn reasons(conn: &Connection) -> Result<FxHashMap<String, ReasonLine>, StoreError> {
    let found = rows(
        conn,
        "SELECT code, id, needs_note, objective FROM reason",
        |row| {
            let line = ReasonLine {
                id: row.get(1)?,
                needs_note: row.get(2)?,
                objective: row.get(3)?,
            };
            Ok((row.get(0)?, line))
        },
    )?;
    Ok(found.into_iter().collect())
}

/// A short name that nobody has yet: lower case, letters and digits of any script, dots between.
pub(super) fn free_handle(conn: &Connection, name: &str) -> Result<String, StoreError> {
    let mut handle = String::new();
    for c in name.chars().flat_map(char::to_lowercase).take(60) {
        if c.is_alphanumeric() {
            handle.push(c);
        } else if !handle.is_empty() && !handle.ends_with('.') {
            handle.push('.');
        }
    }
    let handle = handle.trim_end_matches('.');
    let handle = if handle.is_empty() { "rep" } else { handle };
    let mut tried = handle.to_owned();
    for n in 2.. {
        let taken: bool = conn
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM person WHERE handle = ?1)")
            .doing("adding a person")?
            .query_row([&tried], |row| row.get(0))
            .doing("adding a person")?;
        if !taken {
            break;
        }
        tried = format!("{handle}{n}");
    }
    Ok(tried)
}
