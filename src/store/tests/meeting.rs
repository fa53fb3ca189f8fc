//! A meeting from its start to its end in the file: what it writes, what it refuses, what undoing leaves of it.

mod frozen;
mod outcome;
mod random;
mod signing;

use super::*;
use crate::domain::ids::{ItemId, MeetingId};
use crate::domain::meeting::MeetingChange as Change;
use crate::domain::meeting::agenda::{ItemState, Point, Topic};
use crate::domain::meeting::line::Meeting;
use crate::domain::meeting::snapshot::{Frozen, HEAD};
use crate::store::Applied;

/// A workspace with two of each side, a campaign and a source.
pub(super) fn room() -> Store {
    furnished(store())
}

fn furnished(mut store: Store) -> Store {
    for (handle, side) in [
        ("mia", Side::Marketing),
        ("max", Side::Marketing),
        ("sam", Side::Sales),
        ("fay", Side::Finance),
        ("eve", Side::Executive),
    ] {
        store.apply(&person(handle, side), &nobody()).unwrap();
    }
    let sql = "INSERT INTO campaign (id, name) VALUES (1, 'E-books'); INSERT INTO source (id, name) VALUES (1, 'Fair')";
    store.conn.execute_batch(sql).unwrap();
    store
}

pub(super) fn frozen(figure: &str) -> Frozen {
    Frozen {
        text: format!("{HEAD}\nfigure win_rate {figure}\n"),
        period: "2025-Q2".into(),
    }
}

pub(super) fn start(present: &[&str]) -> Change {
    Change::Start {
        agenda: "short".into(),
        present: present.iter().map(|handle| (*handle).to_owned()).collect(),
        snapshot: frozen("0.25"),
    }
}

pub(super) fn close() -> Change {
    Change::Close {
        snapshot: frozen("0.5"),
        next_on: Some(day("2025-06-15")),
    }
}

/// Sixty seconds per step after noon.
pub(super) fn at(handle: &str, minutes: i64) -> Author {
    Author {
        at: Moment(NOW.0 + 60 * minutes),
        ..author(Some(handle))
    }
}

pub(super) fn does(store: &mut Store, who: &Author, change: Change) -> Applied {
    let command = Command::Meeting(change);
    match store.apply(&command, who) {
        Ok(applied) => applied,
        Err(error) => panic!("{command:?}: {error}"),
    }
}

pub(super) fn refused(store: &mut Store, who: &Author, change: Change) -> String {
    let before = dump(store);
    let error = store.apply(&Command::Meeting(change), who).unwrap_err();
    assert!(error.is_refusal(), "{error}");
    assert_eq!(before, dump(store));
    error.to_string()
}

fn running(store: &Store) -> Meeting {
    store.meetings().unwrap().running().unwrap().clone()
}

fn states(store: &Store) -> Vec<ItemState> {
    running(store).items.iter().map(|item| item.state).collect()
}

#[test]
fn a_meeting_begins_with_its_agenda_its_people_and_its_figures() {
    let mut store = room();
    assert!(
        refused(&mut store, &at("mia", 0), Change::Next { from: None })
            .contains("no meeting is running")
    );
    let said = does(&mut store, &at("mia", 0), start(&["sam"])).summary;
    assert_eq!(said, "open meeting 1 (short)");
    let meeting = running(&store);
    let there: Vec<&str> = meeting
        .present()
        .map(|a| a.person.handle.as_str())
        .collect();
    assert_eq!(there, ["sam", "mia"], "who opens it is there");
    assert_eq!(meeting.items.len(), 6);
    assert_eq!(meeting.open_item().unwrap().point.topic, Topic::Scoreboard);
    assert_eq!(meeting.presenter.unwrap().handle, "mia");
    assert_eq!(meeting.snapshots.len(), 1);
    assert!(
        refused(&mut store, &at("sam", 0), start(&[]))
            .contains("meeting 1 runs already, opened by MIA")
    );
    assert!(
        refused(
            &mut store,
            &at("mia", 0),
            Change::Attend(vec!["zoe".into()])
        )
        .contains("no person 'zoe'")
    );
}

#[test]
fn time_is_counted_item_by_item_by_the_clock_on_the_wall() {
    use ItemState::{Done, Open, Waiting};
    let mut store = room();
    does(&mut store, &at("mia", 0), start(&["sam"]));
    let first = running(&store).items[0].id;
    does(
        &mut store,
        &at("mia", 5),
        Change::Next { from: Some(first) },
    );
    assert!(
        refused(
            &mut store,
            &at("sam", 5),
            Change::Next { from: Some(first) }
        )
        .contains("gone on meanwhile")
    );
    does(&mut store, &at("mia", 7), Change::Park);
    does(&mut store, &at("mia", 8), Change::Back);
    let items = running(&store).items;
    let spent: Vec<i64> = items
        .iter()
        .map(|item| item.spent_at(at("mia", 10).at))
        .collect();
    // 5 minutes at the first, 2 and again 2 at the second, 1 at the third.
    assert_eq!(spent, [300, 240, 60, 0, 0, 0]);
    // A box of three minutes.
    assert_eq!(items[0].over(at("mia", 10).at), 120);
    does(&mut store, &at("mia", 10), Change::Take(ItemId(5)));
    does(
        &mut store,
        &at("mia", 10),
        Change::Add(Point::new(Topic::Voice, 5)),
    );
    assert_eq!(
        states(&store),
        [Done, Waiting, Waiting, Waiting, Open, Waiting, Waiting]
    );
    store.apply(&Command::Undo(None), &at("mia", 11)).unwrap();
    store.apply(&Command::Undo(None), &at("mia", 11)).unwrap();
    assert_eq!(states(&store)[1], Open);
}

