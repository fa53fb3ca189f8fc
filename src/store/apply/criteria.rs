//! Changes of the criteria: the draft and its rules, proposing, signing, putting in force. A signed version never changes.

mod gap;
mod rules;
mod signing;
mod stamps;

pub(super) use gap::{land, read};
pub(super) use stamps::{stamp, stamp_deal};

use rusqlite::types::Value;

use self::rules::{
    add_rule, change_rule, check_rule, move_rule, next_place, unchanged, version_of,
};
use self::signing::{propose, put_in_force, retire, sign};
use super::super::criteria::versions;
use super::super::error::StoreError;
use super::super::recorder::{Cell, Recorder};
use super::super::table::Table;
use super::standing::Room;
use super::{find, named};
use crate::domain::clash::Sight;
use crate::domain::criteria::parse::MOST_RULES;
use crate::domain::criteria::version::{CriteriaChange, PageEdit, State, Version};
use crate::domain::criteria::{Definition, Rule};
use crate::domain::ids::CriteriaId;
use crate::text::{clean, truncate};

/// Longest wording in a summary, in columns.
const LONGEST_SAID: usize = 160;

/// Longest wording of the page, in characters.
const LONGEST_TEXT: usize = 2_000;

pub(super) fn perform(
    to: &mut Recorder<'_>,
    room: &Room,
    change: &CriteriaChange,
) -> Result<String, StoreError> {
    match change {
        CriteriaChange::Open { segment } => open(to, segment.as_deref()).map(|(_, said)| said),
        CriteriaChange::Begin { segment, to: page } => {
            let (id, said) = open(to, segment.as_deref())?;
            let begun = version(to, id)?;
            change_page(to, id, begun.revision, page)?;
            Ok(said)
        }
        CriteriaChange::Discard(id) => discard(to, *id),
        CriteriaChange::AddRule { draft, rule } => {
            let version = editable(to, *draft)?;
            check_rule(to, rule)?;
            if version.definition.rules.len() >= MOST_RULES {
                return Err(StoreError::refused(format!(
                    "a version has {MOST_RULES} rules at most"
                )));
            }
            unsign(to, &version)?;
            add_rule(to, version.id, rule, next_place(to, version.id)?)?;
            Ok(format!("add rule {rule}"))
        }
        CriteriaChange::ChangeRule {
            rule,
            revision,
            to: new,
        } => change_rule(to, *rule, *revision, new),
        CriteriaChange::RemoveRule { rule, revision } => {
            let (version, place) = version_of(to, *rule)?;
            unchanged(to, &version, place, *revision, "it was not removed")?;
            unsign(to, &version)?;
            to.delete(Table::CriteriaRule, rule.0)?;
            Ok(format!("remove rule {}", version.definition.rules[place]))
        }
        CriteriaChange::MoveRule { rule, to: place } => move_rule(to, *rule, *place),
        CriteriaChange::Page {
            draft,
            revision,
            to: page,
        } => change_page(to, *draft, *revision, page),
        CriteriaChange::Replace(definition) => replace(to, definition),
        CriteriaChange::Propose(id) => propose(to, room, *id),
        CriteriaChange::Sign(id, figures) => sign(to, room, *id, figures.as_ref()),
        CriteriaChange::Withdraw(id) => {
            let version = editable(to, *id)?;
            if version.state != State::Proposed {
                return Ok(format!(
                    "version {} is a draft and not proposed",
                    version.number
                ));
            }
            unsign(to, &version)?;
            Ok(format!("version {} is a draft again", version.number))
        }
        CriteriaChange::PutInForce { version, from } => put_in_force(to, room, *version, *from),
        CriteriaChange::Retire(id) => retire(to, room, *id),
    }
}

fn refused<T>(why: impl std::fmt::Display) -> Result<T, StoreError> {
    Err(StoreError::refused(why))
}

fn version(to: &Recorder<'_>, id: CriteriaId) -> Result<Version, StoreError> {
    let all = versions(to.conn)?;
    let found = all.0.into_iter().find(|v| v.id == id);
    found.ok_or_else(|| {
        StoreError::refused("this version of the criteria is gone; somebody threw the draft away")
    })
}

/// A version that may still change.
fn editable(to: &Recorder<'_>, id: CriteriaId) -> Result<Version, StoreError> {
    let version = version(to, id)?;
    if version.state == State::Signed {
        return refused(format!(
            "version {} is signed and stays as it is; begin a draft, which starts as its copy",
            version.number
        ));
    }
    Ok(version)
}

