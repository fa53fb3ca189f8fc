//! A small room: a meeting of two weeks ago, one that runs, names in every script.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::book::{Book, Person, Who};
use crate::domain::criteria::version::By;
use crate::domain::ids::{ActionId, DecisionId, IssueId, ItemId, MeetingId, PersonId, SnapshotId};
use crate::domain::meeting::agenda::{Agenda, Item, ItemState};
use crate::domain::meeting::ground::Ground;
use crate::domain::meeting::line::{
    Action, Attendee, Decision, Issue, Meeting, Note, Rating, Someone,
};
use crate::domain::meeting::measured::{Measured, Number};
use crate::domain::meeting::snapshot::{Part, Snapshot};
use crate::domain::meeting::{ActionKind, ActionState, DecisionKind, IssueState, Priority};
use crate::domain::moment::{Day, Moment};
use crate::domain::policy::Side;
use crate::keymap::{self, Chord};
use crate::screens::meeting::MeetingRoom;
use crate::screens::model::{History, Model};
use crate::screens::{Outcome, Screen, sample};

/// When the running meeting began, by the clock on the wall.
pub(super) const BEGAN: Moment = Moment(1_800_000_000);

const DAY: i64 = 86_400;

pub(super) fn by(at: Moment) -> By {
    By {
        name: Some("mia 霧島".into()),
        at,
    }
}

fn someone(id: i64) -> Someone {
    let person = people().into_iter().find(|p| p.id == PersonId(id)).unwrap();
    Someone {
        id: person.id,
        handle: person.handle,
        name: person.name,
    }
}

pub(super) fn people() -> Vec<Person> {
    [
        (1, "mia", Side::Marketing),
        (2, "sam", Side::Sales),
        (3, "zoë", Side::Sales),
        (4, "dana", Side::Executive),
    ]
    .map(|(id, handle, side)| Person {
        id: PersonId(id),
        handle: handle.into(),
        name: format!("{handle} 霧島"),
        side,
    })
    .to_vec()
}

fn meeting(id: i64, began: Moment, at: Moment) -> Meeting {
    let [hour, _] = Agenda::built_in();
    let items = (0..).zip(hour.points).map(|(place, point)| Item {
        id: ItemId(10 * id + place),
        point,
        state: if place == 0 {
            ItemState::Open
        } else {
            ItemState::Waiting
        },
        opened: (place == 0).then_some(began),
        spent: 0,
    });
    let attendee = |person: i64, side| Attendee {
        person: someone(person),
        side,
        came: at,
        left: None,
    };
    Meeting {
        id: MeetingId(id),
        agenda: "default".into(),
        started: by(at),
        began,
        presenter: Some(someone(1)),
        closed: None,
        ended: None,
        next_on: None,
        items: items.collect(),
        attendance: vec![attendee(1, Side::Marketing), attendee(2, Side::Sales)],
        snapshots: vec![snapshot(2 * id, Part::Start, at)],
        notes: vec![],
        ratings: vec![],
    }
}

fn snapshot(id: i64, part: Part, at: Moment) -> Snapshot {
    Snapshot {
        id: SnapshotId(id),
        part,
        at,
        period: "2025-Q3".into(),
        criteria: Some(2),
        sha256: format!("{id:0>64}"),
        text: None,
    }
}

