//! One lead before the criteria, and suggested rules, as text. Computes nothing itself.

use super::args::DraftArgs;
use super::past::{Past, percent};
use super::{Room, cells, table};
use crate::backtest::{self, Judge};
use crate::cli::failure::Failure;
use crate::cli::leads;
use crate::cli::session::Session;
use crate::domain::criteria::version::Version;
use crate::domain::ids::LeadId;
use crate::text::clean;

/// What each rule says of a lead at its newest handoff: those of the version named, else of the one it was stamped with and of the one
/// in force; before there is any, those of the draft.
pub(super) fn check(
    session: &Session,
    segment: Option<&str>,
    lead: &str,
    version: Option<i64>,
) -> Result<(), Failure> {
    let room = Room::read(session)?;
    let lead = leads::of(&room.store, lead)?.0;
    let card = room.store.lead_card(LeadId(lead))?;
    let card = card.ok_or_else(|| Failure::new(format!("there is no lead {lead}")))?;
    if room.versions.0.is_empty() {
        return Err(Failure::new("there are no criteria yet"));
    }
    let known = card.known.last().ok_or_else(|| {
        Failure::new(format!(
            "lead {lead} ({}) was never handed over, so nothing judges it; this takes a lead's own number or e-mail address, \
             not that of a handoff",
            clean(&card.line.name)
        ))
    })?;
    let asked: Vec<&Version> = if let Some(number) = version {
        vec![room.numbered(number)?]
    } else {
        let stamped = room.versions.0.iter().find(|v| Some(v.id) == known.stamp);
        let own = segment.or(card.line.segment.as_deref());
        let force = room.in_force(own).filter(|v| Some(v.id) != known.stamp);
        let mut found: Vec<&Version> = stamped.into_iter().chain(force).collect();
        if found.is_empty() {
            found.extend(room.versions.draft(segment));
        }
        found
    };
    let mut rows = vec![cells(["version", "rule", "says", "value", "why"])];
    for version in asked {
        let told = version.definition.tell(known);
        let number = version.number.to_string();
        for own in &told.rules {
            rows.push(vec![
                number.clone(),
                own.rule.clone(),
                own.says.word().to_owned(),
                own.found.clone(),
                own.why.clone(),
            ]);
        }
        let by = if Some(version.id) == known.stamp {
            "as handed over"
        } else {
            "not in force when it was handed over"
        };
        rows.push(cells([&number, "together", told.outcome(), "", by]));
    }
    table(session, &rows)
}

/// Rules that would have caught rejections.
pub(super) fn suggestions(
    session: &Session,
    segment: Option<&str>,
    args: &DraftArgs,
) -> Result<(), Failure> {
    let room = Room::read(session)?;
    let book = room.store.book()?;
    let draft = room.asked(segment, args)?;
    let past = Past::read(&room, &book, segment, &[])?;
    let judged = Judge::new().judge(&past.columns, &draft, None);
    let found = backtest::suggest(
        &past.ground,
        &past.columns,
        &room.fields,
        (&draft, &judged),
        &|| true,
    );
    let mut rows = vec![cells([
        "rule",
        "catches",
        "of rejections",
        "loses",
        "rejected there",
        "everywhere",
        "leads",
        "holdout",
    ])];
    for s in found.unwrap_or_default() {
        let proof = match s.proof {
            backtest::Proof::Verified => "verified",
            backtest::Proof::Any => "rejections",
        };
        let (rate, (low, high)) = s.rate;
        rows.push(vec![
            s.rule.text(&room.fields),
            format!("{} {proof}", s.caught),
            percent(Some(s.caught_share)),
            percent(Some(s.lost_share)),
            format!(
                "{} ({:.0}–{:.0})",
                percent(Some(rate)),
                low * 100.0,
                high * 100.0
            ),
            percent(Some(s.base_rate)),
            s.out.leads.to_string(),
            match s.confirmed {
                Some(true) if s.lost_apart > s.lost_share => {
                    format!("confirms, loses {}", percent(Some(s.lost_apart)))
                }
                Some(true) => "confirms".into(),
                Some(false) => "does not confirm".into(),
                None => "too few".into(),
            },
        ]);
    }
    table(session, &rows)
}
