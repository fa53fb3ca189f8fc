//! Challenges of rejections: rows for what `domain::review` allows.

mod feedback;
mod lists;
mod settle;

pub(super) use lists::stock;

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params};

use super::super::error::{Doing, StoreError};
use super::super::pages::{moment, word};
use super::super::recorder::Recorder;
use super::super::table::Table;
use super::standing::{self, Room, number};
use crate::domain::ids::{ChallengeId, HandoffId};
use crate::domain::moment::{Day, Moment};
use crate::domain::refused::Refused;
use crate::domain::review::standing::{Challenged, Newer, challengeable, said};
use crate::domain::review::{ChallengeState, MustChange, Proposal, Review, Settlement};
use crate::domain::verdict::Evidence;
use crate::text::clean;

pub(super) fn perform(
    to: &mut Recorder<'_>,
    room: &Room,
    review: &Review,
) -> Result<String, StoreError> {
    match review {
        Review::Challenge { handoff, argument } => open(to, room, *handoff, argument),
        Review::Withdraw { challenge } => withdraw(to, room, *challenge),
        Review::Settle {
            challenge,
            proposal,
            remark,
            by,
        } => settle::settle(to, room, *challenge, (proposal, remark.as_deref()), by),
        Review::Confirm { challenge, by } => settle::confirm(to, room, *challenge, by),
        Review::Feedback { cluster, deed } => feedback::perform(to, room, cluster, deed),
        Review::List { list, domains } => lists::put(to, *list, domains),
        Review::Unlist { list, domains } => lists::take(to, *list, domains),
        Review::StockLists => {
            let added = stock(to)?;
            Ok(format!("stock the lists with {added} domains"))
        }
    }
}

/// A challenge as a command finds it.
struct Challenge {
    id: i64,
    handoff_id: i64,
    lead_id: i64,
    /// Number of the handoff among those of its lead.
    number: i64,
    /// Name of the lead, as it stands in the file.
    name: String,
    proposal: Option<Proposal>,
    standing: Challenged,
}

fn find(to: &Recorder<'_>, id: ChallengeId) -> Result<Challenge, StoreError> {
    let doing = "looking up the challenge";
    let found = to
        .conn
        .prepare_cached(
            "SELECT c.handoff_id, h.lead_id, h.number, l.name, c.settlement, c.must_change, c.recycle_on, c.rule, c.state,
                    coalesce(c.settled_at, c.opened_at), c.was_evidence, c.marketing_by, c.sales_by,
                    EXISTS (SELECT 1 FROM handoff n WHERE n.lead_id = h.lead_id AND n.number > h.number)
             FROM challenge c JOIN handoff h ON h.id = c.handoff_id JOIN lead l ON l.id = h.lead_id WHERE c.id = ?1",
        )
        .doing(doing)?
        .query_row([id.0], |row| read(row, id.0))
        .optional()
        .doing(doing)?;
    Ok(found.ok_or(Refused::Gone {
        what: "challenge",
        id: id.0,
    })?)
}

fn read(row: &Row<'_>, id: i64) -> rusqlite::Result<Challenge> {
    let name: String = row.get(3)?;
    let newer: bool = row.get(13)?;
    let state = word(row, 8, ChallengeState::parse)?.unwrap_or(ChallengeState::Open);
    Ok(Challenge {
        id,
        handoff_id: row.get(0)?,
        lead_id: row.get(1)?,
        number: row.get(2)?,
        proposal: proposal(row, [4, 5, 6, 7])?,
        standing: Challenged {
            lead: clean(&name).into_owned(),
            state: (state, Moment(row.get(9)?)),
            evidence: word(row, 10, Evidence::parse)?.unwrap_or(Evidence::None),
            newer: if newer { Newer::Yes } else { Newer::No },
            marketing: row.get(11)?,
            sales: row.get(12)?,
        },
        name,
    })
}

/// What is proposed, from the columns settlement, `must_change`, `recycle_on`, rule.
pub(in crate::store) fn proposal(
    row: &Row<'_>,
    [settlement, change, on, rule]: [usize; 4],
) -> rusqlite::Result<Option<Proposal>> {
    Ok(match word(row, settlement, Settlement::parse)? {
        None => None,
        Some(Settlement::Upheld) => word(row, change, MustChange::parse)?.map(Proposal::Upheld),
        Some(Settlement::Overturned) => Some(Proposal::Overturned),
        Some(Settlement::Recycled) => row
            .get::<_, Option<i32>>(on)?
            .map(|day| Proposal::Recycled(Day(day))),
        Some(Settlement::CriteriaGap) => row
            .get::<_, Option<String>>(rule)?
            .map(Proposal::CriteriaGap),
    })
}

