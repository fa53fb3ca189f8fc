//! How a challenge is settled: what is proposed, who confirms it, and what it does to the handoff. Decides no rule itself.

use rusqlite::types::Value;

use super::super::super::error::StoreError;
use super::super::super::recorder::{Cell, Recorder, text};
use super::super::super::table::Table;
use super::super::standing::{self, Room, number};
use super::super::{criteria, verdicts};
use super::{Challenge, find, person_of};
use crate::domain::ids::ChallengeId;
use crate::domain::policy::Side;
use crate::domain::refused::{Refused, note};
use crate::domain::review::standing::Confirmer;
use crate::domain::review::{By, ChallengeState, Proposal};
use crate::domain::verdict::Verdict;
use crate::text::clean;

pub(super) fn settle(
    to: &mut Recorder<'_>,
    room: &Room,
    challenge: ChallengeId,
    (proposal, remark): (&Proposal, Option<&str>),
    by: &By,
) -> Result<String, StoreError> {
    let mut found = find(to, challenge)?;
    found.standing.can_be(proposal, room.now, &room.calendar)?;
    if let Proposal::CriteriaGap(rule) = proposal {
        criteria::read(to, rule)?;
    }
    // A confirmation is one of these words, not of others.
    (found.standing.marketing, found.standing.sales) = (None, None);
    let mut cells = proposed(proposal);
    cells.push(("remark", text(note(remark)?)));
    for column in ["marketing_by", "marketing_at", "sales_by", "sales_at"] {
        cells.push((column, Value::Null));
    }
    let confirmed = match by {
        By::Author if to.signer.person_id.is_none() => Vec::new(),
        by => confirmers(to, by)?,
    };
    finish(to, room, found, proposal, cells, &confirmed)
}

pub(super) fn confirm(
    to: &mut Recorder<'_>,
    room: &Room,
    challenge: ChallengeId,
    by: &By,
) -> Result<String, StoreError> {
    let mut found = find(to, challenge)?;
    found.standing.open(&room.calendar)?;
    let Some(proposal) = found.proposal.take() else {
        let lead = found.standing.lead;
        return Err(Refused::NoProposal { lead }.into());
    };
    found.standing.can_be(&proposal, room.now, &room.calendar)?;
    let confirmed = confirmers(to, by)?;
    if confirmed.is_empty() {
        return Err(Refused::Anonymous.into());
    }
    finish(to, room, found, &proposal, Vec::new(), &confirmed)
}

/// Takes the confirmations; with both, the settlement does what it says.
fn finish(
    to: &mut Recorder<'_>,
    room: &Room,
    mut found: Challenge,
    proposal: &Proposal,
    mut cells: Vec<Cell<'static>>,
    confirmed: &[Confirmer],
) -> Result<String, StoreError> {
    for by in confirmed {
        let before = (found.standing.marketing, found.standing.sales);
        found.standing.confirm(by)?;
        let now = Value::Integer(room.now.0);
        if before != (found.standing.marketing, found.standing.sales) {
            let (who, when) = match by.side {
                Side::Marketing => ("marketing_by", "marketing_at"),
                _ => ("sales_by", "sales_at"),
            };
            cells.retain(|(column, _)| *column != who && *column != when);
            cells.push((who, Value::Integer(by.id)));
            cells.push((when, now));
        }
    }
    let name = &found.name;
    if !found.standing.is_confirmed() {
        to.update(Table::Challenge, found.id, &cells)?;
        let missing = found.standing.missing();
        let missing: Vec<&str> = missing.iter().map(|side| side.label()).collect();
        return Ok(format!(
            "propose for {name}: {proposal}; {} to confirm",
            missing.join(" and ")
        ));
    }
    cells.push(("state", Value::Text(ChallengeState::Settled.word().into())));
    cells.push(("settled_at", Value::Integer(room.now.0)));
    to.update(Table::Challenge, found.id, &cells)?;
    take_effect(to, room, &found, proposal)?;
    Ok(format!("settle {name}: {proposal}"))
}

fn take_effect(
    to: &mut Recorder<'_>,
    room: &Room,
    found: &Challenge,
    proposal: &Proposal,
) -> Result<(), StoreError> {
    match proposal {
        Proposal::Upheld(_) => to.rests_on(Table::Handoff, found.handoff_id),
        Proposal::CriteriaGap(rule) => {
            to.rests_on(Table::Handoff, found.handoff_id)?;
            let rules = criteria::read(to, rule)?;
            criteria::land(to, &rules)
        }
        Proposal::Overturned => verdicts::clear(to, found.handoff_id),
        Proposal::Recycled(on) => {
            let cells = [
                ("verdict", Value::Text(Verdict::Recycled.word().into())),
                ("verdict_at", Value::Integer(room.now.0)),
                ("verdict_by", number(found.standing.sales)),
                ("reason_id", Value::Null),
                ("reason_text", Value::Null),
                ("recycle_on", Value::Integer(i64::from(on.0))),
            ];
            to.update(Table::Handoff, found.handoff_id, &cells)?;
            let of = (found.handoff_id, found.lead_id, found.number);
            verdicts::come_back(to, room, of, *on)
        }
    }
}

/// The columns of a proposal; what another one would say is empty.
fn proposed(proposal: &Proposal) -> Vec<Cell<'static>> {
    let word = |word: &str| Value::Text(word.to_owned());
    let (mut change, mut on, mut rule) = (Value::Null, Value::Null, Value::Null);
    match proposal {
        Proposal::Upheld(what) => change = word(what.word()),
        Proposal::Overturned => (),
        Proposal::Recycled(day) => on = Value::Integer(i64::from(day.0)),
        Proposal::CriteriaGap(text) => rule = word(text.trim()),
    }
    vec![
        ("settlement", word(proposal.settlement().word())),
        ("must_change", change),
        ("recycle_on", on),
        ("rule", rule),
    ]
}

fn confirmers(to: &Recorder<'_>, by: &By) -> Result<Vec<Confirmer>, StoreError> {
    let sides = |side: &str| Side::parse(side).unwrap_or(Side::Executive);
    match by {
        By::Nobody => Ok(Vec::new()),
        By::Author => {
            let Some(id) = to.signer.person_id else {
                return Ok(Vec::new());
            };
            let (name, side) = person_of(to, id)?;
            Ok(vec![Confirmer {
                id,
                name: clean(&name).into_owned(),
                side: sides(&side),
            }])
        }
        By::These(handles) => handles
            .iter()
            .map(|handle| {
                let (id, name, side) = standing::person(to, handle)?;
                Ok(Confirmer {
                    id,
                    name: clean(&name).into_owned(),
                    side: sides(&side),
                })
            })
            .collect(),
    }
}
