//! Keys on the screen, and the commands, windows and screens that they lead to.

use crossterm::event::KeyCode;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::drawn::drawn;
use super::room::{between, code, empty, model_of, press, running, screen};
use crate::domain::command::Command;
use crate::domain::ids::{ActionId, IssueId, ItemId, MeetingId};
use crate::domain::meeting::{MeetingChange, Priority};
use crate::domain::moment::Day;
use crate::screens::fetch::Write;
use crate::screens::meeting::question::{Dropped, Question};
use crate::screens::meeting::view::View;
use crate::screens::meeting::{Beside, MeetingRoom};
use crate::screens::model::Model;
use crate::screens::{Outcome, Place, Screen, sample};
use crate::theme::Theme;

const AREA: Rect = Rect::new(0, 0, 80, 12);

fn change(change: MeetingChange) -> Outcome {
    Outcome::Write(Write::one(Command::Meeting(change)))
}

#[test]
fn the_agenda_moves_on_back_and_out_of_turn() {
    let mut model = running();
    let mut room = screen(&model);
    let from = Some(ItemId(20));
    assert_eq!(
        press(&mut room, &mut model, 'n'),
        change(MeetingChange::Next { from })
    );
    assert_eq!(
        press(&mut room, &mut model, 'b'),
        change(MeetingChange::Back)
    );
    assert_eq!(
        press(&mut room, &mut model, 'p'),
        change(MeetingChange::Park)
    );
    press(&mut room, &mut model, 'j');
    press(&mut room, &mut model, 'j');
    assert_eq!(
        press(&mut room, &mut model, 't'),
        change(MeetingChange::Take(ItemId(22)))
    );
}

#[test]
fn an_item_opens_its_screen_and_rejections_count_from_the_last_meeting() {
    let mut model = running();
    let mut room = screen(&model);
    assert_eq!(
        code(&mut room, &mut model, KeyCode::Enter),
        Outcome::Go(Place::Scoreboard)
    );
    assert_eq!(model.asked().period.label, "2025-Q3");
    press(&mut room, &mut model, 'j');
    assert_eq!(
        code(&mut room, &mut model, KeyCode::Enter),
        Outcome::Nothing
    );
    assert_eq!(room.view, View::Decisions);
    room.view = View::Agenda;
    press(&mut room, &mut model, 'j');
    assert_eq!(
        code(&mut room, &mut model, KeyCode::Enter),
        Outcome::Go(Place::Rejections)
    );
    let period = &model.asked().period;
    let day = |text| Day::parse(text).unwrap();
    assert_eq!(
        (period.first, period.end),
        (day("2025-09-16"), day("2025-10-01"))
    );
}

#[test]
fn issues_and_actions_are_worked_by_keys() {
    let mut model = running();
    let mut room = screen(&model);
    code(&mut room, &mut model, KeyCode::Tab);
    // The most urgent first, the parked one last.
    assert_eq!(room.issue(&model).unwrap().id, IssueId(2));
    let id = IssueId(2);
    assert_eq!(
        code(&mut room, &mut model, KeyCode::Enter),
        Outcome::Ask(Question::About(id))
    );
    assert_eq!(
        press(&mut room, &mut model, 'S'),
        Outcome::Ask(Question::Solve(id))
    );
    assert_eq!(
        press(&mut room, &mut model, 'r'),
        Outcome::Ask(Question::Rank(id, vec![IssueId(1), IssueId(3)]))
    );
    assert_eq!(
        press(&mut room, &mut model, 'x'),
        Outcome::Ask(Question::Drop(Dropped::Issue(id)))
    );
    assert_eq!(
        press(&mut room, &mut model, 'p'),
        change(MeetingChange::ParkIssue(id))
    );
    assert_eq!(
        press(&mut room, &mut model, 't'),
        change(MeetingChange::Discuss(id))
    );
    press(&mut room, &mut model, 'G');
    assert!(
        matches!(press(&mut room, &mut model, 'p'), Outcome::Say(_)),
        "parked already"
    );
    room.view = View::Actions;
    // What is due first stands first.
    let id = ActionId(1);
    assert_eq!(
        press(&mut room, &mut model, ' '),
        change(MeetingChange::Done(id))
    );
    assert_eq!(
        press(&mut room, &mut model, 'x'),
        Outcome::Ask(Question::Drop(Dropped::Action(id)))
    );
}

