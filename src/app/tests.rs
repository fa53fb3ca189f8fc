//! Keys in, effects and screens out.

mod minutes;

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use std::sync::Arc;

use super::*;
use crate::domain::book::Person;
use crate::domain::command::Command;
use crate::domain::ids::PersonId;
use crate::domain::meeting::MeetingChange;
use crate::domain::policy::Side;
use crate::facts::Facts;
use crate::facts::handoffs::Says;
use crate::screens::sample;

fn press(app: &mut App, code: KeyCode) -> Vec<Effect> {
    let effects = app.input(&Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    add_up(app, effects)
}

/// Adds up what the board asks for, as the accountant does, and gives back what else there is to do.
fn add_up(app: &mut App, effects: Vec<Effect>) -> Vec<Effect> {
    let mut others = Vec::new();
    for effect in effects {
        match effect {
            Effect::Fetch(Fetch::Board(look)) => {
                let seen = Fetched::Board(Arc::new(look.add_up(None)));
                let next = app.fetched(&Fetch::Board(look), &seen);
                others.extend(add_up(app, next));
            }
            other => others.push(other),
        }
    }
    others
}

fn ctrl(app: &mut App, c: char) -> Vec<Effect> {
    app.input(&Event::Key(KeyEvent::new(
        KeyCode::Char(c),
        KeyModifiers::CONTROL,
    )))
}

fn screen(app: &mut App, width: u16, height: u16) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| app.draw(frame)).unwrap();
    terminal.backend().to_string()
}

#[test]
fn ctrl_c_leaves_only_when_pressed_twice_in_a_row() {
    let mut app = App::opening(Theme::default(), String::new(), Who::default());
    assert_eq!(ctrl(&mut app, 'c'), []);
    press(&mut app, KeyCode::Char('x'));
    assert_eq!(ctrl(&mut app, 'c'), []);
    assert_eq!(ctrl(&mut app, 'c'), [Effect::Leave]);
}

#[test]
fn escape_closes_what_is_open_and_q_leaves_at_the_bottom() {
    let mut app = App::opening(Theme::default(), String::new(), Who::default());
    press(&mut app, KeyCode::Char('?'));
    assert!(screen(&mut app, 80, 24).contains("Keys"));
    assert_eq!(press(&mut app, KeyCode::Esc), []);
    assert!(!screen(&mut app, 80, 24).contains("Keys"));
    assert_eq!(press(&mut app, KeyCode::Esc), []);
    assert_eq!(press(&mut app, KeyCode::Char('q')), [Effect::Leave]);
}

#[test]
fn letters_typed_into_the_palette_are_text() {
    let mut app = App::opening(Theme::default(), String::new(), Who::default());
    press(&mut app, KeyCode::Char(':'));
    for c in "theme".chars() {
        assert_eq!(press(&mut app, KeyCode::Char(c)), []);
    }
    press(&mut app, KeyCode::Enter);
    assert!(screen(&mut app, 80, 24).contains("Theme dark"));
}

#[test]
fn a_click_on_a_screens_name_in_the_first_line_shows_it() {
    let mut app = room();
    let first = screen(&mut app, 120, 36);
    for (name, place) in [
        ("5 Pipeline", Place::Pipeline),
        (", Settings", Place::Settings),
        ("2 Leads", Place::Leads),
    ] {
        // The terminal under test puts a quotation mark before each line.
        let column = first[..first.find(name).unwrap()].chars().count() - 1;
        app.input(&Event::Mouse(MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column: column as u16,
            row: 0,
            modifiers: KeyModifiers::NONE,
        }));
        let Stage::Room(room) = &app.stage else {
            panic!("the room was left")
        };
        assert_eq!(room.place, place);
        screen(&mut app, 120, 36);
    }
}

#[test]
fn the_first_run_answers_with_a_beginning() {
    let mut app = App::first_run(Theme::default(), "/home/ada/smarketing.db".into());
    assert!(screen(&mut app, 60, 20).contains("/home/ada/smarketing.db"));
    press(&mut app, KeyCode::Down);
    assert_eq!(
        press(&mut app, KeyCode::Enter),
        [Effect::Begin(Beginning::New)]
    );
}

#[test]
fn a_window_that_is_too_small_says_so_and_no_size_panics() {
    let mut app = App::opening(Theme::default(), String::new(), Who::default());
    press(&mut app, KeyCode::Char(':'));
    assert!(screen(&mut app, 59, 20).contains("at least 60 × 20"));
    for (width, height) in [(1, 1), (3, 2), (60, 20), (500, 200)] {
        screen(&mut app, width, height);
    }
}

