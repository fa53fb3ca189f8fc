//! What the file knows of leads, deals and attempts as the records that an import would bring. Reads only.

use rusqlite::Row;
use rusqlite::types::Type;

use super::Store;
use super::error::{Doing, StoreError};
use crate::domain::import::{
    AttemptRecord, Channels, Dating, HandoffRecord, Key, LeadRecord, OpportunityRecord, OwnFields,
    VerdictRecord, Word,
};
use crate::domain::moment::{Day, Moment};
use crate::domain::money::{Currency, Money};
use crate::domain::verdict::{AttemptOutcome, Channel, DealOutcome, Evidence, Exclusion, Verdict};

/// The system of deals and attempts that were made in a workspace.
pub(crate) const MADE_HERE: &str = "smarketing";

/// Which rows are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Every lead with its newest handoff.
    Leads,
    /// Every rejection with its lead.
    Rejections,
}

const COLUMNS: &str =
    "SELECT l.source_system, l.external_id, l.email, l.phone, l.name, l.social, l.title, a.name,
    s.name, c.name, g.name, p.name, l.country, l.created_at, l.mql_at, l.excluded, l.note, l.source_status,
    h.handed_off_at, h.assigned_at, h.trigger, h.verdict, h.verdict_at, r.code, h.reason_text, h.evidence, h.recycle_on,
    h.note, l.withheld, l.custom, k.amount_minor, k.currency, k.on_on";
const NAMES: &str = "LEFT JOIN account a ON a.id = l.account_id LEFT JOIN source s ON s.id = l.source_id
    LEFT JOIN campaign c ON c.id = l.campaign_id LEFT JOIN segment g ON g.id = l.segment_id
    LEFT JOIN person p ON p.id = coalesce(h.owner_id, l.owner_id) LEFT JOIN reason r ON r.id = h.reason_id
    LEFT JOIN spend k ON k.id = (SELECT min(id) FROM spend WHERE lead_id = l.id AND external_id IS NULL)";
const LEADS: &str = "FROM lead l LEFT JOIN handoff h ON h.id = (
    SELECT id FROM handoff WHERE lead_id = l.id AND handed_off_at <= ?1 ORDER BY number DESC LIMIT 1)";
const REJECTIONS: &str = "FROM handoff h JOIN lead l ON l.id = h.lead_id";

const DEALS: &str =
    "SELECT o.source_system, o.external_id, l.source_system, l.external_id, l.email, l.phone, o.name,
    a.name, s.name, c.name, g.name, p.name, o.created_at, t.name, o.amount_minor, o.currency, o.close_on,
    o.conversation_at, o.qualified_at, o.outcome, o.closed_at, r.code, o.lost_reason_text, o.delivery_cost_minor,
    o.last_activity_at, o.source_status, o.note, o.id, o.qualified_minor,
    o.qualified_currency, o.custom
    FROM opportunity o LEFT JOIN lead l ON l.id = o.lead_id LEFT JOIN account a ON a.id = o.account_id
    LEFT JOIN source s ON s.id = o.source_id LEFT JOIN campaign c ON c.id = o.campaign_id
    LEFT JOIN segment g ON g.id = o.segment_id LEFT JOIN person p ON p.id = o.owner_id
    LEFT JOIN stage t ON t.id = o.stage_id LEFT JOIN reason r ON r.id = o.lost_reason_id
    WHERE o.created_at <= ?1 ORDER BY o.id";

const ATTEMPTS: &str =
    "SELECT t.source_system, t.external_id, t.id, l.source_system, l.external_id, l.email, l.phone, t.at, t.channel, t.outcome,
    t.minutes, p.name, t.note
    FROM attempt t JOIN handoff h ON h.id = t.handoff_id JOIN lead l ON l.id = h.lead_id LEFT JOIN person p ON p.id = t.person_id
    WHERE t.at <= ?1 AND NOT EXISTS (
        SELECT 1 FROM handoff n WHERE n.lead_id = h.lead_id AND n.number > h.number AND n.handed_off_at <= ?1) ORDER BY t.id";

