//! Reasons, stages, campaigns, people and kept filters. What is in use is retired, never deleted.

use rusqlite::OptionalExtension;
use rusqlite::types::Value;

use super::super::book;
use super::super::error::{Doing, StoreError};
use super::super::recorder::{Recorder, text};
use super::super::table::Table;
use super::standing::unknown;
use super::{find, named, required, upsert};
use crate::domain::catalogue::{Catalogue, ReasonEntry, is_code};
use crate::domain::policy::Side;
use crate::domain::reason::Asks;
use crate::domain::refused::Refused;
use crate::text::clean;

pub(super) fn perform(to: &mut Recorder<'_>, change: &Catalogue) -> Result<String, StoreError> {
    match change {
        Catalogue::PutReason(entry) => put_reason(to, entry),
        Catalogue::RetireReason { code } => {
            let (id, label) = reason(to, code)?;
            to.update(Table::Reason, id, &[("retired", Value::Integer(1))])?;
            Ok(format!("retire reason {label}"))
        }
        Catalogue::MergeReason { from, into } => merge(to, from, into),
        Catalogue::PutStage {
            name,
            position,
            was,
        } => put_stage(to, name, *position, was.as_deref()),
        Catalogue::RetireStage { name } => retire_stage(to, name),
        Catalogue::PutCampaign { name, source } => {
            let name = required("a campaign's name", name, 200)?;
            let mut cells = Vec::new();
            if source.is_some() {
                cells.push(("source_id", named(to, Table::Source, source.as_deref())?));
            }
            upsert(to, Table::Campaign, ("name", name), &cells)?;
            Ok(format!("campaign {name}"))
        }
        Catalogue::RetirePerson { handle } => {
            let (id, name, _) = super::standing::person(to, handle)?;
            if to.signer.person_id == Some(id) {
                return Err(wrong(format!(
                    "{name} would be locked out of what is left to do; somebody else takes you out of the list"
                )));
            }
            to.update(Table::Person, id, &[("active", Value::Integer(0))])?;
            Ok(format!("{name} works here no more"))
        }
        Catalogue::PutSla { segment, minutes } => put_sla(to, segment, *minutes),
        Catalogue::Remove(what) => super::removal::perform(to, what),
        Catalogue::SaveFilter { name, text } => {
            let name = required("the name of a filter", name, 60)?;
            let text = required("the filter", text, 500)?;
            let cells = [("text", Value::Text(text.into()))];
            upsert(to, Table::SavedFilter, ("name", name), &cells)?;
            Ok(format!("keep filter {name}"))
        }
        Catalogue::ForgetFilter { name } => forget(to, name),
    }
}

fn wrong(why: impl Into<String>) -> StoreError {
    Refused::Catalogue(why.into()).into()
}

fn flag(on: bool) -> Value {
    Value::Integer(i64::from(on))
}

fn put_reason(to: &mut Recorder<'_>, entry: &ReasonEntry) -> Result<String, StoreError> {
    let code = entry.code.trim();
    if !is_code(code) {
        return Err(wrong(format!(
            "'{}' is no code for a reason; small letters, digits and underscores are, such as no_budget",
            clean(code)
        )));
    }
    let label = required("the label of a reason", &entry.label, 80)?;
    if !matches!(entry.acts, Side::Marketing | Side::Sales) {
        return Err(wrong(
            "either marketing or sales has to act on a reason, nobody else",
        ));
    }
    if code == "other" && entry.asks != Asks::Note {
        return Err(wrong("'other' always needs a note, or it says nothing"));
    }
    let field = entry.field.as_deref().map(str::trim);
    let cells = [
        ("label", Value::Text(label.into())),
        ("class", Value::Text(entry.class.word().into())),
        ("needs_note", flag(entry.asks == Asks::Note)),
        ("needs_attempts", flag(entry.asks == Asks::Attempts)),
        ("objective", flag(entry.asks == Asks::Nothing)),
        ("acts", Value::Text(entry.acts.word().into())),
        ("criteria_field", text(field.filter(|f| !f.is_empty()))),
        ("retired", flag(false)),
        ("successor_id", Value::Null),
    ];
    upsert(to, Table::Reason, ("code", code), &cells)?;
    Ok(format!("reason {code}: {label}"))
}

/// A reason's id and label.
fn reason(to: &Recorder<'_>, code: &str) -> Result<(i64, String), StoreError> {
    let reasons = book::reasons(to.conn)?;
    let code = code.trim();
    let found = reasons.iter().find(|reason| reason.code == code);
    let Some(reason) = found else {
        let known: Vec<&str> = reasons.iter().map(|r| r.code.as_str()).collect();
        return Err(unknown("reason", code, &known).into());
    };
    Ok((reason.id.0, reason.label.clone()))
}

