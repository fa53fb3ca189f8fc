//! Keys in, effects and screens out.

use crossterm::event::KeyModifiers;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;

fn press(app: &mut App, code: KeyCode) -> Vec<Effect> {
    app.input(&Event::Key(KeyEvent::new(code, KeyModifiers::NONE)))
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
    let mut app = App::opening(Theme::default(), String::new());
    assert_eq!(ctrl(&mut app, 'c'), []);
    press(&mut app, KeyCode::Char('x'));
    assert_eq!(ctrl(&mut app, 'c'), []);
    assert_eq!(ctrl(&mut app, 'c'), [Effect::Leave]);
}

#[test]
fn escape_closes_what_is_open_and_q_leaves_at_the_bottom() {
    let mut app = App::opening(Theme::default(), String::new());
    press(&mut app, KeyCode::Char('?'));
    assert!(screen(&mut app, 80, 24).contains("Keys"));
    assert_eq!(press(&mut app, KeyCode::Esc), []);
    assert!(!screen(&mut app, 80, 24).contains("Keys"));
    assert_eq!(press(&mut app, KeyCode::Esc), []);
    assert_eq!(press(&mut app, KeyCode::Char('q')), [Effect::Leave]);
}

#[test]
fn letters_typed_into_the_palette_are_text() {
    let mut app = App::opening(Theme::default(), String::new());
    press(&mut app, KeyCode::Char(':'));
    for c in "theme".chars() {
        assert_eq!(press(&mut app, KeyCode::Char(c)), []);
    }
    press(&mut app, KeyCode::Enter);
    assert!(screen(&mut app, 80, 24).contains("Theme dark"));
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
    let mut app = App::opening(Theme::default(), String::new());
    press(&mut app, KeyCode::Char(':'));
    assert!(screen(&mut app, 59, 20).contains("at least 60 × 20"));
    for (width, height) in [(1, 1), (3, 2), (60, 20), (500, 200)] {
        screen(&mut app, width, height);
    }
}

#[test]
fn nothing_is_drawn_when_nothing_changed() {
    let mut app = App::opening(Theme::default(), String::new());
    assert!(app.take_changed());
    assert!(!app.take_changed());
    press(&mut app, KeyCode::Char('?'));
    assert!(app.take_changed());
}
