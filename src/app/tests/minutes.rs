//! What a meeting brings to every screen: its line, its keys, its second.

use super::*;
use crate::domain::book::Person;
use crate::domain::command::Command;
use crate::domain::criteria::version::By;
use crate::domain::ids::{ItemId, MeetingId, PersonId};
use crate::domain::meeting::MeetingChange;
use crate::domain::meeting::agenda::{Agenda, Item, ItemState};
use crate::domain::meeting::line::Meeting;
use crate::domain::policy::Side;
use crate::screens::Place;

const BEGAN: Moment = Moment(1_800_000_000);

fn in_a_meeting() -> App {
    let mut book = sample::book();
    book.people.push(Person {
        id: PersonId(1),
        handle: "mia".into(),
        name: "mia 霧島".into(),
        side: Side::Marketing,
    });
    let [hour, _] = Agenda::built_in();
    let items = (1..).zip(hour.points).map(|(id, point)| Item {
        id: ItemId(id),
        point,
        state: if id == 1 {
            ItemState::Open
        } else {
            ItemState::Waiting
        },
        opened: (id == 1).then_some(BEGAN),
        spent: 0,
    });
    book.meetings.all.push(Meeting {
        id: MeetingId(7),
        agenda: "default".into(),
        started: By {
            name: None,
            at: sample::AS_OF,
        },
        began: BEGAN,
        presenter: None,
        closed: None,
        ended: None,
        next_on: None,
        items: items.collect(),
        attendance: vec![],
        snapshots: vec![],
        notes: vec![],
        ratings: vec![],
    });
    let who = Who {
        named: Some("mia".into()),
        ..Who::default()
    };
    let mut app = App::opening(Theme::default(), String::new(), who);
    app.set_clock(BEGAN);
    app.loaded(Arc::new(History::new(
        book,
        Facts::default(),
        sample::AS_OF,
    )));
    screen(&mut app, 100, 40);
    app
}

fn place(app: &App) -> Place {
    let Stage::Room(room) = &app.stage else {
        panic!("a room is open")
    };
    room.place
}

#[test]
fn the_line_of_the_meeting_stands_on_every_screen() {
    let mut app = in_a_meeting();
    for key in "123456,".chars() {
        press(&mut app, KeyCode::Char(key));
        let shown = screen(&mut app, 100, 40);
        assert!(
            shown.contains("● Meeting 7 1/7 Scoreboard 8:00 left · no marketing"),
            "{key}: {shown}"
        );
    }
}

#[test]
fn a_second_is_a_frame_only_while_a_meeting_runs() {
    let mut app = in_a_meeting();
    app.take_changed();
    assert!(app.ticks());
    app.tick(Moment(BEGAN.0 + 500));
    assert!(app.take_changed());
    assert!(screen(&mut app, 100, 40).contains("! 0:20 over"));
    let mut idle = room();
    idle.take_changed();
    idle.tick(BEGAN);
    assert!(!idle.ticks() && !idle.take_changed());
}

#[test]
fn an_issue_is_raised_on_the_number_under_the_cursor() {
    let mut app = in_a_meeting();
    press(&mut app, KeyCode::Char('!'));
    let shown = screen(&mut app, 100, 40);
    assert!(
        shown.contains("An issue for the room") && shown.contains("Rests on: Qualified pipeline"),
        "{shown}"
    );
    for c in "why?".chars() {
        press(&mut app, KeyCode::Char(c));
    }
    let effects = press(&mut app, KeyCode::Enter);
    let Some(Effect::Write(write, _)) = effects.first() else {
        panic!("written: {effects:?}");
    };
    let write = write.clone();
    app.written(&write, Err("the file is busy"));
    assert!(
        screen(&mut app, 100, 40).contains("why?"),
        "typed text stays"
    );
    press(&mut app, KeyCode::Enter);
    app.written(&write, Ok(&Done::default()));
    assert!(!screen(&mut app, 100, 40).contains("An issue for the room"));
}

#[test]
fn going_on_opens_the_screen_of_the_next_item() {
    let mut app = in_a_meeting();
    let effects = ctrl(&mut app, 'n');
    let next = Command::Meeting(MeetingChange::Next {
        from: Some(ItemId(1)),
    });
    assert!(
        matches!(&effects[..], [Effect::Write(Write::One(command), _), ..] if **command == next),
        "{effects:?}"
    );
    // The second item is the last decisions, which stand on this screen.
    assert_eq!(place(&app), Place::Meeting);
}

#[test]
fn who_may_only_read_has_a_page_written_and_is_told_where_it_lies() {
    let mut app = in_a_meeting().held(Hand::ReadsOnly);
    press(&mut app, KeyCode::Char('6'));
    press(&mut app, KeyCode::Char('w'));
    let effects = press(&mut app, KeyCode::Enter);
    let Some(Effect::Page(order)) = effects.first() else {
        panic!("a page: {effects:?}");
    };
    let there = NotWritten::There("/x/meeting-7.html".into());
    app.paged(order, Err(&there));
    assert!(screen(&mut app, 100, 40).contains("Enter again replaces it"));
    app.paged(order, Ok("/x/meeting-7.html"));
    let shown = screen(&mut app, 100, 40);
    assert!(
        app.overlays.is_empty() && shown.contains("The page lies in /x/meeting-7.html"),
        "{shown}"
    );
    // Closed meanwhile: what went wrong is still said.
    app.paged(order, Err(&there));
    assert!(screen(&mut app, 100, 40).contains("is there already; nothing was written"));
}

#[test]
fn who_may_only_read_opens_no_window() {
    let mut app = in_a_meeting().held(Hand::ReadsOnly);
    for key in "!=+;".chars() {
        press(&mut app, KeyCode::Char(key));
        assert!(app.overlays.is_empty(), "{key}");
        assert!(screen(&mut app, 100, 40).contains("opened to be read only"));
    }
}
