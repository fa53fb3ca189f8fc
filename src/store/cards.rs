//! A lead's or a deal's card: everything known of it, with one timeline of both teams.

mod known;

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Map, Value as Json};

use super::error::{Doing, StoreError};
use super::import::index_accounts;
use super::pages::{self, by_ids, moment};
use super::{Access, Store};
use crate::domain::card::{Alike, DealCard, HandoffLine, Happening, LeadCard};
use crate::domain::ids::{LeadId, OpportunityId};
use crate::domain::moment::Moment;
use crate::domain::policy::Side;
use crate::domain::verdict::{AttemptOutcome, Channel};

impl Store {
    /// A lead with its handoffs, deals and timeline; `None` where there is no such lead (any more).
    pub fn lead_card(&self, id: LeadId) -> Result<Option<LeadCard>, StoreError> {
        let Some(line) = self.leads_by_ids(&[id.0])?.into_iter().next() else {
            return Ok(None);
        };
        let sql = "SELECT email, phone, social, title, country, note, source_status, custom FROM lead WHERE id = ?1";
        let mut card = self
            .conn
            .prepare_cached(sql)
            .doing("reading the lead")?
            .query_row([id.0], |row| {
                Ok((
                    LeadCard {
                        line,
                        email: row.get(0)?,
                        phone: row.get(1)?,
                        social: row.get(2)?,
                        title: row.get(3)?,
                        country: row.get(4)?,
                        note: row.get(5)?,
                        status: row.get(6)?,
                        fields: Vec::new(),
                        handoffs: Vec::new(),
                        deals: Vec::new(),
                        alike: Vec::new(),
                        timeline: Vec::new(),
                        known: Vec::new(),
                    },
                    row.get::<_, Option<String>>(7)?,
                ))
            })
            .doing("reading the lead")
            .and_then(|(card, custom)| {
                Ok(LeadCard {
                    fields: fields(&self.conn, "lead", custom.as_deref())?,
                    ..card
                })
            })?;
        card.handoffs = pages::handoffs(&self.conn, id.0)?;
        card.handoffs.reverse();
        let deals = ids(
            &self.conn,
            "SELECT opportunity_id FROM opportunity_lead WHERE lead_id = ?1 ORDER BY opportunity_id",
            id.0,
        )?;
        card.deals = self.opportunities_by_ids(&deals)?;
        // In the order of cause: exports with days alone give it all one moment.
        card.timeline = vec![made(card.line.created, "came in")];
        card.timeline
            .extend(of_lead(&self.conn, id.0, card.line.mql, &card.handoffs)?);
        for deal in deals {
            card.timeline.extend(of_deal(&self.conn, deal)?);
        }
        card.timeline.sort_by_key(|happening| happening.at);
        card.alike = alike(&self.conn, &card)?;
        card.known = known::at_handoffs(&self.conn, &card)?;
        Ok(Some(card))
    }

    /// A deal with its leads and their common timeline; `None` where there is no such deal (any more).
    pub fn deal_card(&self, id: OpportunityId) -> Result<Option<DealCard>, StoreError> {
        let Some(line) = self.opportunities_by_ids(&[id.0])?.into_iter().next() else {
            return Ok(None);
        };
        let doing = "reading the deal";
        let sql = "SELECT conversation_at, last_activity_at, delivery_cost_minor, note, source_status, custom
                   FROM opportunity WHERE id = ?1";
        let (mut card, custom) = self
            .conn
            .prepare_cached(sql)
            .doing(doing)?
            .query_row([id.0], |row| {
                let card = DealCard {
                    line,
                    conversation: moment(row, 0)?,
                    last_activity: moment(row, 1)?,
                    delivery_cost: row.get(2)?,
                    note: row.get(3)?,
                    status: row.get(4)?,
                    fields: Vec::new(),
                    leads: Vec::new(),
                    timeline: Vec::new(),
                };
                Ok((card, row.get::<_, Option<String>>(5)?))
            })
            .doing(doing)?;
        card.fields = fields(&self.conn, "opportunity", custom.as_deref())?;
        let leads = ids(
            &self.conn,
            "SELECT lead_id FROM opportunity_lead WHERE opportunity_id = ?1 ORDER BY lead_id",
            id.0,
        )?;
        for lead in self.leads_by_ids(&leads)? {
            let handoffs = pages::handoffs(&self.conn, lead.id.0)?;
            let came = format!("{} came in", lead.name);
            card.timeline.push(made(lead.created, &came));
            card.timeline
                .extend(of_lead(&self.conn, lead.id.0, lead.mql, &handoffs)?);
            card.leads.push((lead.id, lead.name));
        }
        card.timeline.extend(of_deal(&self.conn, id.0)?);
        card.timeline.sort_by_key(|happening| happening.at);
        Ok(Some(card))
    }
}