#[test]
fn nothing_is_drawn_when_nothing_changed() {
    let mut app = App::opening(Theme::default(), String::new(), Who::default());
    assert!(app.take_changed());
    assert!(!app.take_changed());
    press(&mut app, KeyCode::Char('?'));
    assert!(app.take_changed());
}

fn history() -> Arc<History> {
    let history = History::new(sample::book(), Facts::default(), sample::AS_OF);
    Arc::new(history)
}

fn room() -> App {
    let mut app = App::opening(Theme::default(), String::new(), Who::default());
    app.loaded(history());
    screen(&mut app, 100, 40);
    app
}

#[test]
fn the_period_moves_by_key_and_by_name() {
    let mut app = room();
    press(&mut app, KeyCode::Char('['));
    assert!(screen(&mut app, 100, 40).contains("Q2 2025"));
    press(&mut app, KeyCode::Char('p'));
    app.input(&Event::Paste("2024-02".into()));
    press(&mut app, KeyCode::Enter);
    assert!(screen(&mut app, 100, 40).contains("February 2024"));
}

#[test]
fn a_filter_is_seen_at_once_and_its_list_stays_open() {
    let mut app = room();
    press(&mut app, KeyCode::Char('f'));
    press(&mut app, KeyCode::Enter);
    let shown = screen(&mut app, 100, 40);
    assert!(
        shown.contains("only source unknown") && shown.contains("[x] unknown"),
        "{shown}"
    );
    press(&mut app, KeyCode::Esc);
    press(&mut app, KeyCode::Char('F'));
    assert!(!screen(&mut app, 100, 40).contains("only source"));
}

#[test]
fn every_number_explains_itself_from_the_dictionary() {
    let mut app = room();
    press(&mut app, KeyCode::Char('e'));
    let shown = screen(&mut app, 100, 40);
    assert!(
        shown.contains("The value, frozen at qualification") && shown.contains("formula"),
        "{shown}"
    );
}

#[test]
fn a_card_that_comes_after_its_list_was_closed_is_not_shown() {
    let mut app = room();
    let gone = Fetch::Lead(crate::domain::ids::LeadId(1));
    app.fetched(&gone, &Fetched::Gone);
    assert!(screen(&mut app, 100, 40).contains("deleted meanwhile"));
}

#[test]
fn an_open_card_is_read_again_when_the_history_has_changed() {
    let mut app = room();
    let asked = Fetch::Lead(crate::domain::ids::LeadId(1));
    let card = crate::widgets::Reader::default();
    app.overlays.push(Overlay::Card(asked.clone(), card));
    let Stage::Room(shown) = &app.stage else {
        panic!("a room is open")
    };
    assert_eq!(shown.model.history().facts.leads.len(), 0);
    let effects = app.loaded(history());
    assert_eq!(add_up(&mut app, effects), [Effect::Fetch(asked)]);
}

#[test]
fn figures_stay_with_their_header_until_the_newest_ones_have_come() {
    let mut app = room();
    let key = |app: &mut App, c| {
        let event = KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE);
        match &app.input(&Event::Key(event))[..] {
            [Effect::Fetch(Fetch::Board(look))] => look.clone(),
            other => panic!("{other:?}"),
        }
    };
    let answer = |app: &mut App, look: Box<Look>| {
        let seen = Fetched::Board(Arc::new(look.add_up(None)));
        assert_eq!(app.fetched(&Fetch::Board(look), &seen), []);
    };
    let first = key(&mut app, '[');
    let second = key(&mut app, '[');
    let shown = screen(&mut app, 100, 40);
    assert!(
        shown.contains(" Q3 2025 ") && shown.contains("Adding up Q1 2025 …"),
        "{shown}"
    );
    assert!(app.is_adding_up());
    answer(&mut app, first);
    let shown = screen(&mut app, 100, 40);
    assert!(
        shown.contains(" Q2 2025 ") && shown.contains("Adding up Q1 2025 …"),
        "{shown}"
    );
    answer(&mut app, second);
    let shown = screen(&mut app, 100, 40);
    assert!(
        shown.contains(" Q1 2025 ") && !shown.contains("Adding up"),
        "{shown}"
    );
    assert!(!app.is_adding_up());
}

