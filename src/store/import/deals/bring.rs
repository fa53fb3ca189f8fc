//! Brings a deal's record onto the deal that is there. What was frozen at qualification stays; changes become events.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::super::super::error::StoreError;
use super::super::super::recorder::{Cell, text};
use super::super::super::table::Table;
use super::super::merge::{self, Reach, merge};
use super::super::state::{Fate, State, Writers};
use super::{Links, event, is_linked, link, through_gate};
use crate::domain::import::{Dating, OpportunityRecord};
use crate::domain::moment::Moment;
use crate::domain::verdict::DealOutcome;

/// Columns whose changes are events of the deal, with the events' names.
const WATCHED: [(&str, &str); 4] = [
    ("stage_id", "stage"),
    ("amount_minor", "amount"),
    ("close_on", "close_on"),
    ("owner_id", "owner"),
];

pub(super) fn update(
    conn: &Connection,
    writers: &mut Writers<'_>,
    state: &mut State,
    line: u64,
    record: &OpportunityRecord,
    links: Links,
    id: i64,
) -> Result<Fate, StoreError> {
    let again = state.speak_of(Table::Opportunity, id);
    let reach = if again { Reach::Fill } else { Reach::Replace };
    let at = (Table::Opportunity, id);
    let watched: Vec<&str> = WATCHED.iter().map(|(column, _)| *column).collect();
    let before = merge::current(conn, Table::Opportunity, id, &watched)?;
    let mut fate = merge(conn, state, line, at, cells(record, links), reach)?;
    if fate == Fate::Updated {
        let after = merge::current(conn, Table::Opportunity, id, &watched)?;
        let now = state.now.0;
        for (((column, kind), before), after) in WATCHED.iter().zip(before).zip(after) {
            if before != after {
                if *column == "stage_id" {
                    let since = (
                        ("stage_since_at", Value::Null),
                        ("stage_since_at", Value::Integer(now)),
                    );
                    merge::write(conn, state, at, vec![since])?;
                }
                let sides = (shown(&before), shown(&after));
                event(writers, state, id, now, kind, sides)?;
            }
        }
    }
    fate = fate.max(end(conn, writers, state, line, record, id, again)?);
    fate = fate.max(qualify(conn, writers, state, line, record, links, id)?);
    if let Some(lead) = links.lead
        && !is_linked(conn, state, id, lead)?
    {
        link(writers, state, id, lead)?;
        fate = Fate::Updated;
    }
    Ok(fate.min(Fate::Updated))
}

fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Integer(n) => Some(n.to_string()),
        _ => None,
    }
}

fn cells(record: &OpportunityRecord, links: Links) -> Vec<Cell<'static>> {
    let number = |n: Option<i64>| n.map_or(Value::Null, Value::Integer);
    let amount = record.amount.as_ref();
    let name = record.name.trim();
    // A date that was only assumed is for a row that is new.
    let stated = record.dating == Dating::Stated;
    let mut cells = vec![
        ("name", text(Some(name).filter(|n| !n.is_empty()))),
        ("account_id", number(links.account)),
        ("lead_id", number(links.lead)),
        ("handoff_id", number(links.handoff)),
        ("source_id", number(links.source)),
        ("campaign_id", number(links.campaign)),
        ("segment_id", number(links.segment)),
        ("owner_id", number(links.owner)),
        ("created_at", number(stated.then_some(record.created.0))),
        ("stage_id", number(links.stage)),
        (
            "last_activity_at",
            number(record.last_activity.map(|at| at.0)),
        ),
        ("currency", text(amount.map(|m| m.currency.code()))),
        ("amount_minor", number(amount.map(|m| m.minor))),
        ("close_on", number(record.close_on.map(|d| i64::from(d.0)))),
        (
            "conversation_at",
            number(record.conversation.map(|at| at.0)),
        ),
        ("delivery_cost_minor", number(record.delivery_cost)),
        ("note", text(record.note.as_deref())),
        ("source_status", text(record.status.as_deref())),
    ];
    cells.push(("custom", text(record.custom.json())));
    cells
}

