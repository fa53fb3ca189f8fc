//! One row per deal, its later changes, and one row per spend entry.

use rusqlite::{Connection, Row};

use super::super::error::{Doing, StoreError};
use super::handoffs::lead_row;
use super::leads::moment;
use super::{Clocks, Progress, Reporter, Stale};
use crate::domain::moment::{Day, Moment};
use crate::domain::money::Currency;
use crate::domain::verdict::{DealEvidence, DealOutcome, SpendKind};
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::opportunities::{DealChange, DealEvent, DealLead, OpportunityRow};
use crate::facts::spend::SpendRow;

const DEALS: &str = "SELECT id, lead_id, handoff_id, source_id, campaign_id, segment_id, owner_id, created_at, stage_id,
    stage_since_at, last_activity_at, amount_minor, currency, close_on, conversation_at, criteria_confirmed, evidence,
    qualified_at, qualified_minor, qualified_currency, outcome, closed_at, lost_reason_id, delivery_cost_minor, reversed_at,
    account_id
    FROM opportunity";
const SPEND: &str =
    "SELECT id, source_id, campaign_id, lead_id, on_on, kind, amount_minor, currency FROM spend";

pub(super) fn load(
    conn: &Connection,
    facts: &mut Facts,
    reporter: &mut Reporter<'_>,
) -> Result<(), StoreError> {
    let doing = "reading the deals";
    let mut stmt = conn
        .prepare_cached(&format!("{DEALS} ORDER BY id"))
        .doing(doing)?;
    let mut rows = stmt.query([]).doing(doing)?;
    while let Some(row) = rows.next().doing(doing)? {
        let deal = deal(row, facts).doing(doing)?;
        facts.opportunities.push(deal);
        reporter.row();
    }
    events(conn, facts)?;
    links(conn, facts)?;
    let doing = "reading the spend";
    let mut stmt = conn
        .prepare_cached(&format!("{SPEND} ORDER BY id"))
        .doing(doing)?;
    let mut rows = stmt.query([]).doing(doing)?;
    while let Some(row) = rows.next().doing(doing)? {
        let spend = spend(row, facts).doing(doing)?;
        facts.spend.push(spend);
        reporter.row();
    }
    Ok(())
}

/// Reads the deals for whoever waits for something else; leads, handoffs and names must be there.
pub(in crate::store) fn load_quietly(
    conn: &Connection,
    facts: &mut Facts,
) -> Result<(), StoreError> {
    let mut reporter = Reporter {
        progress: &mut |_| (),
        so_far: Progress::default(),
    };
    load(conn, facts, &mut reporter)?;
    facts.opportunities.index();
    facts.spend.index();
    Ok(())
}

pub(super) fn reread(
    conn: &Connection,
    facts: &mut Facts,
    stale: &Stale,
    clocks: Clocks,
) -> Result<(), StoreError> {
    let doing = "reading the deals";
    let mut stmt = conn
        .prepare_cached(&format!("{DEALS} WHERE id = ?1"))
        .doing(doing)?;
    for id in &stale.deals {
        let row = stmt.query_row([id], |row| deal(row, facts)).doing(doing)?;
        match clocks {
            Clocks::Follow => facts.opportunities.put(row),
            Clocks::Later => _ = facts.opportunities.place(row),
        }
    }
    if stale.events {
        events(conn, facts)?;
        links(conn, facts)?;
    }
    let mut stmt = conn
        .prepare_cached(&format!("{SPEND} WHERE id = ?1"))
        .doing(doing)?;
    for id in &stale.spend {
        let row = stmt.query_row([id], |row| spend(row, facts)).doing(doing)?;
        facts.spend.put(row);
    }
    Ok(())
}

fn deal(row: &Row<'_>, facts: &mut Facts) -> rusqlite::Result<OpportunityRow> {
    let handoff: Option<i64> = row.get(2)?;
    let word = |column: usize| row.get::<_, Option<String>>(column);
    let currency = currency(row, 12, facts)?;
    let qualified_currency = self::currency(row, 19, facts)?;
    let names = &facts.names;
    Ok(OpportunityRow {
        id: row.get(0)?,
        lead: row
            .get::<_, Option<i64>>(1)?
            .map_or(NONE, |id| lead_row(facts, id)),
        handoff: handoff
            .and_then(|id| facts.handoffs.row(id))
            .map_or(NONE, |row| row as u32),
        account: row.get::<_, Option<u32>>(25)?.unwrap_or(0),
        source: names.sources.code(row.get(3)?),
        campaign: names.campaigns.code(row.get(4)?),
        segment: names.segments.code(row.get(5)?),
        rep: names.people.code(row.get(6)?),
        created: Moment(row.get(7)?),
        stage: names.stages.code(row.get(8)?),
        stage_since: moment(row, 9)?,
        last_activity: moment(row, 10)?,
        amount: row.get(11)?,
        currency,
        close_on: Day::or_never(row.get::<_, Option<i32>>(13)?.map(Day)),
        conversation: moment(row, 14)?,
        confirmed: row.get(15)?,
        evidence: word(16)?
            .and_then(|w| DealEvidence::parse(&w))
            .unwrap_or(DealEvidence::None),
        qualified: moment(row, 17)?,
        qualified_amount: row.get::<_, Option<i64>>(18)?.unwrap_or(0),
        qualified_currency,
        outcome: word(20)?.and_then(|w| DealOutcome::parse(&w)),
        closed: moment(row, 21)?,
        lost_reason: names.reasons.code(row.get(22)?),
        delivery_cost: row.get(23)?,
        reversed: moment(row, 24)?,
    })
}

