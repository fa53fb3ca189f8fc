//! Money spent: entries of a day, and what marketing paid for one lead.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};

use super::super::error::{Doing, StoreError};
use super::super::recorder::{Cell, text};
use super::super::table::Table;
use super::finder::system;
use super::leads::Links;
use super::merge::{Reach, merge};
use super::state::{Fate, State, Stop, Writers};
use super::writer::Put;
use super::{bulk, check};
use crate::domain::import::SpendRecord;
use crate::domain::moment::Day;
use crate::domain::money::Money;
use crate::domain::policy::SourceSide;
use crate::domain::verdict::SpendKind;

/// A new entry.
pub(super) const INSERT: &str =
    "INSERT INTO spend (source_id, campaign_id, lead_id, on_on, kind, amount_minor, currency,
    note, source_system, external_id) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)";

/// What makes an entry without an id the same: source, campaign, day, kind.
pub(super) type SpendKey = (Option<i64>, Option<i64>, Day, SpendKind);

/// Adds what a lead cost.
pub(super) fn add_cost(
    writers: &mut Writers<'_>,
    state: &mut State,
    lead: i64,
    links: Links,
    (amount, on): (Money, Day),
) -> Result<(), StoreError> {
    let id = state.ids.take(Table::Spend);
    let row = [
        links.source.into(),
        links.campaign.into(),
        Put::Number(lead),
        Put::Number(on.0.into()),
        Put::Fixed(SpendKind::Media.word()),
        Put::Number(amount.minor),
        Put::Text(amount.currency.code()),
        Put::Null,
        Put::Null,
        Put::Null,
    ];
    writers.spend.add(id, row, "adding a lead's cost")
}

/// Brings a lead's cost onto the entry that is there.
pub(super) fn bring_cost(
    conn: &Connection,
    writers: &mut Writers<'_>,
    state: &mut State,
    line: u64,
    lead: i64,
    links: Links,
    cost: (Money, Option<Day>),
) -> Result<Fate, StoreError> {
    bulk::need(conn, state, Table::Spend)?;
    let known: Option<i64> = conn
        .prepare_cached(
            "SELECT id FROM spend WHERE lead_id = ?1 AND external_id IS NULL ORDER BY id LIMIT 1",
        )
        .doing("looking up a lead's cost")?
        .query_row([lead], |row| row.get(0))
        .optional()
        .doing("looking up a lead's cost")?;
    let (amount, on) = cost;
    let Some(id) = known else {
        let on = on.unwrap_or_else(|| state.calendar.day_of(state.now));
        add_cost(writers, state, lead, links, (amount, on))?;
        return Ok(Fate::Added);
    };
    let cells = vec![
        (
            "on_on",
            on.map_or(Value::Null, |on| Value::Integer(i64::from(on.0))),
        ),
        ("amount_minor", Value::Integer(amount.minor)),
        ("currency", text(Some(amount.currency.code()))),
    ];
    merge(conn, state, line, (Table::Spend, id), cells, Reach::Replace)
}

pub(super) fn take(
    conn: &Connection,
    writers: &mut Writers<'_>,
    state: &mut State,
    line: u64,
    record: &SpendRecord,
) -> Result<Fate, Stop> {
    check::day("day", Some(record.on))?;
    let (names, ids) = (&mut state.names, &mut state.ids);
    let source = names.id(conn, ids, Table::Source, record.source.as_ref())?;
    let campaign = names.id(conn, ids, Table::Campaign, record.campaign.as_ref())?;
    let side = side(conn, state, line, source, record.source_side)?;
    let known = match &record.key.external_id {
        Some(external) => by_external(conn, system(&record.key), external)?,
        None => by_turn(conn, state, (source, campaign, record.on, record.kind))?,
    };
    let number = |n: Option<i64>| n.map_or(Value::Null, Value::Integer);
    if let Some(id) = known {
        let cells: Vec<Cell<'static>> = vec![
            ("campaign_id", number(campaign)),
            ("on_on", Value::Integer(i64::from(record.on.0))),
            ("kind", text(Some(record.kind.word()))),
            ("amount_minor", Value::Integer(record.amount.minor)),
            ("currency", text(Some(record.amount.currency.code()))),
            ("note", text(record.note.as_deref())),
        ];
        let fate = merge(conn, state, line, (Table::Spend, id), cells, Reach::Replace)?;
        return Ok(fate.max(side));
    }
    let id = state.ids.take(Table::Spend);
    let external = record.key.external_id.as_deref();
    let row = [
        source.into(),
        campaign.into(),
        Put::Null,
        Put::Number(record.on.0.into()),
        Put::Fixed(record.kind.word()),
        Put::Number(record.amount.minor),
        Put::Text(record.amount.currency.code()),
        record.note.as_deref().into(),
        external.map(|_| system(&record.key)).into(),
        external.into(),
    ];
    writers.spend.add(id, row, "adding spend")?;
    Ok(Fate::Added)
}

/// Sets the side of a source that has none yet.
fn side(
    conn: &Connection,
    state: &mut State,
    line: u64,
    source: Option<i64>,
    side: Option<SourceSide>,
) -> Result<Fate, StoreError> {
    let (Some(source), Some(side)) = (source, side) else {
        return Ok(Fate::Unchanged);
    };
    let now = super::merge::current(conn, Table::Source, source, &["side"])?;
    if now[0] != text(Some(SourceSide::Unknown.word())) {
        return Ok(Fate::Unchanged);
    }
    let cells = vec![("side", text(Some(side.word())))];
    merge(
        conn,
        state,
        line,
        (Table::Source, source),
        cells,
        Reach::Replace,
    )
}

fn by_external(conn: &Connection, system: &str, external: &str) -> Result<Option<i64>, StoreError> {
    conn.prepare_cached("SELECT id FROM spend WHERE external_id = ?1 AND source_system = ?2")
        .doing("looking up spend")?
        .query_row([external, system], |row| row.get(0))
        .optional()
        .doing("looking up spend")
}

/// The n-th entry of a key in the file is the n-th entry of that key here: several lines a day stay several.
fn by_turn(conn: &Connection, state: &mut State, key: SpendKey) -> Result<Option<i64>, StoreError> {
    let turn = state.spend_turns.entry(key).or_insert(0);
    let (source, campaign, on, kind) = key;
    let found = conn
        .prepare_cached(
            "SELECT id FROM spend WHERE on_on = ?1 AND lead_id IS NULL AND external_id IS NULL AND kind = ?2
             AND source_id IS ?3 AND campaign_id IS ?4 ORDER BY id LIMIT 1 OFFSET ?5",
        )
        .doing("looking up spend")?
        .query_row(params![on.0, kind.word(), source, campaign, *turn], |row| {
            row.get(0)
        })
        .optional()
        .doing("looking up spend")?;
    *turn += 1;
    Ok(found)
}
