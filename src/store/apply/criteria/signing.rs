//! Proposing, signing, putting in force, ending. Changes no rule.

use rusqlite::types::Value;

use super::stamps::stamp;
use super::{editable, refused, version};
use crate::domain::criteria::version::State;
use crate::domain::criteria::{Figures, Rule};
use crate::domain::ids::CriteriaId;
use crate::domain::moment::{Day, Moment};
use crate::domain::policy::Side;
use crate::store::apply::meeting::may_sign;
use crate::store::apply::standing::Room;
use crate::store::criteria::{figure_cells, versions};
use crate::store::error::{Doing, StoreError};
use crate::store::recorder::Recorder;
use crate::store::table::Table;
use crate::text::clean;

pub(super) fn propose(
    to: &mut Recorder<'_>,
    room: &Room,
    id: CriteriaId,
) -> Result<String, StoreError> {
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
        ("proposed_at", Value::Integer(room.now.0)),
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

/// `figures`: what the version says of the past now; kept with the last signature.
pub(super) fn sign(
    to: &mut Recorder<'_>,
    room: &Room,
    id: CriteriaId,
    figures: Option<&Figures>,
) -> Result<String, StoreError> {
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
    may_sign(to)?;
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
        (at, Value::Integer(room.now.0)),
    ];
    let mut open = version.unsigned();
    open.retain(|s| *s != side);
    if open.is_empty() {
        cells.push(("state", Value::Text("signed".into())));
        cells.extend(figures.map(figure_cells).unwrap_or_default());
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

pub(super) fn put_in_force(
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

pub(super) fn retire(
    to: &mut Recorder<'_>,
    room: &Room,
    id: CriteriaId,
) -> Result<String, StoreError> {
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
