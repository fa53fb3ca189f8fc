//! Issues: raised, made urgent, discussed, solved into a decision or an action, parked, given up.

use rusqlite::types::Value;

use super::super::standing::{Room, number};
use super::{now_in, outcome, refused, signed};
use crate::domain::ids::IssueId;
use crate::domain::meeting::ground::Ground;
use crate::domain::meeting::line::{Issue, Meetings, Solved};
use crate::domain::meeting::{IssueState, LONGEST_TEXT, Priority, Solution, one_line};
use crate::domain::refused::Refused;
use crate::store::error::StoreError;
use crate::store::meeting::grounds_text;
use crate::store::recorder::{Cell, Recorder};
use crate::store::table::Table;

/// Issues that can be open at a time: more than anybody speaks of.
const MOST_OPEN: usize = 500;

pub(super) fn raise(
    to: &mut Recorder<'_>,
    room: &Room,
    all: &Meetings,
    (text, priority): (&str, Priority),
    rests_on: &[Ground],
) -> Result<String, StoreError> {
    let text = one_line("an issue", text, LONGEST_TEXT)?;
    let rests_on = outcome::grounds(to, rests_on)?;
    if all.issues.iter().filter(|issue| issue.is_open()).count() >= MOST_OPEN {
        return refused(format!(
            "{MOST_OPEN} issues are open; solve or drop some before raising more"
        ));
    }
    let mut cells = vec![
        ("meeting_id", now_in(all)),
        ("text", Value::Text(text.clone())),
        ("priority", Value::Integer(place(priority))),
        ("state", state(IssueState::Open)),
        ("rests_on", Value::Text(grounds_text(&rests_on))),
    ];
    cells.extend(signed(to, room));
    let id = to.insert(Table::Issue, &cells)?;
    Ok(format!("raise issue {id}: {text}"))
}

fn place(priority: Priority) -> i64 {
    match priority {
        Priority::High => 1,
        Priority::Middle => 2,
        Priority::Low => 3,
    }
}

fn state(state: IssueState) -> Value {
    Value::Text(state.word().into())
}

/// An issue that the room may still speak of.
fn open(all: &Meetings, id: IssueId) -> Result<&Issue, StoreError> {
    let found = all.issues.iter().find(|issue| issue.id == id);
    let issue = found.ok_or(Refused::Gone {
        what: "issue",
        id: id.0,
    })?;
    if issue.is_open() {
        return Ok(issue);
    }
    refused(format!(
        "issue {} is {} already; raise it anew if it came back",
        id.0,
        issue.state.label()
    ))
}

fn update(to: &mut Recorder<'_>, id: IssueId, cells: &[Cell<'_>]) -> Result<(), StoreError> {
    to.update(Table::Issue, id.0, cells).map(|_| ())
}

pub(super) fn prioritise(
    to: &mut Recorder<'_>,
    all: &Meetings,
    id: IssueId,
    priority: Priority,
) -> Result<String, StoreError> {
    let issue = open(all, id)?;
    update(to, id, &[("priority", Value::Integer(place(priority)))])?;
    Ok(format!("{}: {}", priority.told(), issue.text))
}

pub(super) fn discuss(
    to: &mut Recorder<'_>,
    all: &Meetings,
    id: IssueId,
) -> Result<String, StoreError> {
    all.must_run("discuss it in")?;
    let issue = open(all, id)?;
    let before = all
        .issues
        .iter()
        .find(|i| i.state == IssueState::Discussing);
    if let Some(before) = before.filter(|before| before.id != id) {
        update(to, before.id, &[("state", state(IssueState::Open))])?;
    }
    update(to, id, &[("state", state(IssueState::Discussing))])?;
    Ok(format!("discuss: {}", issue.text))
}

pub(super) fn solve(
    to: &mut Recorder<'_>,
    room: &Room,
    all: &Meetings,
    id: IssueId,
    solution: &Solution,
) -> Result<String, StoreError> {
    all.must_run("solve an issue in")?;
    let issue = open(all, id)?;
    let (solved, _) = outcome::solution(to, room, all, solution)?;
    let (decision, action) = match solved {
        Solved::Decision(id) => (Some(id.0), None),
        Solved::Action(id) => (None, Some(id.0)),
    };
    let cells = [
        ("state", state(IssueState::Solved)),
        ("decision_id", number(decision)),
        ("action_id", number(action)),
        ("ended_at", Value::Integer(room.now.0)),
        ("ended_in", now_in(all)),
    ];
    update(to, id, &cells)?;
    Ok(format!("solve: {}", issue.text))
}

pub(super) fn park(
    to: &mut Recorder<'_>,
    all: &Meetings,
    id: IssueId,
) -> Result<String, StoreError> {
    let issue = open(all, id)?;
    update(to, id, &[("state", state(IssueState::Parked))])?;
    Ok(format!("park: {}", issue.text))
}

pub(super) fn give_up(
    to: &mut Recorder<'_>,
    room: &Room,
    all: &Meetings,
    id: IssueId,
    why: &str,
) -> Result<String, StoreError> {
    let issue = open(all, id)?;
    let why = one_line("why it is dropped", why, LONGEST_TEXT)?;
    let cells = [
        ("state", state(IssueState::Dropped)),
        ("why", Value::Text(why)),
        ("ended_at", Value::Integer(room.now.0)),
        ("ended_in", now_in(all)),
    ];
    update(to, id, &cells)?;
    Ok(format!("drop: {}", issue.text))
}
