//! Links deals and leads that could not find each other when their rows came: at the end of an import, whichever file came first.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::super::super::book::rows;
use super::super::super::error::{Doing, StoreError};
use super::super::super::recorder::Cell;
use super::super::super::table::Table;
use super::super::bulk;
use super::super::merge::{Reach, merge};
use super::super::state::State;
use super::super::writer::{Put, Writer};
use super::{LINK, from_lead, is_linked, not_found};

/// Whether leads say which deal they became: the maps of CRMs whose deals do not name their lead keep its id in this own field.
const SAYS: &str =
    "SELECT EXISTS (SELECT 1 FROM custom_field WHERE entity = 'lead' AND key = 'converted_deal')";

/// Leads beside the deals that they became and are not linked with. Most leads never became one: they are passed over unparsed.
const BECAME: &str = "SELECT o.id, l.id, o.lead_id IS NULL
    FROM lead l JOIN opportunity o
        ON o.external_id = json_extract(l.custom, '$.converted_deal') AND o.source_system = l.source_system
    WHERE l.custom LIKE '%\"converted_deal\":%' AND NOT EXISTS
        (SELECT 1 FROM opportunity_lead k WHERE k.opportunity_id = o.id AND k.lead_id = l.id)
    ORDER BY o.id, l.created_at, l.id";

/// Links deals whose lead stood further down or is the one that says it became them; deals whose lead is nowhere are listed.
pub(in super::super) fn link_late(conn: &Connection, state: &mut State) -> Result<(), StoreError> {
    for (deal, key, line) in std::mem::take(&mut state.waiting) {
        match state.finder.lead_of(conn, &key)? {
            Some(lead) => attach(conn, state, line, deal, lead, Behind::First)?,
            None => not_found(state, &key, line),
        }
    }
    link_converted(conn, state)
}

/// Which of a deal's leads one is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Behind {
    /// The one that it came from: what the deal itself does not say is taken over.
    First,
    /// One more.
    Another,
}

fn link_converted(conn: &Connection, state: &mut State) -> Result<(), StoreError> {
    let says: bool = conn
        .query_row(SAYS, [], |row| row.get(0))
        .doing("linking deals")?;
    if !says || !state.changed() {
        return Ok(());
    }
    bulk::need(conn, state, Table::Opportunity)?;
    bulk::need(conn, state, Table::OpportunityLead)?;
    let became = rows(conn, BECAME, |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get(2)?))
    })?;
    let mut before = None;
    for (deal, lead, is_leadless) in became {
        let is_first = is_leadless && before.replace(deal) != Some(deal);
        let behind = if is_first {
            Behind::First
        } else {
            Behind::Another
        };
        attach(conn, state, 0, deal, lead, behind)?;
    }
    Ok(())
}

fn attach(
    conn: &Connection,
    state: &mut State,
    line: u64,
    deal: i64,
    lead: i64,
    behind: Behind,
) -> Result<(), StoreError> {
    if behind == Behind::First {
        let inherited = from_lead(conn, state, lead)?;
        let number = |n: Option<i64>| n.map_or(Value::Null, Value::Integer);
        let cells: Vec<Cell<'static>> = vec![
            ("lead_id", Value::Integer(lead)),
            ("handoff_id", number(inherited.handoff)),
            ("account_id", number(inherited.account)),
            ("source_id", number(inherited.source)),
            ("campaign_id", number(inherited.campaign)),
            ("segment_id", number(inherited.segment)),
        ];
        let at = (Table::Opportunity, deal);
        merge(conn, state, line, at, cells, Reach::Fill)?;
    }
    if !is_linked(conn, state, deal, lead)? {
        let id = state.ids.take(Table::OpportunityLead);
        let row = [Put::Number(deal), Put::Number(lead)];
        Writer::new(conn, LINK)?.add(id, row, "linking a deal")?;
    }
    Ok(())
}
