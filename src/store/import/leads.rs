//! Leads: found, added or brought up to date, with their handoff, verdict and cost.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::super::cache::code;
use super::super::error::StoreError;
use super::super::recorder::{Cell, text};
use super::super::table::Table;
use super::deals::FromLead;
use super::finder::{How, Match, system};
use super::merge::{Reach, merge};
use super::state::{Fate, State, Stop, Writers};
use super::writer::{Put, fixed};
use super::{check, handoffs, spend};
use crate::domain::import::{Channels, Dating, LeadRecord};
use crate::domain::moment::Moment;
use crate::domain::verdict::Exclusion;
use crate::facts::leads::LeadRow;

/// A new lead.
pub(super) const INSERT: &str = "INSERT INTO lead (created_at, mql_at, source_id, campaign_id, segment_id, owner_id,
    account_id, excluded, email, phone, social, name, title, country, note, custom, source_system, external_id,
    source_status, withheld) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20)";

/// Row ids of the names that a lead's record mentions.
#[derive(Clone, Copy)]
pub(super) struct Links {
    pub source: Option<i64>,
    pub campaign: Option<i64>,
    pub owner: Option<i64>,
    account: Option<i64>,
    segment: Option<i64>,
}

pub(super) fn take(
    conn: &Connection,
    writers: &mut Writers<'_>,
    state: &mut State,
    line: u64,
    record: &LeadRecord,
) -> Result<Fate, Stop> {
    check::lead(record, &state.names)?;
    let found = state.finder.lead(conn, &record.key)?;
    let links = links(conn, state, record)?;
    match found {
        Match::New(twin) => {
            let id = add(writers, state, record, links)?;
            namesakes(conn, state, line, record, (id, links.account), twin)?;
            let handoff = match &record.handoff {
                Some(handoff) => Some(handoffs::add(writers, state, id, 1, links.owner, handoff)?),
                None => None,
            };
            state.just_added = Some((id, links.to_a_deal(handoff)));
            if let Some(cost) = record.cost {
                spend::add_cost(writers, state, id, links, cost)?;
            }
            Ok(Fate::Added)
        }
        Match::Known(id, how) => {
            state.just_added = None;
            state.finder.said(&record.key, id);
            let again = state.speak_of(Table::Lead, id);
            if again {
                let name = shown_name(record);
                state.report.duplicates.add(line, || {
                    format!(
                        "{name}: this lead stood in the file before; only what was empty is filled"
                    )
                });
            }
            update(conn, writers, state, line, record, links, (id, how, again))
        }
    }
}

impl Links {
    fn to_a_deal(self, handoff: Option<i64>) -> FromLead {
        FromLead {
            account: self.account,
            source: self.source,
            campaign: self.campaign,
            segment: self.segment,
            handoff,
        }
    }
}

fn links(conn: &Connection, state: &mut State, record: &LeadRecord) -> Result<Links, StoreError> {
    let (names, ids) = (&mut state.names, &mut state.ids);
    let mut id = |table, word| names.id(conn, ids, table, word);
    Ok(Links {
        account: id(Table::Account, record.account.as_ref())?,
        source: id(Table::Source, record.source.as_ref())?,
        campaign: id(Table::Campaign, record.campaign.as_ref())?,
        segment: id(Table::Segment, record.segment.as_ref())?,
        owner: id(Table::Person, record.owner.as_ref())?,
    })
}

/// The name, or what stands in for it: e-mail, phone, id.
fn shown_name(record: &LeadRecord) -> &str {
    let key = &record.key;
    let trimmed = record.name.trim();
    if !trimmed.is_empty() {
        return trimmed;
    }
    [&key.email, &key.phone, &record.social, &key.external_id]
        .into_iter()
        .find_map(|part| part.as_deref())
        .unwrap_or("(no name)")
}

fn add(
    writers: &mut Writers<'_>,
    state: &mut State,
    record: &LeadRecord,
    links: Links,
) -> Result<i64, StoreError> {
    let id = state.ids.take(Table::Lead);
    let key = &record.key;
    let system = key.external_id.as_ref().map(|_| system(key));
    let row = [
        Put::Number(record.created.0),
        record.mql.map(|at| at.0).into(),
        links.source.into(),
        links.campaign.into(),
        links.segment.into(),
        links.owner.into(),
        links.account.into(),
        fixed(record.excluded.map(Exclusion::word)),
        key.email.as_deref().into(),
        key.phone.as_deref().into(),
        record.social.as_deref().into(),
        Put::Text(shown_name(record)),
        record.title.as_deref().into(),
        record.country.as_deref().into(),
        record.note.as_deref().into(),
        record.custom.json().into(),
        system.into(),
        key.external_id.as_deref().into(),
        record.status.as_deref().into(),
        Put::Number((record.channels == Channels::Withheld).into()),
    ];
    writers.lead.add(id, row, "adding a lead")?;
    if let Some(keeper) = &mut state.keeper {
        keeper.lead(LeadRow {
            id,
            created: record.created,
            mql: Moment::or_never(record.mql),
            source: code(links.source),
            campaign: code(links.campaign),
            segment: code(links.segment),
            owner: code(links.owner),
            account: links.account.unwrap_or(0) as u32,
            contactable: key.email.is_some()
                || key.phone.is_some()
                || record.social.is_some()
                || record.channels == Channels::Withheld,
            excluded: record.excluded,
        });
    }
    state.finder.added_lead(key, id);
    Ok(id)
}