fn merge(to: &mut Recorder<'_>, from: &str, into: &str) -> Result<String, StoreError> {
    let (id, label) = reason(to, from)?;
    let (successor, stays) = reason(to, into)?;
    if id == successor {
        return Err(wrong(format!(
            "'{}' cannot be merged into itself",
            clean(&label)
        )));
    }
    let reasons = book::reasons(to.conn)?;
    if reasons.iter().any(|r| r.id.0 == successor && r.retired) {
        return Err(wrong(format!(
            "'{}' is retired itself; merge into a reason that is in use",
            clean(&stays)
        )));
    }
    let cells = [
        ("retired", flag(true)),
        ("successor_id", Value::Integer(successor)),
    ];
    to.update(Table::Reason, id, &cells)?;
    Ok(format!("merge reason {label} into {stays}"))
}

fn put_sla(
    to: &mut Recorder<'_>,
    segment: &str,
    minutes: Option<i64>,
) -> Result<String, StoreError> {
    let name = segment.trim();
    let Some(id) = find(to, Table::Segment, "name", &Value::Text(name.into()))? else {
        let segments = book::segments(to.conn)?;
        let names: Vec<&str> = segments.iter().map(|s| s.name.as_str()).collect();
        return Err(unknown("segment", name, &names).into());
    };
    if let Some(odd) = minutes.filter(|n| !(1..=100_000).contains(n)) {
        return Err(wrong(format!(
            "{odd} business minutes are no time for a first attempt; 1 to 100000 makes sense"
        )));
    }
    let cell = minutes.map_or(Value::Null, Value::Integer);
    to.update(Table::Segment, id, &[("sla_minutes", cell)])?;
    Ok(match minutes {
        Some(minutes) => format!("first attempt at {name} within {minutes} business minutes"),
        None => format!("first attempt at {name} as at all others"),
    })
}

fn put_stage(
    to: &mut Recorder<'_>,
    name: &str,
    position: i64,
    was: Option<&str>,
) -> Result<String, StoreError> {
    let name = required("a stage's name", name, 80)?;
    if !(0..=1_000).contains(&position) {
        return Err(wrong(format!(
            "{position} is no place for a stage; 0 stands before the pipeline, 1 to 1000 in it"
        )));
    }
    let new = Value::Text(name.into());
    let known = match was.map(str::trim) {
        Some(old) => {
            let id = find(to, Table::Stage, "name", &Value::Text(old.into()))?;
            let Some(id) = id else {
                let stages = book::stages(to.conn)?;
                let names: Vec<&str> = stages.iter().map(|s| s.name.as_str()).collect();
                return Err(unknown("stage", old, &names).into());
            };
            let taken = find(to, Table::Stage, "name", &new)?;
            if taken.is_some_and(|other| other != id) {
                return Err(wrong(format!(
                    "there is a stage '{}' already; two cannot have one name",
                    clean(name)
                )));
            }
            Some(id)
        }
        None => find(to, Table::Stage, "name", &new)?,
    };
    let cells = [
        ("name", new),
        ("position", Value::Integer(position)),
        ("retired", flag(false)),
    ];
    let Some(id) = known else {
        to.insert(Table::Stage, &cells)?;
        return Ok(format!("stage {name} at {position}"));
    };
    if position < 1 {
        keeps_the_pipeline(to, id, name)?;
    }
    to.update(Table::Stage, id, &cells)?;
    Ok(format!("stage {name} at {position}"))
}

/// Qualified deals stand in stage one or later, and there always is such a stage.
fn keeps_the_pipeline(to: &Recorder<'_>, id: i64, name: &str) -> Result<(), StoreError> {
    let doing = "looking up the deals";
    let qualified: i64 = to
        .conn
        .query_row(
            "SELECT count(*) FROM opportunity WHERE stage_id = ?1 AND qualified_at IS NOT NULL",
            [id],
            |row| row.get(0),
        )
        .doing(doing)?;
    if qualified > 0 {
        return Err(wrong(format!(
            "{qualified} qualified deals stand in '{}', so it stays at place 1 or later",
            clean(name)
        )));
    }
    another_stage(to, id)
}

fn another_stage(to: &Recorder<'_>, id: i64) -> Result<(), StoreError> {
    let other: bool = to
        .conn
        .query_row(
            "SELECT EXISTS (SELECT 1 FROM stage WHERE id <> ?1 AND position >= 1 AND retired = 0)",
            [id],
            |row| row.get(0),
        )
        .doing("looking up the stages")?;
    if other {
        Ok(())
    } else {
        Err(wrong(
            "this is the last stage of the pipeline; add another one first",
        ))
    }
}

fn retire_stage(to: &mut Recorder<'_>, name: &str) -> Result<String, StoreError> {
    let (id, _) = super::standing::stage(to, name)?;
    another_stage(to, id)?;
    to.update(Table::Stage, id, &[("retired", flag(true))])?;
    Ok(format!("retire stage {}", name.trim()))
}

fn forget(to: &mut Recorder<'_>, name: &str) -> Result<String, StoreError> {
    let doing = "looking up the filter";
    let known: Option<i64> = to
        .conn
        .query_row(
            "SELECT id FROM saved_filter WHERE name = ?1",
            [name.trim()],
            |row| row.get(0),
        )
        .optional()
        .doing(doing)?;
    let Some(id) = known else {
        return Err(wrong(format!(
            "no filter is kept under '{}'",
            clean(name.trim())
        )));
    };
    to.delete(Table::SavedFilter, id)?;
    Ok(format!("forget filter {}", name.trim()))
}
