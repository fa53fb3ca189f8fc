//! Reads meetings and what came of them, whole: a room holds dozens a year, not millions. Changes nothing.

mod kept;

use std::fmt::Write as _;
use std::sync::Arc;

use rusqlite::{Connection, Row};
use sha2::{Digest as _, Sha256};

use kept::{grounds, points, was};
pub(super) use kept::{grounds_text, points_text, was_text};

use super::Store;
use super::book::rows;
use super::error::{Doing, StoreError};
use super::pages::{moment, word};
use crate::domain::criteria::version::By;
use crate::domain::ids::{ActionId, DecisionId, IssueId, ItemId, MeetingId, PersonId, SnapshotId};
use crate::domain::meeting::agenda::{Agenda, Item, ItemState, Point, Topic};
use crate::domain::meeting::line::{
    Action, Attendee, Decision, Issue, Meeting, Meetings, Note, Rating, Solved, Someone,
};
use crate::domain::meeting::snapshot::{Part, Snapshot};
use crate::domain::meeting::{ActionKind, ActionState, DecisionKind, IssueState, Priority};
use crate::domain::moment::{Day, Moment};
use crate::domain::policy::Side;

/// How many of the newest meetings have the texts of their snapshots read with them.
const WITH_TEXT: i64 = 2;

impl Store {
    /// Every meeting and what came of it.
    pub fn meetings(&self) -> Result<Meetings, StoreError> {
        meetings(&self.conn)
    }

    /// The text of a snapshot.
    pub fn snapshot_text(&self, id: SnapshotId) -> Result<String, StoreError> {
        self.conn
            .prepare_cached("SELECT text FROM snapshot WHERE id = ?1")
            .doing("reading the snapshot")?
            .query_row([id.0], |row| row.get(0))
            .doing("reading the snapshot")
    }
}

pub(super) fn meetings(conn: &Connection) -> Result<Meetings, StoreError> {
    let sql = "SELECT m.id, m.agenda, m.started_at, s.name, m.began_at, p.id, p.handle, p.name, m.closed_at, c.name,
            m.ended_at, m.next_on
        FROM meeting m LEFT JOIN person s ON s.id = m.started_by LEFT JOIN person p ON p.id = m.presenter_id
            LEFT JOIN person c ON c.id = m.closed_by ORDER BY m.id";
    let mut all = rows(conn, sql, meeting)?;
    if !all.is_empty() {
        fill(conn, &mut all)?;
    }
    Ok(Meetings {
        all,
        issues: rows(conn, ISSUES, issue)?,
        decisions: rows(conn, DECISIONS, decision)?,
        actions: rows(conn, ACTIONS, action)?,
        own: rows(
            conn,
            "SELECT name, items FROM agenda ORDER BY name",
            |row| {
                Ok(Agenda {
                    name: row.get(0)?,
                    points: points(&row.get::<_, String>(1)?),
                })
            },
        )?,
    })
}

/// What hangs on each meeting.
fn fill(conn: &Connection, all: &mut [Meeting]) -> Result<(), StoreError> {
    let sql =
        "SELECT meeting_id, id, topic, title, minutes, state, opened_at, spent FROM agenda_item
        ORDER BY meeting_id, position";
    hang(conn, all, sql, item, |meeting, one| meeting.items.push(one))?;
    let sql = "SELECT a.meeting_id, p.id, p.handle, p.name, a.side, a.came_at, a.left_at
        FROM attendance a JOIN person p ON p.id = a.person_id ORDER BY a.id";
    hang(conn, all, sql, attendee, |meeting, one| {
        meeting.attendance.push(one);
    })?;
    let sql = format!(
        "SELECT meeting_id, id, part, at, period, criteria, sha256,
            CASE WHEN meeting_id > (SELECT max(id) FROM meeting) - {WITH_TEXT} THEN text END
         FROM snapshot ORDER BY id"
    );
    hang(conn, all, &sql, snapshot, |meeting, one| {
        meeting.snapshots.push(one);
    })?;
    let sql = "SELECT n.meeting_id, n.item_id, p.name, n.at, n.text
        FROM meeting_note n LEFT JOIN person p ON p.id = n.by_id ORDER BY n.id";
    hang(conn, all, sql, note, |meeting, one| meeting.notes.push(one))?;
    let sql = "SELECT r.meeting_id, p.id, p.handle, p.name, r.score
        FROM rating r JOIN person p ON p.id = r.person_id ORDER BY r.id";
    hang(conn, all, sql, rating, |meeting, one| {
        meeting.ratings.push(one);
    })
}