/// Reports who may be the same person under another id.
fn namesakes(
    conn: &Connection,
    state: &mut State,
    line: u64,
    record: &LeadRecord,
    (id, account): (i64, Option<i64>),
    twin: Option<(i64, &'static str)>,
) -> Result<(), StoreError> {
    let name = shown_name(record);
    if let Some((other, column)) = twin {
        state.report.duplicates.add(line, || {
            format!("{name}: lead {other} has the same {column}")
        });
    }
    if let (Some(account), Some(company)) = (account, &record.account)
        && !record.name.trim().is_empty()
        && let Some(other) = state
            .finder
            .namesake(conn, (id, name), (account, company))?
        && twin.is_none()
    {
        state.report.duplicates.add(line, || {
            format!("{name}: lead {other} has the same name in the same company")
        });
    }
    Ok(())
}

fn update(
    conn: &Connection,
    writers: &mut Writers<'_>,
    state: &mut State,
    line: u64,
    record: &LeadRecord,
    links: Links,
    (id, how, again): (i64, How, bool),
) -> Result<Fate, Stop> {
    let reach = if again || how == How::OtherSystem {
        Reach::Fill
    } else {
        Reach::Replace
    };
    let cells = cells(record, links, how);
    let at = (Table::Lead, id);
    let mut fate = merge(conn, state, line, at, cells, reach)?;
    if let (Dating::Assumed, Some(mql)) = (record.dating, record.mql) {
        let assumed = vec![("mql_at", Value::Integer(mql.0))];
        fate = fate.max(merge(conn, state, line, at, assumed, Reach::Fill)?);
    }
    if fate == Fate::Updated {
        state.finder.reached(&record.key, id);
    }
    if let Some(handoff) = &record.handoff {
        let of_handoff = handoffs::bring(
            conn,
            writers,
            state,
            line,
            (id, links.owner),
            handoff,
            reach,
        )?;
        fate = fate.max(of_handoff);
    }
    if let Some(cost) = record.cost.filter(|_| !again) {
        let cost = (
            cost.0,
            Some(cost.1).filter(|_| record.dating == Dating::Stated),
        );
        fate = fate.max(spend::bring_cost(
            conn, writers, state, line, id, links, cost,
        )?);
    }
    // The lead was there; what it got anew is a change of it.
    Ok(fate.min(Fate::Updated))
}

fn cells(record: &LeadRecord, links: Links, how: How) -> Vec<Cell<'static>> {
    let key = &record.key;
    let number = |n: Option<i64>| n.map_or(Value::Null, Value::Integer);
    let name = record.name.trim();
    // A date that was only assumed is for a row that is new: the rest would move with every file.
    let stated = |at: Moment| (record.dating == Dating::Stated).then_some(at.0);
    let mut cells = vec![
        ("mql_at", number(record.mql.and_then(stated))),
        ("source_id", number(links.source)),
        ("campaign_id", number(links.campaign)),
        ("segment_id", number(links.segment)),
        ("owner_id", number(links.owner)),
        ("account_id", number(links.account)),
        ("excluded", text(record.excluded.map(Exclusion::word))),
        ("email", text(key.email.as_deref())),
        ("phone", text(key.phone.as_deref())),
        ("social", text(record.social.as_deref())),
        ("name", text(Some(name).filter(|n| !n.is_empty()))),
        ("title", text(record.title.as_deref())),
        ("country", text(record.country.as_deref())),
        ("note", text(record.note.as_deref())),
        ("source_status", text(record.status.as_deref())),
        (
            "withheld",
            Value::Integer(i64::from(record.channels == Channels::Withheld)),
        ),
    ];
    cells.push(("custom", text(record.custom.json())));
    match how {
        // An id is given where the row has none; another system's id stays.
        How::Contact if key.external_id.is_some() => {
            cells.push(("source_system", text(Some(system(key)))));
            cells.push(("external_id", text(key.external_id.as_deref())));
        }
        How::External | How::Contact => {
            cells.push(("created_at", number(stated(record.created))));
        }
        How::OtherSystem => (),
    }
    cells
}
