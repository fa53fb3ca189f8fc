//! The windows of the meeting: what is typed becomes a command, what is refused stays typed.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::room::{between, empty, running};
use crate::domain::book::Book;
use crate::domain::command::Command;
use crate::domain::ids::{IssueId, MeetingId};
use crate::domain::meeting::agenda::{Point, Topic};
use crate::domain::meeting::ground::Ground;
use crate::domain::meeting::measured::Number;
use crate::domain::meeting::snapshot::HEAD;
use crate::domain::meeting::{ActionKind, DecisionKind, MeetingChange, Priority, Solution};
use crate::domain::moment::{Day, Moment};
use crate::keymap::Action;
use crate::metrics::Metric;
use crate::metrics::tests::fixture;
use crate::screens::fetch::{Done, Write};
use crate::screens::meeting::{Asked, Origin, Question, Step, Under};
use crate::screens::model::{History, Model};
use crate::screens::paper::{NotWritten, Order, Over, Page};
use crate::theme::Theme;

pub(super) fn open(question: Question, model: &Model) -> Asked {
    Asked::new(question, model).unwrap()
}

pub(super) fn type_in(asked: &mut Asked, text: &str) {
    for c in text.chars() {
        asked.key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
    }
}

pub(super) fn letter(asked: &mut Asked, c: char) -> Step {
    asked.key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE))
}

pub(super) fn shown(asked: &mut Asked) -> String {
    let screen = Rect::new(0, 0, 80, 24);
    let mut buffer = Buffer::empty(screen);
    asked.draw(&mut buffer, screen, &Theme::default());
    buffer
        .content
        .iter()
        .map(ratatui::buffer::Cell::symbol)
        .collect()
}

pub(super) fn meeting(step: Step) -> MeetingChange {
    let Step::Write(Write::One(command)) = step else {
        panic!("one command: {step:?}");
    };
    let Command::Meeting(change) = *command else {
        panic!("of the meeting: {command:?}");
    };
    change
}

#[test]
fn a_meeting_starts_with_an_agenda_and_those_who_are_there() {
    let model = between();
    let mut which = open(Question::Start, &model);
    let Step::Ask(table) = letter(&mut which, 'b') else {
        panic!("who is there is asked next");
    };
    assert_eq!(table, Question::Table(Some("short".into())));
    let mut table = open(table, &model);
    // mia and sam were there last time; sam is not today.
    assert!(shown(&mut table).contains("marketing 1 · sales 1"));
    letter(&mut table, 'b');
    assert!(shown(&mut table).contains("! nobody of sales is there"));
    letter(&mut table, 'c');
    let MeetingChange::Start {
        agenda,
        present,
        snapshot,
    } = meeting(table.update(Action::Open, &model))
    else {
        panic!("it starts");
    };
    assert_eq!(
        (agenda.as_str(), present),
        ("short", vec!["mia".to_owned(), "zoë".to_owned()])
    );
    assert!(snapshot.text.starts_with(HEAD) && snapshot.check().is_ok());
    assert!(
        Asked::new(Question::Start, &running()).is_err(),
        "one runs already"
    );
}

#[test]
fn nobody_in_the_list_of_people_is_no_obstacle() {
    let model = empty();
    let mut table = open(Question::Table(Some("default".into())), &model);
    assert!(shown(&mut table).contains("Nobody stands in the list of people yet"));
    let MeetingChange::Start { present, .. } = meeting(table.update(Action::Open, &model)) else {
        panic!("it starts");
    };
    assert_eq!(present, Vec::<String>::new());
}

#[test]
fn a_terminal_that_looks_at_another_day_freezes_nothing() {
    let (book, facts) = (between().book().clone(), fixture::empty());
    let looks = |book: Book, at| {
        let history = History::new(book, facts.clone(), at);
        Model::new(Arc::new(history))
    };
    let end = Moment(book.calendar.start_of(Day::parse("2025-06-01").unwrap()).0 - 1);
    let why = Asked::new(Question::Start, &looks(book.clone(), end)).unwrap_err();
    assert!(why.contains("looks at 2025-05-31"), "{why}");
    // A workspace that stands still at that moment is looked at as it is.
    let mut still = book.clone();
    still.workspace.as_of = Some(end);
    assert!(Asked::new(Question::Start, &looks(still, end)).is_ok());
    assert!(Asked::new(Question::Start, &looks(book, Moment(end.0 - 60))).is_ok());
}