/// The meeting before: closed, rated, with a decision, an action and two issues that it left.
fn last(book: &mut Book) {
    let at = Moment(sample::AS_OF.0 - 14 * DAY);
    let mut before = meeting(1, Moment(BEGAN.0 - 14 * DAY), at);
    for item in &mut before.items {
        (item.state, item.opened, item.spent) = (ItemState::Done, None, 300);
    }
    before.items[3].state = ItemState::Parked;
    before.closed = Some(by(Moment(at.0 + 3_000)));
    before.ended = Some(Moment(before.began.0 + 3_000));
    before.next_on = Some(Day::parse("2025-09-30").unwrap());
    before
        .snapshots
        .push(snapshot(3, Part::End, Moment(at.0 + 3_000)));
    before.notes.push(Note {
        item: Some(ItemId(12)),
        by: by(at),
        text: "half of them never answered".into(),
    });
    before.ratings.push(Rating {
        person: someone(2),
        score: 7,
    });
    book.meetings.all.push(before);
    let day = |text: &str| Day::parse(text).unwrap();
    book.meetings.decisions.push(Decision {
        id: DecisionId(1),
        meeting: MeetingId(1),
        by: by(at),
        text: "Webinars ask for the company's size 🚀".into(),
        owner: someone(1),
        due: day("2025-10-10"),
        kind: DecisionKind::Other,
        campaign: None,
        moves: Some(Measured {
            metric: "leads".into(),
            value: Some(Number::Whole(420)),
            numerator: Some(420),
            denominator: None,
            n: 420,
            mode: "event".into(),
            counted: "event".into(),
            period: "2025-Q3".into(),
            as_of: at,
        }),
        rests_on: vec![
            Ground::Metric("leads".into()),
            Ground::Source("株式会社セミナー".into()),
        ],
    });
    for (id, text, due) in [
        (1, "Rework the form", "2025-09-20"),
        (2, "Call the ten oldest", "2025-10-05"),
    ] {
        book.meetings.actions.push(Action {
            id: ActionId(id),
            meeting: Some(MeetingId(1)),
            by: by(at),
            text: text.into(),
            owner: someone(2),
            due: day(due),
            kind: ActionKind::Task,
            state: ActionState::Open,
            ended: None,
            ended_in: None,
            why: None,
        });
    }
    for (id, text, priority, state) in [
        (1, "Students again", Priority::Low, IssueState::Open),
        (
            2,
            "Who owns the follow-up of trade shows?",
            Priority::High,
            IssueState::Open,
        ),
        (3, "Price list", Priority::Middle, IssueState::Parked),
    ] {
        book.meetings.issues.push(Issue {
            id: IssueId(id),
            meeting: Some(MeetingId(1)),
            by: by(at),
            text: text.into(),
            priority,
            state,
            rests_on: vec![Ground::Words("what the reps say".into())],
            ended: None,
            solved: None,
            why: None,
        });
    }
}

/// Nobody and nothing.
pub(super) fn empty() -> Model {
    model_of(sample::book())
}

/// Between two meetings.
pub(super) fn between() -> Model {
    let mut book = sample::book();
    book.people = people();
    last(&mut book);
    model_of(book)
}

/// The second meeting runs; the first item has taken a minute and a half.
pub(super) fn running() -> Model {
    let mut book = sample::book();
    book.people = people();
    last(&mut book);
    book.meetings.all.push(meeting(2, BEGAN, sample::AS_OF));
    model_of(book)
}

pub(super) fn model_of(book: Book) -> Model {
    let who = Who {
        named: Some("mia".into()),
        ..Who::default()
    };
    let history = Arc::new(History::new(
        book,
        crate::metrics::tests::fixture::empty(),
        sample::AS_OF,
    ));
    let mut model = Model::new(history).seen_by(who);
    model.set_clock(Some(Moment(BEGAN.0 + 90)));
    model
}

pub(super) fn press(room: &mut MeetingRoom, model: &mut Model, c: char) -> Outcome {
    code(room, model, KeyCode::Char(c))
}

pub(super) fn code(room: &mut MeetingRoom, model: &mut Model, code: KeyCode) -> Outcome {
    let key = KeyEvent::new(code, KeyModifiers::NONE);
    match keymap::action(room.context(), Chord::from(key)) {
        Some(keymap::Action::Back) => {
            room.back();
            Outcome::Nothing
        }
        Some(action) => room.update(action, model),
        None => room.typed(key, model),
    }
}

/// A screen that has seen the model.
pub(super) fn screen(model: &Model) -> MeetingRoom {
    let mut room = MeetingRoom::default();
    room.refreshed(model);
    room
}
