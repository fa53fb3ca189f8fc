//! Changes of deals: rows and events for what `domain::deal` allows.

use rusqlite::OptionalExtension;
use rusqlite::types::Value;

use super::super::error::{Doing, StoreError};
use super::super::recorder::{Cell, Recorder, text};
use super::super::table::Table;
use super::standing::{self, Deal, Handoff, Room, number};
use super::verdicts;
use crate::domain::deal::DealChange;
use crate::domain::ids::{HandoffId, OpportunityId};
use crate::domain::policy::Side;
use crate::domain::reason::Asks;
use crate::domain::refused::{Refused, note};
use crate::text::clean;

/// One line of a deal's history.
pub(super) struct Event<'a> {
    pub kind: &'a str,
    pub before: Option<String>,
    pub after: Option<String>,
}

pub(super) fn perform(
    to: &mut Recorder<'_>,
    room: &Room,
    id: OpportunityId,
    change: &DealChange,
) -> Result<String, StoreError> {
    let deal = standing::deal(to, id)?;
    deal.standing.allows(change, &room.calendar)?;
    match change {
        DealChange::Stage(name) => stage(to, room, &deal, name),
        DealChange::Value(value) => {
            let was = deal.standing.gate.value;
            let cells = [
                ("amount_minor", Value::Integer(value.minor)),
                ("currency", Value::Text(value.currency.code().into())),
            ];
            let event = moved("amount", was.map(|v| v.minor), value.minor);
            put(to, room, &deal, &cells, &event)?;
            let was = was.map_or_else(|| "—".into(), |was| was.to_string());
            Ok(format!("value of {}: {was} → {value}", deal.name))
        }
        DealChange::CloseOn(on) => {
            let was = deal.standing.gate.close_on;
            let cells = [("close_on", Value::Integer(i64::from(on.0)))];
            let event = moved("close_on", was.map(|d| i64::from(d.0)), i64::from(on.0));
            put(to, room, &deal, &cells, &event)?;
            let was = was.map_or_else(|| "—".into(), |d| d.to_string());
            Ok(format!("close date of {}: {was} → {on}", deal.name))
        }
        DealChange::Owner(handle) => {
            let column = ("owner_id", "owner", Side::Sales);
            owner(to, room, &deal, handle, (column, deal.owner_id))
        }
        DealChange::MarketingOwner(handle) => {
            let column = ("marketing_owner_id", "marketing_owner", Side::Marketing);
            owner(to, room, &deal, handle, (column, deal.marketing_owner_id))
        }
        DealChange::Join(handoff) => join(to, room, &deal, *handoff),
        DealChange::Won => close(to, room, &deal, ("won", None, None)),
        DealChange::Lost {
            reason,
            note: given,
        } => {
            let given = note(given.as_deref())?;
            let reason = room.reason(reason)?;
            if reason.asks == Asks::Note && given.is_none() {
                let label = clean(&reason.label).into_owned();
                return Err(Refused::NoteNeeded { label }.into());
            }
            let why = Some((reason.id.0, reason.label.as_str()));
            close(to, room, &deal, ("lost", why, given))
        }
        DealChange::NoDecision { note: given } => {
            let given = note(given.as_deref())?;
            close(to, room, &deal, ("no_decision", None, given))
        }
        // A closing is taken back as an entry of the journal, before any row is looked at.
        DealChange::Reopen => Err(StoreError::refused(
            "a deal is reopened by itself, not as a part of many",
        )),
        DealChange::Reverse { note: given } => {
            let why = super::required("the note of a reversal", given, 4_000)?;
            let cells = [("reversed_at", Value::Integer(room.now.0))];
            let event = Event {
                kind: "reversed",
                before: None,
                after: Some(why.to_owned()),
            };
            put(to, room, &deal, &cells, &event)?;
            Ok(format!("reverse {} ({why})", deal.name))
        }
    }
}

pub(super) fn moved(kind: &str, before: Option<i64>, after: i64) -> Event<'_> {
    Event {
        kind,
        before: before.map(|n| n.to_string()),
        after: Some(after.to_string()),
    }
}