/// Gives each row of a query to the meeting of its first column.
fn hang<T>(
    conn: &Connection,
    all: &mut [Meeting],
    sql: &str,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    put: impl Fn(&mut Meeting, T),
) -> Result<(), StoreError> {
    let found = rows(conn, sql, |row| Ok((row.get::<_, i64>(0)?, read(row)?)))?;
    for (id, one) in found {
        if let Some(meeting) = all.iter_mut().find(|meeting| meeting.id.0 == id) {
            put(meeting, one);
        }
    }
    Ok(())
}

fn by(row: &Row<'_>, name: usize, at: usize) -> rusqlite::Result<By> {
    Ok(By {
        name: row.get(name)?,
        at: Moment(row.get(at)?),
    })
}

/// The person of three columns: id, handle, name.
fn someone(row: &Row<'_>, from: usize) -> rusqlite::Result<Someone> {
    Ok(Someone {
        id: PersonId(row.get(from)?),
        handle: row.get(from + 1)?,
        name: row.get(from + 2)?,
    })
}

fn meeting(row: &Row<'_>) -> rusqlite::Result<Meeting> {
    let presents: Option<i64> = row.get(5)?;
    let closed = moment(row, 8)?;
    let by_whom: Option<String> = row.get(9)?;
    Ok(Meeting {
        id: MeetingId(row.get(0)?),
        agenda: row.get(1)?,
        started: by(row, 3, 2)?,
        began: Moment(row.get(4)?),
        presenter: presents.map(|_| someone(row, 5)).transpose()?,
        closed: closed.map(|at| By { name: by_whom, at }),
        ended: moment(row, 10)?,
        next_on: day(row, 11)?,
        items: Vec::new(),
        attendance: Vec::new(),
        snapshots: Vec::new(),
        notes: Vec::new(),
        ratings: Vec::new(),
    })
}

