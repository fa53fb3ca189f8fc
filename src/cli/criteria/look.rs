//! One lead before the criteria, and suggested rules, as text. Computes nothing itself.

use super::args::DraftArgs;
use super::past::{Past, percent};
use super::{Room, cells, table};
use crate::backtest::{self, Judge};
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::domain::criteria::{Kind, Lead, Truth, Value};

/// What each rule says of a lead.
pub(super) fn check(
    session: &Session,
    segment: Option<&str>,
    lead: i64,
    version: Option<i64>,
) -> Result<(), Failure> {
    let room = Room::read(session)?;
    let book = room.store.book()?;
    let definition = match version {
        Some(number) => room.numbered(number)?.definition.clone(),
        None => room
            .in_force(segment)
            .or_else(|| room.versions.draft(segment))
            .map(|v| v.definition.clone())
            .ok_or_else(|| Failure::new("there are no criteria yet"))?,
    };
    let past = Past::read(&room, &book, None, &[&definition])?;
    let row = past
        .facts
        .leads
        .row(lead)
        .ok_or_else(|| Failure::new(format!("there is no lead {lead}")))?;
    let handoffs = past
        .facts
        .handoffs
        .lead
        .iter()
        .rposition(|own| *own as usize == row);
    let handoff = handoffs.ok_or_else(|| {
        Failure::new(format!(
            "lead {lead} was never handed over, so nothing judges it"
        ))
    })?;
    let facts = past.columns.lead(handoff as u32);
    let judged = definition.judge(&facts);
    let mut rows = vec![cells(["rule", "says", "value", "why"])];
    for (rule, truth) in definition.rules.iter().zip(&judged.rules) {
        let off = if rule.is_on() { "" } else { "off: " };
        let value = match facts.value(&rule.condition.field) {
            Value::Unknown => "unknown".into(),
            Value::Number(x) => x.to_string(),
            Value::Day(day) => day.to_string(),
            Value::YesNo(answer) => if answer { "yes" } else { "no" }.to_owned(),
            Value::Text(text) => text.to_owned(),
        };
        let against = rule.kind == Kind::MustNot && *truth == Truth::Yes;
        let says = if against {
            "met: speaks against it"
        } else {
            truth.label()
        };
        rows.push(vec![
            format!("{off}{} {}", rule.kind.label(), rule.condition),
            says.into(),
            value,
            rule.why.clone(),
        ]);
    }
    rows.push(vec![
        "together".into(),
        judged.truth.label().into(),
        String::new(),
        judged.answer.label().into(),
    ]);
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
                Some(true) => "confirms",
                Some(false) => "does not confirm",
                None => "too few",
            }
            .into(),
        ]);
    }
    table(session, &rows)
}
