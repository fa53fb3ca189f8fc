//! Deals: added with their events and the gate checked, or brought up to date; linked to their leads, also to those that come later.

mod bring;
mod late;

pub(super) use late::link_late;

use rusqlite::{Connection, OptionalExtension};

use super::super::error::{Doing, StoreError};
use super::super::export::MADE_HERE;
use super::super::table::Table;
use super::contacts::shown;
use super::finder::system;
use super::state::{Fate, State, Stop, Writers};
use super::writer::{Put, fixed};
use super::{bulk, check};
use crate::domain::gate::{Confirmed, Gate, Part};
use crate::domain::import::{Key, OpportunityRecord};
use crate::domain::moment::Moment;
use crate::domain::verdict::DealOutcome;

/// A new deal.
pub(super) const INSERT: &str = "INSERT INTO opportunity (name, account_id, lead_id, handoff_id, source_id, campaign_id,
    segment_id, owner_id, created_at, stage_id, last_activity_at, amount_minor, currency, close_on, conversation_at,
    criteria_confirmed, evidence, qualified_at, qualified_minor, qualified_currency, outcome, closed_at, lost_reason_id,
    lost_reason_text, delivery_cost_minor, note, custom, source_system, external_id, source_status)
    VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,?24,?25,?26,?27,?28,?29,
    ?30)";
/// A lead behind a deal.
pub(super) const LINK: &str =
    "INSERT INTO opportunity_lead (opportunity_id, lead_id) VALUES (?1, ?2)";
/// Something that happened to a deal.
pub(super) const EVENT: &str =
    "INSERT INTO opportunity_event (opportunity_id, at, kind, before, after)
    VALUES (?1, ?2, ?3, ?4, ?5)";

/// Deals without a lead that are tried again at the end.
const MOST_WAITING: usize = 200_000;

/// Row ids of what a deal's record mentions.
#[derive(Clone, Copy, Default)]
struct Links {
    account: Option<i64>,
    source: Option<i64>,
    campaign: Option<i64>,
    segment: Option<i64>,
    owner: Option<i64>,
    stage: Option<i64>,
    lead: Option<i64>,
    handoff: Option<i64>,
}

/// What a deal takes over from its lead where its own record is silent.
#[derive(Clone, Copy, Default)]
pub(super) struct FromLead {
    pub account: Option<i64>,
    pub source: Option<i64>,
    pub campaign: Option<i64>,
    pub segment: Option<i64>,
    pub handoff: Option<i64>,
}

/// The deal's id in its system; without one its name and day of birth stand in, so that the same file finds it again.
fn external(record: &OpportunityRecord) -> String {
    match &record.key.external_id {
        Some(id) => id.clone(),
        None => format!("{} @ {}", record.name.trim(), record.created.0),
    }
}

pub(super) fn take(
    conn: &Connection,
    writers: &mut Writers<'_>,
    state: &mut State,
    line: u64,
    record: &OpportunityRecord,
) -> Result<Fate, Stop> {
    check::deal(record, &state.names)?;
    let external = external(record);
    let known = match state.finder.deal(conn, system(&record.key), &external)? {
        None if system(&record.key) == MADE_HERE => made_here(conn, &external, record.created)?,
        known => known,
    };
    let lead = match &record.lead {
        Some(key) => state.finder.lead_of(conn, key)?,
        None => None,
    };
    let links = links(conn, state, record, lead)?;
    let (id, fate) = if let Some(id) = known {
        let fate = bring::update(conn, writers, state, line, record, links, id)?;
        (id, fate)
    } else {
        let id = add(writers, state, line, record, links, &external)?;
        (id, Fate::Added)
    };
    if let (Some(key), None) = (&record.lead, lead) {
        wait(state, id, key, line);
    }
    Ok(fate)
}