fn open(
    to: &mut Recorder<'_>,
    room: &Room,
    handoff: HandoffId,
    argument: &str,
) -> Result<String, StoreError> {
    let handoff = standing::handoff(to, room, handoff)?;
    let argument = said("the argument of a challenge", argument)?;
    let last = last_of(to, handoff.id)?;
    challengeable(&handoff.standing, last, room.now, &room.calendar)?;
    let doing = "looking up the handoff";
    let (mut cells, label) = to
        .conn
        .prepare_cached(
            "SELECT h.verdict_at, h.verdict_by, h.reason_id, h.reason_text, h.note, h.evidence, r.label
             FROM handoff h JOIN reason r ON r.id = h.reason_id WHERE h.id = ?1",
        )
        .doing(doing)?
        .query_row([handoff.id], |row| {
            let columns = ["was_at", "was_by", "was_reason_id", "was_reason_text", "was_note", "was_evidence"];
            let cells = columns
                .into_iter()
                .enumerate()
                .map(|(at, column)| Ok((column, row.get::<_, Value>(at)?)))
                .collect::<rusqlite::Result<Vec<_>>>()?;
            Ok((cells, row.get::<_, String>(6)?))
        })
        .doing(doing)?;
    cells.extend([
        ("handoff_id", Value::Integer(handoff.id)),
        ("state", Value::Text(ChallengeState::Open.word().into())),
        ("opened_at", Value::Integer(room.now.0)),
        ("opened_by", number(to.signer.person_id)),
        ("argument", Value::Text(argument.into())),
    ]);
    to.insert(Table::Challenge, &cells)?;
    to.rests_on(Table::Handoff, handoff.id)?;
    Ok(format!("challenge {} ({label})", handoff.name))
}

/// The challenge of the rejection that stands now: an overturned one is of another verdict.
fn last_of(
    to: &Recorder<'_>,
    handoff: i64,
) -> Result<Option<(ChallengeState, Moment)>, StoreError> {
    let doing = "looking up the challenge";
    to.conn
        .prepare_cached(
            "SELECT state, coalesce(settled_at, opened_at) FROM challenge
             WHERE handoff_id = ?1 AND (state = 'open' OR (state = 'settled' AND settlement <> 'overturned'))
             ORDER BY id DESC LIMIT 1",
        )
        .doing(doing)?
        .query_row([handoff], |row| {
            let state = word(row, 0, ChallengeState::parse)?;
            Ok(state.zip(moment(row, 1)?))
        })
        .optional()
        .doing(doing)
        .map(Option::flatten)
}

fn withdraw(
    to: &mut Recorder<'_>,
    room: &Room,
    challenge: ChallengeId,
) -> Result<String, StoreError> {
    let found = find(to, challenge)?;
    found.standing.open(&room.calendar)?;
    let cells = [(
        "state",
        Value::Text(ChallengeState::Withdrawn.word().into()),
    )];
    to.update(Table::Challenge, found.id, &cells)?;
    Ok(format!("withdraw the challenge of {}", found.name))
}

/// Whether the room speaks of the verdict, or has spoken: then it is not taken back beside it.
pub(super) fn holds_verdict(
    to: &Recorder<'_>,
    room: &Room,
    (handoff, lead): (i64, &str),
) -> Result<(), StoreError> {
    let why = match last_of(to, handoff)? {
        None => return Ok(()),
        Some((ChallengeState::Open, at)) => format!(
            "it was challenged on {} and waits for the room; settle or withdraw that first",
            room.calendar.day_of(at)
        ),
        Some((_, at)) => format!(
            "the room settled it on {}; hand the lead over again, or undo the settlement",
            room.calendar.day_of(at)
        ),
    };
    let lead = lead.to_owned();
    Err(Refused::BuiltOn { lead, why }.into())
}

/// Name and side of a person in use, by row id.
fn person_of(to: &Recorder<'_>, id: i64) -> Result<(String, String), StoreError> {
    to.conn
        .prepare_cached("SELECT name, side FROM person WHERE id = ?1")
        .doing("looking up the person")?
        .query_row(params![id], |row| Ok((row.get(0)?, row.get(1)?)))
        .doing("looking up the person")
}
