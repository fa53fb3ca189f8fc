//! Companies and people.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};

use super::super::error::{Doing, StoreError};
use super::super::recorder::{Cell, text};
use super::super::table::Table;
use super::check;
use super::finder::system;
use super::merge::{Reach, merge};
use super::names::free_handle;
use super::state::{Fate, State, Stop};
use crate::domain::import::{AccountRecord, FirmRecord, Key, PersonRecord, Word};

pub(super) fn take(
    conn: &Connection,
    state: &mut State,
    line: u64,
    record: &AccountRecord,
) -> Result<Fate, Stop> {
    let name = record.name.trim();
    if name.is_empty() {
        return Err(check::refuse("name", "", "a company needs a name"));
    }
    if let Some(n) = record.employees.filter(|n| *n < 0) {
        return Err(check::refuse("employees", n, "a headcount is not below 0"));
    }
    let doing = "adding a company";
    let known = match by_external(conn, Table::Account, &record.key)? {
        Some(id) => Some(id),
        None => conn
            .prepare_cached("SELECT id FROM account WHERE name = ?1 ORDER BY id LIMIT 1")
            .doing(doing)?
            .query_row([name], |row| row.get(0))
            .optional()
            .doing(doing)?,
    };
    let (id, new) = match known {
        Some(id) => (id, false),
        None => (state.ids.take(Table::Account), true),
    };
    if new {
        conn.prepare_cached("INSERT INTO account (id, name) VALUES (?1, ?2)")
            .doing(doing)?
            .execute(params![id, name])
            .doing(doing)?;
        state.names.learn(Table::Account, &Word::from(name), id);
    }
    let mut cells: Vec<Cell<'static>> = vec![
        ("name", text(Some(name))),
        ("domain", text(record.domain.as_deref())),
        ("industry", text(record.industry.as_deref())),
        ("country", text(record.country.as_deref())),
        (
            "employees",
            record.employees.map_or(Value::Null, Value::Integer),
        ),
    ];
    cells.push(("custom", text(record.custom.json())));
    add_id(conn, Table::Account, id, &record.key, &mut cells)?;
    let again = !new && state.speak_of(Table::Account, id);
    let reach = if again { Reach::Fill } else { Reach::Replace };
    let fate = merge(conn, state, line, (Table::Account, id), cells, reach)?;
    Ok(if new { Fate::Added } else { fate })
}

/// What a lead's row tells of its company fills what is not known of it. The first row that tells something is taken.
pub(super) fn take_beside(
    conn: &Connection,
    state: &mut State,
    line: u64,
    firm: &FirmRecord,
) -> Result<Fate, StoreError> {
    let found = state
        .names
        .id(conn, &mut state.ids, Table::Account, Some(&firm.name))?;
    let Some(id) = found else {
        return Ok(Fate::Unchanged);
    };
    let told = state.told_of.entry(id).or_default();
    let industry = firm.industry.as_deref().filter(|_| !told.0);
    let employees = firm.employees.filter(|n| *n >= 0 && !told.1);
    told.0 |= industry.is_some();
    told.1 |= employees.is_some();
    if industry.is_none() && employees.is_none() {
        return Ok(Fate::Unchanged);
    }
    let cells = vec![
        ("industry", text(industry)),
        ("employees", employees.map_or(Value::Null, Value::Integer)),
    ];
    merge(conn, state, line, (Table::Account, id), cells, Reach::Fill)
}

pub(super) fn take_person(
    conn: &Connection,
    state: &mut State,
    line: u64,
    record: &PersonRecord,
) -> Result<Fate, Stop> {
    let name = record.name.trim();
    if name.is_empty() {
        return Err(check::refuse("name", "", "a person needs a name"));
    }
    let doing = "adding a person";
    let known = match by_external(conn, Table::Person, &record.key)? {
        Some(id) => Some(id),
        None => conn
            .prepare_cached("SELECT id FROM person WHERE email = ?1 OR name = ?2 OR handle = ?2 ORDER BY id LIMIT 1")
            .doing(doing)?
            .query_row(params![record.key.email, name], |row| row.get(0))
            .optional()
            .doing(doing)?,
    };
    let (id, new) = match known {
        Some(id) => (id, false),
        None => (state.ids.take(Table::Person), true),
    };
    if new {
        let handle = free_handle(conn, name)?;
        conn.prepare_cached("INSERT INTO person (id, handle, name, side) VALUES (?1, ?2, ?3, ?4)")
            .doing(doing)?
            .execute(params![id, handle, name, record.side.word()])
            .doing(doing)?;
        state.names.learn(Table::Person, &Word::from(name), id);
    }
    let mut cells: Vec<Cell<'static>> = vec![
        ("side", text(Some(record.side.word()))),
        ("email", text(record.key.email.as_deref())),
    ];
    add_id(conn, Table::Person, id, &record.key, &mut cells)?;
    let again = !new && state.speak_of(Table::Person, id);
    let reach = if again { Reach::Fill } else { Reach::Replace };
    let fate = merge(conn, state, line, (Table::Person, id), cells, reach)?;
    Ok(if new { Fate::Added } else { fate })
}

fn by_external(conn: &Connection, table: Table, key: &Key) -> Result<Option<i64>, StoreError> {
    let Some(external) = &key.external_id else {
        return Ok(None);
    };
    let sql = format!(
        "SELECT id FROM {} WHERE external_id = ?1 AND source_system = ?2",
        table.word()
    );
    conn.prepare_cached(&sql)
        .doing("looking up a row")?
        .query_row([external.as_str(), system(key)], |row| row.get(0))
        .optional()
        .doing("looking up a row")
}

/// Gives the row the record's id where it has none; the first system's id stays.
fn add_id(
    conn: &Connection,
    table: Table,
    id: i64,
    key: &Key,
    cells: &mut Vec<Cell<'static>>,
) -> Result<(), StoreError> {
    let Some(external) = &key.external_id else {
        return Ok(());
    };
    let now = super::merge::current(conn, table, id, &["external_id"])?;
    if now[0] == Value::Null {
        cells.push(("source_system", text(Some(system(key)))));
        cells.push(("external_id", text(Some(external))));
    }
    Ok(())
}