#[test]
fn one_key_makes_an_issue_more_or_less_urgent() {
    let mut model = running();
    let mut room = screen(&model);
    code(&mut room, &mut model, KeyCode::Tab);
    assert!(
        matches!(press(&mut room, &mut model, '>'), Outcome::Say(_)),
        "as urgent as can be"
    );
    let less = MeetingChange::Prioritise(IssueId(2), Priority::Middle);
    assert_eq!(press(&mut room, &mut model, '<'), change(less));
    press(&mut room, &mut model, 'j');
    let more = MeetingChange::Prioritise(IssueId(1), Priority::Middle);
    assert_eq!(press(&mut room, &mut model, '>'), change(more));
    room.view = View::Actions;
    assert!(matches!(press(&mut room, &mut model, '>'), Outcome::Say(_)));
}

#[test]
fn the_cursor_stays_on_its_issue_whatever_others_raise_or_solve() {
    let mut model = running();
    let mut room = screen(&model);
    code(&mut room, &mut model, KeyCode::Tab);
    press(&mut room, &mut model, 'j');
    assert_eq!(room.issue(&model).unwrap().id, IssueId(1));
    let mut book = model.book().clone();
    let mut raised = book.meetings.issues[1].clone();
    raised.id = IssueId(9);
    book.meetings.issues.push(raised);
    let more = model_of(book.clone());
    room.refreshed(&more);
    assert_eq!((room.at(), room.issue(&more).unwrap().id), (2, IssueId(1)));
    // Solved at another terminal: what came after it is under the cursor.
    book.meetings.issues.retain(|issue| issue.id != IssueId(1));
    let fewer = model_of(book);
    room.refreshed(&fewer);
    assert_eq!((room.at(), room.issue(&fewer).unwrap().id), (2, IssueId(3)));
}

#[test]
fn an_item_a_presenter_and_a_page_are_asked_for_by_keys() {
    let mut model = running();
    let mut room = screen(&model);
    for (key, question) in [
        ('a', Question::Item),
        ('O', Question::Presenter),
        ('o', Question::Table(None)),
        ('w', Question::Page(None)),
    ] {
        assert_eq!(press(&mut room, &mut model, key), Outcome::Ask(question));
    }
    room.view = View::History;
    room.states[View::History as usize].selected = 1;
    let of = Question::Page(Some(MeetingId(1)));
    assert_eq!(press(&mut room, &mut model, 'w'), Outcome::Ask(of));
}

#[test]
fn the_meeting_opens_with_what_the_last_one_decided_and_pages_through_it() {
    let mut model = running();
    let mut room = screen(&model);
    assert_eq!(room.stands_beside(&model), Beside::LastTime);
    let told = drawn(&mut room, &model, 120, 34);
    assert!(
        told.contains("then 420, n 420 event") && told.contains("no proof of cause"),
        "{told}"
    );
    drawn(&mut room, &model, 80, 12);
    code(&mut room, &mut model, KeyCode::PageDown);
    assert!(room.summary.scrolled() > 0);
    assert_eq!(room.at(), 0, "the place on the agenda stays");
    code(&mut room, &mut model, KeyCode::Tab);
    code(&mut room, &mut model, KeyCode::BackTab);
    assert_eq!(room.stands_beside(&model), Beside::List(View::Issues));
    // Where nothing was ever decided there is nothing to open with.
    let mut book = model.book().clone();
    book.meetings.all.remove(0);
    let model = model_of(book);
    assert_eq!(
        screen(&model).stands_beside(&model),
        Beside::List(View::Issues)
    );
}

