//! What the file knows of a handoff or a deal when somebody acts on it. Reads only; the rules lie in `domain`.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row};

use super::super::book;
use super::super::error::{Doing, StoreError};
use super::super::recorder::Recorder;
use crate::domain::book::Reason;
use crate::domain::calendar::Calendar;
use crate::domain::deal::DealStanding;
use crate::domain::desk::Standing;
use crate::domain::gate::{Confirmed, Gate};
use crate::domain::ids::{HandoffId, OpportunityId};
use crate::domain::moment::{Day, Moment};
use crate::domain::money::{Currency, Money};
use crate::domain::refused::Refused;
use crate::domain::settings::Settings;
use crate::domain::tries::Tries;
use crate::domain::verdict::{AttemptOutcome, Channel, DealOutcome, Verdict};
use crate::text::clean;

/// What every command on a lead or deal is judged by.
pub(super) struct Room {
    pub settings: Settings,
    pub calendar: Calendar,
    pub currency: Currency,
    /// The workspace's own moment where it is fixed (demo, archive), else the author's.
    pub now: Moment,
    pub reasons: Vec<Reason>,
}

impl Room {
    pub(super) fn read(to: &Recorder<'_>) -> Result<Room, StoreError> {
        let workspace = book::workspace(to.conn)?.ok_or(StoreError::NotSetUp)?;
        let settings = book::settings(to.conn)?;
        Ok(Room {
            calendar: workspace.calendar(&settings, book::holidays(to.conn)?)?,
            settings,
            currency: workspace.currency,
            now: workspace.as_of.unwrap_or(Moment(to.signer.at)),
            reasons: book::reasons(to.conn)?,
        })
    }

    /// The reason of a code, if it is in use.
    pub(super) fn reason(&self, code: &str) -> Result<&Reason, StoreError> {
        let code = code.trim();
        let found = self.reasons.iter().find(|reason| reason.code == code);
        let Some(reason) = found else {
            let in_use = self.reasons.iter().filter(|reason| !reason.retired);
            let known: Vec<&str> = in_use.map(|reason| reason.code.as_str()).collect();
            return Err(unknown("reason", code, &known).into());
        };
        if reason.retired {
            let successor = reason
                .successor
                .and_then(|id| self.reasons.iter().find(|r| r.id == id));
            return Err(Refused::RetiredReason {
                label: clean(&reason.label).into_owned(),
                successor: successor.map(|s| clean(&s.label).into_owned()),
            }
            .into());
        }
        Ok(reason)
    }
}

/// A name that no catalogue has.
pub(super) fn unknown(what: &'static str, name: &str, known: &[&str]) -> Refused {
    const SHOWN: usize = 30;
    let mut list: Vec<String> = known
        .iter()
        .take(SHOWN)
        .map(|name| clean(name).into_owned())
        .collect();
    if known.len() > SHOWN {
        list.push("…".into());
    }
    if list.is_empty() {
        list.push("none yet".into());
    }
    Refused::Unknown {
        what,
        name: clean(name).into_owned(),
        known: list.join(", "),
    }
}

/// A handoff as a command finds it.
pub(super) struct Handoff {
    pub id: i64,
    pub lead_id: i64,
    pub number: i64,
    /// As it stands in the file.
    pub name: String,
    pub owner_id: Option<i64>,
    pub assigned_at: Option<i64>,
    pub standing: Standing,
}

pub(super) fn handoff(
    to: &Recorder<'_>,
    room: &Room,
    id: HandoffId,
) -> Result<Handoff, StoreError> {
    let doing = "looking up the handoff";
    let mut handoff = to
        .conn
        .prepare_cached(
            "SELECT h.lead_id, h.number, l.name, h.owner_id, h.assigned_at, h.handed_off_at, h.verdict, h.verdict_at
             FROM handoff h JOIN lead l ON l.id = h.lead_id WHERE h.id = ?1",
        )
        .doing(doing)?
        .query_row([id.0], |row| {
            let name: String = row.get(2)?;
            let verdict = row.get_ref(6)?.as_str_or_null()?.and_then(Verdict::parse);
            Ok(Handoff {
                id: id.0,
                lead_id: row.get(0)?,
                number: row.get(1)?,
                owner_id: row.get(3)?,
                assigned_at: row.get(4)?,
                standing: Standing {
                    lead: clean(&name).into_owned(),
                    handed_off: Moment(row.get(5)?),
                    verdict: verdict.zip(moment(row, 7)?),
                    spoke: None,
                    attempts: 0,
                },
                name,
            })
        })
        .optional()
        .doing(doing)?
        .ok_or(Refused::Gone {
            what: "handoff",
            id: id.0,
        })?;
    add_attempts(to, room, &mut handoff)?;
    Ok(handoff)
}

