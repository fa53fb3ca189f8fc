//! Keys in, outcomes out; snapshots of the board over made-up figures.

mod told;

use std::sync::Arc;

use super::*;
use crate::facts::Facts;
use crate::metrics::{Metric, Unit, Value};
use crate::screens::model::{Compare, History};
use crate::screens::sample;

fn model() -> Model {
    let history = History::new(sample::book(), Facts::default(), sample::AS_OF);
    Model::showing(Arc::new(history), sample::board(), sample::lines())
}

fn buffer(board: &mut Scoreboard, model: &Model, size: (u16, u16), theme: &str) -> Buffer {
    let area = Rect::new(0, 0, size.0, size.1);
    let mut buffer = Buffer::empty(area);
    let theme = Theme::built_in(theme).unwrap();
    buffer.set_style(area, theme[Role::Text]);
    board.draw(&mut buffer, area, model, &theme);
    buffer
}

/// The text of a screen; the cell behind a wide character is left out, as a terminal does.
fn text(buffer: &Buffer) -> String {
    let area = buffer.area;
    let mut text = String::new();
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let symbol = buffer[(x, y)].symbol();
            text.push_str(symbol);
            x += crate::text::width(symbol).max(1) as u16;
        }
        text.truncate(text.trim_end_matches(' ').len());
        text.push('\n');
    }
    text
}

fn drawn(width: u16, height: u16) -> (Scoreboard, Model) {
    let (mut board, model) = (Scoreboard::default(), model());
    buffer(&mut board, &model, (width, height), "terminal");
    (board, model)
}

#[test]
fn the_board_at_80_by_24() {
    insta::assert_snapshot!(text(&buffer(
        &mut Scoreboard::default(),
        &model(),
        (80, 23),
        "terminal"
    )));
}

#[test]
fn the_board_at_60_by_20() {
    insta::assert_snapshot!(text(&buffer(
        &mut Scoreboard::default(),
        &model(),
        (60, 19),
        "terminal"
    )));
}

#[test]
fn the_board_at_200_by_60() {
    insta::assert_snapshot!(text(&buffer(
        &mut Scoreboard::default(),
        &model(),
        (200, 59),
        "terminal"
    )));
}

#[test]
fn the_whole_board_at_80_columns() {
    insta::assert_snapshot!(text(&buffer(
        &mut Scoreboard::default(),
        &model(),
        (80, 80),
        "terminal"
    )));
}

#[test]
fn the_board_in_colours_of_the_terminal() {
    insta::assert_debug_snapshot!(buffer(
        &mut Scoreboard::default(),
        &model(),
        (80, 23),
        "terminal"
    ));
}

#[test]
fn the_board_without_any_colour() {
    insta::assert_debug_snapshot!(buffer(
        &mut Scoreboard::default(),
        &model(),
        (80, 23),
        "mono"
    ));
}

#[test]
fn the_presentation_at_120_by_36() {
    let mut board = Scoreboard {
        size: Size::Presentation,
        ..Scoreboard::default()
    };
    insta::assert_snapshot!(text(&buffer(&mut board, &model(), (120, 35), "terminal")));
}

#[test]
fn every_line_is_as_wide_as_the_screen_with_wide_names_too() {
    let text = text(&buffer(
        &mut Scoreboard::default(),
        &model(),
        (120, 70),
        "terminal",
    ));
    for line in text.lines().filter(|line| line.starts_with(['│', '┃'])) {
        assert_eq!(crate::text::width(line), 120, "{line}");
    }
}

#[test]
fn the_cursor_walks_over_the_numbers() {
    let (mut board, mut model) = drawn(80, 23);
    let go = |board: &mut Scoreboard, model: &mut Model, action| board.update(action, model);
    assert_eq!(board.cursor(), ItemKey::HEADLINE);
    go(&mut board, &mut model, Action::Down);
    assert_eq!(
        board.cursor(),
        ItemKey::figure(Pane::Marketing, Metric::Leads)
    );
    go(&mut board, &mut model, Action::Right);
    assert_eq!(
        board.cursor(),
        ItemKey::figure(Pane::Sales, Metric::Revenue)
    );
    go(&mut board, &mut model, Action::Up);
    assert_eq!(board.cursor().pane, Pane::Headline);
}