/// The deal that was made in this workspace under that number; another workspace's numbers mean other deals.
fn made_here(conn: &Connection, number: &str, created: Moment) -> Result<Option<i64>, StoreError> {
    conn.prepare_cached(
        "SELECT id FROM opportunity WHERE id = ?1 AND created_at = ?2 AND external_id IS NULL",
    )
    .doing("looking up a deal")?
    .query_row((number, created.0), |row| row.get(0))
    .optional()
    .doing("looking up a deal")
}

fn wait(state: &mut State, deal: i64, key: &Key, line: u64) {
    if state.waiting.len() < MOST_WAITING {
        state.waiting.push((deal, key.clone(), line));
    } else {
        not_found(state, key, line);
    }
}

fn not_found(state: &mut State, key: &Key, line: u64) {
    state.report.leadless.add(line, || {
        format!("no lead has the id, e-mail or phone '{}'", shown(key))
    });
}

fn links(
    conn: &Connection,
    state: &mut State,
    record: &OpportunityRecord,
    lead: Option<i64>,
) -> Result<Links, StoreError> {
    let inherited = match (lead, state.just_added) {
        (Some(lead), Some((added, inherited))) if lead == added => inherited,
        (Some(lead), _) => from_lead(conn, state, lead)?,
        (None, _) => FromLead::default(),
    };
    let (names, ids) = (&mut state.names, &mut state.ids);
    let mut id = |table, word| names.id(conn, ids, table, word);
    Ok(Links {
        account: id(Table::Account, record.account.as_ref())?.or(inherited.account),
        source: id(Table::Source, record.source.as_ref())?.or(inherited.source),
        campaign: id(Table::Campaign, record.campaign.as_ref())?.or(inherited.campaign),
        segment: id(Table::Segment, record.segment.as_ref())?.or(inherited.segment),
        owner: id(Table::Person, record.owner.as_ref())?,
        stage: id(Table::Stage, record.stage.as_ref())?,
        lead,
        handoff: inherited.handoff,
    })
}

fn from_lead(conn: &Connection, state: &mut State, lead: i64) -> Result<FromLead, StoreError> {
    bulk::need(conn, state, Table::Handoff)?;
    conn.prepare_cached(
        "SELECT account_id, source_id, campaign_id, segment_id,
                (SELECT h.id FROM handoff h WHERE h.lead_id = l.id AND h.handed_off_at <= ?2 ORDER BY h.number DESC LIMIT 1)
         FROM lead l WHERE l.id = ?1",
    )
    .doing("looking up a lead")?
    .query_row([lead, state.now.0], |row| {
        Ok(FromLead {
            account: row.get(0)?,
            source: row.get(1)?,
            campaign: row.get(2)?,
            segment: row.get(3)?,
            handoff: row.get(4)?,
        })
    })
    .optional()
    .map(Option::unwrap_or_default)
    .doing("looking up a lead")
}

/// What the gate misses; the map says that the export may be believed, so the criteria count as confirmed.
fn missing(state: &State, record: &OpportunityRecord, stage_id: Option<i64>) -> Vec<Part> {
    Gate {
        conversation: record.conversation,
        stage_position: stage_id.and_then(|id| state.names.stage_positions.get(&id).copied()),
        close_on: record.close_on,
        value: record.amount,
        criteria: Confirmed::Yes,
    }
    .missing()
}

