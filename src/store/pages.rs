//! Lines of lists by their ids, as a window needs them: one look-up by key for each, never an offset.

use rusqlite::{Connection, OptionalExtension, Row};

use super::Store;
use super::error::{Doing, StoreError};
use crate::domain::card::{DealLine, HandoffLine, LeadLine, SpendLine};
use crate::domain::gate::{Confirmed, Gate};
use crate::domain::ids::{HandoffId, LeadId, OpportunityId};
use crate::domain::moment::{Day, Moment};
use crate::domain::money::{Currency, Money};
use crate::domain::settings::Settings;
use crate::domain::tries::Tries;
use crate::domain::verdict::{
    AttemptOutcome, Channel, DealEvidence, DealOutcome, Evidence, Exclusion, SpendKind, Verdict,
};

/// A lead's line.
pub(super) const LEAD: &str =
    "SELECT l.id, l.name, a.name, s.name, c.name, g.name, p.name, l.created_at, l.mql_at, l.excluded
    FROM lead l LEFT JOIN account a ON a.id = l.account_id LEFT JOIN source s ON s.id = l.source_id
    LEFT JOIN campaign c ON c.id = l.campaign_id LEFT JOIN segment g ON g.id = l.segment_id
    LEFT JOIN person p ON p.id = l.owner_id WHERE l.id = ?1";

/// A lead's handoffs, newest first.
pub(super) const HANDOFFS: &str =
    "SELECT h.id, h.number, h.handed_off_at, h.assigned_at, p.name, h.verdict, h.verdict_at, r.label,
    h.reason_text, h.evidence, h.recycle_on, h.note, h.trigger
    FROM handoff h LEFT JOIN person p ON p.id = h.owner_id LEFT JOIN reason r ON r.id = h.reason_id
    WHERE h.lead_id = ?1 ORDER BY h.number DESC";

/// A deal's line.
pub(super) const DEAL: &str = "SELECT o.id, o.name, a.name, s.name, c.name, p.name, m.name, t.name, o.created_at,
    o.amount_minor, o.currency, o.close_on, o.qualified_at, o.qualified_minor, o.qualified_currency, o.evidence,
    o.outcome, o.closed_at, r.label, o.reversed_at, o.conversation_at, o.criteria_confirmed, t.position
    FROM opportunity o LEFT JOIN account a ON a.id = o.account_id LEFT JOIN source s ON s.id = o.source_id
    LEFT JOIN campaign c ON c.id = o.campaign_id LEFT JOIN person p ON p.id = o.owner_id
    LEFT JOIN person m ON m.id = o.marketing_owner_id LEFT JOIN stage t ON t.id = o.stage_id
    LEFT JOIN reason r ON r.id = o.lost_reason_id WHERE o.id = ?1";

/// A spend entry's line.
pub(super) const SPEND: &str =
    "SELECT x.id, x.on_on, x.kind, x.amount_minor, x.currency, s.name, c.name, l.name, x.note
    FROM spend x LEFT JOIN source s ON s.id = x.source_id LEFT JOIN campaign c ON c.id = x.campaign_id
    LEFT JOIN lead l ON l.id = x.lead_id WHERE x.id = ?1";

impl Store {
    /// The leads of these ids, in this order; those that are gone are left out.
    pub fn leads_by_ids(&self, ids: &[i64]) -> Result<Vec<LeadLine>, StoreError> {
        let mut lines = by_ids(&self.conn, LEAD, ids, lead_line)?;
        for line in &mut lines {
            line.handoff = handoffs(&self.conn, line.id.0)?.into_iter().next();
        }
        Ok(lines)
    }

    /// The deals of these ids, in this order; those that are gone are left out.
    pub fn opportunities_by_ids(&self, ids: &[i64]) -> Result<Vec<DealLine>, StoreError> {
        by_ids(&self.conn, DEAL, ids, deal_line)
    }

    /// The spend entries of these ids, in this order; those that are gone are left out.
    pub fn spend_by_ids(&self, ids: &[i64]) -> Result<Vec<SpendLine>, StoreError> {
        by_ids(&self.conn, SPEND, ids, spend_line)
    }

    /// The leads of these handoffs with those very handoffs, in this order.
    pub fn handoffs_by_ids(&self, ids: &[i64]) -> Result<Vec<LeadLine>, StoreError> {
        let lead_of = "SELECT lead_id FROM handoff WHERE id = ?1";
        let mut lines = Vec::with_capacity(ids.len());
        for id in ids {
            for lead in by_ids(&self.conn, lead_of, &[*id], |row| row.get::<_, i64>(0))? {
                for mut line in by_ids(&self.conn, LEAD, &[lead], lead_line)? {
                    let all = handoffs(&self.conn, lead)?;
                    line.handoff = all.into_iter().find(|h| h.id.0 == *id);
                    lines.push(line);
                }
            }
        }
        Ok(lines)
    }
}