#[test]
fn enter_and_e_ask_for_the_number_under_the_cursor() {
    let (mut board, mut model) = drawn(80, 23);
    board.update(Action::Down, &mut model);
    let key = ItemKey::figure(Pane::Marketing, Metric::Leads);
    assert_eq!(
        board.update(Action::Open, &mut model),
        Outcome::Open(Opening::Rows(key))
    );
    assert_eq!(
        board.update(Action::Explain, &mut model),
        Outcome::Open(Opening::Explain(key))
    );
}

#[test]
fn tab_goes_through_every_pane_and_round() {
    let (mut board, mut model) = drawn(80, 23);
    let mut panes = Vec::new();
    for _ in 0..8 {
        board.update(Action::NextPane, &mut model);
        panes.push(board.cursor().pane);
    }
    assert_eq!(
        panes.iter().collect::<std::collections::HashSet<_>>().len(),
        8
    );
    assert_eq!(board.cursor(), ItemKey::HEADLINE);
    board.update(Action::PreviousPane, &mut model);
    assert_eq!(board.cursor().pane, panes[6]);
}

#[test]
fn what_the_cursor_stands_on_is_in_sight() {
    let (mut board, mut model) = drawn(80, 23);
    board.update(Action::Last, &mut model);
    let shown = text(&buffer(&mut board, &model, (80, 23), "terminal"));
    assert!(shown.contains("How the pipeline moved"), "{shown}");
    assert!(!shown.contains("Qualified Pipeline Sourced"));
}

#[test]
fn a_click_puts_the_cursor_and_a_second_one_opens() {
    let (mut board, _) = drawn(80, 23);
    let field = board
        .items
        .iter()
        .find(|item| item.key.pane == Pane::Sales)
        .unwrap()
        .field;
    assert_eq!(board.click(field.x, field.y + 1), Outcome::Nothing);
    let key = ItemKey::figure(Pane::Sales, Metric::Revenue);
    assert_eq!(board.cursor(), key);
    assert_eq!(
        board.click(field.x, field.y + 1),
        Outcome::Open(Opening::Rows(key))
    );
    assert_eq!(board.click(500, 0), Outcome::Nothing);
}

#[test]
fn comparing_goes_round_and_names_the_other_period() {
    let (_, mut model) = drawn(80, 23);
    assert_eq!(model.compared_with().unwrap().label, "2025-Q2");
    model.next_compare();
    assert_eq!(model.compared_with().unwrap().label, "2024-Q3");
    model.next_compare();
    assert_eq!(
        (model.compare(), model.compared_with()),
        (Compare::Nothing, None)
    );
}

#[test]
fn an_empty_period_offers_the_jump() {
    let (mut board, model) = drawn(80, 23);
    let mut empty = sample::board();
    (empty.has_data, empty.elsewhere) = (false, model.compared_with());
    let history = History::new(sample::book(), Facts::default(), sample::AS_OF);
    let model = Model::showing(Arc::new(history), empty, Vec::new());
    let shown = text(&buffer(&mut board, &model, (80, 23), "terminal"));
    assert!(
        shown.contains("Nothing happened in Q3 2025; Q2 2025 has rows: g goes there"),
        "{shown}"
    );
}

#[test]
fn a_headline_of_deals_without_a_rate_says_so() {
    let (mut board, _) = drawn(80, 23);
    let mut foreign = sample::board();
    foreign.headline.value.now.unpriced = foreign.headline.value.now.n;
    let history = History::new(sample::book(), Facts::default(), sample::AS_OF);
    let model = Model::showing(Arc::new(history), foreign, Vec::new());
    let shown = text(&buffer(&mut board, &model, (80, 23), "terminal"));
    assert!(
        shown.contains("deals have no value, or no rate into EUR: Settings, Rates"),
        "{shown}"
    );
}

#[test]
fn a_deal_that_was_taken_back_is_no_second_deal() {
    let (mut board, _) = drawn(120, 36);
    let mut reversed = sample::board();
    // Of 34 entries one takes back what another brought.
    let mut deals = reversed.headline.value.now.clone();
    (deals.id, deals.unit, deals.value) = (Metric::SqoCount, Unit::Count, Some(Value::Whole(32)));
    reversed.others.push(deals);
    let history = History::new(sample::book(), Facts::default(), sample::AS_OF);
    let model = Model::showing(Arc::new(history), reversed, Vec::new());
    let shown = text(&buffer(&mut board, &model, (120, 36), "terminal"));
    assert!(shown.contains("33 deals, 1 reversed, by event"), "{shown}");
}

