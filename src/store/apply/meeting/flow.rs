//! A meeting from its start to its end: agenda, attendance, snapshots, ratings. Start and end are not undone.

use rusqlite::types::Value;

use super::super::standing::{self, Room, number};
use super::{called, refused, table};
use crate::domain::ids::MeetingId;
use crate::domain::meeting::IssueState;
use crate::domain::meeting::agenda::{Go, ItemState, MOST_POINTS, Point, turn};
use crate::domain::meeting::line::{Meeting, Meetings};
use crate::domain::meeting::snapshot::{Frozen, Part};
use crate::domain::moment::Day;
use crate::domain::refused::Refused;
use crate::store::book::people;
use crate::store::criteria::versions;
use crate::store::error::{Doing, StoreError};
use crate::store::meeting::sha256;
use crate::store::recorder::{Cell, Recorder};
use crate::store::table::Table;
use crate::text::clean;

pub(super) fn start(
    to: &mut Recorder<'_>,
    room: &Room,
    all: &Meetings,
    (agenda, present): (&str, &[String]),
    snapshot: &Frozen,
) -> Result<String, StoreError> {
    if let Some(running) = all.running() {
        let by = running.started.name.as_deref().unwrap_or("somebody");
        return refused(format!(
            "{} runs already, opened by {}; join it, or close it first",
            called(running.id),
            clean(by)
        ));
    }
    let Some(chosen) = all.agenda(agenda) else {
        let known: Vec<String> = all.agendas().map(|agenda| agenda.name).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        return Err(standing::unknown("agenda", agenda, &known).into());
    };
    let me = number(to.signer.person_id);
    let cells = [
        ("agenda", Value::Text(chosen.name.clone())),
        ("started_at", Value::Integer(room.now.0)),
        ("started_by", me.clone()),
        ("began_at", Value::Integer(to.signer.at)),
        ("presenter_id", me),
    ];
    let id = to.insert(Table::Meeting, &cells)?;
    for (place, point) in (1..).zip(&chosen.points) {
        put_item(to, id, place, point)?;
    }
    let mut there: Vec<String> = present.to_vec();
    if let Some(person) = to.signer.person_id {
        there.extend(
            people(to.conn)?
                .into_iter()
                .find(|p| p.id.0 == person)
                .map(|p| p.handle),
        );
    }
    table::come(to, room, (id, &[]), &there)?;
    keep(to, room, (id, Part::Start), snapshot)?;
    for issue in all.issues.iter().filter(|i| i.state == IssueState::Parked) {
        let state = Value::Text(IssueState::Open.word().into());
        to.update(Table::Issue, issue.id.0, &[("state", state)])?;
    }
    Ok(format!("open meeting {id} ({})", chosen.name))
}

fn put_item(
    to: &mut Recorder<'_>,
    meeting: i64,
    place: i64,
    point: &Point,
) -> Result<(), StoreError> {
    let mut cells = vec![
        ("meeting_id", Value::Integer(meeting)),
        ("position", Value::Integer(place)),
        ("topic", Value::Text(point.topic.word().into())),
        ("title", Value::Text(point.title.clone())),
        ("minutes", Value::Integer(i64::from(point.minutes))),
        ("state", Value::Text(ItemState::Waiting.word().into())),
        ("spent", Value::Integer(0)),
    ];
    if place == 1 {
        cells[5].1 = Value::Text(ItemState::Open.word().into());
        cells.push(("opened_at", Value::Integer(to.signer.at)));
    }
    to.insert(Table::AgendaItem, &cells).map(|_| ())
}

pub(super) fn add(
    to: &mut Recorder<'_>,
    running: &Meeting,
    point: &Point,
) -> Result<String, StoreError> {
    let point = point.checked()?;
    if running.items.len() >= MOST_POINTS {
        return refused(format!("an agenda has {MOST_POINTS} items at most"));
    }
    let place: i64 = to
        .conn
        .query_row(
            "SELECT 1 + max(position) FROM agenda_item WHERE meeting_id = ?1",
            [running.id.0],
            |row| row.get(0),
        )
        .doing("looking up the agenda")?;
    put_item(to, running.id.0, place, &point)?;
    Ok(format!("add {} to the agenda", point.title))
}

