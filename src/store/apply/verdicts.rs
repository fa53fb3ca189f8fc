//! Verdicts and their taking back: rows for what `domain::desk` allows.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};

use super::super::error::{Doing, StoreError};
use super::super::recorder::{Cell, Recorder, text};
use super::super::table::Table;
use super::desk::taking;
use super::review;
use super::standing::{self, Handoff, Room, number};
use crate::domain::desk::{preview_rejection, recycle_day};
use crate::domain::ids::HandoffId;
use crate::domain::moment::Day;
use crate::domain::reason::Asks;
use crate::domain::refused::{Refused, note};
use crate::domain::verdict::{Evidence, Verdict};
use crate::text::clean;

fn verdict_cells(
    to: &Recorder<'_>,
    room: &Room,
    handoff: &Handoff,
    (verdict, evidence): (Verdict, Evidence),
    note: Option<&str>,
) -> Result<Vec<Cell<'static>>, StoreError> {
    let mut cells = taking(to, handoff, room.now.0)?;
    cells.extend([
        ("verdict", Value::Text(verdict.word().into())),
        ("verdict_at", Value::Integer(room.now.0)),
        ("verdict_by", number(to.signer.person_id)),
        ("evidence", Value::Text(evidence.word().into())),
    ]);
    if note.is_some() {
        cells.push(("note", text(note)));
    }
    Ok(cells)
}

/// Accepts a handoff that is open.
pub(super) fn accept(
    to: &mut Recorder<'_>,
    room: &Room,
    handoff: &Handoff,
    despite: Option<&str>,
    given: Option<&str>,
) -> Result<(), StoreError> {
    handoff.standing.undecided(room.now, &room.calendar)?;
    let (despite, given) = (note(despite)?, note(given)?);
    let agreed = room.settings.min_attempts;
    let evidence = handoff
        .standing
        .evidence(room.now, Asks::Conversation, agreed);
    let mut cells = verdict_cells(to, room, handoff, (Verdict::Accepted, evidence), given)?;
    if despite.is_some() {
        cells.push(("despite", text(despite)));
    }
    to.update(Table::Handoff, handoff.id, &cells)?;
    Ok(())
}

pub(super) fn reject(
    to: &mut Recorder<'_>,
    room: &Room,
    handoff: HandoffId,
    code: &str,
    given: Option<&str>,
) -> Result<String, StoreError> {
    let handoff = standing::handoff(to, room, handoff)?;
    let reason = room.reason(code)?;
    let agreed = room.settings.min_attempts;
    let now = (room.now, &room.calendar);
    let preview = preview_rejection(&handoff.standing, reason, given, agreed, now)?;
    let stated = (Verdict::Rejected, preview.evidence);
    let mut cells = verdict_cells(to, room, &handoff, stated, note(given)?)?;
    cells.push(("reason_id", Value::Integer(reason.id.0)));
    to.update(Table::Handoff, handoff.id, &cells)?;
    let mut summary = format!("reject {} ({})", handoff.name, reason.label);
    if preview.is_unverified() {
        summary.push_str(", unverified");
        to.notes.push(format!("stored as {preview}"));
    }
    Ok(summary)
}

pub(super) fn recycle(
    to: &mut Recorder<'_>,
    room: &Room,
    handoff: HandoffId,
    on: Day,
    given: Option<&str>,
) -> Result<String, StoreError> {
    let handoff = standing::handoff(to, room, handoff)?;
    handoff.standing.undecided(room.now, &room.calendar)?;
    recycle_day(on, room.now, &room.calendar)?;
    let given = note(given)?;
    let agreed = room.settings.min_attempts;
    let evidence = handoff
        .standing
        .evidence(room.now, Asks::Conversation, agreed);
    let stated = (Verdict::Recycled, evidence);
    let mut cells = verdict_cells(to, room, &handoff, stated, given)?;
    cells.push(("recycle_on", Value::Integer(i64::from(on.0))));
    to.update(Table::Handoff, handoff.id, &cells)?;
    let of = (handoff.id, handoff.lead_id, handoff.number);
    come_back(to, room, of, on)?;
    Ok(format!("recycle {} to {on}", handoff.name))
}

