//! Deals, their changes and leads, and spend: rows in memory, columns in the file.

use super::{Packed, Shelf};
use crate::domain::moment::{Day, Moment};
use crate::domain::verdict::{DealEvidence, DealOutcome, SpendKind};
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::opportunities::{DealChange, DealEvent, DealLead, OpportunityRow};
use crate::facts::spend::SpendRow;

/// "No value" of an optional amount; no amount is that low.
const NOTHING: i64 = i64::MIN;

/// Every field of a deal once: name, how it is written, how it is read.
macro_rules! deal_fields {
    ($go:ident) => {
        $go!("id", |r| r.id, |r, n| r.id = n);
        $go!("lead", |r| i64::from(r.lead), |r, n| r.lead = n as u32);
        $go!("handoff", |r| i64::from(r.handoff), |r, n| r.handoff =
            n as u32);
        $go!("account", |r| i64::from(r.account), |r, n| r.account =
            n as u32);
        $go!("source", |r| i64::from(r.source), |r, n| r.source =
            n as u32);
        $go!("campaign", |r| i64::from(r.campaign), |r, n| r.campaign =
            n as u32);
        $go!("segment", |r| i64::from(r.segment), |r, n| r.segment =
            n as u32);
        $go!("rep", |r| i64::from(r.rep), |r, n| r.rep = n as u32);
        $go!("created", |r| r.created.0, |r, n| r.created = Moment(n));
        $go!("stage", |r| i64::from(r.stage), |r, n| r.stage = n as u32);
        $go!("stage_since", |r| r.stage_since.0, |r, n| r.stage_since =
            Moment(n));
        $go!("last_activity", |r| r.last_activity.0, |r, n| r
            .last_activity =
            Moment(n));
        $go!("amount", |r| r.amount.unwrap_or(NOTHING), |r, n| r.amount =
            some(n));
        $go!("currency", |r| i64::from(r.currency), |r, n| r.currency =
            n as u8);
        $go!("close_on", |r| i64::from(r.close_on.0), |r, n| r.close_on =
            Day(n as i32));
        $go!("conversation", |r| r.conversation.0, |r, n| r
            .conversation =
            Moment(n));
        $go!("confirmed", |r| i64::from(r.confirmed), |r, n| r
            .confirmed =
            n != 0);
        $go!("evidence", |r| r.evidence as i64, |r, n| r.evidence =
            evidence(n));
        $go!("qualified", |r| r.qualified.0, |r, n| r.qualified =
            Moment(n));
        $go!("qualified_amount", |r| r.qualified_amount, |r, n| r
            .qualified_amount =
            n);
        $go!(
            "qualified_currency",
            |r| i64::from(r.qualified_currency),
            |r, n| r.qualified_currency = n as u8
        );
        $go!("outcome", |r| r.outcome.map_or(-1, |o| o as i64), |r, n| {
            r.outcome = outcome(n)
        });
        $go!("closed", |r| r.closed.0, |r, n| r.closed = Moment(n));
        $go!("lost_reason", |r| i64::from(r.lost_reason), |r, n| r
            .lost_reason =
            n as u32);
        $go!(
            "delivery_cost",
            |r| r.delivery_cost.unwrap_or(NOTHING),
            |r, n| r.delivery_cost = some(n)
        );
        $go!("reversed", |r| r.reversed.0, |r, n| r.reversed = Moment(n));
    };
}

fn some(n: i64) -> Option<i64> {
    (n != NOTHING).then_some(n)
}

fn evidence(n: i64) -> DealEvidence {
    let known = usize::try_from(n)
        .ok()
        .and_then(|n| DealEvidence::ALL.get(n));
    known.copied().unwrap_or(DealEvidence::None)
}

fn outcome(n: i64) -> Option<DealOutcome> {
    usize::try_from(n)
        .ok()
        .and_then(|n| DealOutcome::ALL.get(n))
        .copied()
}

fn blank() -> OpportunityRow {
    OpportunityRow {
        id: 0,
        lead: NONE,
        handoff: NONE,
        account: 0,
        source: NONE,
        campaign: NONE,
        segment: NONE,
        rep: NONE,
        created: Moment::NEVER,
        stage: NONE,
        stage_since: Moment::NEVER,
        last_activity: Moment::NEVER,
        amount: None,
        currency: 0,
        close_on: Day::NEVER,
        conversation: Moment::NEVER,
        confirmed: false,
        evidence: DealEvidence::None,
        qualified: Moment::NEVER,
        qualified_amount: 0,
        qualified_currency: 0,
        outcome: None,
        closed: Moment::NEVER,
        lost_reason: NONE,
        delivery_cost: None,
        reversed: Moment::NEVER,
    }
}

pub(super) fn put(facts: &Facts, packed: &mut Packed) {
    let deals = &facts.opportunities;
    macro_rules! field {
        ($name:literal, $write:expr, $read:expr) => {
            let write: fn(&OpportunityRow) -> i64 = $write;
            let column: Vec<i64> = deals.rows.iter().map(write).collect();
            packed.put_slice(concat!("deal.", $name), &column);
        };
    }
    deal_fields!(field);
    let events: Vec<[i64; 5]> = deals.events.iter().map(event_numbers).collect();
    for (n, name) in EVENT.iter().enumerate() {
        let column: Vec<i64> = events.iter().map(|event| event[n]).collect();
        packed.put_slice(name, &column);
    }
    let column = |of: fn(&DealLead) -> u32| -> Vec<u32> { deals.links.iter().map(of).collect() };
    packed.put_slice("link.deal", &column(|link| link.deal));
    packed.put_slice("link.lead", &column(|link| link.lead));
    let spend: Vec<[i64; 8]> = facts.spend.rows.iter().map(spend_numbers).collect();
    for (n, name) in SPEND.iter().enumerate() {
        let column: Vec<i64> = spend.iter().map(|row| row[n]).collect();
        packed.put_slice(name, &column);
    }
}

