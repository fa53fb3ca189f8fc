//! What is looked at since the last meeting, and what has waited through too many.

use std::sync::Arc;

use super::room::{Desk, book, challenge, facts};
use crate::domain::criteria::version::By;
use crate::domain::ids::MeetingId;
use crate::domain::meeting::line::Meeting;
use crate::domain::moment::Moment;
use crate::domain::period::Period;
use crate::screens::fetch::{Fetch, Fetched};
use crate::screens::model::{History, Model};
use crate::screens::{Outcome, Screen, sample};

const DAY: i64 = 86_400;

/// Before the as-of moment, in days from the first lead; the third rejection was the last one before it.
pub(super) const CLOSED: i64 = sample::AS_OF.0 - 17 * DAY;

fn meeting(id: i64, closed: i64) -> Meeting {
    let by = |at| By {
        name: None,
        at: Moment(at),
    };
    Meeting {
        id: MeetingId(id),
        agenda: "Weekly".into(),
        started: by(closed - 3_600),
        began: Moment(closed - 3_600),
        presenter: None,
        closed: Some(by(closed)),
        ended: Some(Moment(closed)),
        next_on: None,
        items: Vec::new(),
        attendance: Vec::new(),
        snapshots: Vec::new(),
        notes: Vec::new(),
        ratings: Vec::new(),
    }
}

pub(super) fn after(closed: &[i64]) -> Desk {
    let mut book = book();
    let meetings = (1..).zip(closed);
    book.meetings.all = meetings.map(|(id, at)| meeting(id, *at)).collect();
    Desk::of(Model::new(Arc::new(History::new(
        book,
        facts(),
        sample::AS_OF,
    ))))
}

#[test]
fn the_worklist_begins_with_what_came_since_the_last_meeting_and_m_shows_the_period() {
    let mut desk = after(&[CLOSED]);
    // Of seven rejections three were given before.
    let since = "since the meeting of 2025-09-13: 4 of 6 decided were rejected";
    assert!(
        desk.drawn(130, 30).contains(since),
        "{}",
        desk.drawn(130, 30)
    );
    assert_eq!(desk.press("M"), Outcome::Nothing);
    assert!(desk.drawn(130, 30).contains("Q3 2025: 7 of 9 decided"));
    desk.press("M");
    assert!(desk.drawn(130, 30).contains(since));
    // Another period is another wish.
    let calendar = desk.model.book().calendar.clone();
    let year = Period::parse("2025", sample_day(&desk), &calendar).unwrap();
    desk.model.set_period(year);
    desk.model.catch_up();
    assert!(desk.drawn(130, 30).contains("2025: 7 of 9 decided"));
}

fn sample_day(desk: &Desk) -> crate::domain::moment::Day {
    desk.model.book().calendar.day_of(sample::AS_OF)
}

#[test]
fn without_a_meeting_or_with_nothing_since_the_period_is_shown() {
    let mut never = Desk::new();
    assert!(never.drawn(130, 30).contains("Q3 2025: 7 of 9 decided"));
    assert!(matches!(never.press("M"), Outcome::Say(_)));
    let mut just_now = after(&[sample::AS_OF.0 - 60]);
    assert!(just_now.drawn(130, 30).contains("Q3 2025: 7 of 9 decided"));
}

#[test]
fn a_challenge_that_has_waited_through_three_meetings_is_flagged() {
    let mut line = challenge(1, 6);
    line.opened.0 = Moment(CLOSED - 20 * DAY);
    for (meetings, told) in [(2, false), (3, true)] {
        let closed: Vec<i64> = (0..meetings).map(|n| CLOSED + n * DAY).collect();
        let mut desk = after(&closed);
        let read = Fetched::Challenges(vec![line.clone()]);
        desk.screen.fetched(&Fetch::Challenges, &read, &desk.model);
        desk.press("C");
        let shown = desk.drawn(105, 30).replace("\n ", " ");
        assert_eq!(shown.contains("open, 3 meetings"), told, "{shown}");
        assert_eq!(
            shown.contains("has waited through 3 meetings"),
            told,
            "{shown}"
        );
    }
}

#[test]
fn an_empty_period_says_where_the_newest_rejections_are_and_enter_goes_there() {
    let mut desk = Desk::new();
    let day = sample_day(&desk);
    let calendar = desk.model.book().calendar.clone();
    let quarter = |text: &str| Period::parse(text, day, &calendar).unwrap();
    desk.model.set_period(quarter("2024-Q1"));
    desk.model.catch_up();
    let shown = desk.drawn(130, 30);
    assert!(
        shown.contains("Q1 2024: nothing was rejected here; Enter goes to Q3 2025"),
        "{shown}"
    );
    assert_eq!(desk.press("\n"), Outcome::Nothing);
    desk.model.catch_up();
    assert!(desk.drawn(130, 30).contains("Q3 2025: 7 of 9 decided"));
    // Where nobody ever rejected anything, Enter has nowhere to go.
    let empty = crate::metrics::tests::fixture::empty();
    let mut never = Desk::of(Model::new(Arc::new(History::new(
        book(),
        empty,
        sample::AS_OF,
    ))));
    let shown = never.drawn(130, 30);
    assert!(
        shown.contains("nothing was rejected yet") && shown.contains("smarketing import"),
        "{shown}"
    );
    assert_eq!(never.press("\n"), Outcome::Nothing);
}