/// How many leads that may be the same are named.
const ALIKE: i64 = 4;

impl Store {
    /// Makes what cards look leads of the same company up by, where an import has left it out. Once per file; takes the write
    /// lock for about half a second at a million leads, so it belongs on a thread that nobody waits for.
    pub fn prepare_cards(&mut self) -> Result<(), StoreError> {
        let sql = "SELECT count(*) > 0 FROM sqlite_schema WHERE name = 'lead_account'";
        let there = self.conn.query_row(sql, [], |row| row.get(0));
        if self.access() == Access::ReadOnly || there.doing("looking for the indexes")? {
            return Ok(());
        }
        let tx = self.begin()?;
        index_accounts(&tx)?;
        tx.commit().doing("making the indexes")?;
        // What was sorted in is as large as a good part of the history.
        self.conn
            .execute_batch("PRAGMA shrink_memory")
            .doing("making the indexes")
    }
}

/// Whether leads of one company can be found without a search through very many.
pub(super) fn can_find_companies(conn: &Connection) -> Result<bool, StoreError> {
    let sql = "SELECT count(*) > 0 OR (SELECT coalesce(max(id), 0) FROM lead) < 20000
               FROM sqlite_schema WHERE name = 'lead_account'";
    conn.prepare_cached(sql)
        .and_then(|mut found| found.query_row([], |row| row.get(0)))
        .doing("looking for the indexes")
}

/// Leads marked as the same one, then those of the same company that came into the file last: both by key, never by a search through
/// all leads, nor through all that a large company has.
fn alike(conn: &Connection, card: &LeadCard) -> Result<Vec<Alike>, StoreError> {
    let doing = "looking for duplicates";
    let same = |mine: &Option<String>, theirs: Option<String>| {
        let mine = mine.as_deref().filter(|text| !text.is_empty());
        mine.zip(theirs)
            .is_some_and(|(mine, theirs)| mine.eq_ignore_ascii_case(&theirs))
    };
    conn.prepare_cached(
        "SELECT id, name, email, phone, created_at, marked FROM (
            SELECT o.id, o.name, o.email, o.phone, o.created_at, 1 AS marked FROM lead l JOIN lead o
                ON o.id = l.duplicate_of OR o.duplicate_of = l.id WHERE l.id = ?1
            UNION SELECT id, name, email, phone, created_at, 0 FROM (
                SELECT o.* FROM lead l JOIN lead o ON o.account_id = l.account_id
                WHERE l.id = ?1 AND o.id <> ?1 AND ?3 ORDER BY o.id DESC LIMIT ?2))
         GROUP BY id ORDER BY max(marked) DESC, created_at DESC LIMIT ?2",
    )
    .doing(doing)?
    .query_map(
        params![card.line.id.0, ALIKE, can_find_companies(conn)?],
        |row| {
            let why = if same(&card.email, row.get(2)?) {
                "same e-mail"
            } else if same(&card.phone, row.get(3)?) {
                "same phone"
            } else if row.get(5)? {
                "marked as a duplicate"
            } else {
                "same company"
            };
            Ok(Alike {
                id: LeadId(row.get(0)?),
                name: row.get(1)?,
                why,
                created: Moment(row.get(4)?),
            })
        },
    )
    .doing(doing)?
    .collect::<Result<_, _>>()
    .doing(doing)
}

fn ids(conn: &Connection, sql: &str, of: i64) -> Result<Vec<i64>, StoreError> {
    let doing = "reading a card";
    conn.prepare_cached(sql)
        .doing(doing)?
        .query_map([of], |row| row.get(0))
        .doing(doing)?
        .collect::<Result<_, _>>()
        .doing(doing)
}

/// Own fields with their labels, in the order of their declaration.
fn fields(
    conn: &Connection,
    entity: &str,
    custom: Option<&str>,
) -> Result<Vec<(String, String)>, StoreError> {
    let Some(map) = custom.and_then(|c| serde_json::from_str::<Map<String, Json>>(c).ok()) else {
        return Ok(Vec::new());
    };
    let mut fields = Vec::with_capacity(map.len());
    for (key, value) in map {
        let label: Option<String> = conn
            .prepare_cached("SELECT label FROM custom_field WHERE entity = ?1 AND key = ?2")
            .doing("reading a card")?
            .query_row(params![entity, key], |row| row.get(0))
            .optional()
            .doing("reading a card")?;
        let shown = match value {
            Json::String(text) => text,
            Json::Bool(yes) => if yes { "yes" } else { "no" }.to_owned(),
            other => other.to_string(),
        };
        fields.push((label.unwrap_or(key), shown));
    }
    Ok(fields)
}

fn made(at: Moment, what: &str) -> Happening {
    Happening {
        at,
        side: Some(Side::Marketing),
        what: what.to_owned(),
        by: None,
        note: None,
    }
}