const EVENT: [&str; 5] = [
    "event.deal",
    "event.at",
    "event.kind",
    "event.before",
    "event.after",
];
const SPEND: [&str; 8] = [
    "spend.id",
    "spend.source",
    "spend.campaign",
    "spend.lead",
    "spend.on",
    "spend.kind",
    "spend.amount",
    "spend.currency",
];

fn event_numbers(event: &DealEvent) -> [i64; 5] {
    let (kind, before, after) = match event.change {
        DealChange::Amount(before, after) => (0, before, after),
        DealChange::CloseOn(before, after) => (1, i64::from(before.0), i64::from(after.0)),
        DealChange::Stage(before, after) => (2, i64::from(before), i64::from(after)),
        DealChange::Corrected(before, after) => (3, before, after),
        DealChange::Qualified => (4, 0, 0),
    };
    [i64::from(event.deal), event.at.0, kind, before, after]
}

fn event([deal, at, kind, before, after]: [i64; 5]) -> DealEvent {
    DealEvent {
        deal: deal as u32,
        at: Moment(at),
        change: match kind {
            0 => DealChange::Amount(before, after),
            1 => DealChange::CloseOn(Day(before as i32), Day(after as i32)),
            3 => DealChange::Corrected(before, after),
            4 => DealChange::Qualified,
            _ => DealChange::Stage(before as u32, after as u32),
        },
    }
}

fn spend_numbers(row: &SpendRow) -> [i64; 8] {
    [
        row.id,
        i64::from(row.source),
        i64::from(row.campaign),
        i64::from(row.lead),
        i64::from(row.on.0),
        row.kind as i64,
        row.amount,
        i64::from(row.currency),
    ]
}

fn spend([id, source, campaign, lead, on, kind, amount, currency]: [i64; 8]) -> SpendRow {
    let kind = usize::try_from(kind)
        .ok()
        .and_then(|n| SpendKind::ALL.get(n));
    SpendRow {
        id,
        source: source as u32,
        campaign: campaign as u32,
        lead: lead as u32,
        on: Day(on as i32),
        kind: kind.copied().unwrap_or(SpendKind::Media),
        amount,
        currency: currency as u8,
    }
}

/// Columns of the same length, row by row.
fn zipped<const N: usize>(packed: &impl Shelf, names: [&str; N]) -> Option<Vec<[i64; N]>> {
    let mut rows: Vec<[i64; N]> = Vec::new();
    for (n, name) in names.iter().enumerate() {
        let column: Vec<i64> = packed.get(name)?;
        if n == 0 {
            rows.resize(column.len(), [0; N]);
        }
        if column.len() != rows.len() {
            return None;
        }
        for (row, value) in rows.iter_mut().zip(column) {
            row[n] = value;
        }
    }
    Some(rows)
}

pub(super) fn get(facts: &mut Facts, packed: &impl Shelf) -> Option<()> {
    let ids: Vec<i64> = packed.get("deal.id")?;
    let mut rows = vec![blank(); ids.len()];
    macro_rules! field {
        ($name:literal, $write:expr, $read:expr) => {
            let read: fn(&mut OpportunityRow, i64) = $read;
            let column: Vec<i64> = packed.get(concat!("deal.", $name))?;
            if column.len() != rows.len() {
                return None;
            }
            for (row, value) in rows.iter_mut().zip(column) {
                read(row, value);
            }
        };
    }
    deal_fields!(field);
    let (leads, handoffs, deals) = (facts.leads.len(), facts.handoffs.len(), rows.len());
    let points = |row: u32, rows: usize| row == NONE || (row as usize) < rows;
    let currencies = facts.names.currencies.len();
    let sound = rows.iter().all(|row| {
        points(row.lead, leads)
            && points(row.handoff, handoffs)
            && usize::from(row.currency.max(row.qualified_currency)) < currencies
    });
    let events = zipped(packed, EVENT)?;
    let links = zipped(packed, ["link.deal", "link.lead"])?;
    let spent = zipped(packed, SPEND)?;
    let sound = sound
        && events.iter().all(|e| (0..deals as i64).contains(&e[0]))
        && links
            .iter()
            .all(|l| (0..deals as i64).contains(&l[0]) && (0..leads as i64).contains(&l[1]))
        && spent
            .iter()
            .all(|s| points(s[3] as u32, leads) && (0..currencies as i64).contains(&s[7]));
    if !sound {
        return None;
    }
    facts.opportunities.fill(rows);
    facts.opportunities.events = events.into_iter().map(event).collect();
    facts.opportunities.links = links
        .into_iter()
        .map(|[deal, lead]| DealLead {
            deal: deal as u32,
            lead: lead as u32,
        })
        .collect();
    for row in spent {
        facts.spend.push(spend(row));
    }
    facts.opportunities.index();
    facts.spend.index();
    Some(())
}
