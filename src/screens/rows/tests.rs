//! What opens behind a number: all its rows, with the number's own sum.

use std::sync::Arc;

use super::*;
use crate::domain::card::LeadLine;
use crate::domain::moment::Moment;
use crate::facts::column::NONE;
use crate::facts::leads::LeadRow;
use crate::metrics::Metric;
use crate::screens::model::History;
use crate::screens::sample;
use crate::screens::scoreboard::Pane;

/// 300 leads of the last weeks before the as-of moment, ids 1000 upwards, the newest last.
fn facts(ids: impl Iterator<Item = i64>) -> Facts {
    let mut facts = Facts::default();
    for (source, name) in [(1, "Webinar"), (2, "Trade show")] {
        facts.names.sources.put(source, name);
    }
    for id in ids {
        facts.leads.push(LeadRow {
            id,
            created: Moment(sample::AS_OF.0 - 2_000_000 + id * 100),
            mql: Moment::NEVER,
            source: (id % 2) as u32,
            campaign: NONE,
            segment: NONE,
            owner: NONE,
            account: 0,
            contactable: true,
            excluded: None,
        });
    }
    facts.index();
    facts
}

fn model(ids: impl Iterator<Item = i64>) -> Model {
    Model::new(Arc::new(History::new(
        sample::book(),
        facts(ids),
        sample::AS_OF,
    )))
}

const LEADS: ItemKey = ItemKey::figure(Pane::Marketing, Metric::Leads);

fn line(id: i64) -> LeadLine {
    LeadLine {
        id: LeadId(id),
        name: format!("Lead {id}\u{1b}[31m"),
        account: None,
        source: None,
        campaign: None,
        segment: None,
        owner: None,
        created: sample::AS_OF,
        mql: None,
        excluded: None,
        handoff: None,
    }
}

fn drawn(rows: &mut Rows, model: &Model) -> String {
    let area = Rect::new(0, 0, 100, 30);
    let mut buffer = Buffer::empty(area);
    rows.draw(&mut buffer, area, model.facts(), &Theme::default());
    let line = |y| {
        (0..100)
            .map(|x| buffer[(x, y)].symbol())
            .collect::<String>()
    };
    (0..30).map(|y| line(y) + "\n").collect()
}

#[test]
fn the_rows_add_up_to_the_number_that_was_opened() {
    let model = model(1_000..1_300);
    let mut rows = Rows::new(LEADS, &model);
    let shown = drawn(&mut rows, &model);
    assert_eq!(model.figure(LEADS).unwrap().whole(), Some(300));
    assert!(
        shown.contains("Leads · Q3 2025") && shown.contains("300 rows"),
        "{shown}"
    );
    let sum = shown.lines().find(|line| line.contains("sum")).unwrap();
    assert!(sum.trim_end_matches(['┃', ' ']).ends_with("300"), "{sum}");
}

#[test]
fn only_the_lines_around_the_cursor_are_asked_for() {
    let model = model(1_000..1_300);
    let mut rows = Rows::new(LEADS, &model);
    rows.update(Action::Last, model.facts());
    let Some(Fetch::Lines(Table::Leads, ids)) = rows.wanted(model.facts()) else {
        panic!("nothing asked for")
    };
    assert_eq!(
        (ids.first(), ids.last(), ids.len()),
        (Some(&1_239), Some(&1_299), 61)
    );
}

#[test]
fn what_was_read_is_shown_clean_and_not_asked_for_again() {
    let model = model(1_000..1_003);
    let mut rows = Rows::new(LEADS, &model);
    let asked = rows.wanted(model.facts()).unwrap();
    rows.take(
        &asked,
        &Fetched::Leads(vec![line(1_000), line(1_001)]),
        &model,
    );
    assert_eq!(rows.wanted(model.facts()), None);
    let shown = drawn(&mut rows, &model);
    assert!(
        shown.contains("Lead 1000␛[31m") && shown.contains("deleted"),
        "{shown}"
    );
    assert!(
        rows.as_text(model.facts())
            .unwrap()
            .starts_with("Lead 1000")
    );
}

#[test]
fn sorting_keeps_the_row_under_the_cursor() {
    let model = model(1_000..1_300);
    let mut rows = Rows::new(LEADS, &model);
    rows.update(Action::Down, model.facts());
    assert_eq!(rows.card(model.facts()), Some(Fetch::Lead(LeadId(1_001))));
    rows.update(Action::Reverse, model.facts());
    assert_eq!(rows.card(model.facts()), Some(Fetch::Lead(LeadId(1_001))));
    rows.update(Action::First, model.facts());
    assert_eq!(rows.card(model.facts()), Some(Fetch::Lead(LeadId(1_299))));
}

#[test]
fn another_processs_change_cannot_move_the_cursor_to_another_lead() {
    let (before, after) = (model(1_000..1_300), model(1_005..1_400));
    let mut rows = Rows::new(LEADS, &before);
    for _ in 0..20 {
        rows.update(Action::Down, before.facts());
    }
    let rows = rows.refreshed(before.facts(), &after);
    assert_eq!(rows.card(after.facts()), Some(Fetch::Lead(LeadId(1_020))));
}

#[test]
fn a_number_without_value_says_so_instead_of_an_empty_table() {
    let model = model(std::iter::empty());
    let mut rows = Rows::new(ItemKey::figure(Pane::Sales, Metric::WinRate), &model);
    assert!(drawn(&mut rows, &model).contains("Nothing is counted here"));
    assert_eq!(
        (rows.wanted(model.facts()), rows.card(model.facts())),
        (None, None)
    );
}
