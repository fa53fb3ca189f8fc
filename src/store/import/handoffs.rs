//! Handoffs and verdicts that an export states. A verdict that a person gave here, or a newer one, is never replaced.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::super::cache::code;
use super::super::error::{Doing, StoreError};
use super::super::recorder::{Cell, text};
use super::super::table::Table;
use super::bulk;
use super::merge::{self, Reach};
use super::names::ReasonLine;
use super::returns;
use super::state::{Fate, State, Writers};
use super::writer::{Put, fixed};
use crate::domain::import::{Dating, HandoffRecord, VerdictRecord};
use crate::domain::moment::Moment;
use crate::domain::verdict::{Evidence, Verdict};
use crate::facts::handoffs::HandoffRow;

/// A new handoff.
pub(super) const INSERT: &str =
    "INSERT INTO handoff (lead_id, number, handed_off_at, assigned_at, owner_id, trigger,
    verdict, verdict_at, reason_id, reason_text, note, evidence, recycle_on)
    VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)";

/// The columns of a verdict, which change together.
const VERDICT: [&str; 7] = [
    "verdict",
    "verdict_at",
    "reason_id",
    "reason_text",
    "note",
    "evidence",
    "recycle_on",
];

/// Adds a handoff with its verdict; gives its id.
pub(super) fn add(
    writers: &mut Writers<'_>,
    state: &mut State,
    lead: i64,
    number: i64,
    owner: Option<i64>,
    record: &HandoffRecord,
) -> Result<i64, StoreError> {
    let id = state.ids.take(Table::Handoff);
    let verdict = record.verdict.as_ref();
    let known = verdict.and_then(|v| reason_of(state, v));
    let reason = known.map(|reason| reason.id);
    let evidence = verdict.map(|v| evidence(v, known));
    let row = [
        Put::Number(lead),
        Put::Number(number),
        Put::Number(record.at.0),
        record.assigned.map(|at| at.0).into(),
        owner.into(),
        record.trigger.as_deref().into(),
        fixed(verdict.map(|v| v.verdict.word())),
        verdict.map(|v| v.at.0).into(),
        reason.into(),
        verdict.and_then(|v| v.reason_text.as_deref()).into(),
        verdict.and_then(|v| v.note.as_deref()).into(),
        fixed(evidence.map(Evidence::word)),
        verdict.and_then(recycle_on).map(i64::from).into(),
    ];
    writers.handoff.add(id, row, "adding a handoff")?;
    let row = HandoffRow {
        id,
        lead: lead as u32 - 1,
        number: number as u16,
        handed_off: record.at,
        assigned: Moment::or_never(record.assigned),
        rep: code(owner),
        first_attempt: Moment::NEVER,
        first_connected: Moment::NEVER,
        first_meeting: Moment::NEVER,
        attempts: 0,
        minutes_logged: 0,
        minutes_assumed: 0,
        verdict: verdict.map(|v| v.verdict),
        verdict_at: Moment::or_never(verdict.map(|v| v.at)),
        reason: code(reason),
        evidence: evidence.unwrap_or(Evidence::None),
    };
    if row.verdict == Some(Verdict::Rejected) && row.evidence == Evidence::None {
        state.report.unverified += 1;
    }
    if let Some(keeper) = &mut state.keeper {
        keeper.handoff(row);
    }
    if let Some(verdict) = verdict {
        returns::plan(state, (lead, number), owner, verdict);
    }
    Ok(id)
}

fn reason_of(state: &State, verdict: &VerdictRecord) -> Option<ReasonLine> {
    if verdict.verdict != Verdict::Rejected {
        return None;
    }
    let code = verdict.reason.as_deref()?;
    state.names.reasons.get(code).copied()
}

fn recycle_on(verdict: &VerdictRecord) -> Option<i32> {
    (verdict.verdict == Verdict::Recycled)
        .then_some(verdict.recycle_on)
        .flatten()
        .map(|day| day.0)
}

/// What the file says it rests on; a reason that anybody can check is its own proof.
fn evidence(verdict: &VerdictRecord, reason: Option<ReasonLine>) -> Evidence {
    if verdict.evidence == Evidence::None && reason.is_some_and(|reason| reason.objective) {
        Evidence::Objective
    } else {
        verdict.evidence
    }
}

/// A lead's handoffs as a record finds them.
#[derive(Default)]
struct Found {
    /// The one that the record tells of: handed over at that moment, else the newest.
    told: Option<Known>,
    /// A return that lies ahead.
    planned: Option<Known>,
    /// One that came after the one told of, and before the verdict that the record tells of.
    returned: Option<i64>,
}

#[derive(Clone, Copy)]
struct Known {
    id: i64,
    number: i64,
    at: i64,
    recycled_at: Option<i64>,
}

/// The record with the moment that was assumed for this handoff when it first came: assuming it anew with each file would move
/// the past.
fn as_first_dated(record: &HandoffRecord, at: i64) -> HandoffRecord {
    let mut record = record.clone();
    let assumed = std::mem::replace(&mut record.at, Moment(at));
    if let Some(verdict) = record.verdict.as_mut().filter(|v| v.at == assumed) {
        verdict.at = Moment(at);
    }
    record
}

