//! Touches, hand-overs, attempts and verdicts: rows for what `domain::desk` allows.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};

use super::super::error::{Doing, StoreError};
use super::super::recorder::{Cell, Recorder, text};
use super::super::table::Table;
use super::standing::{self, Handoff, Room, number};
use super::{named, required};
use crate::domain::desk::{Desk, preview_rejection, recycle_day};
use crate::domain::ids::{HandoffId, LeadId};
use crate::domain::moment::{Day, Moment};
use crate::domain::policy::Side;
use crate::domain::reason::Asks;
use crate::domain::refused::{Refused, note};
use crate::domain::verdict::{AttemptOutcome, Channel, Evidence, Verdict};
use crate::text::clean;

pub(super) fn perform(
    to: &mut Recorder<'_>,
    room: &Room,
    desk: &Desk,
) -> Result<String, StoreError> {
    match desk {
        Desk::AddTouch {
            lead,
            at,
            kind,
            campaign,
            note,
        } => touch(to, room, (*lead, *at, kind), campaign.as_deref(), note.as_deref()),
        Desk::HandOver { lead, to: rep, trigger } => {
            hand_over(to, room, *lead, rep.as_deref(), trigger.as_deref())
        }
        Desk::Assign { handoff, to: rep } => assign(to, room, *handoff, rep),
        Desk::LogAttempt {
            handoff,
            at,
            channel,
            outcome,
            minutes,
            note,
        } => {
            let what = (*at, *channel, *outcome, *minutes);
            attempt(to, room, *handoff, what, note.as_deref())
        }
        Desk::Accept {
            handoff,
            despite,
            note,
        } => {
            let handoff = standing::handoff(to, room, *handoff)?;
            accept(to, room, &handoff, despite.as_deref(), note.as_deref())?;
            Ok(format!("accept {}", handoff.name))
        }
        Desk::Reject {
            handoff,
            reason,
            note,
        } => reject(to, room, *handoff, reason, note.as_deref()),
        Desk::Recycle { handoff, on, note } => recycle(to, room, *handoff, *on, note.as_deref()),
        Desk::Reopen { handoff } => reopen(to, room, *handoff),
    }
}