#[test]
fn a_follower_is_shown_the_same_list_row_search_recap_and_figures() {
    let mut model = running();
    let mut leads = screen(&model);
    let goes_along = |leads: &MeetingRoom, model: &mut Model| {
        let part = leads.part(model);
        let mut follows = screen(model);
        follows.show(&part, model);
        assert_eq!(follows.part(model), part);
        follows
    };
    code(&mut leads, &mut model, KeyCode::Tab);
    press(&mut leads, &mut model, 'j');
    let follows = goes_along(&leads, &mut model);
    assert_eq!(follows.issue(&model).unwrap().id, IssueId(1));
    press(&mut leads, &mut model, 'P');
    press(&mut leads, &mut model, 'j');
    assert_eq!(goes_along(&leads, &mut model).from, 1);
    press(&mut leads, &mut model, 'P');
    press(&mut leads, &mut model, '/');
    press(&mut leads, &mut model, 'h');
    assert_eq!(goes_along(&leads, &mut model).sought(), "h");
    code(&mut leads, &mut model, KeyCode::Enter);
    code(&mut leads, &mut model, KeyCode::Enter);
    leads.draw(&mut Buffer::empty(AREA), AREA, &model, &Theme::default());
    press(&mut leads, &mut model, 'j');
    let follows = goes_along(&leads, &mut model);
    let recap = follows.recap.as_ref().unwrap();
    assert_eq!((recap.of, recap.reader.scrolled()), (MeetingId(1), 1));
    press(&mut leads, &mut model, 'q');
    assert!(goes_along(&leads, &mut model).recap.is_none());
}

#[test]
fn what_is_under_the_cursor_goes_with_what_is_written_down() {
    let mut model = running();
    let mut room = screen(&model);
    assert_eq!(room.under(&model).grounds, []);
    code(&mut room, &mut model, KeyCode::Tab);
    assert_eq!(room.under(&model).grounds.len(), 1);
}

#[test]
fn between_two_meetings_there_is_what_the_last_one_left() {
    let mut model = between();
    let mut room = screen(&model);
    let text = room.summary.as_text();
    assert!(
        text.starts_with("Meeting 1 was on 2025-09-16; the next one is today: s opens it."),
        "{text}"
    );
    assert!(
        text.contains("then 420, n 420 event, 2025-Q3 → now 0, n 0 event, 2025-Q3"),
        "{text}"
    );
    assert!(text.contains("no proof of cause"), "{text}");
    assert!(
        text.contains("Rework the form (sam 霧島, 2025-09-20) · ! 10 d late"),
        "{text}"
    );
    assert!(text.contains("3: Students again"), "{text}");
    assert_eq!(
        press(&mut room, &mut model, 's'),
        Outcome::Ask(Question::Start)
    );
    assert_eq!(
        code(&mut room, &mut model, KeyCode::Enter),
        Outcome::Ask(Question::Start)
    );
    let text = screen(&empty()).summary.as_text();
    assert!(
        text.contains("There was no meeting yet") && text.contains("+ adds somebody"),
        "{text}"
    );
}

#[test]
fn the_recap_comes_by_itself_when_the_meeting_ends_wherever_that_is() {
    let model = running();
    let mut room = screen(&model);
    let mut book = model.book().clone();
    let last = book.meetings.all.last_mut().unwrap();
    last.closed = Some(super::room::by(sample::AS_OF));
    last.ended = Some(crate::domain::moment::Moment(last.began.0 + 3_700));
    let mut model = model_of(book);
    room.refreshed(&model);
    let recap = room.recap.as_ref().unwrap();
    assert_eq!(recap.of, MeetingId(2));
    let text = recap.reader.as_text();
    assert!(
        text.contains("lasted 1:01:40") && text.contains("next: not agreed"),
        "{text}"
    );
    let Outcome::Copy { text, .. } = press(&mut room, &mut model, 'y') else {
        panic!("copied");
    };
    assert!(
        text.starts_with("# Meeting 2") && text.contains("## Decided (0)"),
        "{text}"
    );
    press(&mut room, &mut model, 'q');
    assert!(room.recap.is_none());
}

#[test]
fn the_past_is_searched_while_typing() {
    let mut model = between();
    let mut room = screen(&model);
    press(&mut room, &mut model, '/');
    for c in "never".chars() {
        press(&mut room, &mut model, c);
    }
    assert_eq!(room.len(&model), 1, "the note");
    code(&mut room, &mut model, KeyCode::Enter);
    code(&mut room, &mut model, KeyCode::Enter);
    assert_eq!(room.recap.as_ref().unwrap().of, MeetingId(1));
    assert!(room.back() && room.back());
    assert_eq!(
        (room.len(&model), room.sought()),
        (1, ""),
        "the meeting itself"
    );
}
