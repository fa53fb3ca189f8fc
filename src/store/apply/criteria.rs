//! Changes of the criteria: the draft and its rules, proposing, signing, putting in force. A signed version never changes.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};

use super::super::criteria::{judging, rule_cells, versions};
use super::super::error::{Doing, StoreError};
use super::super::load::fields::fields;
use super::super::recorder::{Cell, Recorder};
use super::super::table::Table;
use super::standing::Room;
use super::{find, named};
use crate::domain::criteria::parse::MOST_RULES;
use crate::domain::criteria::version::{CriteriaChange, PageEdit, State, Version};
use crate::domain::criteria::{Definition, Rule};
use crate::domain::ids::{CriteriaId, RuleId};
use crate::domain::moment::{Day, Moment};
use crate::domain::policy::Side;
use crate::text::clean;

/// Longest wording of the page, in characters.
const LONGEST_TEXT: usize = 2_000;

/// Longest reason of a rule, in characters.
const LONGEST_WHY: usize = 500;

pub(super) fn perform(
    to: &mut Recorder<'_>,
    room: &Room,
    change: &CriteriaChange,
) -> Result<String, StoreError> {
    match change {
        CriteriaChange::Open { segment } => open(to, segment.as_deref()).map(|(_, said)| said),
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
            unchanged(&version, place, *revision, "it was not removed")?;
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
        CriteriaChange::Propose(id) => propose(to, *id),
        CriteriaChange::Sign(id) => sign(to, *id),
        CriteriaChange::Withdraw(id) => {
            let version = editable(to, *id)?;
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

/// The version of a rule, and the rule's place in it.
fn version_of(to: &Recorder<'_>, rule: RuleId) -> Result<(Version, usize), StoreError> {
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

/// Refuses where somebody changed the rule since the author saw it.
fn unchanged(version: &Version, place: usize, seen: i64, lost: &str) -> Result<(), StoreError> {
    let mark = &version.marks[place];
    if mark.revision == seen {
        return Ok(());
    }
    let who = mark.by.name.as_deref().unwrap_or("somebody");
    refused(format!(
        "{} changed this rule meanwhile to '{}'; {lost}: look at theirs, then decide",
        clean(who),
        clean(&version.definition.rules[place].to_string())
    ))
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

fn check_rule(to: &Recorder<'_>, rule: &Rule) -> Result<(), StoreError> {
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

fn edited(to: &Recorder<'_>) -> Vec<Cell<'static>> {
    vec![
        ("edited_at", Value::Integer(to.signer.at)),
        (
            "edited_by",
            to.signer.person_id.map_or(Value::Null, Value::Integer),
        ),
    ]
}

fn next_place(to: &Recorder<'_>, id: CriteriaId) -> Result<i64, StoreError> {
    to.conn
        .query_row(
            "SELECT coalesce(max(position), 0) + 1 FROM criteria_rule WHERE criteria_id = ?1",
            [id.0],
            |row| row.get(0),
        )
        .doing("looking up the rules")
}

fn add_rule(
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

fn change_rule(
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
        &version,
        place,
        seen,
        &format!("yours, '{new}', was not saved"),
    )?;
    check_rule(to, new)?;
    unsign(to, &version)?;
    let mut cells = rule_cells(new);
    cells.push(("revision", Value::Integer(seen + 1)));
    cells.extend(edited(to));
    to.update(Table::CriteriaRule, id.0, &cells)?;
    Ok(format!("rule {old} becomes {new}"))
}

fn move_rule(to: &mut Recorder<'_>, id: RuleId, place: usize) -> Result<String, StoreError> {
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
    if version.revision != seen {
        let who = version.edited.name.as_deref().unwrap_or("somebody");
        return refused(format!(
            "{} changed this page meanwhile; yours was not saved: look at theirs, then decide",
            clean(who)
        ));
    }
    let cells = page_cells(page)?;
    unsign(to, &version)?;
    if to.update(Table::Criteria, id.0, &cells)? {
        let mut cells = vec![("revision", Value::Integer(seen + 1))];
        cells.extend(edited(to));
        to.update(Table::Criteria, id.0, &cells)?;
    }
    Ok(format!("the page of version {}", version.number))
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
    // The newest signed one, in force or not yet; else the one for all leads.
    let signed = |wanted: Option<&str>| {
        let of = all
            .0
            .iter()
            .filter(|v| v.definition.segment.as_deref() == wanted);
        of.max_by_key(|v| v.number)
    };
    let before = signed(segment).or_else(|| signed(None));
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
    Ok(format!(
        "version {}: {} rules",
        version.number,
        wanted.rules.len()
    ))
}

fn propose(to: &mut Recorder<'_>, id: CriteriaId) -> Result<String, StoreError> {
    let version = editable(to, id)?;
    if version.state == State::Proposed {
        return Ok(format!("version {} is proposed", version.number));
    }
    if !version.definition.rules.iter().any(Rule::is_on) {
        return refused(
            "no rule counts: every lead would pass; a page without rules is not proposed",
        );
    }
    let cells = [
        ("state", Value::Text("proposed".into())),
        ("proposed_at", Value::Integer(to.signer.at)),
        (
            "proposed_by",
            to.signer.person_id.map_or(Value::Null, Value::Integer),
        ),
    ];
    to.update(Table::Criteria, id.0, &cells)?;
    for mark in &version.marks {
        to.rests_on(Table::CriteriaRule, mark.id.0)?;
    }
    Ok(format!("propose version {}", version.number))
}

fn sign(to: &mut Recorder<'_>, id: CriteriaId) -> Result<String, StoreError> {
    let version = editable(to, id)?;
    let Some(person) = to.signer.person_id else {
        return refused(
            "a signature needs a name: say who you are with --as HANDLE; nothing was signed",
        );
    };
    if version.state != State::Proposed {
        return refused(format!(
            "version {} is a draft; it is proposed first, then signed",
            version.number
        ));
    }
    let (name, side): (String, String) = to
        .conn
        .query_row(
            "SELECT name, side FROM person WHERE id = ?1",
            [person],
            |row| row.try_into(),
        )
        .doing("looking up the person")?;
    let side = match Side::parse(&side) {
        Some(Side::Executive) | None => Side::Finance,
        Some(side) => side,
    };
    if side == Side::Finance && !version.needs_finance {
        return refused(format!(
            "version {} is signed by marketing and sales; finance's line is not asked for",
            version.number
        ));
    }
    if let Some(own) = version.signatures.iter().find(|s| s.side == side) {
        let by = own.by.name.as_deref().unwrap_or("somebody");
        return refused(format!(
            "{} has signed for {} already",
            clean(by),
            side.label()
        ));
    }
    let (by, at) = match side {
        Side::Marketing => ("marketing_by", "marketing_at"),
        Side::Sales => ("sales_by", "sales_at"),
        Side::Finance | Side::Executive => ("finance_by", "finance_at"),
    };
    let mut cells = vec![
        (by, Value::Integer(person)),
        (at, Value::Integer(to.signer.at)),
    ];
    let mut open = version.unsigned();
    open.retain(|s| *s != side);
    if open.is_empty() {
        cells.push(("state", Value::Text("signed".into())));
    }
    to.update(Table::Criteria, id.0, &cells)?;
    if open.is_empty() {
        return Ok(format!(
            "{name} signs version {} for {}: it is signed",
            version.number,
            side.label()
        ));
    }
    let waits: Vec<&str> = open.iter().map(|s| s.label()).collect();
    Ok(format!(
        "{name} signs version {} for {}; {} still has to sign",
        version.number,
        side.label(),
        waits.join(" and ")
    ))
}

fn put_in_force(
    to: &mut Recorder<'_>,
    room: &Room,
    id: CriteriaId,
    from: Day,
) -> Result<String, StoreError> {
    let version = version(to, id)?;
    if version.state != State::Signed {
        let open: Vec<&str> = version.unsigned().iter().map(|s| s.label()).collect();
        return refused(format!(
            "version {} is not signed yet; {} has to sign first",
            version.number,
            open.join(" and ")
        ));
    }
    if version.in_force_at.is_some_and(|at| at <= room.now) {
        return refused(format!(
            "version {} has been in force already; begin a draft as its copy",
            version.number
        ));
    }
    let today = room.calendar.day_of(room.now);
    if from < today {
        return refused(format!(
            "{from} has passed; the past does not move, so a version is in force from today on"
        ));
    }
    let at = if from == today {
        room.now
    } else {
        room.calendar.start_of(from)
    };
    to.update(
        Table::Criteria,
        id.0,
        &[("in_force_at", Value::Integer(at.0))],
    )?;
    // A recycled lead's return is written ahead; it will be judged by what is in force then.
    for handoff in coming(to, at)? {
        stamp(to, handoff)?;
    }
    Ok(format!(
        "version {} is in force from {from}",
        version.number
    ))
}

fn retire(to: &mut Recorder<'_>, room: &Room, id: CriteriaId) -> Result<String, StoreError> {
    let all = versions(to.conn)?;
    let version = version(to, id)?;
    let segment = version.definition.segment.as_deref();
    if all.in_force(segment, room.now).is_none_or(|v| v.id != id) {
        return refused(format!("version {} is not in force", version.number));
    }
    to.update(
        Table::Criteria,
        id.0,
        &[("retired_at", Value::Integer(room.now.0))],
    )?;
    Ok(format!(
        "version {} is in force no more; until another one is, no handoff is judged",
        version.number
    ))
}

/// Handoffs that lie at or after a moment.
fn coming(to: &Recorder<'_>, at: Moment) -> Result<Vec<i64>, StoreError> {
    let doing = "looking up the coming handoffs";
    let mut stmt = to
        .conn
        .prepare_cached("SELECT id FROM handoff WHERE handed_off_at >= ?1 ORDER BY id")
        .doing(doing)?;
    let found = stmt.query_map([at.0], |row| row.get(0)).doing(doing)?;
    found.collect::<Result<_, _>>().doing(doing)
}

/// Stamps a qualified deal with the version in force for its first lead.
pub(super) fn stamp_deal(
    to: &mut Recorder<'_>,
    room: &Room,
    deal: i64,
    lead: i64,
) -> Result<(), StoreError> {
    if let Some(version) = judging(to.conn, lead, room.now)? {
        to.update(
            Table::Opportunity,
            deal,
            &[("criteria_id", Value::Integer(version))],
        )?;
        to.rests_on(Table::Criteria, version)?;
    }
    Ok(())
}

/// Stamps a handoff with the version in force at its moment, and notes that it rests on it.
pub(super) fn stamp(to: &mut Recorder<'_>, handoff: i64) -> Result<(), StoreError> {
    let doing = "looking up the handoff";
    let (lead, at): (i64, i64) = to
        .conn
        .query_row(
            "SELECT lead_id, handed_off_at FROM handoff WHERE id = ?1",
            params![handoff],
            |row| row.try_into(),
        )
        .doing(doing)?;
    let version = judging(to.conn, lead, Moment(at))?;
    if let Some(version) = version {
        to.update(
            Table::Handoff,
            handoff,
            &[("criteria_id", Value::Integer(version))],
        )?;
        to.rests_on(Table::Criteria, version)?;
    }
    Ok(())
}
