//! Takes leads through the gate: one deal, its leads, its history; nothing before everything is there.

use rusqlite::OptionalExtension;
use rusqlite::types::Value;

use super::super::error::{Doing, StoreError};
use super::super::recorder::{Cell, Recorder, text};
use super::super::table::Table;
use super::deals::{self, Event, moved, note_event};
use super::required;
use super::standing::{self, Deal, Handoff, Room, number};
use crate::domain::deal::{Behind, DealStanding, Qualification};
use crate::domain::gate::{Confirmed, Gate};
use crate::domain::ids::OpportunityId;
use crate::domain::refused::{Refused, note};
use crate::domain::verdict::Verdict;
use crate::text::clean;

pub(super) fn perform(
    to: &mut Recorder<'_>,
    room: &Room,
    asked: &Qualification,
) -> Result<String, StoreError> {
    let leads = leads(to, room, asked)?;
    let first = leads.first().ok_or(Refused::NoHandoff)?;
    let known = match asked.deal {
        Behind::Existing(id) => Some(standing::deal(to, id)?),
        Behind::New(_) => {
            behind_none(to, room, &leads)?;
            None
        }
        Behind::Another(_) => None,
    };
    let name = match (&asked.deal, &known) {
        (_, Some(deal)) => deal.name.clone(),
        (Behind::New(Some(name)) | Behind::Another(Some(name)), _) => {
            required("the name of the deal", name, 200)?.to_owned()
        }
        _ => company(to, first.lead_id)?.unwrap_or_else(|| first.name.clone()),
    };
    let stage = match &asked.stage {
        Some(name) => Some(standing::stage(to, name)?),
        None => known
            .as_ref()
            .and_then(|deal| deal.stage_id.zip(deal.standing.gate.stage_position)),
    };
    let spoke = leads.iter().filter_map(|h| h.standing.spoke).min();
    let was = known.as_ref().map(|deal| deal.standing.gate);
    let gate = Gate {
        conversation: spoke.or(was.and_then(|gate| gate.conversation)),
        stage_position: stage.map(|(_, position)| position),
        close_on: asked.close_on.or(was.and_then(|gate| gate.close_on)),
        value: asked.value.or(was.and_then(|gate| gate.value)),
        criteria: match was {
            Some(gate) if gate.criteria == Confirmed::Yes => Confirmed::Yes,
            _ => asked.criteria,
        },
    };
    let standing = DealStanding {
        name: clean(&name).into_owned(),
        gate,
        qualified: known.as_ref().and_then(|deal| deal.standing.qualified),
        outcome: known.as_ref().and_then(|deal| deal.standing.outcome),
        reversed: known.as_ref().and_then(|deal| deal.standing.reversed),
    };
    standing.qualifies(&room.calendar)?;
    remarks(to, room, &gate)?;
    let mut cells = through_the_gate(room, &gate, stage)?;
    cells.extend(owners(to, asked, first, known.as_ref())?);
    if let Some(deal) = &known {
        update(to, room, (deal, first), cells, &gate, stage)?;
        finish(to, room, deal.id, &leads, asked)?;
    } else {
        counted_already(to, &leads)?;
        let id = insert(to, room, &name, first, cells)?;
        finish(to, room, id, &leads, asked)?;
    }
    let value = gate.value.map(|value| value.to_string());
    let value = value.unwrap_or_default();
    let mut summary = format!("qualify {name} ({value}");
    if leads.len() > 1 {
        summary = format!("{summary}, {} leads", leads.len());
    }
    summary.push(')');
    Ok(summary)
}

/// What holds but looks odd.
fn remarks(to: &mut Recorder<'_>, room: &Room, gate: &Gate) -> Result<(), StoreError> {
    let today = room.calendar.day_of(room.now);
    if let Some(on) = gate.close_on.filter(|on| *on < today) {
        to.notes
            .push(format!("the close date {on} lies before today ({today})"));
    }
    if let Some(value) = gate.value.filter(|v| v.currency != room.currency) {
        let priced: bool = to
            .conn
            .query_row(
                "SELECT EXISTS (SELECT 1 FROM fx_rate WHERE currency = ?1 AND from_on <= ?2)",
                rusqlite::params![value.currency.code(), today.0],
                |row| row.get(0),
            )
            .doing("looking up the rate")?;
        if !priced {
            to.notes.push(format!(
                "there is no rate for {}, so the deal is counted and not priced; `smarketing rates {} {today} WORTH` adds one",
                value.currency, value.currency
            ));
        }
    }
    Ok(())
}

