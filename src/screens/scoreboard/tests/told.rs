//! What the board says where a number is missing: a target behind a filter, a period ahead, a sum that fits nowhere.

use super::*;
use crate::domain::period::{Period, Span};
use crate::facts::filter::{Dimension, Filter};
use crate::metrics::tests::fixture;

/// The board of a workspace with a target for the quarter, through a filter.
fn filtered() -> Model {
    let (book, mut facts) = (sample::book(), Facts::default());
    facts.names.sources.put(1, "Webinar");
    let day = book.calendar.day_of(sample::AS_OF);
    let quarter = Period::around(day, Span::Quarter, &book.calendar);
    fixture::target(&mut facts, "qualified_pipeline_sourced", &quarter, 1_000);
    facts.index();
    let mut model = Model::new(Arc::new(History::new(book, facts, sample::AS_OF)));
    let mut filter = Filter::default();
    filter.toggle(Dimension::Source, 0);
    model.set_filter(filter);
    model.catch_up();
    model
}

#[test]
fn a_filter_hides_the_target_and_says_how_it_comes_back() {
    let shown = |width| {
        let model = filtered();
        let board = &mut Scoreboard::default();
        text(&buffer(board, &model, (width, 30), "terminal"))
    };
    let wide = shown(120);
    assert!(
        wide.contains("targets hold for the whole workspace"),
        "{wide}"
    );
    assert!(wide.contains("F takes the filter away"), "{wide}");
    assert!(!wide.contains("Settings, Targets"), "{wide}");
    let narrow = shown(50);
    assert!(narrow.contains("no target under a filter"), "{narrow}");
}

#[test]
fn a_period_that_has_not_begun_is_compared_with_nothing() {
    let mut model = filtered();
    model.set_filter(Filter::default());
    model.step_period(1);
    model.catch_up();
    let board = &mut Scoreboard::default();
    let shown = text(&buffer(board, &model, (120, 36), "terminal"));
    assert!(shown.contains("Q4 2025 has not begun"), "{shown}");
    assert!(!shown.contains("vs Q"), "{shown}");
    assert!(!shown.contains(" 100 %"), "{shown}");
}

#[test]
fn what_is_too_large_to_add_up_has_no_amount_on_the_board() {
    let mut huge = sample::board();
    huge.waterfall.end = None;
    huge.waterfall.steps[0].amount = None;
    huge.readings.to_sales[0].amount = None;
    let history = History::new(sample::book(), Facts::default(), sample::AS_OF);
    let model = Model::showing(Arc::new(history), huge, Vec::new());
    let board = &mut Scoreboard::default();
    let shown = text(&buffer(board, &model, (120, 90), "terminal"));
    let ends = |words: &str| {
        let line = shown.lines().find(|line| line.contains(words)).unwrap();
        let at = line.find(words).unwrap();
        line[at..]
            .split(['│', '┃'])
            .next()
            .unwrap()
            .trim_end()
            .to_owned()
    };
    assert!(ends("qualified  ").ends_with('—'), "{shown}");
    assert!(ends("now  ").ends_with('—'), "{shown}");
}