pub(super) fn by_ids<T>(
    conn: &Connection,
    sql: &str,
    ids: &[i64],
    read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, StoreError> {
    let doing = "reading a list";
    let mut stmt = conn.prepare_cached(sql).doing(doing)?;
    let mut lines = Vec::with_capacity(ids.len());
    for id in ids {
        let line = stmt.query_row([id], |row| read(row)).optional();
        lines.extend(line.doing(doing)?);
    }
    Ok(lines)
}

/// Every handoff of a lead, newest first.
pub(super) fn handoffs(conn: &Connection, lead: i64) -> Result<Vec<HandoffLine>, StoreError> {
    let doing = "reading the handoffs";
    let mut lines: Vec<HandoffLine> = conn
        .prepare_cached(HANDOFFS)
        .doing(doing)?
        .query_map([lead], handoff_line)
        .doing(doing)?
        .collect::<Result<_, _>>()
        .doing(doing)?;
    for line in &mut lines {
        add_attempts(conn, line).doing(doing)?;
    }
    Ok(lines)
}

/// What was tried on a handoff, several channels within the agreed minutes being one try.
fn add_attempts(conn: &Connection, line: &mut HandoffLine) -> rusqlite::Result<()> {
    let mut stmt = conn.prepare_cached(
        "SELECT at, channel, outcome,
                (SELECT value FROM setting WHERE key = 'merge_minutes')
         FROM attempt WHERE handoff_id = ?1 ORDER BY at, id",
    )?;
    let mut rows = stmt.query([line.id.0])?;
    let mut tries = Tries::default();
    while let Some(row) = rows.next()? {
        let at = Moment(row.get(0)?);
        let channel = word(row, 1, Channel::parse)?.unwrap_or(Channel::Call);
        let agreed: Option<i64> = row.get(3)?;
        tries.add(
            at,
            channel,
            agreed.unwrap_or_else(|| Settings::default().merge_minutes),
        );
        line.first_attempt = line.first_attempt.or(Some(at));
        let outcome = word(row, 2, AttemptOutcome::parse)?;
        if outcome.is_some_and(AttemptOutcome::is_conversation) {
            line.spoke = line.spoke.or(Some(at));
        }
    }
    line.attempts = tries.count;
    Ok(())
}

fn lead_line(row: &Row<'_>) -> rusqlite::Result<LeadLine> {
    Ok(LeadLine {
        id: LeadId(row.get(0)?),
        name: row.get(1)?,
        account: row.get(2)?,
        source: row.get(3)?,
        campaign: row.get(4)?,
        segment: row.get(5)?,
        owner: row.get(6)?,
        created: Moment(row.get(7)?),
        mql: moment(row, 8)?,
        excluded: word(row, 9, Exclusion::parse)?,
        handoff: None,
    })
}

fn handoff_line(row: &Row<'_>) -> rusqlite::Result<HandoffLine> {
    let verdict = word(row, 5, Verdict::parse)?;
    Ok(HandoffLine {
        id: HandoffId(row.get(0)?),
        number: row.get(1)?,
        at: Moment(row.get(2)?),
        assigned: moment(row, 3)?,
        owner: row.get(4)?,
        verdict: verdict.zip(moment(row, 6)?),
        reason: row.get(7)?,
        reason_text: row.get(8)?,
        evidence: word(row, 9, Evidence::parse)?,
        recycle_on: row.get::<_, Option<i32>>(10)?.map(Day),
        note: row.get(11)?,
        trigger: row.get(12)?,
        attempts: 0,
        first_attempt: None,
        spoke: None,
    })
}

fn deal_line(row: &Row<'_>) -> rusqlite::Result<DealLine> {
    let amount = money(row, 9, 10)?;
    let close_on = row.get::<_, Option<i32>>(11)?.map(Day);
    let confirmed: bool = row.get(21)?;
    let gate = Gate {
        conversation: moment(row, 20)?,
        stage_position: row.get(22)?,
        close_on,
        value: amount,
        criteria: if confirmed {
            Confirmed::Yes
        } else {
            Confirmed::No
        },
    };
    let qualified = moment(row, 12)?.zip(money(row, 13, 14)?);
    Ok(DealLine {
        id: OpportunityId(row.get(0)?),
        name: row.get(1)?,
        account: row.get(2)?,
        source: row.get(3)?,
        campaign: row.get(4)?,
        owner: row.get(5)?,
        marketing_owner: row.get(6)?,
        stage: row.get(7)?,
        created: Moment(row.get(8)?),
        amount,
        close_on,
        missing: if qualified.is_some() {
            Vec::new()
        } else {
            gate.missing()
        },
        qualified,
        evidence: word(row, 15, DealEvidence::parse)?.unwrap_or(DealEvidence::None),
        outcome: word(row, 16, DealOutcome::parse)?.zip(moment(row, 17)?),
        lost_reason: row.get(18)?,
        reversed: moment(row, 19)?,
    })
}

fn spend_line(row: &Row<'_>) -> rusqlite::Result<SpendLine> {
    Ok(SpendLine {
        id: row.get(0)?,
        on: Day(row.get(1)?),
        kind: word(row, 2, SpendKind::parse)?.unwrap_or(SpendKind::Media),
        amount: money(row, 3, 4)?.unwrap_or(Money {
            minor: 0,
            currency: Currency::EUR,
        }),
        source: row.get(5)?,
        campaign: row.get(6)?,
        lead: row.get(7)?,
        note: row.get(8)?,
    })
}

pub(super) fn moment(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Moment>> {
    row.get::<_, Option<i64>>(column).map(|at| at.map(Moment))
}

pub(super) fn word<T>(
    row: &Row<'_>,
    column: usize,
    parse: impl Fn(&str) -> Option<T>,
) -> rusqlite::Result<Option<T>> {
    Ok(row.get_ref(column)?.as_str_or_null()?.and_then(parse))
}

fn money(row: &Row<'_>, minor: usize, currency: usize) -> rusqlite::Result<Option<Money>> {
    let minor: Option<i64> = row.get(minor)?;
    let currency = word(row, currency, |code| Currency::parse(code).ok())?;
    Ok(minor
        .zip(currency)
        .map(|(minor, currency)| Money { minor, currency }))
}