fn find(
    conn: &Connection,
    state: &State,
    lead: i64,
    record: &HandoffRecord,
) -> Result<Found, StoreError> {
    let doing = "looking up a handoff";
    // Chosen here: a parameter in ORDER BY would have the statement prepared anew for every row.
    let mut stmt = conn
        .prepare_cached(
            "SELECT id, number, iif(verdict = 'recycled', verdict_at, NULL), handed_off_at
             FROM handoff WHERE lead_id = ?1 ORDER BY number DESC",
        )
        .doing(doing)?;
    let mut rows = stmt.query([lead]).doing(doing)?;
    let decided = record.verdict.as_ref().map(|verdict| verdict.at.0);
    let mut found = Found::default();
    while let Some(row) = rows.next().doing(doing)? {
        let (id, at): (i64, i64) = (row.get(0).doing(doing)?, row.get(3).doing(doing)?);
        let same = at == record.at.0;
        let known = Known {
            id,
            number: row.get(1).doing(doing)?,
            at,
            recycled_at: row.get(2).doing(doing)?,
        };
        if !same && at > state.now.0 {
            found.planned = Some(known);
            continue;
        }
        if same || found.told.is_none() {
            found.told = Some(known);
        }
        if same {
            break;
        }
        if found.returned.is_none() && decided.is_some_and(|decided| decided >= at) {
            found.returned = Some(id);
        }
    }
    Ok(found)
}

/// Brings a handoff onto a lead that is there: the same one, or a new one after it was recycled.
pub(super) fn bring(
    conn: &Connection,
    writers: &mut Writers<'_>,
    state: &mut State,
    line: u64,
    (lead, owner): (i64, Option<i64>),
    record: &HandoffRecord,
    reach: Reach,
) -> Result<Fate, StoreError> {
    bulk::need(conn, state, Table::Handoff)?;
    let found = find(conn, state, lead, record)?;
    let planned = found.planned.map(|planned| planned.id);
    // Where all lies ahead, the file has dated its hand-over so itself.
    let Some(told) = found.told.or(found.planned) else {
        add(writers, state, lead, 1, owner, record)?;
        return Ok(Fate::Added);
    };
    let aligned;
    let record = if record.dating == Dating::Assumed {
        aligned = as_first_dated(record, told.at);
        &aligned
    } else {
        record
    };
    let mut id = told.id;
    if told.recycled_at.is_some_and(|at| record.at.0 > at) {
        let Some(planned) = planned else {
            add(writers, state, lead, told.number + 1, owner, record)?;
            return Ok(Fate::Added);
        };
        // It came back at another time than was planned.
        id = planned;
    }
    let number = |n: Option<i64>| n.map_or(Value::Null, Value::Integer);
    let cells: Vec<Cell<'static>> = vec![
        ("handed_off_at", Value::Integer(record.at.0)),
        ("assigned_at", number(record.assigned.map(|at| at.0))),
        ("owner_id", number(owner)),
        ("trigger", text(record.trigger.as_deref())),
    ];
    let fate = merge::merge(conn, state, line, (Table::Handoff, id), cells, reach)?;
    let Some(verdict) = &record.verdict else {
        return Ok(fate);
    };
    // What a file says after the lead came back is said of its return, which the file does not know.
    let returned = found
        .returned
        .filter(|_| told.recycled_at.is_some() && verdict.verdict != Verdict::Recycled);
    let judged = (lead, returned.unwrap_or(id));
    let said = (verdict, record.dating);
    let of_verdict = bring_verdict(conn, state, line, judged, said, reach)?;
    if of_verdict != Fate::Unchanged {
        returns::follow(conn, state, judged, verdict)?;
    }
    Ok(fate.max(of_verdict))
}

fn bring_verdict(
    conn: &Connection,
    state: &mut State,
    line: u64,
    (lead, id): (i64, i64),
    (verdict, dating): (&VerdictRecord, Dating),
    reach: Reach,
) -> Result<Fate, StoreError> {
    let number = |n: Option<i64>| n.map_or(Value::Null, Value::Integer);
    let reason = reason_of(state, verdict);
    let new = [
        Value::Text(verdict.verdict.word().into()),
        Value::Integer(verdict.at.0),
        number(reason.map(|reason| reason.id)),
        text(verdict.reason_text.as_deref()),
        text(verdict.note.as_deref()),
        Value::Text(evidence(verdict, reason).word().into()),
        number(recycle_on(verdict).map(i64::from)),
    ];
    let old = merge::current(conn, Table::Handoff, id, &VERDICT)?;
    let mut differing = Vec::new();
    for ((column, old), new) in VERDICT.iter().zip(&old).zip(new) {
        // Notes, words and proven evidence stay where the file is silent.
        let silent = matches!(*column, "note" | "reason_text") && new == Value::Null
            || *column == "evidence" && new == Value::Text("none".into()) && *old != Value::Null
            || *column == "recycle_on" && dating == Dating::Assumed && *old != Value::Null;
        if *old != new && !silent {
            differing.push(((*column, old.clone()), (*column, new)));
        }
    }
    if differing.is_empty() {
        return Ok(Fate::Unchanged);
    }
    let given = old[0] != Value::Null;
    let by_person = VERDICT
        .iter()
        .any(|column| merge::set_by_person(state, Table::Handoff, id, column));
    let why = if by_person {
        Some("as a person gave it here")
    } else if given && matches!(old[1], Value::Integer(at) if at > verdict.at.0) {
        Some("as a newer file said; this one is stale")
    } else {
        None
    };
    match why {
        Some(why) => {
            merge::conflict(conn, state, line, (Table::Lead, lead), "verdict", why);
            Ok(Fate::Unchanged)
        }
        None if given && reach == Reach::Fill => Ok(Fate::Unchanged),
        None => {
            let fate = merge::write(conn, state, (Table::Handoff, id), differing)?;
            if verdict.verdict == Verdict::Rejected {
                state.unproven.push(id);
            }
            Ok(fate)
        }
    }
}
