//! Outcome counted by hand: headline, targets, revenue, margin.

use super::fixture::{at, book, empty, lead, qualified, spend, target};
use crate::domain::moment::Moment;
use crate::domain::verdict::Exclusion;
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::filter::Dimension;
use crate::facts::leads::LeadRow;
use crate::facts::opportunities::OpportunityRow;
use crate::metrics::figure::Value;
use crate::metrics::{Board, Metric, rows};

use super::room::{closed, march, room};

#[test]
fn an_empty_history_shows_zeros_and_dashes_and_no_number_is_made_up() {
    let room = room(empty());
    for metric in Metric::ALL {
        let figure = room.figure(*metric);
        match figure.value {
            None => {}
            Some(Value::Whole(n)) => assert_eq!(n, 0, "{metric:?}"),
            Some(Value::Real(x)) => assert!(
                *metric == Metric::RepHoursOnRejected && x == 0.0,
                "{metric:?}"
            ),
        }
    }
    assert_eq!(
        room.figure(Metric::CostPerLead).note.as_deref(),
        Some("no spend recorded")
    );
}

/// Three deals: 100.00 EUR and 50.00 USD in March, 30.00 EUR in February taken back in March; one in GBP without a rate.
fn headline() -> Facts {
    let mut facts = empty();
    let rows = [
        qualified(&facts, at("2025-02-10T00:00:00Z"), 3_000, "2025-05-01"),
        qualified(&facts, at("2025-03-01T00:00:00Z"), 10_000, "2025-05-01"),
        qualified(&facts, at("2025-03-31T23:59:59Z"), 5_000, "2025-05-01"),
        qualified(&facts, at("2025-03-15T00:00:00Z"), 7_000, "2025-05-01"),
        qualified(&facts, at("2025-04-01T00:00:00Z"), 90_000, "2025-05-01"),
    ];
    for (i, mut row) in rows.into_iter().enumerate() {
        row.id = i as i64 + 1;
        match i {
            0 => row.reversed = at("2025-03-20T00:00:00Z"),
            2 => (row.currency, row.qualified_currency) = (1, 1),
            3 => (row.currency, row.qualified_currency) = (2, 2),
            _ => {}
        }
        row.source = [0, 0, 2, NONE, 0][i];
        facts.opportunities.push(row);
    }
    facts
}

#[test]
fn the_headline_freezes_converts_and_takes_back() {
    let room = room(headline());
    let figure = room.figure(Metric::QualifiedPipelineSourced);
    // 100.00 + 50.00 USD × 0.90 − 30.00; the pounds are counted and not priced.
    assert_eq!(figure.whole(), Some(10_000 + 4_500 - 3_000));
    assert_eq!((figure.unpriced, figure.n), (1, 4));
    assert!(figure.note.unwrap().contains("restated: 1 taken back"));
    assert_eq!(room.whole(Metric::SqoCount), Some(2));
    // Median and mean of those that stand and have a price: 100.00 and 45.00.
    assert_eq!(room.real(Metric::DealSize), Some(7_250.0));
    assert_eq!(room.real(Metric::DealSizeMean), Some(7_250.0));
    let drill = rows(
        Metric::QualifiedPipelineSourced,
        &room.facts,
        &book("UTC"),
        &room.scope(),
    );
    assert_eq!(drill.rows[0].rows, [1, 3, 2]);
    assert_eq!(drill.rows[0].adds, [Some(10_000), None, Some(4_500)]);
    assert_eq!(
        (drill.rows[1].rows.as_slice(), drill.rows[1].adds.as_slice()),
        (&[0][..], &[Some(-3_000)][..])
    );
    let board = Board::compute(&room.facts, &book("UTC"), &room.scope());
    assert_eq!(board.headline.restated, Some(-3_000));
    assert_eq!(board.headline.value.before.unwrap().whole(), Some(3_000));
}

#[test]
fn the_past_does_not_move_when_a_value_changes_or_a_rate_does() {
    let mut facts = headline();
    facts.opportunities.rows[1].amount = Some(99_999);
    assert_eq!(
        room(facts).whole(Metric::QualifiedPipelineSourced),
        Some(11_500)
    );
}

#[test]
fn sources_have_sides_and_unknown_stands_apart() {
    let mut room = room(headline());
    // Outbound is sales' own: 45.00 of 115.00.
    assert_eq!(room.real(Metric::SelfSourcedShare), Some(0.3913));
    let board = Board::compute(&room.facts, &book("UTC"), &room.scope());
    let by_side: Vec<_> = board
        .sides
        .iter()
        .map(|l| (l.name.as_str(), l.figures[0].whole()))
        .collect();
    assert_eq!(
        by_side,
        [
            ("marketing", Some(7_000)),
            ("sales", Some(4_500)),
            ("partner", Some(0)),
            ("unknown", None)
        ]
    );
    room.filter.toggle(Dimension::Source, 2);
    assert_eq!(room.real(Metric::PipelineContribution), Some(0.3913));
}