fn lead_name(to: &Recorder<'_>, lead: LeadId) -> Result<(String, Option<i64>), StoreError> {
    to.conn
        .prepare_cached("SELECT name, owner_id FROM lead WHERE id = ?1")
        .doing("looking up the lead")?
        .query_row([lead.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
        .doing("looking up the lead")?
        .ok_or_else(|| {
            Refused::Gone {
                what: "lead",
                id: lead.0,
            }
            .into()
        })
}

fn touch(
    to: &mut Recorder<'_>,
    room: &Room,
    (lead, at, kind): (LeadId, Moment, &str),
    campaign: Option<&str>,
    given: Option<&str>,
) -> Result<String, StoreError> {
    let (name, _) = lead_name(to, lead)?;
    let kind = required("the kind of a touch", kind, 60)?;
    let given = note(given)?;
    if at > room.now {
        let at = room.calendar.show(at);
        return Err(Refused::Future { at }.into());
    }
    let campaign = named(to, Table::Campaign, campaign)?;
    let by = number(to.signer.person_id);
    to.insert(
        Table::Touch,
        &[
            ("lead_id", Value::Integer(lead.0)),
            ("at", Value::Integer(at.0)),
            ("kind", Value::Text(kind.into())),
            ("campaign_id", campaign),
            ("person_id", by),
            ("note", text(given)),
        ],
    )?;
    Ok(format!("touch {name} ({kind})"))
}

/// The rep behind a handle; leads are given to sales.
fn rep(to: &Recorder<'_>, handle: &str) -> Result<(i64, String), StoreError> {
    let (id, name, side) = standing::person(to, handle)?;
    if Side::parse(&side) != Some(Side::Sales) {
        return Err(StoreError::refused(format!(
            "{} sits on {side}'s side; leads are given to sales",
            clean(&name)
        )));
    }
    Ok((id, name))
}

fn hand_over(
    to: &mut Recorder<'_>,
    room: &Room,
    lead: LeadId,
    handle: Option<&str>,
    trigger: Option<&str>,
) -> Result<String, StoreError> {
    let (name, mut owner) = lead_name(to, lead)?;
    let newest: Option<i64> = to
        .conn
        .prepare_cached("SELECT id FROM handoff WHERE lead_id = ?1 ORDER BY number DESC LIMIT 1")
        .doing("looking up the handoff")?
        .query_row([lead.0], |row| row.get(0))
        .optional()
        .doing("looking up the handoff")?;
    let mut number_before = 0;
    if let Some(id) = newest {
        let before = standing::handoff(to, room, HandoffId(id))?;
        if before.standing.verdict.is_none() {
            // A lead that comes back later says so; one in the queue needs a verdict first.
            before.standing.undecided(room.now, &room.calendar)?;
            return Err(Refused::InQueue {
                lead: before.standing.lead,
                on: room.calendar.day_of(before.standing.handed_off),
            }
            .into());
        }
        number_before = before.number;
    }
    let mut summary = format!("hand over {name}");
    if let Some(handle) = handle {
        let (id, rep) = rep(to, handle)?;
        owner = Some(id);
        summary = format!("{summary} to {rep}");
    }
    let now = room.now.0;
    to.insert(
        Table::Handoff,
        &[
            ("lead_id", Value::Integer(lead.0)),
            ("number", Value::Integer(number_before + 1)),
            ("handed_off_at", Value::Integer(now)),
            ("assigned_at", number(owner.map(|_| now))),
            ("owner_id", number(owner)),
            ("trigger", text(trigger.map(str::trim).filter(|t| !t.is_empty()))),
        ],
    )?;
    to.update(Table::Lead, lead.0, &[("owner_id", number(owner))])?;
    Ok(summary)
}

fn assign(
    to: &mut Recorder<'_>,
    room: &Room,
    handoff: HandoffId,
    handle: &str,
) -> Result<String, StoreError> {
    let handoff = standing::handoff(to, room, handoff)?;
    handoff.standing.undecided(room.now, &room.calendar)?;
    let (id, name) = rep(to, handle)?;
    let since = handoff.assigned_at.unwrap_or(room.now.0);
    to.update(
        Table::Handoff,
        handoff.id,
        &[
            ("owner_id", Value::Integer(id)),
            ("assigned_at", Value::Integer(since)),
        ],
    )?;
    to.update(
        Table::Lead,
        handoff.lead_id,
        &[("owner_id", Value::Integer(id))],
    )?;
    Ok(format!("give {} to {name}", handoff.name))
}

fn attempt(
    to: &mut Recorder<'_>,
    room: &Room,
    handoff: HandoffId,
    (at, channel, outcome, minutes): (Moment, Channel, AttemptOutcome, Option<i64>),
    given: Option<&str>,
) -> Result<String, StoreError> {
    let handoff = standing::handoff(to, room, handoff)?;
    let given = note(given)?;
    handoff
        .standing
        .attempt((at, room.now), minutes, &room.calendar)?;
    let by = number(to.signer.person_id);
    to.insert(
        Table::Attempt,
        &[
            ("handoff_id", Value::Integer(handoff.id)),
            ("at", Value::Integer(at.0)),
            ("channel", Value::Text(channel.word().into())),
            ("outcome", Value::Text(outcome.word().into())),
            ("minutes", number(minutes)),
            ("person_id", by),
            ("note", text(given)),
        ],
    )?;
    let mine = taking(to, &handoff, at.0)?;
    if !mine.is_empty() {
        to.update(Table::Handoff, handoff.id, &mine)?;
    }
    stir_deals(to, &handoff, at, outcome)?;
    Ok(format!(
        "attempt {} ({}, {})",
        handoff.name,
        channel.label(),
        outcome.label()
    ))
}

/// Who works a lead that nobody has, has it.
fn taking(
    to: &Recorder<'_>,
    handoff: &Handoff,
    at: i64,
) -> Result<Vec<Cell<'static>>, StoreError> {
    let Some(me) = to.signer.person_id.filter(|_| handoff.owner_id.is_none()) else {
        return Ok(Vec::new());
    };
    let sales: bool = to
        .conn
        .prepare_cached("SELECT side = 'sales' FROM person WHERE id = ?1")
        .doing("looking up the person")?
        .query_row([me], |row| row.get(0))
        .doing("looking up the person")?;
    if !sales {
        return Ok(Vec::new());
    }
    let since = handoff.assigned_at.unwrap_or(at);
    Ok(vec![
        ("owner_id", Value::Integer(me)),
        ("assigned_at", Value::Integer(since)),
    ])
}

/// Open deals of the lead have had some activity; a conversation is what the gate asks for.
fn stir_deals(
    to: &mut Recorder<'_>,
    handoff: &Handoff,
    at: Moment,
    outcome: AttemptOutcome,
) -> Result<(), StoreError> {
    let doing = "looking up the deals";
    let deals: Vec<(i64, Option<i64>, Option<i64>, bool)> = {
        let mut stmt = to
            .conn
            .prepare_cached(
                "SELECT o.id, o.last_activity_at, o.conversation_at, o.qualified_at IS NULL
                 FROM opportunity_lead x JOIN opportunity o ON o.id = x.opportunity_id
                 WHERE x.lead_id = ?1 AND o.outcome IS NULL ORDER BY o.id",
            )
            .doing(doing)?;
        stmt.query_map([handoff.lead_id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .doing(doing)?
        .collect::<Result<_, _>>()
        .doing(doing)?
    };
    for (id, last, spoke, before_the_gate) in deals {
        let mut cells = Vec::new();
        if last.is_none_or(|last| last < at.0) {
            cells.push(("last_activity_at", Value::Integer(at.0)));
        }
        if before_the_gate && spoke.is_none() && outcome.is_conversation() {
            cells.push(("conversation_at", Value::Integer(at.0)));
        }
        if !cells.is_empty() {
            to.update(Table::Opportunity, id, &cells)?;
        }
    }
    Ok(())
}

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

fn reject(
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
    }
    Ok(summary)
}

fn recycle(
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
    let owner = to
        .conn
        .query_row(
            "SELECT owner_id FROM handoff WHERE id = ?1",
            [handoff.id],
            |row| row.get::<_, Option<i64>>(0),
        )
        .doing("looking up the handoff")?;
    let start = room.calendar.start_of(on).0;
    to.insert(
        Table::Handoff,
        &[
            ("lead_id", Value::Integer(handoff.lead_id)),
            ("number", Value::Integer(handoff.number + 1)),
            ("handed_off_at", Value::Integer(start)),
            ("assigned_at", number(owner.map(|_| start))),
            ("owner_id", number(owner)),
            ("trigger", Value::Text("recycled".into())),
        ],
    )?;
    Ok(format!("recycle {} to {on}", handoff.name))
}

fn reopen(to: &mut Recorder<'_>, room: &Room, handoff: HandoffId) -> Result<String, StoreError> {
    let handoff = standing::handoff(to, room, handoff)?;
    let lead = || handoff.standing.lead.clone();
    let Some((verdict, _)) = handoff.standing.verdict else {
        return Err(Refused::NotDecided { lead: lead() }.into());
    };
    if let Some(deal) = deal_on(to, &handoff)? {
        let why = format!("the deal {} rests on it; undo its qualification first", clean(&deal));
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
            let why = "it came back and was worked on since; say there what is to be said".to_owned();
            return Err(Refused::BuiltOn { lead: lead(), why }.into());
        }
        to.delete(Table::Handoff, next.id)?;
    }
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
    to.update(Table::Handoff, handoff.id, &cells)?;
    Ok(format!("reopen {} (was {})", handoff.name, verdict.label()))
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