impl Store {
    /// Gives every wanted lead to `take`, one after the other; nothing of the time after `now`.
    pub fn export_leads<E>(
        &self,
        wanted: Wanted,
        now: Moment,
        take: &mut dyn FnMut(LeadRecord) -> Result<(), E>,
    ) -> Result<Result<(), E>, StoreError> {
        let sql = match wanted {
            Wanted::Leads => format!("{COLUMNS} {LEADS} {NAMES} ORDER BY l.id"),
            Wanted::Rejections => format!(
                "{COLUMNS} {REJECTIONS} {NAMES} WHERE h.verdict = 'rejected' AND h.verdict_at <= ?1 ORDER BY h.id"
            ),
        };
        self.each(&sql, now, lead, take)
    }

    /// Gives every deal to `take`, one after the other.
    pub fn export_deals<E>(
        &self,
        now: Moment,
        take: &mut dyn FnMut(OpportunityRecord) -> Result<(), E>,
    ) -> Result<Result<(), E>, StoreError> {
        self.each(DEALS, now, deal, take)
    }

    /// Gives every attempt on the newest hand-over of a lead to `take`, one after the other; nothing of the time after `now`.
    pub fn export_attempts<E>(
        &self,
        now: Moment,
        take: &mut dyn FnMut(AttemptRecord) -> Result<(), E>,
    ) -> Result<Result<(), E>, StoreError> {
        self.each(ATTEMPTS, now, attempt, take)
    }

    fn each<T, E>(
        &self,
        sql: &str,
        now: Moment,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
        take: &mut dyn FnMut(T) -> Result<(), E>,
    ) -> Result<Result<(), E>, StoreError> {
        let doing = "reading for the export";
        let mut stmt = self.conn.prepare(sql).doing(doing)?;
        let mut rows = stmt.query([now.0]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            if let Err(error) = take(read(row).doing(doing)?) {
                return Ok(Err(error));
            }
        }
        Ok(Ok(()))
    }
}