#[test]
fn an_answer_to_keys_that_were_taken_back_is_not_shown() {
    let mut app = room();
    let event = |c| Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
    let asked = app.input(&event('['));
    assert_eq!(app.input(&event(']')), []);
    assert_eq!(add_up(&mut app, asked), []);
    let shown = screen(&mut app, 100, 40);
    assert!(
        shown.contains(" Q3 2025 ") && !shown.contains("Adding up"),
        "{shown}"
    );
}

#[test]
fn copying_a_number_is_an_effect_for_the_loop() {
    let mut app = room();
    let effects = press(&mut app, KeyCode::Char('y'));
    assert!(
        matches!(&effects[..], [Effect::Copy { what, .. }] if what == "Qualified pipeline sourced"),
        "{effects:?}"
    );
}

#[test]
fn presentation_shows_the_same_headline_and_a_key_brings_the_board_back() {
    let mut app = room();
    assert!(screen(&mut app, 100, 40).contains("three readings"));
    press(&mut app, KeyCode::Char('P'));
    assert!(!screen(&mut app, 100, 40).contains("three readings"));
    press(&mut app, KeyCode::Char('P'));
    assert!(screen(&mut app, 100, 40).contains("three readings"));
}

#[test]
fn a_screen_without_big_figures_says_where_they_are() {
    let mut app = room();
    press(&mut app, KeyCode::Char('5'));
    press(&mut app, KeyCode::Char('P'));
    assert!(screen(&mut app, 100, 40).contains("Big figures stand on 1 Scoreboard"));
    press(&mut app, KeyCode::Char('1'));
    press(&mut app, KeyCode::Char('P'));
    assert!(!screen(&mut app, 100, 40).contains("Big figures stand"));
}

#[test]
fn enter_on_an_empty_list_says_that_it_is_empty() {
    let mut app = room();
    press(&mut app, KeyCode::Enter);
    assert_eq!(press(&mut app, KeyCode::Enter), []);
    let shown = screen(&mut app, 80, 24);
    assert!(shown.contains("There are no rows here"), "{shown}");
}

#[test]
fn what_was_so_already_leaves_nothing_to_take_back() {
    let mut app = room();
    let write = Write::As("mia".into(), Box::new(Command::Redo));
    let mut done = Done {
        summary: "version 2 is a draft: it was so already".into(),
        made: Made::Nothing,
        ..Done::default()
    };
    app.written(&write, Ok(&done));
    assert!(!screen(&mut app, 100, 40).contains("u undoes"));
    assert_eq!(app.trail.undo(), Write::one(Command::Undo(None)));
    done.made = Made::Change;
    app.written(&write, Ok(&done));
    assert!(screen(&mut app, 100, 40).contains("u undoes"));
}

#[test]
fn somebody_who_is_not_in_the_list_of_people_is_told_so_and_asked_later() {
    let who = Who {
        named: Some("marta".into()),
        ..Who::default()
    };
    let mut app = App::opening(Theme::default(), String::new(), who);
    let mut book = sample::book();
    book.people.push(Person {
        id: PersonId(1),
        handle: "mia".into(),
        name: "Mia".into(),
        side: Side::Marketing,
    });
    let history = History::new(book, Facts::default(), sample::AS_OF);
    let effects = app.loaded(Arc::new(history));
    add_up(&mut app, effects);
    let shown = screen(&mut app, 120, 40);
    assert!(
        shown.contains("There is nobody 'marta' in this workspace"),
        "{shown}"
    );
    let Stage::Room(shown) = &app.stage else {
        panic!("a room is open")
    };
    assert!(shown.model.is_a_stranger());
}

#[test]
fn who_opens_a_meeting_presents_it_until_it_is_closed() {
    let mut app = room();
    let mut facts = Facts::default();
    facts.handoffs.stamps = Says::Judged(Vec::new());
    let judged = History::new(sample::book(), facts, sample::AS_OF);
    let snapshot = judged.frozen().unwrap().clone();
    let turn = |app: &mut App, change: MeetingChange| {
        let write = Write::one(Command::Meeting(change));
        app.written(&write, Ok(&Done::default()));
        app.turn()
    };
    let start = MeetingChange::Start {
        agenda: "default".into(),
        present: vec!["mia".into()],
        snapshot: snapshot.clone(),
    };
    assert_eq!(turn(&mut app, start), Some(1));
    let close = MeetingChange::Close {
        snapshot,
        next_on: None,
    };
    assert_eq!(turn(&mut app, close), None);
}