fn add_attempts(to: &Recorder<'_>, room: &Room, handoff: &mut Handoff) -> Result<(), StoreError> {
    let doing = "looking up the attempts";
    let mut stmt = to
        .conn
        .prepare_cached(
            "SELECT at, channel, outcome FROM attempt WHERE handoff_id = ?1 AND at <= ?2 ORDER BY at, id",
        )
        .doing(doing)?;
    let mut rows = stmt.query([handoff.id, room.now.0]).doing(doing)?;
    let mut tries = Tries::default();
    while let Some(row) = rows.next().doing(doing)? {
        let at = Moment(row.get(0).doing(doing)?);
        let word = |column| row.get_ref(column).ok().and_then(|v| v.as_str().ok());
        let channel = word(1).and_then(Channel::parse).unwrap_or(Channel::Call);
        tries.add(at, channel, room.settings.merge_minutes);
        let spoke = word(2).and_then(AttemptOutcome::parse);
        if spoke.is_some_and(AttemptOutcome::is_conversation) && handoff.standing.spoke.is_none() {
            handoff.standing.spoke = Some(at);
        }
    }
    handoff.standing.attempts = tries.count;
    Ok(())
}

/// A deal as a command finds it.
pub(super) struct Deal {
    pub id: i64,
    /// As it stands in the file.
    pub name: String,
    pub stage_id: Option<i64>,
    pub owner_id: Option<i64>,
    pub marketing_owner_id: Option<i64>,
    pub lead_id: Option<i64>,
    pub source_id: Option<i64>,
    pub standing: DealStanding,
}

pub(super) fn deal(to: &Recorder<'_>, id: OpportunityId) -> Result<Deal, StoreError> {
    let doing = "looking up the deal";
    let found = to
        .conn
        .prepare_cached(
            "SELECT o.name, o.stage_id, o.owner_id, o.marketing_owner_id, o.conversation_at, t.position, o.close_on,
                    o.amount_minor, o.currency, o.criteria_confirmed, o.qualified_at, o.outcome, o.closed_at, o.reversed_at,
                    o.lead_id, o.source_id
             FROM opportunity o LEFT JOIN stage t ON t.id = o.stage_id WHERE o.id = ?1",
        )
        .doing(doing)?
        .query_row([id.0], |row| read_deal(row, id.0))
        .optional()
        .doing(doing)?;
    Ok(found.ok_or(Refused::Gone {
        what: "deal",
        id: id.0,
    })?)
}

fn read_deal(row: &Row<'_>, id: i64) -> rusqlite::Result<Deal> {
    let name: String = row.get(0)?;
    let minor: Option<i64> = row.get(7)?;
    let currency = row
        .get_ref(8)?
        .as_str_or_null()?
        .and_then(|code| Currency::parse(code).ok());
    let outcome = row
        .get_ref(11)?
        .as_str_or_null()?
        .and_then(DealOutcome::parse);
    let criteria = if row.get(9)? {
        Confirmed::Yes
    } else {
        Confirmed::No
    };
    Ok(Deal {
        id,
        stage_id: row.get(1)?,
        owner_id: row.get(2)?,
        marketing_owner_id: row.get(3)?,
        lead_id: row.get(14)?,
        source_id: row.get(15)?,
        standing: DealStanding {
            name: clean(&name).into_owned(),
            gate: Gate {
                conversation: moment(row, 4)?,
                stage_position: row.get(5)?,
                close_on: row.get::<_, Option<i32>>(6)?.map(Day),
                value: minor
                    .zip(currency)
                    .map(|(minor, currency)| Money { minor, currency }),
                criteria,
            },
            qualified: moment(row, 10)?,
            outcome: outcome.zip(moment(row, 12)?),
            reversed: moment(row, 13)?,
        },
        name,
    })
}

fn moment(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Moment>> {
    row.get::<_, Option<i64>>(column).map(|at| at.map(Moment))
}

/// A person by handle: who can be given something.
pub(super) fn person(to: &Recorder<'_>, handle: &str) -> Result<(i64, String, String), StoreError> {
    let doing = "looking up the person";
    let handle = handle.trim();
    let found = to
        .conn
        .prepare_cached("SELECT id, name, side FROM person WHERE handle = ?1 AND active = 1")
        .doing(doing)?
        .query_row([handle], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()
        .doing(doing)?;
    if let Some(found) = found {
        return Ok(found);
    }
    let people = book::people(to.conn)?;
    let known: Vec<&str> = people.iter().map(|p| p.handle.as_str()).collect();
    Err(unknown("person", handle, &known).into())
}

/// A stage in use, by name: id and position.
pub(super) fn stage(to: &Recorder<'_>, name: &str) -> Result<(i64, i64), StoreError> {
    let doing = "looking up the stage";
    let name = name.trim();
    let found = to
        .conn
        .prepare_cached(
            "SELECT id, position FROM stage WHERE name = ?1 COLLATE NOCASE AND retired = 0",
        )
        .doing(doing)?
        .query_row([name], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
        .doing(doing)?;
    if let Some(found) = found {
        return Ok(found);
    }
    let stages = book::stages(to.conn)?;
    let in_use = stages.iter().filter(|stage| !stage.retired);
    let known: Vec<&str> = in_use.map(|stage| stage.name.as_str()).collect();
    Err(unknown("stage", name, &known).into())
}

/// A number or nothing.
pub(super) fn number(value: Option<i64>) -> Value {
    value.map_or(Value::Null, Value::Integer)
}
