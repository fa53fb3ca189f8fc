//! Dictionaries, targets and rates. Codes that are given stay given, so that it can run again over a loaded history.

use std::str::FromStr;

use rusqlite::Connection;
use rust_decimal::Decimal;

use super::super::book::rows;
use super::super::error::{Doing, StoreError};
use crate::domain::moment::{Day, Moment};
use crate::domain::money::{Currency, Rates};
use crate::domain::policy::SourceSide;
use crate::domain::reason::ReasonClass;
use crate::facts::Facts;
use crate::facts::dictionary::{Dictionary, ReasonFacts, SourceFacts};
use crate::facts::targets::{Target, Targets};

pub(in crate::store) fn load(conn: &Connection, facts: &mut Facts) -> Result<(), StoreError> {
    sources(conn, facts)?;
    plain(conn, "campaign", &mut facts.names.campaigns)?;
    plain(conn, "segment", &mut facts.names.segments)?;
    plain(conn, "person", &mut facts.names.people)?;
    reasons(conn, facts)?;
    stages(conn, facts)?;
    rates(conn, facts)?;
    targets(conn, facts)
}

fn plain(conn: &Connection, table: &str, into: &mut Dictionary) -> Result<(), StoreError> {
    let doing = "reading the catalogues";
    let sql = format!("SELECT id, name FROM {table} ORDER BY id");
    let mut stmt = conn.prepare_cached(&sql).doing(doing)?;
    let mut found = stmt.query([]).doing(doing)?;
    while let Some(row) = found.next().doing(doing)? {
        let id = row.get(0).doing(doing)?;
        let name = row.get_ref(1).doing(doing)?;
        into.put(id, name.as_str().unwrap_or(""));
    }
    Ok(())
}

/// Sets what stands at a code, which is at most one behind the end.
fn set<T>(list: &mut Vec<T>, code: u32, value: T) {
    match list.get_mut(code as usize) {
        Some(slot) => *slot = value,
        None => list.push(value),
    }
}

fn sources(conn: &Connection, facts: &mut Facts) -> Result<(), StoreError> {
    let found = rows(
        conn,
        "SELECT id, name, side, free FROM source ORDER BY id",
        |row| {
            let facts = SourceFacts {
                side: SourceSide::parse(&row.get::<_, String>(2)?).unwrap_or(SourceSide::Unknown),
                free: row.get(3)?,
            };
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, facts))
        },
    )?;
    for (id, name, source) in found {
        let code = facts.names.sources.put(id, &name);
        set(&mut facts.names.source_facts, code, source);
    }
    Ok(())
}

fn reasons(conn: &Connection, facts: &mut Facts) -> Result<(), StoreError> {
    let sql = "SELECT id, label, class, objective, CASE WHEN retired = 1 THEN successor_id END
               FROM reason ORDER BY id";
    let found = rows(conn, sql, |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, String>(1)?,
            ReasonClass::parse(&row.get::<_, String>(2)?).unwrap_or(ReasonClass::Other),
            row.get::<_, bool>(3)?,
            row.get::<_, Option<i64>>(4)?,
        ))
    })?;
    for (id, label, ..) in &found {
        facts.names.reasons.put(*id, label);
    }
    for (id, _, class, objective, successor) in &found {
        let code = facts.names.reasons.code(Some(*id));
        let reason = ReasonFacts {
            class: *class,
            objective: *objective,
            now: now_of(&found, *id, *successor, facts),
        };
        set(&mut facts.names.reason_facts, code, reason);
    }
    Ok(())
}

type ReasonLine = (i64, String, ReasonClass, bool, Option<i64>);

/// Follows successors to the reason in use; a ring ends at its start.
fn now_of(all: &[ReasonLine], id: i64, successor: Option<i64>, facts: &Facts) -> u32 {
    let (mut at, mut next) = (id, successor);
    for _ in 0..all.len() {
        let Some(to) = next else { break };
        at = to;
        next = all.iter().find(|r| r.0 == to).and_then(|r| r.4);
    }
    facts.names.reasons.code(Some(at))
}

fn stages(conn: &Connection, facts: &mut Facts) -> Result<(), StoreError> {
    let found = rows(
        conn,
        "SELECT id, name, position FROM stage ORDER BY id",
        |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get(2)?)),
    )?;
    for (id, name, position) in found {
        let code = facts.names.stages.put(id, &name);
        set(&mut facts.names.stage_positions, code, position);
    }
    Ok(())
}

fn rates(conn: &Connection, facts: &mut Facts) -> Result<(), StoreError> {
    let home = rows(conn, "SELECT currency FROM workspace", |row| {
        row.get::<_, String>(0)
    })?;
    let Some(home) = home.first() else {
        return Ok(());
    };
    let found = rows(conn, "SELECT currency, from_on, rate FROM fx_rate", |row| {
        Ok((
            row.get::<_, String>(0)?,
            Day(row.get(1)?),
            row.get::<_, String>(2)?,
        ))
    })?;
    let mut rates = Vec::new();
    for (code, from, rate) in found {
        let worth = Decimal::from_str(&rate)
            .map_err(|_| StoreError::Damaged(format!("'{rate}' is no currency rate")))?;
        rates.push((Currency::parse(&code)?, from, worth));
    }
    facts.rates = Rates::new(Currency::parse(home)?, rates);
    Ok(())
}

fn targets(conn: &Connection, facts: &mut Facts) -> Result<(), StoreError> {
    let sql = "SELECT id, metric, start_on, end_on, value, set_by, set_at FROM target ORDER BY id";
    let people = &facts.names.people;
    let found = rows(conn, sql, |row| {
        Ok(Target {
            id: row.get(0)?,
            metric: row.get(1)?,
            start: Day(row.get(2)?),
            end: Day(row.get(3)?),
            value: row.get(4)?,
            by: people.code(row.get(5)?),
            at: Moment(row.get(6)?),
        })
    })?;
    facts.targets = Targets(found);
    Ok(())
}