/// Plans the return of a recycled lead: its next handoff (after that of this id, lead and number), dated in the future.
pub(super) fn come_back(
    to: &mut Recorder<'_>,
    room: &Room,
    (handoff, lead, number_before): (i64, i64, i64),
    on: Day,
) -> Result<(), StoreError> {
    let owner = to
        .conn
        .query_row(
            "SELECT owner_id FROM handoff WHERE id = ?1",
            [handoff],
            |row| row.get::<_, Option<i64>>(0),
        )
        .doing("looking up the handoff")?;
    let start = room.calendar.start_of(on).0;
    let next = to.insert(
        Table::Handoff,
        &[
            ("lead_id", Value::Integer(lead)),
            ("number", Value::Integer(number_before + 1)),
            ("handed_off_at", Value::Integer(start)),
            ("assigned_at", number(owner.map(|_| start))),
            ("owner_id", number(owner)),
            ("trigger", Value::Text("recycled".into())),
        ],
    )?;
    super::criteria::stamp(to, next)
}

pub(super) fn reopen(
    to: &mut Recorder<'_>,
    room: &Room,
    handoff: HandoffId,
) -> Result<String, StoreError> {
    let handoff = standing::handoff(to, room, handoff)?;
    let lead = || handoff.standing.lead.clone();
    let Some((verdict, _)) = handoff.standing.verdict else {
        return Err(Refused::NotDecided { lead: lead() }.into());
    };
    review::holds_verdict(to, room, (handoff.id, &handoff.standing.lead))?;
    if let Some(deal) = deal_on(to, &handoff)? {
        let why = format!(
            "the deal {} rests on it; undo its qualification first",
            clean(&deal)
        );
        return Err(Refused::BuiltOn { lead: lead(), why }.into());
    }
    if let Some(next) = next_of(to, &handoff)? {
        if verdict != Verdict::Recycled {
            let why = "it was handed over again since; the newer handoff is the one to work on";
            let why = why.to_owned();
            return Err(Refused::BuiltOn { lead: lead(), why }.into());
        }
        let next = standing::handoff(to, room, HandoffId(next))?;
        let worked = next.standing.attempts > 0 || next.standing.verdict.is_some();
        if worked || next_of(to, &next)?.is_some() || deal_on(to, &next)?.is_some() {
            let why =
                "it came back and was worked on since; say there what is to be said".to_owned();
            return Err(Refused::BuiltOn { lead: lead(), why }.into());
        }
        to.delete(Table::Handoff, next.id)?;
    }
    clear(to, handoff.id)?;
    Ok(format!("reopen {} (was {})", handoff.name, verdict.label()))
}

/// Takes the verdict off a handoff: it stands in the queue as before.
pub(super) fn clear(to: &mut Recorder<'_>, handoff: i64) -> Result<(), StoreError> {
    let nothing = [
        "verdict",
        "verdict_at",
        "verdict_by",
        "reason_id",
        "reason_text",
        "evidence",
        "recycle_on",
        "despite",
    ];
    let cells = nothing.map(|column| (column, Value::Null));
    to.update(Table::Handoff, handoff, &cells)?;
    Ok(())
}

/// The handoff after this one.
fn next_of(to: &Recorder<'_>, handoff: &Handoff) -> Result<Option<i64>, StoreError> {
    to.conn
        .prepare_cached(
            "SELECT id FROM handoff WHERE lead_id = ?1 AND number > ?2 ORDER BY number LIMIT 1",
        )
        .doing("looking up the handoff")?
        .query_row([handoff.lead_id, handoff.number], |row| row.get(0))
        .optional()
        .doing("looking up the handoff")
}

/// A deal that came from this handoff, or that an accepted lead stands behind.
fn deal_on(to: &Recorder<'_>, handoff: &Handoff) -> Result<Option<String>, StoreError> {
    let accepted = matches!(handoff.standing.verdict, Some((Verdict::Accepted, _)));
    to.conn
        .prepare_cached(
            "SELECT o.name FROM opportunity o WHERE o.handoff_id = ?1
             UNION ALL
             SELECT o.name FROM opportunity_lead x JOIN opportunity o ON o.id = x.opportunity_id
             WHERE ?3 AND x.lead_id = ?2 LIMIT 1",
        )
        .doing("looking up the deals")?
        .query_row(params![handoff.id, handoff.lead_id, accepted], |row| {
            row.get(0)
        })
        .optional()
        .doing("looking up the deals")
}