/// Clears the signatures of a version that is about to change, and makes it a draft.
fn unsign(to: &mut Recorder<'_>, version: &Version) -> Result<(), StoreError> {
    if version.state != State::Proposed {
        return Ok(());
    }
    let cleared = [
        "proposed_at",
        "proposed_by",
        "marketing_by",
        "marketing_at",
        "sales_by",
        "sales_at",
        "finance_by",
        "finance_at",
    ];
    let mut cells: Vec<Cell<'static>> = cleared.map(|column| (column, Value::Null)).to_vec();
    cells.push(("state", Value::Text("draft".into())));
    to.update(Table::Criteria, version.id.0, &cells)?;
    if !version.signatures.is_empty() {
        let names = version
            .signatures
            .iter()
            .map(|s| s.by.name.as_deref().unwrap_or("?"));
        let names: Vec<String> = names.map(|name| clean(name).into_owned()).collect();
        to.notes.push(format!(
            "the signature of {} was cleared by this change",
            names.join(" and ")
        ));
    }
    Ok(())
}

fn edited(to: &Recorder<'_>) -> Vec<Cell<'static>> {
    vec![
        ("edited_at", Value::Integer(to.signer.at)),
        (
            "edited_by",
            to.signer.person_id.map_or(Value::Null, Value::Integer),
        ),
    ]
}

fn page_cells(page: &PageEdit) -> Result<Vec<Cell<'static>>, StoreError> {
    let texts = [
        ("marketing_text", &page.page.marketing),
        ("sales_text", &page.page.sales),
        ("agreed_text", &page.page.agreed),
        ("consequence", &page.page.consequence),
    ];
    let mut cells = Vec::new();
    for (column, text) in texts {
        let text = text.trim();
        if text.chars().count() > LONGEST_TEXT {
            return refused(format!(
                "a wording is longer than {LONGEST_TEXT} characters; nothing was saved"
            ));
        }
        cells.push((column, Value::Text(text.to_owned())));
    }
    if page.at_least as usize > MOST_RULES {
        return refused(format!(
            "at least {} supporting rules are more than there can be",
            page.at_least
        ));
    }
    cells.push(("at_least", Value::Integer(i64::from(page.at_least))));
    cells.push(("unknown", Value::Text(page.unknown.word().into())));
    cells.push((
        "review_on",
        page.review_on
            .map_or(Value::Null, |day| Value::Integer(i64::from(day.0))),
    ));
    cells.push((
        "needs_finance",
        Value::Integer(i64::from(page.needs_finance)),
    ));
    Ok(cells)
}

fn change_page(
    to: &mut Recorder<'_>,
    id: CriteriaId,
    seen: i64,
    page: &PageEdit,
) -> Result<String, StoreError> {
    let version = editable(to, id)?;
    if version.revision != seen && to.sight == Sight::Unknown {
        let who = version.edited.name.as_deref().unwrap_or("somebody");
        return refused(format!(
            "{} changed this page meanwhile; yours was not saved: look at theirs, then decide",
            clean(who)
        ));
    }
    let cells = page_cells(page)?;
    unsign(to, &version)?;
    if to.update(Table::Criteria, id.0, &cells)? {
        let mut cells = vec![("revision", Value::Integer(version.revision + 1))];
        cells.extend(edited(to));
        to.update(Table::Criteria, id.0, &cells)?;
    }
    Ok(format!(
        "the page of version {}{}",
        version.number,
        rewritten(&version, page)
    ))
}

/// What a page says otherwise than before, in words.
fn rewritten(version: &Version, page: &PageEdit) -> String {
    let (was, is) = (&version.definition.page, &page.page);
    let wordings = [
        ("marketing says", &was.marketing, &is.marketing),
        ("sales says", &was.sales, &is.sales),
        ("agreed", &was.agreed, &is.agreed),
        ("so, in daily work", &was.consequence, &is.consequence),
    ];
    let mut said: Vec<String> = wordings
        .into_iter()
        .filter(|(_, was, is)| was != is)
        .map(|(label, _, is)| format!("{label} “{}”", truncate(&clean(is), LONGEST_SAID)))
        .collect();
    if version.definition.at_least != page.at_least {
        said.push(format!("at least {} supporting", page.at_least));
    }
    if version.definition.unknown != page.unknown {
        said.push(format!("unknown: {}", page.unknown.word()));
    }
    if version.review_on != page.review_on {
        let day = page
            .review_on
            .map_or_else(|| "—".to_owned(), |day| day.to_string());
        said.push(format!("looked at again on {day}"));
    }
    if said.is_empty() {
        return String::new();
    }
    format!(": {}", said.join(", "))
}