fn currency(row: &Row<'_>, column: usize, facts: &mut Facts) -> rusqlite::Result<u8> {
    let code = row.get_ref(column)?.as_str_or_null()?;
    let home = facts.rates.home();
    let currency = code.and_then(|c| Currency::parse(c).ok()).unwrap_or(home);
    Ok(facts.names.currency(currency))
}

/// Changes of value, date and stage, oldest first. A value that changed after its deal's end was noted is a correction; one that
/// came along with the end is not.
const EVENTS: &str = "SELECT e.opportunity_id, e.at, e.kind, e.before, e.after,
    CASE WHEN e.kind = 'amount' THEN
        EXISTS (SELECT 1 FROM opportunity o WHERE o.id = e.opportunity_id AND o.closed_at <= e.at)
        AND NOT EXISTS (SELECT 1 FROM opportunity_event x WHERE x.opportunity_id = e.opportunity_id AND x.id > e.id
            AND x.kind IN ('won', 'lost', 'no_decision'))
    ELSE 0 END
    FROM opportunity_event e WHERE e.kind IN ('amount', 'close_on', 'stage', 'qualified') ORDER BY e.at, e.id";

fn events(conn: &Connection, facts: &mut Facts) -> Result<(), StoreError> {
    let doing = "reading the changes of deals";
    let mut stmt = conn.prepare_cached(EVENTS).doing(doing)?;
    let mut rows = stmt.query([]).doing(doing)?;
    let mut events = Vec::new();
    while let Some(row) = rows.next().doing(doing)? {
        events.extend(event(row, facts).doing(doing)?);
    }
    facts.opportunities.events = events;
    Ok(())
}

/// A change whose sides are known.
fn event(row: &Row<'_>, facts: &Facts) -> rusqlite::Result<Option<DealEvent>> {
    let number = |column: usize| {
        row.get::<_, Option<String>>(column)
            .map(|text| text.and_then(|t| t.parse::<i64>().ok()))
    };
    let Some(deal) = facts.opportunities.row(row.get(0)?) else {
        return Ok(None);
    };
    let stages = &facts.names.stages;
    let change = match (row.get_ref(2)?.as_str()?, number(3)?, number(4)?) {
        ("stage", before, after) => DealChange::Stage(stages.code(before), stages.code(after)),
        ("amount", Some(before), Some(after)) if row.get(5)? => {
            DealChange::Corrected(before, after)
        }
        ("amount", Some(before), Some(after)) => DealChange::Amount(before, after),
        ("close_on", before, after) => DealChange::CloseOn(date(before), date(after)),
        ("qualified", ..) => DealChange::Qualified,
        _ => return Ok(None),
    };
    Ok(Some(DealEvent {
        deal: deal as u32,
        at: Moment(row.get(1)?),
        change,
    }))
}

fn date(days: Option<i64>) -> Day {
    Day::or_never(days.and_then(|n| i32::try_from(n).ok()).map(Day))
}

/// Every lead behind every deal.
fn links(conn: &Connection, facts: &mut Facts) -> Result<(), StoreError> {
    let doing = "reading the leads of the deals";
    let mut stmt = conn
        .prepare_cached(
            "SELECT opportunity_id, lead_id FROM opportunity_lead ORDER BY opportunity_id, lead_id",
        )
        .doing(doing)?;
    let mut rows = stmt.query([]).doing(doing)?;
    let mut links = Vec::new();
    while let Some(row) = rows.next().doing(doing)? {
        let deal = facts.opportunities.row(row.get(0).doing(doing)?);
        let lead = lead_row(facts, row.get(1).doing(doing)?);
        if let Some(deal) = deal.filter(|_| lead != NONE) {
            let deal = deal as u32;
            links.push(DealLead { deal, lead });
        }
    }
    facts.opportunities.links = links;
    Ok(())
}

fn spend(row: &Row<'_>, facts: &mut Facts) -> rusqlite::Result<SpendRow> {
    let currency = currency(row, 7, facts)?;
    Ok(SpendRow {
        id: row.get(0)?,
        source: facts.names.sources.code(row.get(1)?),
        campaign: facts.names.campaigns.code(row.get(2)?),
        lead: row
            .get::<_, Option<i64>>(3)?
            .map_or(NONE, |id| lead_row(facts, id)),
        on: Day(row.get(4)?),
        kind: SpendKind::parse(row.get_ref(5)?.as_str()?).unwrap_or(SpendKind::Media),
        amount: row.get(6)?,
        currency,
    })
}