/// How it ended, with its reason: these change together, and an older end never replaces a newer one.
fn end(
    conn: &Connection,
    writers: &mut Writers<'_>,
    state: &mut State,
    line: u64,
    record: &OpportunityRecord,
    id: i64,
    again: bool,
) -> Result<Fate, StoreError> {
    const END: [&str; 4] = ["outcome", "closed_at", "lost_reason_id", "lost_reason_text"];
    let Some((outcome, at)) = record.closed else {
        return Ok(Fate::Unchanged);
    };
    let reason = record
        .lost_reason
        .as_deref()
        .and_then(|code| state.names.reasons.get(code))
        .map(|reason| reason.id);
    let new = [
        Value::Text(outcome.word().into()),
        Value::Integer(at.0),
        reason.map_or(Value::Null, Value::Integer),
        text(record.lost_reason_text.as_deref()),
    ];
    let old = merge::current(conn, Table::Opportunity, id, &END)?;
    if old[0] == text(Some(DealOutcome::Won.word())) && old[0] != new[0] {
        return take_back(conn, writers, state, line, id, (outcome, at));
    }
    if old[0] == new[0] && record.dating == Dating::Assumed && at == record.created {
        // The same end, on a day that was only assumed: it stays where it was first put.
        return Ok(Fate::Unchanged);
    }
    let other_end = old[0] != new[0] || old[1] != new[1];
    let mut differing = Vec::new();
    for ((column, old), new) in END.iter().zip(&old).zip(new) {
        let silent = column.starts_with("lost") && new == Value::Null && !other_end;
        if *old != new && !silent {
            differing.push(((*column, old.clone()), (*column, new)));
        }
    }
    if differing.is_empty() {
        return Ok(Fate::Unchanged);
    }
    let by_person = END
        .iter()
        .any(|column| merge::set_by_person(state, Table::Opportunity, id, column));
    let outdated = matches!(old[1], Value::Integer(before) if before > at.0);
    if by_person || outdated {
        let why = if by_person {
            "as a person set it here"
        } else {
            "as a newer file said; this one is stale"
        };
        merge::conflict(conn, state, line, (Table::Opportunity, id), "outcome", why);
        return Ok(Fate::Unchanged);
    }
    if again && old[0] != Value::Null {
        return Ok(Fate::Unchanged);
    }
    if other_end {
        event(writers, state, id, at.0, outcome.word(), (None, None))?;
    }
    merge::write(conn, state, (Table::Opportunity, id), differing)
}

/// A won deal that a later file calls lost: what was won stays in its period, and an adjusting entry of now takes it back.
fn take_back(
    conn: &Connection,
    writers: &mut Writers<'_>,
    state: &mut State,
    line: u64,
    id: i64,
    (outcome, at): (DealOutcome, Moment),
) -> Result<Fate, StoreError> {
    const BACK: [&str; 2] = ["closed_at", "reversed_at"];
    let old = merge::current(conn, Table::Opportunity, id, &BACK)?;
    let outdated = matches!(old[0], Value::Integer(won) if won > at.0);
    let by_person = merge::set_by_person(state, Table::Opportunity, id, "outcome");
    let at = (Table::Opportunity, id);
    if outdated || by_person || old[1] != Value::Null {
        let why = match (outdated, by_person) {
            (true, _) => "as a newer file said; this one is stale",
            (_, true) => "as a person set it here",
            _ => return Ok(Fate::Unchanged),
        };
        merge::conflict(conn, state, line, at, "outcome", why);
        return Ok(Fate::Unchanged);
    }
    let why = format!(
        "as it was won; this file says {}: an adjusting entry of today takes the win back",
        outcome.word().replace('_', " ")
    );
    merge::conflict(conn, state, line, at, "outcome", &why);
    let now = state.now.0;
    event(writers, state, id, now, "reversed", (None, None))?;
    let entry = (
        ("reversed_at", Value::Null),
        ("reversed_at", Value::Integer(now)),
    );
    merge::write(conn, state, at, vec![entry])
}

/// Qualifies a deal that has not been qualified yet. What was frozen once stays for ever.
fn qualify(
    conn: &Connection,
    writers: &mut Writers<'_>,
    state: &mut State,
    line: u64,
    record: &OpportunityRecord,
    links: Links,
    id: i64,
) -> Result<Fate, StoreError> {
    const GATE: [&str; 5] = [
        "criteria_confirmed",
        "evidence",
        "qualified_at",
        "qualified_minor",
        "qualified_currency",
    ];
    if record.qualified.is_none() {
        return Ok(Fate::Unchanged);
    }
    let old = merge::current(conn, Table::Opportunity, id, &GATE)?;
    if old[2] != Value::Null {
        return Ok(Fate::Unchanged);
    }
    let qualified = through_gate(state, line, record, links.stage);
    let frozen = qualified.and(record.frozen.or(record.amount));
    let asserted = if old[1] == text(Some("logged")) {
        old[1].clone()
    } else {
        text(Some("asserted"))
    };
    let new = [
        Value::Integer(1),
        asserted,
        qualified.map_or(Value::Null, Value::Integer),
        frozen.map_or(Value::Null, |m| Value::Integer(m.minor)),
        text(frozen.as_ref().map(|m| m.currency.code())),
    ];
    let differing: Vec<(Cell<'static>, Cell<'static>)> = GATE
        .iter()
        .zip(old)
        .zip(new)
        .filter(|((_, old), new)| old != new)
        .map(|((column, old), new)| ((*column, old), (*column, new)))
        .collect();
    if let Some(at) = qualified {
        event(writers, state, id, at, "qualified", (None, None))?;
    }
    merge::write(conn, state, (Table::Opportunity, id), differing)
}