#[test]
fn no_name_of_a_number_is_cut_for_the_words_beside_it() {
    for width in 80..=200 {
        let (mut board, model) = drawn(width, 36);
        let shown = text(&buffer(&mut board, &model, (width, 36), "terminal"));
        let columns = shown.lines().skip(8).take(10);
        let cut = columns.filter(|line| line.contains('…')).count();
        assert_eq!(cut, 0, "{width}\n{shown}");
    }
}

#[test]
fn copying_takes_period_n_and_mode_along() {
    let (mut board, mut model) = drawn(80, 23);
    board.update(Action::Down, &mut model);
    board.update(Action::Down, &mut model);
    board.update(Action::Down, &mut model);
    let text = "Attainment, MQLs, Q3 2025: 119.9 % n 500 ev".to_owned();
    assert_eq!(
        board.update(Action::Copy, &mut model),
        Outcome::Copy {
            what: "Attainment, MQLs".into(),
            text
        }
    );
}

#[test]
fn no_size_panics() {
    let model = model();
    for size in [
        (1, 1),
        (20, 3),
        (60, 20),
        (75, 200),
        (76, 19),
        (99, 30),
        (100, 30),
        (159, 5),
        (160, 40),
        (500, 200),
    ] {
        for sizes in [Size::Working, Size::Presentation] {
            let mut board = Scoreboard {
                size: sizes,
                ..Scoreboard::default()
            };
            buffer(&mut board, &model, size, "dark");
        }
    }
}

#[test]
fn a_part_of_a_chart_is_copied_by_its_amount() {
    let (mut board, mut model) = drawn(80, 80);
    board.cursor = ItemKey {
        pane: Pane::Readings,
        what: What::ToSales(0),
    };
    let text = "Pipeline, read by sales, Q3 2025: −€1,400,000".to_owned();
    assert_eq!(
        board.update(Action::Copy, &mut model),
        Outcome::Copy {
            what: "Pipeline, read by sales".into(),
            text
        }
    );
}

#[test]
fn breaking_down_shows_the_breakdown_where_it_was_out_of_sight() {
    for size in [(60, 19), (80, 23), (120, 35)] {
        let (mut board, mut model) = drawn(size.0, size.1);
        board.update(Action::Breakdown, &mut model);
        let shown = text(&buffer(&mut board, &model, size, "terminal"));
        assert!(shown.contains("By source"), "{shown}");
        board.update(Action::Breakdown, &mut model);
        model.catch_up();
        let shown = text(&buffer(&mut board, &model, size, "terminal"));
        assert!(shown.contains("By campaign"), "{shown}");
    }
}

#[test]
fn an_empty_workspace_says_how_rows_come_in() {
    let (mut board, _) = drawn(80, 23);
    let mut empty = sample::board();
    (empty.has_data, empty.elsewhere) = (false, None);
    let history = History::new(sample::book(), Facts::default(), sample::AS_OF);
    let model = Model::showing(Arc::new(history), empty, Vec::new());
    let shown = text(&buffer(&mut board, &model, (80, 23), "terminal"));
    assert!(shown.contains("smarketing import FILE"), "{shown}");
}

#[test]
fn trends_say_where_the_criteria_changed() {
    let mut book = sample::book();
    let on = sample::board().both_right.mqls[1].first.plus(3);
    book.criteria.0 = vec![sample::version_in_force(2, on, "has_email = yes")];
    let history = History::new(book, Facts::default(), sample::AS_OF);
    let model = Model::showing(Arc::new(history), sample::board(), sample::lines());
    let board = &mut Scoreboard::default();
    let drawn = text(&buffer(board, &model, (120, 60), "mono"));
    assert!(
        drawn.contains(&format!("┊ criteria 2 in force {on}")),
        "{drawn}"
    );
    let crossed = drawn.lines().filter(|line| line.contains('┊')).count();
    assert!(crossed > 6, "{drawn}");
    let drawn = text(&buffer(board, &model, (200, 60), "mono"));
    assert!(drawn.contains("┊2"), "{drawn}");
}
