//! Touches, hand-overs and attempts: rows for what `domain::desk` allows.

use rusqlite::OptionalExtension;
use rusqlite::types::Value;

use super::super::error::{Doing, StoreError};
use super::super::recorder::{Cell, Recorder, text};
use super::super::table::Table;
use super::standing::{self, Handoff, Room, number};
use super::{named, required, verdicts};
use crate::domain::desk::Desk;
use crate::domain::ids::{HandoffId, LeadId};
use crate::domain::moment::Moment;
use crate::domain::policy::Side;
use crate::domain::refused::{Refused, note};
use crate::domain::verdict::{AttemptOutcome, Channel};
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
        } => touch(
            to,
            room,
            (*lead, *at, kind),
            campaign.as_deref(),
            note.as_deref(),
        ),
        Desk::HandOver {
            lead,
            to: rep,
            trigger,
        } => hand_over(to, room, *lead, rep.as_deref(), trigger.as_deref()),
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
            verdicts::accept(to, room, &handoff, despite.as_deref(), note.as_deref())?;
            Ok(format!("accept {}", handoff.name))
        }
        Desk::Reject {
            handoff,
            reason,
            note,
        } => verdicts::reject(to, room, *handoff, reason, note.as_deref()),
        Desk::Recycle { handoff, on, note } => {
            verdicts::recycle(to, room, *handoff, *on, note.as_deref())
        }
        Desk::Reopen { handoff } => verdicts::reopen(to, room, *handoff),
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
            "{} sits on the side of {side}; leads are given to sales",
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
        to.rests_on(Table::Handoff, before.id)?;
    }
    let mut summary = format!("hand over {name}");
    if let Some(handle) = handle {
        let (id, rep) = rep(to, handle)?;
        owner = Some(id);
        summary = format!("{summary} to {rep}");
    }
    let now = room.now.0;
    let handoff = to.insert(
        Table::Handoff,
        &[
            ("lead_id", Value::Integer(lead.0)),
            ("number", Value::Integer(number_before + 1)),
            ("handed_off_at", Value::Integer(now)),
            ("assigned_at", number(owner.map(|_| now))),
            ("owner_id", number(owner)),
            (
                "trigger",
                text(trigger.map(str::trim).filter(|t| !t.is_empty())),
            ),
        ],
    )?;
    super::criteria::stamp(to, handoff)?;
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
pub(super) fn taking(
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