fn add(
    writers: &mut Writers<'_>,
    state: &mut State,
    line: u64,
    record: &OpportunityRecord,
    links: Links,
    external: &str,
) -> Result<i64, StoreError> {
    let id = state.ids.take(Table::Opportunity);
    let name = Some(record.name.trim()).filter(|name| !name.is_empty());
    let qualified = through_gate(state, line, record, links.stage);
    let frozen = qualified.and(record.frozen.or(record.amount));
    let claimed = record.qualified.is_some();
    let reason = |code: &str| state.names.reasons.get(code).map(|reason| reason.id);
    let row = [
        Put::Text(name.unwrap_or(external)),
        links.account.into(),
        links.lead.into(),
        links.handoff.into(),
        links.source.into(),
        links.campaign.into(),
        links.segment.into(),
        links.owner.into(),
        Put::Number(record.created.0),
        links.stage.into(),
        record.last_activity.map(|at| at.0).into(),
        record.amount.map(|m| m.minor).into(),
        record.amount.as_ref().map(|m| m.currency.code()).into(),
        record.close_on.map(|day| i64::from(day.0)).into(),
        record.conversation.map(|at| at.0).into(),
        Put::Number(claimed.into()),
        Put::Fixed(if claimed { "asserted" } else { "none" }),
        qualified.into(),
        frozen.map(|m| m.minor).into(),
        frozen.as_ref().map(|m| m.currency.code()).into(),
        fixed(record.closed.map(|(outcome, _)| outcome.word())),
        record.closed.map(|(_, at)| at.0).into(),
        record.lost_reason.as_deref().and_then(reason).into(),
        record.lost_reason_text.as_deref().into(),
        record.delivery_cost.into(),
        record.note.as_deref().into(),
        record.custom.json().into(),
        Put::Text(system(&record.key)),
        Put::Text(external),
        record.status.as_deref().into(),
    ];
    writers.deal.add(id, row, "adding a deal")?;
    state.finder.added_deal(system(&record.key), external, id);
    event(
        writers,
        state,
        id,
        record.created.0,
        "created",
        (None, None),
    )?;
    if let Some(at) = qualified {
        event(writers, state, id, at, "qualified", (None, None))?;
    }
    if let Some((outcome, at)) = record.closed {
        event(writers, state, id, at.0, outcome.word(), (None, None))?;
    }
    if let Some(lead) = links.lead {
        link(writers, state, id, lead)?;
    }
    Ok(id)
}

/// When the deal qualified, if the file says so and the gate agrees; else it is listed with what it misses.
fn through_gate(
    state: &mut State,
    line: u64,
    record: &OpportunityRecord,
    stage_id: Option<i64>,
) -> Option<i64> {
    let Some(at) = record.qualified else {
        if matches!(record.closed, Some((DealOutcome::Won, _))) {
            state.report.unqualified += 1;
        }
        return None;
    };
    let missing = missing(state, record, stage_id);
    if missing.is_empty() {
        return Some(at.0);
    }
    state.report.almost.add(line, || {
        let parts: Vec<&str> = missing.iter().map(|part| part.label()).collect();
        format!("{}: misses {}", record.name.trim(), parts.join(", "))
    });
    None
}

fn event(
    writers: &mut Writers<'_>,
    state: &mut State,
    deal: i64,
    at: i64,
    kind: &'static str,
    (before, after): (Option<String>, Option<String>),
) -> Result<(), StoreError> {
    let id = state.ids.take(Table::OpportunityEvent);
    let row = [
        Put::Number(deal),
        Put::Number(at),
        Put::Fixed(kind),
        before.as_deref().into(),
        after.as_deref().into(),
    ];
    writers.event.add(id, row, "adding a deal's event")
}

fn link(
    writers: &mut Writers<'_>,
    state: &mut State,
    deal: i64,
    lead: i64,
) -> Result<(), StoreError> {
    let id = state.ids.take(Table::OpportunityLead);
    let row = [Put::Number(deal), Put::Number(lead)];
    writers.link.add(id, row, "linking a deal")
}

/// Whether the lead stands behind the deal already.
fn is_linked(
    conn: &Connection,
    state: &mut State,
    deal: i64,
    lead: i64,
) -> Result<bool, StoreError> {
    bulk::need(conn, state, Table::OpportunityLead)?;
    conn.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM opportunity_lead WHERE opportunity_id = ?1 AND lead_id = ?2)",
    )
    .doing("linking a deal")?
    .query_row([deal, lead], |row| row.get(0))
    .doing("linking a deal")
}