#[test]
fn people_come_and_go_and_their_side_is_kept() {
    let mut store = room();
    does(&mut store, &at("mia", 0), start(&["sam"]));
    does(&mut store, &at("mia", 1), Change::Leave(vec!["sam".into()]));
    assert!(
        refused(&mut store, &at("mia", 1), Change::Leave(vec!["sam".into()]))
            .contains("not at the table")
    );
    assert_eq!(running(&store).missing(), [Side::Sales]);
    does(
        &mut store,
        &at("mia", 2),
        Change::Attend(vec!["sam".into(), "fay".into()]),
    );
    let meeting = running(&store);
    assert_eq!(meeting.missing(), []);
    assert_eq!(meeting.attendance.len(), 3, "sam is there once");
    does(&mut store, &at("mia", 3), Change::Present("sam".into()));
    store
        .apply(&person("sam", Side::Finance), &nobody())
        .unwrap();
    assert_eq!(running(&store).attendance[0].side, Side::Sales);
}

#[test]
fn start_and_end_are_not_undone_and_what_a_closed_meeting_says_stays() {
    let mut store = room();
    let opened = does(&mut store, &at("mia", 0), start(&["sam"]))
        .journal_id
        .unwrap();
    assert!(
        store
            .undo(opened, &at("mia", 0))
            .unwrap_err()
            .to_string()
            .contains("close it instead")
    );
    let noted = does(
        &mut store,
        &at("mia", 1),
        Change::Note("they want a calculator".into()),
    )
    .journal_id
    .unwrap();
    let came = does(
        &mut store,
        &at("mia", 1),
        Change::Attend(vec!["fay".into()]),
    )
    .journal_id
    .unwrap();
    let went = does(&mut store, &at("mia", 2), Change::Next { from: None })
        .journal_id
        .unwrap();
    let closed = does(&mut store, &at("mia", 3), close()).journal_id.unwrap();
    let before = dump(&store);
    for entry in [opened, noted, came, went, closed] {
        let error = store.undo(entry, &at("mia", 4)).unwrap_err();
        assert!(error.is_refusal(), "{error}");
    }
    assert!(store.apply(&Command::Undo(None), &at("mia", 4)).is_err());
    assert_eq!(before, dump(&store));
    let meetings = store.meetings().unwrap();
    let meeting = meetings.number(MeetingId(1)).unwrap();
    assert!(!meeting.is_running() && meeting.open_item().is_none());
    assert_eq!(meeting.next_on, Some(day("2025-06-15")));
    assert_eq!(meeting.lasted(NOW), 180);
    assert_eq!(
        meetings.since().unwrap().text.as_deref(),
        Some(frozen("0.5").text.as_str())
    );
    assert!(refused(&mut store, &at("mia", 5), Change::Back).contains("no meeting is running"));
}

#[test]
fn those_rate_a_meeting_who_were_there_also_when_it_is_closed() {
    let mut store = room();
    assert!(
        refused(
            &mut store,
            &at("mia", 0),
            Change::Rate {
                person: None,
                score: 8
            }
        )
        .contains("no meeting yet")
    );
    does(&mut store, &at("mia", 0), start(&["sam"]));
    does(&mut store, &at("mia", 1), close());
    for (person, score) in [(None, 9), (Some("sam"), 4), (Some("sam"), 6)] {
        let person = person.map(str::to_owned);
        does(&mut store, &at("mia", 2), Change::Rate { person, score });
    }
    let meetings = store.meetings().unwrap();
    assert_eq!(meetings.all[0].rating(), Some(7.5));
    let fay = Change::Rate {
        person: Some("fay".into()),
        score: 3,
    };
    assert!(refused(&mut store, &at("mia", 3), fay).contains("was not in meeting 1"));
    for score in [0, 11] {
        refused(
            &mut store,
            &at("mia", 3),
            Change::Rate {
                person: None,
                score,
            },
        );
    }
}

#[test]
fn agendas_of_ones_own_are_kept_changed_and_thrown_away() {
    let mut store = room();
    let monday = |minutes| Change::SaveAgenda {
        name: "Monday".into(),
        points: vec![
            Point::new(Topic::Rejections, minutes),
            Point::new(Topic::Wrap, 5),
        ],
    };
    does(&mut store, &at("mia", 0), monday(10));
    does(&mut store, &at("mia", 1), monday(20));
    let own = store.meetings().unwrap().agenda("monday").unwrap();
    assert_eq!(
        (own.minutes(), own.points[0].topic),
        (25, Topic::Rejections)
    );
    does(
        &mut store,
        &at("mia", 2),
        Change::Start {
            agenda: "monday".into(),
            present: Vec::new(),
            snapshot: frozen("1"),
        },
    );
    // The running meeting keeps what it began with.
    does(
        &mut store,
        &at("mia", 3),
        Change::RemoveAgenda("Monday".into()),
    );
    assert_eq!(running(&store).items.len(), 2);
    assert!(
        refused(
            &mut store,
            &at("mia", 4),
            Change::RemoveAgenda("default".into())
        )
        .contains("stay")
    );
}

#[test]
fn everybody_speaks_and_the_sides_decide() {
    let mut store = room();
    does(&mut store, &at("mia", 0), start(&["eve", "sam"]));
    does(
        &mut store,
        &at("eve", 1),
        Change::Note("I want to see the margin".into()),
    );
    does(
        &mut store,
        &at("eve", 1),
        Change::Rate {
            person: None,
            score: 7,
        },
    );
    assert!(
        refused(&mut store, &at("eve", 1), Change::Next { from: None })
            .contains("executive may not run the meeting")
    );
    assert!(refused(&mut store, &at("eve", 1), close()).contains("executive may not"));
}