fn word(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Word>> {
    Ok(row.get_ref(column)?.as_str_or_null()?.map(Word::from))
}

fn moment(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Moment>> {
    row.get::<_, Option<i64>>(column).map(|at| at.map(Moment))
}

fn parsed<T>(
    row: &Row<'_>,
    column: usize,
    parse: impl Fn(&str) -> Option<T>,
) -> rusqlite::Result<Option<T>> {
    Ok(row.get_ref(column)?.as_str_or_null()?.and_then(parse))
}

/// An amount with its currency; one without is damage.
fn money(row: &Row<'_>, minor: usize, code: usize) -> rusqlite::Result<Option<Money>> {
    let Some(minor) = row.get::<_, Option<i64>>(minor)? else {
        return Ok(None);
    };
    match parsed(row, code, |code| Currency::parse(code).ok())? {
        Some(currency) => Ok(Some(Money { minor, currency })),
        None => Err(rusqlite::Error::InvalidColumnType(
            code,
            "currency".into(),
            Type::Null,
        )),
    }
}

fn own(row: &Row<'_>, column: usize) -> rusqlite::Result<OwnFields> {
    let json: Option<String> = row.get(column)?;
    Ok(json.map(OwnFields::kept).unwrap_or_default())
}

fn lead(row: &Row<'_>) -> rusqlite::Result<LeadRecord> {
    Ok(LeadRecord {
        key: Key {
            system: word(row, 0)?,
            external_id: row.get(1)?,
            email: row.get(2)?,
            phone: row.get(3)?,
        },
        name: row.get(4)?,
        social: row.get(5)?,
        channels: if row.get(28)? {
            Channels::Withheld
        } else {
            Channels::Shown
        },
        title: row.get(6)?,
        account: word(row, 7)?,
        source: word(row, 8)?,
        campaign: word(row, 9)?,
        segment: word(row, 10)?,
        owner: word(row, 11)?,
        country: word(row, 12)?,
        dating: Dating::Stated,
        created: Moment(row.get(13)?),
        mql: moment(row, 14)?,
        excluded: parsed(row, 15, Exclusion::parse)?,
        note: row.get(16)?,
        status: word(row, 17)?,
        custom: own(row, 29)?,
        cost: money(row, 30, 31)?.zip(row.get::<_, Option<i32>>(32)?.map(Day)),
        handoff: handoff(row)?,
    })
}

fn handoff(row: &Row<'_>) -> rusqlite::Result<Option<HandoffRecord>> {
    let Some(at) = moment(row, 18)? else {
        return Ok(None);
    };
    let verdict = match (parsed(row, 21, Verdict::parse)?, moment(row, 22)?) {
        (Some(verdict), Some(at)) => Some(VerdictRecord {
            verdict,
            at,
            reason: word(row, 23)?,
            reason_text: word(row, 24)?,
            evidence: parsed(row, 25, Evidence::parse)?.unwrap_or(Evidence::None),
            recycle_on: row.get::<_, Option<i32>>(26)?.map(Day),
            note: row.get(27)?,
        }),
        _ => None,
    };
    Ok(Some(HandoffRecord {
        dating: Dating::Stated,
        at,
        assigned: moment(row, 19)?,
        trigger: word(row, 20)?,
        verdict,
    }))
}

/// The key in the first two columns; what was made here has none, and only this workspace has a number for it.
fn own_key(row: &Row<'_>, number: usize) -> rusqlite::Result<Key> {
    let key = Key {
        system: word(row, 0)?,
        external_id: row.get(1)?,
        ..Key::default()
    };
    if key.external_id.is_some() {
        return Ok(key);
    }
    let id: i64 = row.get(number)?;
    Ok(Key {
        system: Some(MADE_HERE.into()),
        external_id: Some(id.to_string()),
        ..key
    })
}

fn attempt(row: &Row<'_>) -> rusqlite::Result<AttemptRecord> {
    Ok(AttemptRecord {
        key: own_key(row, 2)?,
        lead: Key {
            system: word(row, 3)?,
            external_id: row.get(4)?,
            email: row.get(5)?,
            phone: row.get(6)?,
        },
        at: Moment(row.get(7)?),
        channel: parsed(row, 8, Channel::parse)?.unwrap_or(Channel::Call),
        outcome: parsed(row, 9, AttemptOutcome::parse)?.unwrap_or(AttemptOutcome::NoAnswer),
        minutes: row.get(10)?,
        by: word(row, 11)?,
        note: row.get(12)?,
    })
}

fn deal(row: &Row<'_>) -> rusqlite::Result<OpportunityRecord> {
    let lead = Key {
        system: word(row, 2)?,
        external_id: row.get(3)?,
        email: row.get(4)?,
        phone: row.get(5)?,
    };
    Ok(OpportunityRecord {
        key: own_key(row, 27)?,
        lead: (lead != Key::default()).then_some(lead),
        name: row.get(6)?,
        account: word(row, 7)?,
        source: word(row, 8)?,
        campaign: word(row, 9)?,
        segment: word(row, 10)?,
        owner: word(row, 11)?,
        dating: Dating::Stated,
        created: Moment(row.get(12)?),
        stage: word(row, 13)?,
        amount: money(row, 14, 15)?,
        close_on: row.get::<_, Option<i32>>(16)?.map(Day),
        conversation: moment(row, 17)?,
        qualified: moment(row, 18)?,
        frozen: money(row, 28, 29)?,
        closed: parsed(row, 19, DealOutcome::parse)?.zip(moment(row, 20)?),
        lost_reason: word(row, 21)?,
        lost_reason_text: word(row, 22)?,
        delivery_cost: row.get(23)?,
        last_activity: moment(row, 24)?,
        status: word(row, 25)?,
        note: row.get(26)?,
        custom: own(row, 30)?,
    })
}