/// Another deal of a lead may be meant; that its value counts beside the first one's is said.
fn counted_already(to: &mut Recorder<'_>, leads: &[Handoff]) -> Result<(), StoreError> {
    let sql = "SELECT o.id, o.name FROM opportunity o WHERE o.qualified_at IS NOT NULL AND o.outcome IS NULL
        AND o.reversed_at IS NULL AND (o.lead_id = ?1 OR o.id IN
        (SELECT opportunity_id FROM opportunity_lead WHERE lead_id = ?1)) ORDER BY o.id LIMIT 1";
    let doing = "looking up the deals of the lead";
    for lead in leads {
        let known: Option<(i64, String)> = to
            .conn
            .prepare_cached(sql)
            .doing(doing)?
            .query_row([lead.lead_id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()
            .doing(doing)?;
        if let Some((id, name)) = known {
            to.notes.push(format!(
                "{} stands behind deal {id}, {}, already; both values count now, undo where one deal was meant",
                clean(&lead.name),
                clean(&name)
            ));
        }
    }
    Ok(())
}

/// The handoffs, each lead once, each open or accepted.
fn leads(
    to: &Recorder<'_>,
    room: &Room,
    asked: &Qualification,
) -> Result<Vec<Handoff>, StoreError> {
    let mut leads: Vec<Handoff> = Vec::with_capacity(asked.handoffs.len());
    for id in &asked.handoffs {
        let handoff = standing::handoff(to, room, *id)?;
        if !matches!(handoff.standing.verdict, Some((Verdict::Accepted, _))) {
            handoff.standing.undecided(room.now, &room.calendar)?;
        }
        if leads.iter().all(|known| known.lead_id != handoff.lead_id) {
            leads.push(handoff);
        }
    }
    Ok(leads)
}

/// A new deal is made of leads that stand behind none: no open one, and none that came out of the same handoff. What was
/// reversed counts nowhere, so it stands in nobody's way.
fn behind_none(to: &Recorder<'_>, room: &Room, leads: &[Handoff]) -> Result<(), StoreError> {
    let doing = "looking up the deals of the lead";
    for handoff in leads {
        let found: Option<i64> = to
            .conn
            .prepare_cached(
                "SELECT o.id FROM opportunity_lead l JOIN opportunity o ON o.id = l.opportunity_id
                 WHERE l.lead_id = ?1 AND o.reversed_at IS NULL AND (o.outcome IS NULL OR o.handoff_id = ?2)
                 ORDER BY o.outcome IS NOT NULL, o.id LIMIT 1",
            )
            .doing(doing)?
            .query_row([handoff.lead_id, handoff.id], |row| row.get(0))
            .optional()
            .doing(doing)?;
        let Some(id) = found else { continue };
        let deal = standing::deal(to, OpportunityId(id))?.standing;
        let day = |at| room.calendar.day_of(at);
        let then = match (deal.outcome, deal.qualified) {
            (Some((outcome, at)), _) => format!("closed as {} on {}", outcome.label(), day(at)),
            (None, Some(at)) => format!(
                "qualified on {} and open: `smarketing deal {id}` shows and changes it, `smarketing deal {id} join HANDOFF` puts more leads behind it",
                day(at)
            ),
            (None, None) => {
                format!("not qualified yet: --deal {id} takes that one through the gate")
            }
        };
        let lead = handoff.standing.lead.clone();
        let deal = deal.name;
        return Err(Refused::Behind {
            lead,
            id,
            deal,
            then,
        }
        .into());
    }
    Ok(())
}

fn company(to: &Recorder<'_>, lead: i64) -> Result<Option<String>, StoreError> {
    to.conn
        .prepare_cached(
            "SELECT a.name FROM lead l LEFT JOIN account a ON a.id = l.account_id WHERE l.id = ?1",
        )
        .doing("looking up the company")?
        .query_row([lead], |row| row.get(0))
        .doing("looking up the company")
}

/// Columns that a qualified deal has, the frozen value among them.
fn through_the_gate(
    room: &Room,
    gate: &Gate,
    stage: Option<(i64, i64)>,
) -> Result<Vec<Cell<'static>>, StoreError> {
    let value = gate.value.ok_or(Refused::NoValue)?;
    let code = || Value::Text(value.currency.code().into());
    Ok(vec![
        ("stage_id", number(stage.map(|(id, _)| id))),
        ("last_activity_at", Value::Integer(room.now.0)),
        ("amount_minor", Value::Integer(value.minor)),
        ("currency", code()),
        ("close_on", number(gate.close_on.map(|on| i64::from(on.0)))),
        ("conversation_at", number(gate.conversation.map(|at| at.0))),
        ("criteria_confirmed", Value::Integer(1)),
        ("evidence", Value::Text("logged".into())),
        ("qualified_at", Value::Integer(room.now.0)),
        ("qualified_minor", Value::Integer(value.minor)),
        ("qualified_currency", code()),
    ])
}

fn owners(
    to: &Recorder<'_>,
    asked: &Qualification,
    first: &Handoff,
    known: Option<&Deal>,
) -> Result<Vec<Cell<'static>>, StoreError> {
    let mut cells = Vec::new();
    let own = match &asked.owner {
        Some(handle) => Some(standing::person(to, handle)?.0),
        None => known
            .and_then(|deal| deal.owner_id)
            .or(first.owner_id)
            .or(to.signer.person_id),
    };
    cells.push(("owner_id", number(own)));
    if let Some(handle) = &asked.marketing_owner {
        let id = standing::person(to, handle)?.0;
        cells.push(("marketing_owner_id", Value::Integer(id)));
    }
    Ok(cells)
}