fn day(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Day>> {
    row.get::<_, Option<i32>>(column).map(|day| day.map(Day))
}

fn item(row: &Row<'_>) -> rusqlite::Result<Item> {
    Ok(Item {
        id: ItemId(row.get(1)?),
        point: Point {
            topic: word(row, 2, Topic::parse)?.unwrap_or(Topic::Other),
            title: row.get(3)?,
            minutes: row.get(4)?,
        },
        state: word(row, 5, ItemState::parse)?.unwrap_or(ItemState::Waiting),
        opened: moment(row, 6)?,
        spent: row.get(7)?,
    })
}

fn attendee(row: &Row<'_>) -> rusqlite::Result<Attendee> {
    Ok(Attendee {
        person: someone(row, 1)?,
        side: word(row, 4, Side::parse)?.unwrap_or(Side::Executive),
        came: Moment(row.get(5)?),
        left: moment(row, 6)?,
    })
}

fn snapshot(row: &Row<'_>) -> rusqlite::Result<Snapshot> {
    Ok(Snapshot {
        id: SnapshotId(row.get(1)?),
        part: word(row, 2, Part::parse)?.unwrap_or(Part::Start),
        at: Moment(row.get(3)?),
        period: row.get(4)?,
        criteria: row.get(5)?,
        sha256: row.get(6)?,
        text: row.get::<_, Option<String>>(7)?.map(Arc::from),
    })
}

fn note(row: &Row<'_>) -> rusqlite::Result<Note> {
    Ok(Note {
        item: row.get::<_, Option<i64>>(1)?.map(ItemId),
        by: by(row, 2, 3)?,
        text: row.get(4)?,
    })
}

fn rating(row: &Row<'_>) -> rusqlite::Result<Rating> {
    Ok(Rating {
        person: someone(row, 1)?,
        score: row.get(4)?,
    })
}

const ISSUES: &str = "SELECT i.id, i.meeting_id, i.at, p.name, i.text, i.priority, i.state, i.rests_on, i.ended_at, i.ended_in,
        i.decision_id, i.action_id, i.why
    FROM issue i LEFT JOIN person p ON p.id = i.by_id ORDER BY i.id";

fn issue(row: &Row<'_>) -> rusqlite::Result<Issue> {
    let ended_in: Option<i64> = row.get(9)?;
    let decision: Option<i64> = row.get(10)?;
    let action: Option<i64> = row.get(11)?;
    let solved = decision.map(|id| Solved::Decision(DecisionId(id)));
    Ok(Issue {
        id: IssueId(row.get(0)?),
        meeting: row.get::<_, Option<i64>>(1)?.map(MeetingId),
        by: by(row, 3, 2)?,
        text: row.get(4)?,
        priority: match row.get::<_, i64>(5)? {
            1 => Priority::High,
            2 => Priority::Middle,
            _ => Priority::Low,
        },
        state: word(row, 6, IssueState::parse)?.unwrap_or(IssueState::Open),
        rests_on: grounds(&row.get::<_, String>(7)?),
        ended: moment(row, 8)?.map(|at| (at, ended_in.map(MeetingId))),
        solved: solved.or(action.map(|id| Solved::Action(ActionId(id)))),
        why: row.get(12)?,
    })
}

const DECISIONS: &str = "SELECT d.id, d.meeting_id, d.at, p.name, d.text, o.id, o.handle, o.name, d.due_on, d.kind, c.name, d.was,
        d.rests_on, d.metric
    FROM decision d LEFT JOIN person p ON p.id = d.by_id JOIN person o ON o.id = d.owner_id
        LEFT JOIN campaign c ON c.id = d.campaign_id ORDER BY d.id";

fn decision(row: &Row<'_>) -> rusqlite::Result<Decision> {
    let metric: Option<String> = row.get(13)?;
    let text: Option<String> = row.get(11)?;
    Ok(Decision {
        id: DecisionId(row.get(0)?),
        meeting: MeetingId(row.get(1)?),
        by: by(row, 3, 2)?,
        text: row.get(4)?,
        owner: someone(row, 5)?,
        due: Day(row.get(8)?),
        kind: word(row, 9, DecisionKind::parse)?.unwrap_or(DecisionKind::Other),
        campaign: row.get(10)?,
        moves: metric
            .zip(text)
            .and_then(|(metric, text)| was(&metric, &text)),
        rests_on: grounds(&row.get::<_, String>(12)?),
    })
}

const ACTIONS: &str = "SELECT a.id, a.meeting_id, a.at, p.name, a.text, o.id, o.handle, o.name, a.due_on, a.kind, a.state,
        a.ended_at, e.name, a.ended_in, a.why
    FROM action a LEFT JOIN person p ON p.id = a.by_id JOIN person o ON o.id = a.owner_id
        LEFT JOIN person e ON e.id = a.ended_by ORDER BY a.id";

fn action(row: &Row<'_>) -> rusqlite::Result<Action> {
    let ender: Option<String> = row.get(12)?;
    Ok(Action {
        id: ActionId(row.get(0)?),
        meeting: row.get::<_, Option<i64>>(1)?.map(MeetingId),
        by: by(row, 3, 2)?,
        text: row.get(4)?,
        owner: someone(row, 5)?,
        due: Day(row.get(8)?),
        kind: word(row, 9, ActionKind::parse)?.unwrap_or(ActionKind::Task),
        state: word(row, 10, ActionState::parse)?.unwrap_or(ActionState::Open),
        ended: moment(row, 11)?.map(|at| By { name: ender, at }),
        ended_in: row.get::<_, Option<i64>>(13)?.map(MeetingId),
        why: row.get(14)?,
    })
}

/// Snapshots whose text does not have the hash that was kept with it.
pub(super) fn changed(conn: &Connection) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT id, text, sha256 FROM snapshot ORDER BY id";
    let found = rows(conn, sql, |row| {
        let (id, text, hash): (i64, String, String) = row.try_into()?;
        Ok((sha256(&text) != hash).then_some(id))
    })?;
    Ok(found.into_iter().flatten().collect())
}

/// SHA-256 of a text, as 64 hexadecimal digits.
pub(super) fn sha256(text: &str) -> String {
    let digits = Sha256::digest(text.as_bytes());
    digits.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
