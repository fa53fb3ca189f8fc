//! The meeting: rows for what `domain::meeting` allows. Computes no figure: snapshots come as text.

mod flow;
mod issues;
mod outcome;
mod table;

use rusqlite::types::Value;

use super::super::error::StoreError;
use super::super::meeting::{meetings, points_text};
use super::super::recorder::{Cell, Recorder};
use super::super::table::Table;
use super::standing::{Room, number};
use super::{find, upsert};
use crate::domain::ids::MeetingId;
use crate::domain::meeting::agenda::{Agenda, Go};
use crate::domain::meeting::line::Meetings;
use crate::domain::meeting::{MeetingChange, Solution};
use crate::domain::refused::{LONGEST_NOTE, Refused};
use crate::text::clean;

pub(super) fn perform(
    to: &mut Recorder<'_>,
    room: &Room,
    change: &MeetingChange,
) -> Result<String, StoreError> {
    let all = meetings(to.conn)?;
    match change {
        MeetingChange::Start {
            agenda,
            present,
            snapshot,
        } => flow::start(to, room, &all, (agenda, present), snapshot),
        MeetingChange::Next { from } => {
            let running = all.must_run("go on in")?;
            let open = running.open_item().map(|item| item.id);
            if from.is_some() && *from != open {
                return refused("the room has gone on meanwhile: another item is open");
            }
            flow::go(to, running, Go::Next)
        }
        MeetingChange::Back => flow::go(to, all.must_run("go back in")?, Go::Back),
        MeetingChange::Park => flow::go(to, all.must_run("park an item in")?, Go::Park),
        MeetingChange::Take(item) => {
            flow::go(to, all.must_run("take an item up in")?, Go::To(*item))
        }
        MeetingChange::Add(point) => flow::add(to, all.must_run("add an item to")?, point),
        MeetingChange::Present(handle) => table::present(to, all.must_run("present in")?, handle),
        MeetingChange::Attend(handles) => {
            table::attend(to, room, all.must_run("come to")?, handles)
        }
        MeetingChange::Leave(handles) => table::leave(to, room, all.must_run("leave")?, handles),
        MeetingChange::Raise {
            text,
            priority,
            rests_on,
        } => issues::raise(to, room, &all, (text, *priority), rests_on),
        MeetingChange::Prioritise(issue, priority) => {
            issues::prioritise(to, &all, *issue, *priority)
        }
        MeetingChange::Discuss(issue) => issues::discuss(to, &all, *issue),
        MeetingChange::Solve(issue, solution) => issues::solve(to, room, &all, *issue, solution),
        MeetingChange::ParkIssue(issue) => issues::park(to, &all, *issue),
        MeetingChange::DropIssue(issue, why) => issues::give_up(to, room, &all, *issue, why),
        MeetingChange::Decide(decision) => {
            outcome::solution(to, room, &all, &Solution::Decision(decision.clone()))
                .map(|(_, said)| said)
        }
        MeetingChange::Act(action) => {
            outcome::solution(to, room, &all, &Solution::Action(action.clone()))
                .map(|(_, said)| said)
        }
        MeetingChange::Done(action) => outcome::end(to, room, &all, *action, None),
        MeetingChange::Drop(action, why) => outcome::end(to, room, &all, *action, Some(why)),
        MeetingChange::Note(text) => note(to, room, &all, text),
        MeetingChange::Rate { person, score } => table::rate(to, &all, person.as_deref(), *score),
        MeetingChange::Close { snapshot, next_on } => {
            flow::close(to, room, &all, snapshot, *next_on)
        }
        MeetingChange::SaveAgenda { name, points } => {
            let agenda = Agenda::checked(name, points)?;
            let cells = [("items", Value::Text(points_text(&agenda.points)))];
            upsert(to, Table::Agenda, ("name", &agenda.name), &cells)?;
            Ok(format!(
                "agenda {}: {} items, {} minutes",
                agenda.name,
                agenda.points.len(),
                agenda.minutes()
            ))
        }
        MeetingChange::RemoveAgenda(name) => remove_agenda(to, &all, name),
    }
}

fn refused<T>(why: impl Into<String>) -> Result<T, StoreError> {
    Err(Refused::Meeting(why.into()).into())
}

/// The meeting that something happens in; none between two.
fn now_in(all: &Meetings) -> Value {
    number(all.running().map(|meeting| meeting.id.0))
}

/// When and by whom.
fn signed(to: &Recorder<'_>, room: &Room) -> [Cell<'static>; 2] {
    [
        ("at", Value::Integer(room.now.0)),
        ("by_id", number(to.signer.person_id)),
    ]
}

fn note(
    to: &mut Recorder<'_>,
    room: &Room,
    all: &Meetings,
    text: &str,
) -> Result<String, StoreError> {
    let running = all.must_run("write a note in")?;
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST_NOTE {
        return refused("a note has 1 to 4000 characters");
    }
    let item = running.open_item().map(|item| item.id.0);
    let mut cells = vec![
        ("meeting_id", Value::Integer(running.id.0)),
        ("item_id", number(item)),
        ("text", Value::Text(text.into())),
    ];
    cells.extend(signed(to, room));
    to.insert(Table::Note, &cells)?;
    let start: String = text.chars().take(60).collect();
    Ok(format!("note: {}", clean(&start)))
}

fn remove_agenda(to: &mut Recorder<'_>, all: &Meetings, name: &str) -> Result<String, StoreError> {
    let known = all
        .own
        .iter()
        .find(|agenda| agenda.name.eq_ignore_ascii_case(name.trim()));
    let Some(agenda) = known else {
        return refused(format!(
            "there is no agenda '{}' of your own; those of the program stay",
            clean(name)
        ));
    };
    let key = Value::Text(agenda.name.clone());
    if let Some(id) = find(to, Table::Agenda, "name", &key)? {
        to.delete(Table::Agenda, id)?;
    }
    Ok(format!("throw the agenda {} away", agenda.name))
}

/// A signature while a meeting runs needs both sides at the table, and rests on who is there.
pub(super) fn may_sign(to: &mut Recorder<'_>) -> Result<(), StoreError> {
    let all = meetings(to.conn)?;
    let Some(running) = all.running() else {
        return Ok(());
    };
    running.can_sign()?;
    for attendance in table::attendance_ids(to, running.id)? {
        to.rests_on(Table::Attendance, attendance)?;
    }
    Ok(())
}

/// What a refusal calls a meeting.
fn called(id: MeetingId) -> String {
    format!("meeting {}", id.0)
}
