//! Who sits at the table of a meeting, who presents, and how good they found it. Keeps each person's side as it was then.

use rusqlite::types::Value;

use super::super::standing::{self, Room};
use super::{called, refused};
use crate::domain::ids::MeetingId;
use crate::domain::meeting::line::{Meeting, Meetings};
use crate::store::book::people;
use crate::store::error::{Doing, StoreError};
use crate::store::recorder::Recorder;
use crate::store::table::Table;
use crate::text::clean;

pub(super) fn present(
    to: &mut Recorder<'_>,
    running: &Meeting,
    handle: &str,
) -> Result<String, StoreError> {
    let (id, name, _) = standing::person(to, handle)?;
    let cells = [("presenter_id", Value::Integer(id))];
    to.update(Table::Meeting, running.id.0, &cells)?;
    Ok(format!("{name} presents"))
}

pub(super) fn attend(
    to: &mut Recorder<'_>,
    room: &Room,
    running: &Meeting,
    handles: &[String],
) -> Result<String, StoreError> {
    if handles.is_empty() {
        return refused("nobody was named; say by handle who has come");
    }
    let names = come(
        to,
        room,
        (running.id.0, &attendance(to, running.id)?),
        handles,
    )?;
    Ok(format!("{} at the table", names.join(", ")))
}

/// Attendance rows of a meeting: row and person.
fn attendance(to: &Recorder<'_>, meeting: MeetingId) -> Result<Vec<(i64, i64)>, StoreError> {
    let doing = "looking up who is there";
    let mut stmt = to
        .conn
        .prepare_cached("SELECT id, person_id FROM attendance WHERE meeting_id = ?1 ORDER BY id")
        .doing(doing)?;
    let found = stmt
        .query_map([meeting.0], |row| row.try_into())
        .doing(doing)?;
    found.collect::<Result<_, _>>().doing(doing)
}

/// The rows of a meeting's attendance.
pub(super) fn attendance_ids(
    to: &Recorder<'_>,
    meeting: MeetingId,
) -> Result<Vec<i64>, StoreError> {
    let rows = attendance(to, meeting)?;
    Ok(rows.into_iter().map(|(row, _)| row).collect())
}

/// Puts people at the table; gives their names.
pub(super) fn come(
    to: &mut Recorder<'_>,
    room: &Room,
    (meeting, known): (i64, &[(i64, i64)]),
    handles: &[String],
) -> Result<Vec<String>, StoreError> {
    let mut seen = Vec::new();
    let mut names = Vec::new();
    for handle in handles {
        let (person, name, side) = standing::person(to, handle)?;
        if seen.contains(&person) {
            continue;
        }
        seen.push(person);
        names.push(name);
        if let Some((row, _)) = known.iter().find(|(_, of)| *of == person) {
            to.update(Table::Attendance, *row, &[("left_at", Value::Null)])?;
        } else {
            let cells = [
                ("meeting_id", Value::Integer(meeting)),
                ("person_id", Value::Integer(person)),
                ("side", Value::Text(side)),
                ("came_at", Value::Integer(room.now.0)),
            ];
            to.insert(Table::Attendance, &cells)?;
        }
    }
    Ok(names)
}

pub(super) fn leave(
    to: &mut Recorder<'_>,
    room: &Room,
    running: &Meeting,
    handles: &[String],
) -> Result<String, StoreError> {
    let mut names = Vec::new();
    for handle in handles {
        let (person, name, _) = standing::person(to, handle)?;
        let here = running.present().any(|a| a.person.id.0 == person);
        if !here {
            return refused(format!("{} is not at the table", clean(&name)));
        }
        for (row, of) in attendance(to, running.id)? {
            if of == person {
                let cells = [("left_at", Value::Integer(room.now.0))];
                to.update(Table::Attendance, row, &cells)?;
            }
        }
        names.push(name);
    }
    if names.is_empty() {
        return refused("nobody was named; say by handle who has left");
    }
    Ok(format!("{} left the table", names.join(", ")))
}

pub(super) fn rate(
    to: &mut Recorder<'_>,
    all: &Meetings,
    person: Option<&str>,
    score: u8,
) -> Result<String, StoreError> {
    let Some(meeting) = all.all.last() else {
        return refused("there was no meeting yet that could be rated");
    };
    if !(1..=10).contains(&score) {
        return refused(format!("{score} is no rating; 1 to 10 are expected"));
    }
    let (person, name) = match (person, to.signer.person_id) {
        (Some(handle), _) => {
            let (id, name, _) = standing::person(to, handle)?;
            (id, name)
        }
        (None, Some(me)) => {
            let found = people(to.conn)?.into_iter().find(|p| p.id.0 == me);
            (me, found.map_or_else(String::new, |p| p.name))
        }
        (None, None) => {
            return refused("a rating needs a name; say who you are, or name who rates");
        }
    };
    if meeting.attendance.iter().all(|a| a.person.id.0 != person) {
        return refused(format!(
            "{} was not in {}; those rate it who were there",
            clean(&name),
            called(meeting.id)
        ));
    }
    let doing = "looking up the rating";
    let known: Option<i64> = to
        .conn
        .query_row(
            "SELECT max(id) FROM rating WHERE meeting_id = ?1 AND person_id = ?2",
            [meeting.id.0, person],
            |row| row.get(0),
        )
        .doing(doing)?;
    let cells = [
        ("meeting_id", Value::Integer(meeting.id.0)),
        ("person_id", Value::Integer(person)),
        ("score", Value::Integer(i64::from(score))),
    ];
    super::super::put(to, Table::Rating, known, &cells)?;
    Ok(format!("{name} rates {} {score}", called(meeting.id)))
}
