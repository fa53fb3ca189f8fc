//! What the board says where a number is missing: a target behind a filter, a period ahead, a sum that fits nowhere.

use super::*;
use crate::backtest::Drift;
use crate::backtest::drift::Counted;
use crate::domain::criteria::Figures;
use crate::domain::criteria::version::Version;
use crate::domain::period::{Period, Span};
use crate::facts::filter::{Dimension, Filter};
use crate::metrics::tests::fixture;
use crate::screens::Screen;
use crate::screens::fetch::Fetch;

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
    let fall = Arc::make_mut(&mut huge.waterfall);
    fall.end = None;
    fall.steps[0].amount = None;
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

#[test]
fn a_definition_that_drifts_or_is_due_is_told_above_the_figures_and_asked_once_per_history() {
    let book = sample::book();
    let today = book.calendar.day_of(sample::AS_OF);
    let mut version = sample::version_in_force(3, today.plus(-60), "employees >= 50");
    let holds = |version: &Version| {
        let mut book = sample::book();
        book.criteria.0.push(version.clone());
        Model::new(Arc::new(History::new(
            book,
            Facts::default(),
            sample::AS_OF,
        )))
    };
    let shown = |model: &Model, size| {
        let board = &mut Scoreboard::default();
        text(&buffer(board, model, size, "terminal"))
    };
    let mut quiet = holds(&version);
    assert!(quiet.alarms().is_empty());
    let asked = |model: &Model| Screen::wanted(&mut Scoreboard::default(), model);
    assert_eq!(asked(&quiet), [Fetch::Drift]);
    quiet.drift_is_asked();
    assert_eq!(asked(&quiet), []);
    // 80 of 100 agreed when it was signed, 20 of 50 do now.
    let then = Figures {
        met_accepted: 80,
        met_rejected: 20,
        met: 100,
        handoffs: 200,
        ..Figures::default()
    };
    version.figures = Some(then);
    let counted = Counted {
        signed: then,
        first: Figures::default(),
        now: Figures {
            met_accepted: 20,
            met_rejected: 30,
            met: 50,
            handoffs: 100,
            ..Figures::default()
        },
    };
    let drift = Drift::new(&version, &counted, (sample::AS_OF, today), 10);
    quiet.take_drifts(&Arc::new(vec![(version.id, drift)]));
    let drifts = "! The definition in force (version 3) drifts: agreement 80 % → 40 % in the last 4 weeks · 4, A: why";
    for size in [(120, 36), (200, 60)] {
        assert!(
            shown(&quiet, size).contains(drifts),
            "{}",
            shown(&quiet, size)
        );
    }
    assert!(
        shown(&quiet, (60, 20)).contains("! The definition in force (version 3) drifts: agreement")
    );
    // The day to look again needs no counting.
    version.review_on = Some(today);
    let due = holds(&version);
    let words =
        format!("! The definition in force (version 3) was to be looked at again on {today}");
    assert!(
        shown(&due, (120, 36)).contains(&words),
        "{}",
        shown(&due, (120, 36))
    );
    version.review_on = Some(today.plus(1));
    assert!(holds(&version).alarms().is_empty());
    // A draft, a version that is retired: nobody asks whether they hold.
    version.in_force_at = None;
    assert_eq!(asked(&holds(&version)), []);
}