/// Touches, handoffs, attempts and verdicts of a lead.
fn of_lead(
    conn: &Connection,
    lead: i64,
    mql: Option<Moment>,
    handoffs: &[HandoffLine],
) -> Result<Vec<Happening>, StoreError> {
    let mut timeline: Vec<Happening> = mql
        .map(|at| made(at, "marked as marketing-qualified"))
        .into_iter()
        .collect();
    for handoff in handoffs {
        timeline.push(Happening {
            by: None,
            ..made(handoff.at, &format!("handed to sales ({})", handoff.number))
        });
        if let Some((verdict, at)) = handoff.verdict {
            let reason = handoff.reason.as_ref().map(|r| format!(": {r}"));
            timeline.push(Happening {
                at,
                side: Some(Side::Sales),
                what: format!("{}{}", verdict.label(), reason.unwrap_or_default()),
                by: handoff.owner.clone(),
                note: handoff.note.clone(),
            });
        }
    }
    timeline.extend(super::review::happenings(conn, lead)?);
    timeline.extend(happenings(
        conn,
        "SELECT t.at, t.kind, c.name, p.name, t.note FROM touch t
         LEFT JOIN campaign c ON c.id = t.campaign_id LEFT JOIN person p ON p.id = t.person_id
         WHERE t.lead_id = ?1",
        lead,
        |row| {
            let kind: String = row.get(1)?;
            let campaign: Option<String> = row.get(2)?;
            let what = campaign.map_or(kind.clone(), |c| format!("{kind} ({c})"));
            happening(row, Side::Marketing, what)
        },
    )?);
    timeline.extend(happenings(
        conn,
        "SELECT a.at, a.channel, a.outcome, p.name, a.note FROM attempt a
         JOIN handoff h ON h.id = a.handoff_id LEFT JOIN person p ON p.id = a.person_id
         WHERE h.lead_id = ?1",
        lead,
        |row| {
            let channel = pages::word(row, 1, Channel::parse)?.map_or("attempt", Channel::label);
            let outcome = pages::word(row, 2, AttemptOutcome::parse)?;
            let ended = outcome.map_or("", AttemptOutcome::label);
            happening(row, Side::Sales, format!("{channel}, {ended}"))
        },
    )?);
    Ok(timeline)
}

/// What happened to a deal.
fn of_deal(conn: &Connection, deal: i64) -> Result<Vec<Happening>, StoreError> {
    let currency: Vec<Option<String>> = by_ids(
        conn,
        "SELECT currency FROM opportunity WHERE id = ?1",
        &[deal],
        |row| row.get(0),
    )?;
    let currency = currency.into_iter().next().flatten();
    happenings(
        conn,
        "SELECT e.at, e.kind,
                CASE e.kind WHEN 'stage' THEN (SELECT name FROM stage WHERE id = e.after) ELSE e.after END,
                p.name, NULL
         FROM opportunity_event e LEFT JOIN person p ON p.id = e.person_id WHERE e.opportunity_id = ?1",
        deal,
        |row| {
            let kind: String = row.get(1)?;
            let after: Option<String> = row.get(2)?;
            let what = spoken(&kind, after.as_deref(), currency.as_deref());
            happening(row, Side::Sales, what)
        },
    )
}

/// A deal's event in words.
fn spoken(kind: &str, after: Option<&str>, currency: Option<&str>) -> String {
    use crate::domain::moment::Day;
    use crate::domain::money::{Currency, Money};
    match (kind, after) {
        ("created", _) => "deal made".into(),
        ("stage", Some(stage)) => format!("to stage {stage}"),
        ("amount", Some(minor)) => {
            let currency = currency.and_then(|code| Currency::parse(code).ok());
            let value = currency.zip(minor.parse().ok());
            value.map_or_else(
                || "value".into(),
                |(currency, minor)| format!("value {}", Money { minor, currency }),
            )
        }
        ("close_on", Some(days)) => {
            let day = days.parse().map_or(Day::NEVER, Day);
            format!("expected to close on {day}")
        }
        ("no_decision", _) => "ended without a decision".into(),
        (kind, _) => kind.replace('_', " "),
    }
}

fn happenings(
    conn: &Connection,
    sql: &str,
    of: i64,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<Happening>,
) -> Result<Vec<Happening>, StoreError> {
    let doing = "reading a timeline";
    conn.prepare_cached(sql)
        .doing(doing)?
        .query_map([of], read)
        .doing(doing)?
        .collect::<Result<_, _>>()
        .doing(doing)
}

fn happening(row: &Row<'_>, side: Side, what: String) -> rusqlite::Result<Happening> {
    Ok(Happening {
        at: Moment(row.get(0)?),
        side: Some(side),
        what,
        by: row.get(3)?,
        note: row.get(4)?,
    })
}