pub(super) fn go(to: &mut Recorder<'_>, running: &Meeting, go: Go) -> Result<String, StoreError> {
    let turn = turn(&running.items, go)?;
    if let Some((id, state)) = turn.left {
        leave_item(to, running, (id.0, state))?;
    }
    let opened = running
        .items
        .iter()
        .find(|item| Some(item.id) == turn.opened);
    let Some(item) = opened else {
        return Ok("the agenda is through".into());
    };
    let cells = [
        ("state", Value::Text(ItemState::Open.word().into())),
        ("opened_at", Value::Integer(to.signer.at)),
    ];
    to.update(Table::AgendaItem, item.id.0, &cells)?;
    Ok(format!("go to {}", item.point.title))
}

fn leave_item(
    to: &mut Recorder<'_>,
    running: &Meeting,
    (id, state): (i64, ItemState),
) -> Result<(), StoreError> {
    let clock = crate::domain::moment::Moment(to.signer.at);
    let item = running.items.iter().find(|item| item.id.0 == id);
    let spent = item.map_or(0, |item| item.spent_at(clock));
    let cells = [
        ("state", Value::Text(state.word().into())),
        ("opened_at", Value::Null),
        ("spent", Value::Integer(spent)),
    ];
    to.update(Table::AgendaItem, id, &cells).map(|_| ())
}

/// Keeps figures that never change again.
fn keep(
    to: &mut Recorder<'_>,
    room: &Room,
    (meeting, part): (i64, Part),
    frozen: &Frozen,
) -> Result<(), StoreError> {
    frozen.check()?;
    let in_force = versions(to.conn)?
        .in_force(None, room.now)
        .map(|v| v.number);
    let cells: Vec<Cell<'_>> = vec![
        ("meeting_id", Value::Integer(meeting)),
        ("part", Value::Text(part.word().into())),
        ("at", Value::Integer(room.now.0)),
        ("period", Value::Text(frozen.period.trim().into())),
        ("criteria", number(in_force)),
        ("text", Value::Text(frozen.text.clone())),
        ("sha256", Value::Text(sha256(&frozen.text))),
    ];
    to.insert(Table::Snapshot, &cells).map(|_| ())
}

pub(super) fn close(
    to: &mut Recorder<'_>,
    room: &Room,
    all: &Meetings,
    snapshot: &Frozen,
    next_on: Option<Day>,
) -> Result<String, StoreError> {
    let running = all.must_run("close")?;
    let today = room.calendar.day_of(room.now);
    if let Some(day) = next_on.filter(|day| *day < today || *day > today.plus(3_660)) {
        return Err(Refused::OddDay(day).into());
    }
    if let Some(item) = running.open_item() {
        leave_item(to, running, (item.id.0, ItemState::Done))?;
    }
    for issue in all
        .issues
        .iter()
        .filter(|i| i.state == IssueState::Discussing)
    {
        let state = Value::Text(IssueState::Open.word().into());
        to.update(Table::Issue, issue.id.0, &[("state", state)])?;
    }
    keep(to, room, (running.id.0, Part::End), snapshot)?;
    let at = room.now.max(running.started.at);
    let cells = [
        ("closed_at", Value::Integer(at.0)),
        ("closed_by", number(to.signer.person_id)),
        (
            "ended_at",
            Value::Integer(to.signer.at.max(running.began.0)),
        ),
        (
            "next_on",
            next_on.map_or(Value::Null, |day| Value::Integer(i64::from(day.0))),
        ),
    ];
    to.update(Table::Meeting, running.id.0, &cells)?;
    rest_on_all(to, running.id)?;
    Ok(match next_on {
        Some(day) => format!("close {}; the next one is on {day}", called(running.id)),
        None => format!("close {}", called(running.id)),
    })
}

/// What a closed meeting says stays as it was: nothing of it is undone under the record.
fn rest_on_all(to: &mut Recorder<'_>, meeting: MeetingId) -> Result<(), StoreError> {
    let doing = "closing the meeting";
    for table in [
        Table::AgendaItem,
        Table::Attendance,
        Table::Decision,
        Table::Action,
        Table::Issue,
        Table::Note,
    ] {
        let sql = format!(
            "SELECT id FROM {} WHERE meeting_id = ?1 ORDER BY id",
            table.word()
        );
        let ids: Vec<i64> = {
            let mut stmt = to.conn.prepare(&sql).doing(doing)?;
            let found = stmt.query_map([meeting.0], |row| row.get(0)).doing(doing)?;
            found.collect::<Result<_, _>>().doing(doing)?
        };
        for id in ids {
            to.rests_on(table, id)?;
        }
    }
    Ok(())
}