/// Changes the deal and notes the event, where something differs.
fn put(
    to: &mut Recorder<'_>,
    room: &Room,
    deal: &Deal,
    cells: &[Cell<'_>],
    event: &Event<'_>,
) -> Result<(), StoreError> {
    if to.update(Table::Opportunity, deal.id, cells)? {
        let active = [("last_activity_at", Value::Integer(room.now.0))];
        to.update(Table::Opportunity, deal.id, &active)?;
        note_event(to, room, deal.id, event)?;
    }
    Ok(())
}

pub(super) fn note_event(
    to: &mut Recorder<'_>,
    room: &Room,
    deal: i64,
    event: &Event<'_>,
) -> Result<(), StoreError> {
    let by = number(to.signer.person_id);
    to.insert(
        Table::OpportunityEvent,
        &[
            ("opportunity_id", Value::Integer(deal)),
            ("at", Value::Integer(room.now.0)),
            ("kind", Value::Text(event.kind.into())),
            ("before", text(event.before.as_deref())),
            ("after", text(event.after.as_deref())),
            ("person_id", by),
        ],
    )?;
    Ok(())
}

fn stage(
    to: &mut Recorder<'_>,
    room: &Room,
    deal: &Deal,
    name: &str,
) -> Result<String, StoreError> {
    let (id, position) = standing::stage(to, name)?;
    deal.standing.stage(&clean(name.trim()), position)?;
    let cells = [
        ("stage_id", Value::Integer(id)),
        ("stage_since_at", Value::Integer(room.now.0)),
    ];
    if deal.stage_id != Some(id) {
        put(to, room, deal, &cells, &moved("stage", deal.stage_id, id))?;
    }
    Ok(format!("{} to stage {}", deal.name, name.trim()))
}

type OwnerColumn = (&'static str, &'static str, Side);

fn owner(
    to: &mut Recorder<'_>,
    room: &Room,
    deal: &Deal,
    handle: &str,
    ((column, kind, wanted), was): (OwnerColumn, Option<i64>),
) -> Result<String, StoreError> {
    let (id, name, side) = standing::person(to, handle)?;
    if Side::parse(&side) != Some(wanted) {
        return Err(StoreError::refused(format!(
            "{} sits on the side of {side}; this owner is somebody of {}",
            clean(&name),
            wanted.label()
        )));
    }
    let cells = [(column, Value::Integer(id))];
    put(to, room, deal, &cells, &moved(kind, was, id))?;
    Ok(format!("{}: {} owner {name}", deal.name, wanted.label()))
}

/// What ends a deal: the word of the outcome, the reason with its label, a note.
type Ending<'a> = (&'a str, Option<(i64, &'a str)>, Option<&'a str>);

fn close(
    to: &mut Recorder<'_>,
    room: &Room,
    deal: &Deal,
    (outcome, reason, given): Ending<'_>,
) -> Result<String, StoreError> {
    let mut cells = vec![
        ("outcome", Value::Text(outcome.into())),
        ("closed_at", Value::Integer(room.now.0)),
        ("lost_reason_id", number(reason.map(|(id, _)| id))),
    ];
    if given.is_some() {
        cells.push(("lost_reason_text", text(given)));
    }
    let event = Event {
        kind: outcome,
        before: None,
        after: reason.map(|(id, _)| id.to_string()),
    };
    put(to, room, deal, &cells, &event)?;
    let why = reason.map(|(_, label)| format!(" ({label})"));
    let word = outcome.replace('_', " ");
    Ok(format!("{}: {word}{}", deal.name, why.unwrap_or_default()))
}

fn join(
    to: &mut Recorder<'_>,
    room: &Room,
    deal: &Deal,
    handoff: HandoffId,
) -> Result<String, StoreError> {
    let handoff = standing::handoff(to, room, handoff)?;
    if !link(to, room, deal.id, &handoff)? {
        return Err(Refused::Joined {
            lead: handoff.standing.lead,
            deal: deal.standing.name.clone(),
        }
        .into());
    }
    let event = Event {
        kind: "lead",
        before: None,
        after: Some(handoff.lead_id.to_string()),
    };
    note_event(to, room, deal.id, &event)?;
    let active = [("last_activity_at", Value::Integer(room.now.0))];
    if !to.update(Table::Opportunity, deal.id, &active)? {
        to.rests_on(Table::Opportunity, deal.id)?;
    }
    Ok(format!("{} stands behind {}", handoff.name, deal.name))
}

/// Puts a lead behind a deal and accepts its handoff where it is open; `false`: it stands behind it already.
pub(super) fn link(
    to: &mut Recorder<'_>,
    room: &Room,
    deal: i64,
    handoff: &Handoff,
) -> Result<bool, StoreError> {
    let doing = "looking up the leads of the deal";
    let known: Option<i64> = to
        .conn
        .prepare_cached(
            "SELECT id FROM opportunity_lead WHERE opportunity_id = ?1 AND lead_id = ?2",
        )
        .doing(doing)?
        .query_row([deal, handoff.lead_id], |row| row.get(0))
        .optional()
        .doing(doing)?;
    if known.is_some() {
        return Ok(false);
    }
    to.insert(
        Table::OpportunityLead,
        &[
            ("opportunity_id", Value::Integer(deal)),
            ("lead_id", Value::Integer(handoff.lead_id)),
        ],
    )?;
    take_in(to, room, handoff, None)?;
    Ok(true)
}

/// Accepts an open handoff; one that is accepted is noted as what this rests on. A rejected one has to be reopened first.
pub(super) fn take_in(
    to: &mut Recorder<'_>,
    room: &Room,
    handoff: &Handoff,
    despite: Option<&str>,
) -> Result<(), StoreError> {
    use crate::domain::verdict::Verdict;
    if matches!(handoff.standing.verdict, Some((Verdict::Accepted, _))) {
        to.rests_on(Table::Handoff, handoff.id)?;
        let because = [("despite", text(despite))];
        if despite.is_some() {
            to.update(Table::Handoff, handoff.id, &because)?;
        }
        return Ok(());
    }
    verdicts::accept(to, room, handoff, despite, None)
}