/// What the lead was when it qualified is copied: its source stays with the deal whatever becomes of the lead.
fn origin(to: &Recorder<'_>, first: &Handoff) -> Result<Vec<Cell<'static>>, StoreError> {
    let of_lead = to
        .conn
        .prepare_cached(
            "SELECT account_id, source_id, campaign_id, segment_id FROM lead WHERE id = ?1",
        )
        .doing("looking up the lead")?
        .query_row([first.lead_id], |row| {
            Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?])
        })
        .doing("looking up the lead")?;
    let columns = ["account_id", "source_id", "campaign_id", "segment_id"];
    let mut cells: Vec<Cell<'static>> = columns.into_iter().zip(of_lead.map(number)).collect();
    cells.push(("lead_id", Value::Integer(first.lead_id)));
    cells.push(("handoff_id", Value::Integer(first.id)));
    Ok(cells)
}

fn insert(
    to: &mut Recorder<'_>,
    room: &Room,
    name: &str,
    first: &Handoff,
    mut cells: Vec<Cell<'static>>,
) -> Result<i64, StoreError> {
    cells.extend(origin(to, first)?);
    cells.push(("name", Value::Text(name.into())));
    cells.push(("created_at", Value::Integer(room.now.0)));
    cells.push(("stage_since_at", Value::Integer(room.now.0)));
    let id = to.insert(Table::Opportunity, &cells)?;
    let made = Event {
        kind: "created",
        before: None,
        after: None,
    };
    note_event(to, room, id, &made)?;
    Ok(id)
}

/// Changes the deal that was there and notes what became different on its way through the gate.
fn update(
    to: &mut Recorder<'_>,
    room: &Room,
    (deal, first): (&Deal, &Handoff),
    mut cells: Vec<Cell<'static>>,
    gate: &Gate,
    stage: Option<(i64, i64)>,
) -> Result<(), StoreError> {
    if deal.lead_id.is_none() {
        let mut from_lead = origin(to, first)?;
        if deal.source_id.is_some() {
            from_lead.retain(|(column, _)| matches!(*column, "lead_id" | "handoff_id"));
        }
        cells.extend(from_lead);
    }
    let was = deal.standing.gate;
    let mut events = Vec::new();
    if let Some((id, _)) = stage.filter(|(id, _)| deal.stage_id != Some(*id)) {
        cells.push(("stage_since_at", Value::Integer(room.now.0)));
        events.push(moved("stage", deal.stage_id, id));
    }
    if let (Some(old), Some(new)) = (was.value, gate.value)
        && old.currency == new.currency
        && old.minor != new.minor
    {
        events.push(moved("amount", Some(old.minor), new.minor));
    }
    if let Some(on) = gate.close_on.filter(|on| was.close_on != Some(*on)) {
        let before = was.close_on.map(|day| i64::from(day.0));
        events.push(moved("close_on", before, i64::from(on.0)));
    }
    to.update(Table::Opportunity, deal.id, &cells)?;
    for event in &events {
        note_event(to, room, deal.id, event)?;
    }
    Ok(())
}

fn finish(
    to: &mut Recorder<'_>,
    room: &Room,
    deal: i64,
    leads: &[Handoff],
    asked: &Qualification,
) -> Result<(), StoreError> {
    let despite = note(asked.despite.as_deref())?;
    for handoff in leads {
        if deals::link(to, room, deal, handoff)? {
            if despite.is_some() {
                to.update(Table::Handoff, handoff.id, &[("despite", text(despite))])?;
            }
        } else {
            deals::take_in(to, room, handoff, despite)?;
        }
    }
    if let Some(first) = leads.first() {
        super::criteria::stamp_deal(to, room, deal, first.lead_id)?;
    }
    let qualified = Event {
        kind: "qualified",
        before: None,
        after: None,
    };
    note_event(to, room, deal, &qualified)
}
