//! The rules of a draft: added, changed, moved, each by the revision that its author saw. Signs nothing.

use rusqlite::OptionalExtension;
use rusqlite::types::Value;

use super::{editable, edited, refused, unsign};
use crate::domain::clash::Sight;
use crate::domain::criteria::Rule;
use crate::domain::criteria::version::Version;
use crate::domain::ids::{CriteriaId, RuleId};
use crate::store::criteria::rule_cells;
use crate::store::error::{Doing, StoreError};
use crate::store::load::fields::fields;
use crate::store::recorder::Recorder;
use crate::store::table::Table;
use crate::text::clean;

/// Longest reason of a rule, in characters.
const LONGEST_WHY: usize = 500;

/// The version of a rule, and the rule's place in it.
pub(super) fn version_of(to: &Recorder<'_>, rule: RuleId) -> Result<(Version, usize), StoreError> {
    let id: Option<i64> = to
        .conn
        .query_row(
            "SELECT criteria_id FROM criteria_rule WHERE id = ?1",
            [rule.0],
            |row| row.get(0),
        )
        .optional()
        .doing("looking up the rule")?;
    let Some(id) = id else {
        return refused("this rule is gone: somebody removed it meanwhile; yours was not saved");
    };
    let version = editable(to, CriteriaId(id))?;
    let place = version.marks.iter().position(|mark| mark.id == rule);
    let place = place.ok_or_else(|| StoreError::refused("this rule is gone"))?;
    Ok((version, place))
}

/// Refuses where somebody changed the rule since the author saw it. Whose sight is known is told both sides later.
pub(super) fn unchanged(
    to: &Recorder<'_>,
    version: &Version,
    place: usize,
    seen: i64,
    lost: &str,
) -> Result<(), StoreError> {
    let mark = &version.marks[place];
    if mark.revision == seen || to.sight != Sight::Unknown {
        return Ok(());
    }
    let who = mark.by.name.as_deref().unwrap_or("somebody");
    refused(format!(
        "{} changed this rule meanwhile to '{}'; {lost}: look at theirs, then decide",
        clean(who),
        clean(&version.definition.rules[place].to_string())
    ))
}

pub(super) fn check_rule(to: &Recorder<'_>, rule: &Rule) -> Result<(), StoreError> {
    let all = fields(to.conn)?;
    let field = &rule.condition.field;
    let fault = match all.find(field) {
        None => Some(format!("there is no field '{}'", clean(field))),
        Some(field) => rule.condition.fault(field),
    };
    if let Some(fault) = fault {
        return refused(format!("{}; the rule was not saved", clean(&fault)));
    }
    if rule.why.chars().count() > LONGEST_WHY {
        return refused(format!(
            "the reason of a rule is longer than {LONGEST_WHY} characters"
        ));
    }
    Ok(())
}

pub(super) fn next_place(to: &Recorder<'_>, id: CriteriaId) -> Result<i64, StoreError> {
    to.conn
        .query_row(
            "SELECT coalesce(max(position), 0) + 1 FROM criteria_rule WHERE criteria_id = ?1",
            [id.0],
            |row| row.get(0),
        )
        .doing("looking up the rules")
}

pub(super) fn add_rule(
    to: &mut Recorder<'_>,
    id: CriteriaId,
    rule: &Rule,
    place: i64,
) -> Result<(), StoreError> {
    let mut cells = vec![
        ("criteria_id", Value::Integer(id.0)),
        ("position", Value::Integer(place)),
    ];
    cells.extend(rule_cells(rule));
    cells.extend(edited(to));
    to.insert(Table::CriteriaRule, &cells).map(|_| ())
}

pub(super) fn change_rule(
    to: &mut Recorder<'_>,
    id: RuleId,
    seen: i64,
    new: &Rule,
) -> Result<String, StoreError> {
    let (version, place) = version_of(to, id)?;
    let old = &version.definition.rules[place];
    if old == new {
        return Ok(format!("rule {new}"));
    }
    unchanged(
        to,
        &version,
        place,
        seen,
        &format!("yours, '{new}', was not saved"),
    )?;
    check_rule(to, new)?;
    unsign(to, &version)?;
    let mut cells = rule_cells(new);
    let revision = version.marks[place].revision;
    cells.push(("revision", Value::Integer(revision + 1)));
    cells.extend(edited(to));
    to.update(Table::CriteriaRule, id.0, &cells)?;
    Ok(format!("rule {old} becomes {new}"))
}

pub(super) fn move_rule(
    to: &mut Recorder<'_>,
    id: RuleId,
    place: usize,
) -> Result<String, StoreError> {
    let (version, from) = version_of(to, id)?;
    let mut order: Vec<i64> = version.marks.iter().map(|mark| mark.id.0).collect();
    let rule = order.remove(from);
    let place = place.min(order.len());
    order.insert(place, rule);
    if from != place {
        unsign(to, &version)?;
        for (position, id) in (1..).zip(order) {
            to.update(
                Table::CriteriaRule,
                id,
                &[("position", Value::Integer(position))],
            )?;
        }
    }
    Ok(format!(
        "move rule {} to place {}",
        version.definition.rules[from],
        place + 1
    ))
}