/// Begins a draft; gives it and what was done.
fn open(to: &mut Recorder<'_>, segment: Option<&str>) -> Result<(CriteriaId, String), StoreError> {
    let all = versions(to.conn)?;
    let segment = segment.map(str::trim).filter(|s| !s.is_empty());
    if let Some(segment) = segment
        && find(to, Table::Segment, "name", &Value::Text(segment.into()))?.is_none()
    {
        return refused(format!("there is no segment '{}'", clean(segment)));
    }
    if let Some(draft) = all.draft(segment) {
        return refused(format!(
            "version {} is being edited already; one draft at a time",
            draft.number
        ));
    }
    let number = all.0.iter().map(|v| v.number).max().unwrap_or(0) + 1;
    let before = all.begun_from(segment);
    let base = before.map_or_else(Definition::default, |v| v.definition.clone());
    let page = PageEdit {
        page: base.page,
        at_least: base.at_least,
        unknown: base.unknown,
        review_on: None,
        needs_finance: before.is_some_and(|v| v.needs_finance),
    };
    let mut cells = page_cells(&page)?;
    cells.push(("number", Value::Integer(number)));
    cells.push(("segment_id", named(to, Table::Segment, segment)?));
    cells.extend(edited(to));
    let id = CriteriaId(to.insert(Table::Criteria, &cells)?);
    for (place, rule) in (1..).zip(&base.rules) {
        add_rule(to, id, rule, place)?;
    }
    let said = match before {
        Some(before) => format!(
            "begin version {number} as a copy of version {}",
            before.number
        ),
        None => format!("begin version {number}"),
    };
    Ok((id, said))
}

fn discard(to: &mut Recorder<'_>, id: CriteriaId) -> Result<String, StoreError> {
    let version = editable(to, id)?;
    unsign(to, &version)?;
    for mark in &version.marks {
        to.delete(Table::CriteriaRule, mark.id.0)?;
    }
    to.delete(Table::Criteria, id.0)?;
    Ok(format!(
        "throw the draft of version {} away",
        version.number
    ))
}

/// Makes the draft say exactly this; rules that are there already keep their marks.
fn replace(to: &mut Recorder<'_>, wanted: &Definition) -> Result<String, StoreError> {
    if wanted.rules.len() > MOST_RULES {
        return refused(format!("a version has {MOST_RULES} rules at most"));
    }
    for rule in &wanted.rules {
        check_rule(to, rule)?;
    }
    let known = versions(to.conn)?
        .draft(wanted.segment.as_deref())
        .map(|v| v.id);
    let id = match known {
        Some(id) => id,
        None => open(to, wanted.segment.as_deref())?.0,
    };
    let version = editable(to, id)?;
    if version.definition == *wanted {
        return Ok(format!("version {} says so", version.number));
    }
    unsign(to, &version)?;
    let mut left: Vec<Option<&Rule>> = version.definition.rules.iter().map(Some).collect();
    for (place, rule) in (1..).zip(&wanted.rules) {
        match left.iter().position(|old| *old == Some(rule)) {
            Some(at) => {
                left[at] = None;
                let id = version.marks[at].id.0;
                to.update(
                    Table::CriteriaRule,
                    id,
                    &[("position", Value::Integer(place))],
                )?;
            }
            None => add_rule(to, id, rule, place)?,
        }
    }
    for (mark, _) in version
        .marks
        .iter()
        .zip(&left)
        .filter(|(_, old)| old.is_some())
    {
        to.delete(Table::CriteriaRule, mark.id.0)?;
    }
    let page = PageEdit {
        page: wanted.page.clone(),
        at_least: wanted.at_least,
        unknown: wanted.unknown,
        review_on: version.review_on,
        needs_finance: version.needs_finance,
    };
    if to.update(Table::Criteria, id.0, &page_cells(&page)?)? {
        let mut cells = vec![("revision", Value::Integer(version.revision + 1))];
        cells.extend(edited(to));
        to.update(Table::Criteria, id.0, &cells)?;
    }
    let rules = match wanted.rules.len() {
        1 => "1 rule".to_owned(),
        n => format!("{n} rules"),
    };
    Ok(format!("version {}: {rules}", version.number))
}