#[test]
fn attainment_gap_and_pace_against_working_days() {
    let mut facts = headline();
    target(&mut facts, "qualified_pipeline_sourced", &march(), 23_000);
    let mut room = room(facts);
    assert_eq!(room.real(Metric::PipelineAttainment), Some(0.5));
    assert_eq!(room.whole(Metric::PipelineGap), Some(11_500));
    assert_eq!(room.real(Metric::PipelinePace), Some(0.5));
    // March 2025 has 21 working days. On Friday the 14th at noon nine are over; by then 100.00 qualified.
    room.as_of = "2025-03-14T12:00:00Z";
    assert_eq!(
        room.real(Metric::PipelinePace),
        Some(((10_000.0 / (23_000.0 * 9.0 / 21.0)) * 1e4_f64).round() / 1e4)
    );
    // After 17:00 the tenth is over too.
    room.as_of = "2025-03-14T17:00:00Z";
    assert_eq!(
        room.real(Metric::PipelinePace),
        Some(((10_000.0 / (23_000.0 * 10.0 / 21.0)) * 1e4_f64).round() / 1e4)
    );
    room.filter.toggle(Dimension::Source, 0);
    assert_eq!(room.real(Metric::PipelineAttainment), None);
    assert!(
        room.figure(Metric::PipelineAttainment)
            .note
            .unwrap()
            .contains("whole workspace")
    );
}

#[test]
fn five_hundred_mqls_against_417_are_119_9_percent() {
    let mut facts = empty();
    for _ in 0..500 {
        let row = lead(&mut facts, at("2025-03-02T00:00:00Z"), 0);
        facts
            .leads
            .mql
            .set(row as usize, at("2025-03-03T00:00:00Z"));
    }
    target(&mut facts, "mqls", &march(), 417);
    let room = room(facts);
    assert_eq!(room.whole(Metric::Mqls), Some(500));
    assert_eq!(room.real(Metric::MqlAttainment), Some(1.199));
    assert_eq!(
        crate::metrics::show::full(&room.figure(Metric::MqlAttainment)),
        "119.9 %"
    );
}

#[test]
fn leads_need_a_contact_channel_and_exclusions_are_counted() {
    let mut facts = empty();
    let base = LeadRow {
        id: 1,
        created: at("2025-03-05T00:00:00Z"),
        mql: Moment::NEVER,
        source: 0,
        campaign: NONE,
        segment: NONE,
        owner: NONE,
        account: 0,
        contactable: true,
        excluded: None,
    };
    facts.leads.push(base);
    facts.leads.push(LeadRow {
        id: 2,
        contactable: false,
        ..base
    });
    for (id, why) in [
        (3, Exclusion::Test),
        (4, Exclusion::Duplicate),
        (5, Exclusion::Duplicate),
    ] {
        facts.leads.push(LeadRow {
            id,
            excluded: Some(why),
            ..base
        });
    }
    let room = room(facts);
    assert_eq!(room.whole(Metric::Leads), Some(1));
    let board = Board::compute(&room.facts, &book("UTC"), &room.scope());
    assert_eq!(
        (
            board.left_out.test,
            board.left_out.internal,
            board.left_out.duplicate
        ),
        (1, 0, 2)
    );
}

#[test]
fn revenue_margin_and_win_rate() {
    let mut facts = closed();
    spend(&mut facts, 0, "2025-03-02", 5_000);
    target(&mut facts, "revenue", &march(), 200_000);
    let mut room = room(facts);
    // The win taken back in April stays in March and leaves April.
    assert_eq!(room.whole(Metric::Revenue), Some(120_000));
    assert_eq!(room.real(Metric::RevenueAttainment), Some(0.6));
    assert_eq!(room.whole(Metric::ContributionMarginBefore), Some(40_000));
    assert_eq!(room.whole(Metric::ContributionMargin), Some(35_000));
    assert_eq!(room.real(Metric::ContributionMarginShare), Some(0.7));
    assert!(
        room.figure(Metric::ContributionMargin)
            .note
            .unwrap()
            .contains("margin unknown for 2 deals")
    );
    // 2 of 3 decided; by value 800.00 of 1,000.00; broad 2 of 4.
    assert_eq!(room.real(Metric::WinRate), Some(0.6667));
    assert_eq!(room.real(Metric::WinRateByValue), Some(0.8));
    assert_eq!(room.real(Metric::WinRateBroad), Some(0.5));
    assert_eq!(room.real(Metric::PipelineCoverageNeeded), Some(1.5));
    // 4 March to 10 and 11 March; to 12 March.
    assert_eq!(room.real(Metric::CycleTime), Some(6.5));
    assert_eq!(room.real(Metric::CycleTimeLost), Some(8.0));
    // Lost for fit after 8 days, and taken back after 32: one of five.
    assert_eq!(room.real(Metric::RecordedTooEarly), Some(0.2));
    room.period = "2025-04";
    assert_eq!(room.whole(Metric::Revenue), Some(-40_000));
    assert_eq!(room.real(Metric::WinRate), None);
}

#[test]
fn coverage_against_what_is_missing_and_met_when_nothing_is() {
    let mut facts = closed();
    let own = qualified(&facts, at("2025-03-05T00:00:00Z"), 120_000, "2025-03-25");
    facts.opportunities.push(OpportunityRow { id: 9, ..own });
    target(&mut facts, "revenue", &march(), 180_000);
    let mut room = room(facts);
    assert_eq!(room.real(Metric::PipelineCoverage), Some(2.0));
    room.facts.targets.0[0].value = 120_000;
    let met = room.figure(Metric::PipelineCoverage);
    assert_eq!(
        (met.real(), met.note.as_deref()),
        (None, Some("target met"))
    );
}

#[test]
fn sums_that_do_not_fit_say_so() {
    let mut facts = empty();
    for id in 1..=2 {
        let own = qualified(
            &facts,
            at("2025-03-05T00:00:00Z"),
            i64::MAX - 5,
            "2025-04-01",
        );
        facts.opportunities.push(OpportunityRow { id, ..own });
    }
    let figure = room(facts).figure(Metric::QualifiedPipelineSourced);
    assert_eq!(
        (figure.value, figure.note.as_deref()),
        (None, Some("too large to add up"))
    );
}