#[test]
fn an_item_is_added_to_the_running_agenda() {
    let model = running();
    let mut asked = open(Question::Item, &model);
    assert_eq!(
        asked.update(Action::Open, &model),
        Step::Stay,
        "about what?"
    );
    type_in(&mut asked, "Trade fair");
    asked.update(Action::NextPane, &model);
    asked.update(Action::NextPane, &model);
    type_in(&mut asked, "x");
    assert_eq!(asked.update(Action::Open, &model), Step::Stay);
    assert!(shown(&mut asked).contains("are no minutes"));
    for text in ["\u{8}", "\u{8}", "12"] {
        match text {
            "\u{8}" => drop(asked.key(KeyEvent::new(KeyCode::Backspace, KeyModifiers::NONE))),
            text => type_in(&mut asked, text),
        }
    }
    let added = MeetingChange::Add(Point {
        topic: Topic::Other,
        title: "Trade fair".into(),
        minutes: 12,
    });
    assert_eq!(meeting(asked.update(Action::Open, &model)), added);
    assert!(Asked::new(Question::Item, &between()).is_err());
    let mut who = open(Question::Presenter, &model);
    let step = letter(&mut who, 'b');
    assert_eq!(meeting(step), MeetingChange::Present("sam".into()));
}

#[test]
fn a_page_replaces_a_file_only_where_it_is_asked_for_twice() {
    let model = between();
    let order = |file: &str, over| Order {
        page: Page::Recap(MeetingId(1)),
        file: file.into(),
        over,
    };
    let mut asked = open(Question::Page(None), &model);
    let first = order("meeting-1.html", Over::Stays);
    assert_eq!(
        asked.update(Action::Open, &model),
        Step::Page(first.clone())
    );
    let there = NotWritten::There("/home/mia/meeting-1.html".into());
    assert_eq!(asked.paged(&first, Err(&there)), Some(Step::Stay));
    assert!(shown(&mut asked).contains("Enter again replaces it"));
    // Another name is another file.
    type_in(&mut asked, "b.md");
    let other = order("b.md", Over::Stays);
    assert_eq!(
        asked.update(Action::Open, &model),
        Step::Page(other.clone())
    );
    assert_eq!(asked.paged(&other, Err(&there)), Some(Step::Stay));
    let again = order("b.md", Over::Goes);
    assert_eq!(
        asked.update(Action::Open, &model),
        Step::Page(again.clone())
    );
    assert_eq!(asked.paged(&again, Ok(())), Some(Step::Done));
    // The other page is the board's.
    let mut asked = open(Question::Page(None), &model);
    asked.update(Action::PreviousPane, &model);
    type_in(&mut asked, "o");
    let board = Order {
        page: Page::Report,
        file: "report.html".into(),
        over: Over::Stays,
    };
    assert_eq!(asked.update(Action::Open, &model), Step::Page(board));
    let mut decision = open(Question::Issue(Under::default()), &model);
    assert_eq!(decision.paged(&again, Ok(())), None);
}

#[test]
fn who_comes_and_who_leaves_are_two_changes() {
    let model = running();
    let mut table = open(Question::Table(None), &model);
    letter(&mut table, 'b');
    letter(&mut table, 'c');
    let step = table.update(Action::Open, &model);
    let Step::Write(sent) = step.clone() else {
        panic!("written")
    };
    assert_eq!(meeting(step), MeetingChange::Attend(vec!["zoë".into()]));
    let then = table.written(&sent, Ok(&Done::default()), &model).unwrap();
    assert_eq!(meeting(then), MeetingChange::Leave(vec!["sam".into()]));
    let mut nothing = open(Question::Table(None), &model);
    assert_eq!(nothing.update(Action::Open, &model), Step::Done);
}

#[test]
fn an_issue_keeps_the_number_it_was_raised_on_as_it_was() {
    let model = between();
    let mut asked = open(Question::Issue(Under::number(Metric::Leads)), &model);
    assert_eq!(
        asked.update(Action::Open, &model),
        Step::Stay,
        "words are needed"
    );
    type_in(&mut asked, "too many");
    asked.update(Action::NextPane, &model);
    type_in(&mut asked, "1");
    let MeetingChange::Raise {
        text,
        priority,
        rests_on,
    } = meeting(asked.update(Action::Open, &model))
    else {
        panic!("raised");
    };
    assert_eq!((text.as_str(), priority), ("too many", Priority::High));
    let was = "Leads was 0, n 0 event, 2025-Q3";
    assert_eq!(
        rests_on,
        [Ground::Metric("leads".into()), Ground::Words(was.into())]
    );
}

#[test]
fn a_decision_is_bound_to_its_number_and_stays_typed_when_it_is_refused() {
    let model = running();
    let origin = Origin {
        issue: None,
        under: Under::number(Metric::Leads),
    };
    let mut asked = open(Question::Decision(origin), &model);
    type_in(&mut asked, "Half the webinars");
    asked.update(Action::NextPane, &model);
    type_in(&mut asked, "s");
    asked.update(Action::NextPane, &model);
    type_in(&mut asked, "someday");
    assert_eq!(asked.update(Action::Open, &model), Step::Stay);
    assert!(shown(&mut asked).contains("'someday' is no day"));
    for _ in 0..7 {
        asked.key(KeyEvent::new(KeyCode::Backspace, KeyModifiers::NONE));
    }
    type_in(&mut asked, "+7d");
    let step = asked.update(Action::Open, &model);
    let Step::Write(sent) = step.clone() else {
        panic!("written")
    };
    let MeetingChange::Decide(new) = meeting(step) else {
        panic!("decided")
    };
    assert_eq!(
        (new.owner.as_str(), new.due, new.kind),
        (
            "sam",
            Day::parse("2025-10-07").unwrap(),
            DecisionKind::Other
        )
    );
    let moves = new.moves.unwrap();
    assert_eq!(
        (moves.metric.as_str(), moves.value, moves.mode.as_str()),
        ("leads", Some(Number::Whole(0)), "event")
    );
    assert_eq!(new.rests_on, [Ground::Metric("leads".into())]);
    // Nothing is sent twice; a refusal is shown and what was typed is there.
    assert_eq!(asked.update(Action::Open, &model), Step::Stay);
    assert_eq!(
        asked.written(&sent, Err("no meeting is running"), &model),
        Some(Step::Stay)
    );
    let text = shown(&mut asked);
    assert!(
        text.contains("no meeting is running") && text.contains("Half the webinars"),
        "{text}"
    );
    assert!(Asked::new(Question::Decision(Origin::default()), &between()).is_err());
}

#[test]
fn an_issue_is_solved_into_an_action() {
    let model = running();
    let mut about = open(Question::About(IssueId(2)), &model);
    let Step::Ask(question) = letter(&mut about, 'c') else {
        panic!("asked")
    };
    let mut asked = open(question, &model);
    type_in(&mut asked, "write it down");
    let MeetingChange::Solve(id, Solution::Action(new)) =
        meeting(asked.update(Action::Open, &model))
    else {
        panic!("solved");
    };
    assert_eq!(
        (id, new.owner.as_str(), new.kind),
        (IssueId(2), "mia", ActionKind::Task)
    );
    assert_eq!(new.text, "write it down (what the reps say)");
    // Two weeks where nobody says.
    assert_eq!(new.due, Day::parse("2025-10-14").unwrap());
    let mut rank = open(Question::Rank(IssueId(2), vec![]), &model);
    let third = MeetingChange::Prioritise(IssueId(2), Priority::Low);
    assert_eq!(meeting(letter(&mut rank, '3')), third);
}

#[test]
fn closing_rates_first_and_ends_then() {
    let model = running();
    let mut asked = open(Question::Close, &model);
    type_in(&mut asked, "9");
    asked.update(Action::NextPane, &model);
    type_in(&mut asked, "eleven");
    assert_eq!(asked.update(Action::Open, &model), Step::Stay);
    for _ in 0..6 {
        asked.key(KeyEvent::new(KeyCode::Backspace, KeyModifiers::NONE));
    }
    asked.update(Action::NextPane, &model);
    type_in(&mut asked, "tue");
    let Step::Write(Write::Each(rates)) = asked.update(Action::Open, &model) else {
        panic!("rated");
    };
    let rate = MeetingChange::Rate {
        person: Some("mia".into()),
        score: 9,
    };
    assert_eq!(rates, [Command::Meeting(rate)]);
    let done = Done {
        results: vec![Ok(String::new())],
        ..Done::default()
    };
    let then = asked
        .written(&Write::Each(rates), Ok(&done), &model)
        .unwrap();
    let MeetingChange::Close { next_on, snapshot } = meeting(then) else {
        panic!("closed")
    };
    assert_eq!(next_on, Day::parse("2025-10-07"));
    assert!(snapshot.check().is_ok());
}
